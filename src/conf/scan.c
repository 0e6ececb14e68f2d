/* SPDX-License-Identifier: BSD-2-Clause */
/* A look at the tokens of a configuration file before libconfuse parses it. */
#include "conf/scan.h"

#define DEPTH_MAX	4	/* nested sections */

struct seen {
	struct seen	*next;
	struct view	 key;
};

struct scan {
	struct arena	*arena;
	const char	*name;
	struct view	 rest;
	unsigned	 line;
	unsigned	 depth;
	struct seen	*seen[DEPTH_MAX];	/* keys of each open section */
};

/* Move on by n bytes, counting lines. */
static void
skip(struct scan *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && i < s->rest.n; i++)
		if (s->rest.p[i] == '\n')
			s->line++;
	s->rest = view_sub(s->rest, n, s->rest.n);
}

static size_t
until(struct view v, size_t from, struct view mark)
{
	for (; from < v.n; from++)
		if (view_starts(view_sub(v, from, v.n), mark))
			return from + mark.n;
	return v.n;
}

/* The length of the comment or blank at the start; 0 when there is none. */
static size_t
blank_len(struct view v)
{
	if (view_has(VIEW(" \t\r\n"), v.p[0]))
		return 1;
	if (v.p[0] == '#' || view_starts(v, VIEW("//")))
		return until(v, 1, VIEW("\n"));
	if (view_starts(v, VIEW("/*")))
		return until(v, 2, VIEW("*/"));
	return 0;
}

static size_t
string_len(struct view v)
{
	size_t i;

	for (i = 1; i < v.n && v.p[i] != v.p[0]; i++)
		if (v.p[i] == '\\')
			i++;
	return i < v.n ? i + 1 : v.n;
}

static size_t
word_len(struct view v)
{
	size_t n = 0;

	while (n < v.n && !view_has(VIEW(" \t\r\n=+{}(),\"'#"), v.p[n]))
		n++;
	return n;
}

static int
note_key(struct scan *s, struct view key, struct err *err)
{
	struct seen *k;

	for (k = s->seen[s->depth]; k != NULL; k = k->next)
		if (view_eq(k->key, key))
			return err_set(err, ERR_MALFORMED,
			    "%s:%u: the key '%.*s' stands here a second time",
			    s->name, s->line, VIEW_ARG(key));
	k = arena_alloc(s->arena, sizeof(*k));
	k->key = key;
	k->next = s->seen[s->depth];
	s->seen[s->depth] = k;
	return 0;
}

static int
open_section(struct scan *s, struct err *err)
{
	if (s->depth + 1 == DEPTH_MAX)
		return err_set(err, ERR_MALFORMED,
		    "%s:%u: sections are nested too deeply", s->name, s->line);
	s->seen[++s->depth] = NULL;
	return 0;
}

int
conf_scan(struct arena *arena, const char *name, struct view text,
    struct err *err)
{
	struct scan s = { .arena = arena, .name = name, .rest = text, .line = 1 };
	struct view word = VIEW_NONE;	/* the last word, not yet used */
	bool in_list = false, after_equals = false;
	size_t n;
	char c;

	while (s.rest.n != 0) {
		if ((n = blank_len(s.rest)) != 0) {
			skip(&s, n);
			continue;
		}
		if (view_starts(s.rest, VIEW("${")))
			return err_set(err, ERR_MALFORMED,
			    "%s:%u: variables are not expanded here", name, s.line);
		c = s.rest.p[0];
		n = 1;
		if (c == '"' || c == '\'') {
			n = string_len(s.rest);
			if (until(view_sub(s.rest, 0, n), 0, VIEW("${")) < n)
				return err_set(err, ERR_MALFORMED,
				    "%s:%u: variables are not expanded here", name, s.line);
			after_equals = false;
		} else if (c == '=') {
			if (note_key(&s, word, err) != 0)
				return -1;
			after_equals = true;
		} else if (c == '{' && after_equals)
			in_list = true;
		else if (c == '{') {
			if (open_section(&s, err) != 0)
				return -1;
		} else if (c == '}' && in_list) {
			in_list = false;
			after_equals = false;
		} else if (c == '}' && s.depth > 0)
			s.depth--;
		else if ((n = word_len(s.rest)) != 0) {
			word = view_sub(s.rest, 0, n);
			if (!in_list)
				after_equals = false;
		} else
			n = 1;
		skip(&s, n);
	}
	return 0;
}
