/* SPDX-License-Identifier: BSD-2-Clause */
/* JSON as it is, or as people read it. */
#include "ctl/out.h"

#include <errno.h>

#include "policy/pricing.h"

#define OUT_MAX		((size_t)64 * 1024 * 1024)
#define COLUMNS_MAX	16
#define INDENT		2	/* columns a level */

void
out_init(struct out *o, bool as_json)
{
	*o = (struct out){ .buf = BUF_INIT(OUT_MAX), .as_json = as_json };
	jsonw_init(&o->w, &o->buf);
}

void
out_release(struct out *o)
{
	buf_release(&o->buf);
}

void
out_did(struct out *o, const char *did, const char *what)
{
	if (!o->is_steps)
		jsonw_open_array(&o->w);
	o->is_steps = true;
	jsonw_open(&o->w);
	jsonw_kv_cstr(&o->w, "did", did);
	jsonw_kv_cstr(&o->w, "what", what);
	jsonw_close(&o->w);
}

void
out_time(struct jsonw *w, const char *name, int64_t at)
{
	if (at != 0) {
		jsonw_kv_time(w, name, at);
		return;
	}
	jsonw_key(w, name);
	jsonw_raw(w, VIEW("null"));
}

void
out_cents(struct jsonw *w, const char *name, int64_t cents)
{
	char text[CENTS_TEXT_MAX];

	cents_format(cents, text);
	jsonw_kv_cstr(w, name, text);
}

static bool
is_flat(const struct json *v)
{
	enum json_kind kind = json_kind(v);
	size_t i, n = json_len(v);

	if (kind == JSON_OBJECT)
		return false;
	for (i = 0; kind == JSON_ARRAY && i < n; i++)
		if (json_kind(json_at(v, i)) == JSON_OBJECT ||
		    json_kind(json_at(v, i)) == JSON_ARRAY)
			return false;
	return true;
}

static bool
is_control(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f;
}

/* One line of what fits on one; what a terminal would obey is not shown as it is. */
static struct view
flat_text(struct arena *a, const struct json *v)
{
	struct buf b = BUF_INIT(OUT_MAX);
	struct view text = VIEW("-");
	size_t i;

	switch (json_kind(v)) {
	case JSON_STR:
		text = json_str(v);
		for (i = 0; i < text.n; i++)
			buf_put(&b, is_control(text.p[i]) ? VIEW("?") : view_sub(text, i, 1));
		text = arena_view(a, buf_view(&b));
		break;
	case JSON_ARRAY:
		for (i = 0; i < json_len(v); i++) {
			buf_put(&b, i > 0 ? VIEW(",") : VIEW(""));
			buf_put(&b, flat_text(a, json_at(v, i)));
		}
		text = arena_view(a, buf_view(&b));
		break;
	case JSON_BOOL:
		text = view_is(json_literal(a, v), "true") ? VIEW("yes") : VIEW("no");
		break;
	case JSON_INT:
	case JSON_FLOAT:
		text = json_literal(a, v);
		break;
	case JSON_NULL:
	case JSON_OBJECT:
		break;
	}
	buf_release(&b);
	return text.n != 0 ? text : VIEW("-");
}

/* Do all elements have the same flat members?  Then it is a table. */
static bool
is_table(const struct json *list)
{
	const struct json *row, *first = json_at(list, 0), *v;
	struct view name, as;
	size_t i, j;

	if (json_kind(list) != JSON_ARRAY || first == NULL || json_kind(first) != JSON_OBJECT)
		return false;
	for (i = 0; (row = json_at(list, i)) != NULL; i++)
		for (j = 0; j < COLUMNS_MAX; j++) {
			v = json_member_at(row, j, &name);
			if ((v == NULL) != (json_member_at(first, j, &as) == NULL))
				return false;
			if (v == NULL)
				break;
			if (!is_flat(v) || !view_eq(name, as))
				return false;
		}
	return json_member_at(first, COLUMNS_MAX, &name) == NULL;
}

static void
widen(size_t *width, struct view text)
{
	if (text.n > *width)
		*width = text.n;
}

