/* SPDX-License-Identifier: BSD-2-Clause */
/* Form bodies: cut at '&' and '=', decoded, checked. */
#include "wire/form.h"

#include "base/hex.h"
#include "wire/utf8.h"

#define SHOWN_MAX	100	/* bytes of a field's name in an error */

/* '+' is a blank, %XX is a byte; -1 for another '%'. */
static int
decode(struct arena *arena, struct view v, struct view *out)
{
	char *p = arena_alloc(arena, v.n + 1);
	size_t i, n = 0;

	for (i = 0; i < v.n; i++) {
		if (v.p[i] != '%') {
			p[n++] = (char)(v.p[i] == '+' ? ' ' : v.p[i]);
			continue;
		}
		if (hex_decode(view_sub(v, i + 1, 2), &p[n++], 1) != 0)
			return -1;
		i += 2;
	}
	*out = (struct view){ p, n };
	return 0;
}

static int
decode_text(struct arena *arena, struct view v, struct view *out)
{
	if (decode(arena, v, out) != 0 || view_has(*out, '\0') || !utf8_valid(*out))
		return -1;
	return 0;
}

/* E3 */
static int
refuse(struct err *err, struct view name)
{
	return err_set(err, ERR_MALFORMED, "The value of the '%.*s' argument is invalid!",
	    VIEW_ARG(view_sub(name, 0, SHOWN_MAX)));
}

static int
parse_field(struct arena *arena, struct view text, struct form_field *out,
    struct err *err)
{
	struct view name = view_cut(&text, '=');

	if (decode_text(arena, name, &out->name) != 0)
		return refuse(err, name);
	if (decode_text(arena, text, &out->value) != 0)
		return refuse(err, out->name);
	return 0;
}

int
form_parse(struct arena *arena, struct view body, struct form *out, struct err *err)
{
	struct form_field field;
	struct view part;

	out->fields = arena_array(arena, FORM_FIELDS_MAX, sizeof(out->fields[0]));
	out->n = 0;
	while (body.n != 0) {
		part = view_cut(&body, '&');
		if (part.n == 0)
			continue;
		if (parse_field(arena, part, &field, err) != 0)
			return -1;
		if (out->n == FORM_FIELDS_MAX)
			return refuse(err, field.name);
		out->fields[out->n++] = field;
	}
	return 0;
}

const struct form_field *
form_find(const struct form *form, const char *name)
{
	size_t i;

	for (i = 0; i < form->n; i++)
		if (view_ieq(form->fields[i].name, view_of(name)))
			return &form->fields[i];
	return NULL;
}

size_t
form_count(const struct form *form, const char *name)
{
	size_t i, n = 0;

	for (i = 0; i < form->n; i++)
		n += view_ieq(form->fields[i].name, view_of(name));
	return n;
}
