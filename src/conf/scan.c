/* SPDX-License-Identifier: BSD-2-Clause */
/* The strict grammar of configuration files. */
#include <stdarg.h>

#include "conf/scan.h"

#define PLACES_MAX	4096	/* settings and sections of one file */

enum token_type { TOK_END, TOK_WORD, TOK_STRING, TOK_SIGN };

struct token {
	enum token_type	type;
	struct view	text;
	unsigned	line;
};

struct scanner {
	struct arena		*arena;
	const char		*name;
	char			*clean;	/* the text, comments blanked so far */
	struct view		 rest;	/* what is left of clean */
	unsigned		 line;
	struct view		 kind;	/* of the open section */
	unsigned		 nth;
	const struct conf_place	*places;
	unsigned		 nplaces;
};

static int PRINTF(4, 5)
fail(const struct scanner *s, unsigned line, struct err *err, const char *fmt, ...)
{
	char text[ERR_DETAIL_MAX / 2];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(err, ERR_MALFORMED, "%s:%u: %s", s->name, line, text);
}

static void
skip(struct scanner *s, size_t n)
{
	s->rest = view_sub(s->rest, n, s->rest.n);
}

/* Overwrite n bytes with blanks; lines stay lines. */
static void
blank(struct scanner *s, size_t n)
{
	char *p = s->clean + (s->rest.p - s->clean);
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] == '\n')
			s->line++;
		else
			p[i] = ' ';
	skip(s, n);
}

static size_t
line_len(struct view v)
{
	size_t n = 0;

	while (n < v.n && v.p[n] != '\n')
		n++;
	return n;
}

/* The length of a C comment; 0 when it does not end. */
static size_t
comment_len(struct view v)
{
	size_t n;

	for (n = 4; n <= v.n; n++)
		if (v.p[n - 2] == '*' && v.p[n - 1] == '/')
			return n;
	return 0;
}

static int
skip_blanks(struct scanner *s, struct err *err)
{
	size_t n;

	while (s->rest.n != 0) {
		if (view_has(VIEW(" \t\r\n"), s->rest.p[0]))
			n = 1;
		else if (s->rest.p[0] == '#' || view_starts(s->rest, VIEW("//")))
			n = line_len(s->rest);
		else if (!view_starts(s->rest, VIEW("/*")))
			return 0;
		else if ((n = comment_len(s->rest)) == 0)
			return fail(s, s->line, err, "this comment does not end");
		blank(s, n);
	}
	return 0;
}

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || view_has(VIEW("_-.:/@"), c);
}

static int
take_word(struct scanner *s, struct token *t, struct err *err)
{
	size_t n = 0;

	while (n < s->rest.n && is_word_char(s->rest.p[n]))
		n++;
	if (n == 0 && view_starts(s->rest, VIEW("${")))
		return fail(s, s->line, err, "variables are not expanded here");
	if (n == 0)
		return fail(s, s->line, err, "the character '\\x%02x' must stand in quotes",
		    (unsigned char)s->rest.p[0]);
	t->type = TOK_WORD;
	t->text = view_sub(s->rest, 0, n);
	/* libconfuse may begin a comment there. */
	if (view_icontains(t->text, VIEW("//")) ||
	    (t->text.p[n - 1] == '/' && view_starts(view_sub(s->rest, n, 1), VIEW("*"))))
		return fail(s, s->line, err, "'%.*s' must stand in quotes", VIEW_ARG(t->text));
	skip(s, n);
	return 0;
}

static bool
is_hex_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/*
 * The length of what the string begins with: a character or an escape sequence.
 * 0 when it cannot stand there.  No sequence may make a NUL.
 */
static size_t
char_len(struct view v, char quote)
{
	if (v.p[0] == '\\' && quote == '\'')
		return v.n > 1 && (v.p[1] == '\'' || v.p[1] == '\\') ? 2 : 1;
	if (v.p[0] != '\\')
		return (unsigned char)v.p[0] >= ' ' || v.p[0] == '\t' ? 1 : 0;
	if (v.n > 1 && view_has(VIEW("\"\\nt"), v.p[1]))
		return 2;
	if (v.n > 3 && v.p[1] == 'x' && is_hex_digit(v.p[2]) && is_hex_digit(v.p[3]) &&
	    (v.p[2] != '0' || v.p[3] != '0'))
		return 4;
	return 0;
}

static int
take_string(struct scanner *s, struct token *t, struct err *err)
{
	struct view v = s->rest;
	char quote = v.p[0];
	size_t n, i;

	for (i = 1; i < v.n && v.p[i] != quote && v.p[i] != '\n'; i += n) {
		if (view_starts(view_sub(v, i, 2), VIEW("${")))
			return fail(s, s->line, err, "variables are not expanded here");
		if ((n = char_len(view_sub(v, i, v.n), quote)) == 0)
			return fail(s, s->line, err, v.p[i] == '\\' ?
			    "a backslash stands only before \\, \", n, t and x01 to xff" :
			    "a control character stands in this string");
	}
	if (i >= v.n || v.p[i] == '\n')
		return fail(s, s->line, err, "this string does not end on its line");
	t->type = TOK_STRING;
	t->text = view_sub(v, 0, i + 1);
	skip(s, i + 1);
	return 0;
}

static int
next_token(struct scanner *s, struct token *t, struct err *err)
{
	char c;

	if (skip_blanks(s, err) != 0)
		return -1;
	*t = (struct token){ .type = TOK_END, .text = VIEW("end of the file"), .line = s->line };
	if (s->rest.n == 0)
		return 0;
	c = s->rest.p[0];
	if (c == '"' || c == '\'')
		return take_string(s, t, err);
	if (!view_has(VIEW("={},"), c))
		return take_word(s, t, err);
	t->type = TOK_SIGN;
	t->text = view_sub(s->rest, 0, 1);
	skip(s, 1);
	return 0;
}