static void
put_row(struct arena *a, const struct json *row, const size_t *widths, size_t n, int indent)
{
	const struct json *v;
	struct view name, text;
	size_t i;

	(void)printf("%*s", indent, "");
	for (i = 0; i < n; i++) {
		v = json_member_at(row, i, &name);
		text = flat_text(a, v);
		if (i + 1 == n)
			(void)printf("%.*s\n", VIEW_ARG(text));
		else if (json_kind(v) == JSON_INT)
			(void)printf("%*.*s  ", (int)widths[i], VIEW_ARG(text));
		else
			(void)printf("%-*.*s  ", (int)widths[i], VIEW_ARG(text));
	}
}

static void
put_table(struct arena *a, const struct json *list, int indent)
{
	const struct json *row, *v;
	size_t widths[COLUMNS_MAX] = { 0 }, i, n = 0;
	struct view name;

	for (i = 0; (row = json_at(list, i)) != NULL; i++)
		for (n = 0; (v = json_member_at(row, n, &name)) != NULL; n++) {
			widen(&widths[n], name);
			widen(&widths[n], flat_text(a, v));
		}
	(void)printf("%*s", indent, "");
	for (i = 0; i < n; i++) {
		(void)json_member_at(json_at(list, 0), i, &name);
		if (i + 1 < n)
			(void)printf("%-*.*s  ", (int)widths[i], VIEW_ARG(name));
		else
			(void)printf("%.*s\n", VIEW_ARG(name));
	}
	for (i = 0; (row = json_at(list, i)) != NULL; i++)
		put_row(a, row, widths, n, indent);
}

static void	put_value(struct arena *, const struct json *, int indent);

static void
put_object(struct arena *a, const struct json *o, int indent)
{
	const struct json *v;
	struct view name;
	size_t i, width = 0;

	for (i = 0; (v = json_member_at(o, i, &name)) != NULL; i++)
		if (is_flat(v))
			widen(&width, name);
	for (i = 0; (v = json_member_at(o, i, &name)) != NULL; i++) {
		(void)printf("%*s", indent, "");
		if (is_flat(v)) {
			(void)printf("%-*.*s %.*s\n", (int)width, VIEW_ARG(name),
			    VIEW_ARG(flat_text(a, v)));
			continue;
		}
		(void)printf("%.*s\n", VIEW_ARG(name));
		put_value(a, v, indent + INDENT);
	}
}

static void
put_value(struct arena *a, const struct json *v, int indent)
{
	size_t i;

	if (is_table(v))
		put_table(a, v, indent);
	else if (json_kind(v) == JSON_OBJECT)
		put_object(a, v, indent);
	else if (json_kind(v) == JSON_ARRAY)
		for (i = 0; i < json_len(v); i++) {
			if (i > 0)
				(void)printf("\n");
			put_value(a, json_at(v, i), indent);
		}
	else
		(void)printf("%*s%.*s\n", indent, "", VIEW_ARG(flat_text(a, v)));
}

/* "made FILE", one a line. */
static void
put_steps(struct arena *a, const struct json *list)
{
	size_t i;

	for (i = 0; i < json_len(list); i++)
		(void)printf("%.*s %.*s\n",
		    VIEW_ARG(flat_text(a, json_member(json_at(list, i), "did"))),
		    VIEW_ARG(flat_text(a, json_member(json_at(list, i), "what"))));
}

int
out_flush(struct out *o, struct err *err)
{
	struct view v = buf_view(&o->buf);

	if (buf_failed(&o->buf))
		return err_internal(err, "too much at once");
	if (fwrite(v.p, 1, v.n, stdout) != v.n)
		return err_internal(err, "standard output: %s", strerror(errno));
	buf_reset(&o->buf);
	return 0;
}

void
out_print(struct out *o, struct arena *a)
{
	struct err err = ERR_INIT;
	const struct json *v;

	if (o->is_steps)
		jsonw_close_array(&o->w);
	if (buf_view(&o->buf).n == 0)
		return;
	if (o->is_text)
		(void)printf("%.*s", VIEW_ARG(buf_view(&o->buf)));
	else if (o->as_json)
		(void)printf("%.*s\n", VIEW_ARG(buf_view(&o->buf)));
	else if (json_parse(a, buf_view(&o->buf), "output", &v, &err) != 0)
		(void)fprintf(stderr, "caasctl: %s\n", err.detail);
	else if (o->is_steps)
		put_steps(a, v);
	else
		put_value(a, v, 0);
}
