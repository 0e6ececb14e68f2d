/* SPDX-License-Identifier: BSD-2-Clause */
/* The kinds of configuration values: checking, storing, printing. */
#include "conf/value.h"

static int
bad_value(const struct conf_key *key, const char *text, const char *want, struct err *err)
{
	return err_set(err, ERR_MALFORMED, "'%s' is no value of '%s': it takes %s",
	    text, key->name, want);
}

static int
set_int(const struct conf_key *key, const char *text, int64_t *out, struct err *err)
{
	char want[96];
	uint64_t n;

	if (view_u64(view_of(text), INT64_MAX, &n) != 0 ||
	    (int64_t)n < key->min || (int64_t)n > key->max) {
		(void)snprintf(want, sizeof(want), "a number from %lld to %lld (%s)",
		    (long long)key->min, (long long)key->max, key->unit);
		return bad_value(key, text, want, err);
	}
	*out = (int64_t)n;
	return 0;
}

static int
set_bool(const struct conf_key *key, const char *text, bool *out, struct err *err)
{
	static const struct { const char *text; bool value; } words[] = {
		{ "yes", true }, { "no", false }, { "on", true }, { "off", false },
		{ "true", true }, { "false", false },
	};
	size_t i;

	for (i = 0; i < NITEMS(words); i++)
		if (strcmp(text, words[i].text) == 0) {
			*out = words[i].value;
			return 0;
		}
	return bad_value(key, text, "yes or no", err);
}

/* The number of a choice, from 1; 0 when it is none. */
static unsigned
choice_of(const struct conf_key *key, const char *text)
{
	unsigned i;

	for (i = 0; key->choices[i] != NULL; i++)
		if (strcmp(text, key->choices[i]) == 0)
			return i + 1;
	return 0;
}

static int
set_choice(const struct conf_key *key, const char *text, void *out, struct err *err)
{
	unsigned n;

	if ((n = choice_of(key, text)) == 0)
		return bad_value(key, text, key->unit, err);
	/* An enum of any name; keys.c has checked its size. */
	memcpy(out, &n, sizeof(n));
	return 0;
}

static int
set_str(struct arena *a, const struct conf_key *key, const char *text,
    const char **out, struct err *err)
{
	if (key->choices != NULL && choice_of(key, text) == 0)
		return bad_value(key, text, key->unit, err);
	if (key->def == NULL && text[0] == '\0')
		return bad_value(key, text, key->unit, err);
	*out = arena_str(a, view_of(text));
	return 0;
}

static int
set_list(struct arena *a, const struct conf_key *key, struct conf_list texts,
    struct conf_list *out, struct err *err)
{
	size_t i;

	if (key->def == NULL && texts.n == 0)
		return bad_value(key, "{}", key->unit, err);
	out->v = arena_array(a, texts.n + 1, sizeof(*out->v));
	for (out->n = 0, i = 0; i < texts.n; i++) {
		if (texts.v[i][0] == '\0')
			return bad_value(key, "", key->unit, err);
		out->v[out->n++] = arena_str(a, view_of(texts.v[i]));
	}
	return 0;
}

int
conf_value_set(struct arena *a, const struct conf_key *key, struct conf_list texts,
    void *base, struct err *err)
{
	void *member = (char *)base + key->offset;

	switch (key->type) {
	case CONF_STR:
		return set_str(a, key, texts.v[0], member, err);
	case CONF_INT:
		return set_int(key, texts.v[0], member, err);
	case CONF_BOOL:
		return set_bool(key, texts.v[0], member, err);
	case CONF_LIST:
		return set_list(a, key, texts, member, err);
	case CONF_CHOICE:
		return set_choice(key, texts.v[0], member, err);
	}
	return err_internal(err, "%s: a key of no kind", key->name);
}

/* One text, or "{a, b}". */
struct conf_list
conf_value_default(struct arena *a, const struct conf_key *key)
{
	struct view rest = view_of(key->def);
	struct conf_list list = { NULL, 0 };

	list.v = arena_array(a, rest.n + 1, sizeof(*list.v));
	if (key->type != CONF_LIST) {
		list.v[list.n++] = key->def;
		return list;
	}
	rest = view_sub(rest, 1, rest.n - 2);
	while (rest.n != 0)
		list.v[list.n++] = arena_str(a, view_trim(view_cut(&rest, ',')));
	return list;
}

/* In quotes; "${" must not come out of it, for it does not go in. */
static void
put_quoted(struct buf *b, const char *s)
{
	unsigned char c;

	buf_char(b, '"');
	for (; (c = (unsigned char)*s) != '\0'; s++)
		if (c < ' ' || c == 0x7f || (c == '$' && s[1] == '{'))
			buf_printf(b, "\\x%02x", c);
		else if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", c);
		else
			buf_char(b, *s);
	buf_char(b, '"');
}

static void
put_list(struct buf *b, const struct conf_list *list)
{
	size_t i;

	buf_char(b, '{');
	for (i = 0; i < list->n; i++) {
		buf_str(b, i != 0 ? ", " : "");
		put_quoted(b, list->v[i]);
	}
	buf_char(b, '}');
}

void
conf_value_put(struct buf *b, const struct conf_key *key, const void *base)
{
	const void *member = (const char *)base + key->offset;
	unsigned n;

	switch (key->type) {
	case CONF_STR:
		put_quoted(b, *(const char *const *)member);
		break;
	case CONF_INT:
		buf_printf(b, "%lld", (long long)*(const int64_t *)member);
		break;
	case CONF_BOOL:
		buf_str(b, *(const bool *)member ? "yes" : "no");
		break;
	case CONF_LIST:
		put_list(b, member);
		break;
	case CONF_CHOICE:
		memcpy(&n, member, sizeof(n));
		buf_str(b, key->choices[n - 1]);
		break;
	}
}