static bool
is_sign(const struct token *t, const char *sign)
{
	return t->type == TOK_SIGN && view_is(t->text, sign);
}

static bool
is_value(const struct token *t)
{
	return t->type == TOK_WORD || t->type == TOK_STRING;
}

static int
unexpected(const struct scanner *s, const struct token *t, const char *where, struct err *err)
{
	return fail(s, t->line, err, "unexpected '%.*s' %s", VIEW_ARG(t->text), where);
}

static int
add_place(struct scanner *s, struct view key, unsigned line, struct err *err)
{
	struct conf_place *p;

	if (s->nplaces++ == PLACES_MAX)
		return fail(s, line, err, "more than %d settings", PLACES_MAX);
	p = arena_alloc(s->arena, sizeof(*p));
	*p = (struct conf_place){ s->places, s->kind, s->nth, key, line };
	s->places = p;
	return 0;
}

static int
add_key(struct scanner *s, const struct token *key, struct err *err)
{
	const struct conf_place *p;

	for (p = s->places; p != NULL; p = p->next)
		if (view_eq(p->key, key->text) && view_eq(p->kind, s->kind) && p->nth == s->nth)
			return fail(s, key->line, err,
			    "the key '%.*s' stands here a second time, first in line %u",
			    VIEW_ARG(key->text), p->line);
	return add_place(s, key->text, key->line, err);
}

/* What stands behind "{": values and commas to the "}". */
static int
scan_list(struct scanner *s, struct err *err)
{
	struct token t;

	for (;;) {
		if (next_token(s, &t, err) != 0)
			return -1;
		if (is_sign(&t, "}"))
			return 0;
		if (!is_value(&t))
			return unexpected(s, &t, "in a list", err);
		if (next_token(s, &t, err) != 0)
			return -1;
		if (is_sign(&t, "}"))
			return 0;
		if (!is_sign(&t, ","))
			return unexpected(s, &t, "in a list, where ',' or '}' should be", err);
	}
}

static int
scan_setting(struct scanner *s, const struct token *key, struct err *err)
{
	struct token t;

	if (add_key(s, key, err) != 0 || next_token(s, &t, err) != 0)
		return -1;
	if (is_sign(&t, "{"))
		return scan_list(s, err);
	if (!is_value(&t))
		return unexpected(s, &t, "as a value", err);
	return 0;
}

static int
open_section(struct scanner *s, const struct token *kind, const struct token *name,
    struct err *err)
{
	const struct conf_place *p;
	struct token t;

	if (name->text.n == 2 && name->type == TOK_STRING)
		return fail(s, name->line, err, "the name of a section is empty");
	if (next_token(s, &t, err) != 0)
		return -1;
	if (!is_sign(&t, "{"))
		return unexpected(s, &t, "behind the name of a section, where '{' should be", err);
	if (s->kind.n != 0)
		return fail(s, kind->line, err, "a section in a section");
	s->nth = 0;
	for (p = s->places; p != NULL; p = p->next)
		if (p->key.n == 0 && view_eq(p->kind, kind->text))
			s->nth++;
	s->kind = kind->text;
	return add_place(s, VIEW(""), kind->line, err);
}

/* What begins with a word: a setting or a section. */
static int
scan_entry(struct scanner *s, const struct token *word, struct err *err)
{
	struct token t;

	if (next_token(s, &t, err) != 0)
		return -1;
	if (is_sign(&t, "="))
		return scan_setting(s, word, err);
	if (is_value(&t))
		return open_section(s, word, &t, err);
	return unexpected(s, &t, "behind a key, where '=' should be", err);
}

static int
scan_file(struct scanner *s, struct err *err)
{
	struct token t;

	for (;;) {
		if (next_token(s, &t, err) != 0)
			return -1;
		if (t.type == TOK_END && s->kind.n == 0)
			return 0;
		if (t.type == TOK_WORD) {
			if (scan_entry(s, &t, err) != 0)
				return -1;
		} else if (is_sign(&t, "}") && s->kind.n != 0) {
			s->kind = VIEW("");
			s->nth = 0;
		} else
			return unexpected(s, &t, "where a key should be", err);
	}
}

/* It would end the text for libconfuse, also in a comment. */
static int
find_nul(const struct scanner *s, struct err *err)
{
	unsigned line = 1;
	size_t i;

	for (i = 0; i < s->rest.n; i++) {
		if (s->rest.p[i] == '\0')
			return fail(s, line, err, "a NUL byte stands here");
		line += s->rest.p[i] == '\n';
	}
	return 0;
}

int
conf_scan(struct arena *arena, const char *name, struct view text,
    struct conf_scan *out, struct err *err)
{
	struct scanner s = { .arena = arena, .name = name, .line = 1 };

	s.clean = arena_str(arena, text);
	s.rest = view_from(s.clean, text.n);
	if (find_nul(&s, err) != 0 || scan_file(&s, err) != 0)
		return -1;
	out->places = s.places;
	out->text = s.clean;
	return 0;
}

const struct conf_place *
conf_scan_find(const struct conf_scan *scan, const char *kind, unsigned nth, const char *key)
{
	const struct conf_place *p;

	for (p = scan->places; p != NULL; p = p->next)
		if (view_is(p->kind, kind) && p->nth == nth && view_is(p->key, key))
			return p;
	return NULL;
}
