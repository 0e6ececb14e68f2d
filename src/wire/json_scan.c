/* SPDX-License-Identifier: BSD-2-Clause */
/* The grammar of RFC 8259, held strictly, one pass, nothing kept. */
#include "wire/json_scan.h"

#include "base/hex.h"
#include "wire/limits.h"
#include "wire/utf8.h"

#define END	(-1)	/* what peek() finds behind the text */

struct scan {
	struct view	 text;
	size_t		 at;		/* bytes read */
	unsigned	 depth;		/* open arrays and objects */
	size_t		 members;
	const char	*why;		/* what is wrong, once something is */
};

static int	scan_value(struct scan *);

static int
fail(struct scan *s, const char *why)
{
	s->why = why;
	return -1;
}

static int
peek(const struct scan *s)
{
	return s->at < s->text.n ? (unsigned char)s->text.p[s->at] : END;
}

/* Step over c if it comes next. */
static bool
take(struct scan *s, char c)
{
	if (peek(s) != c)
		return false;
	s->at++;
	return true;
}

static void
skip_blanks(struct scan *s)
{
	while (take(s, ' ') || take(s, '\t') || take(s, '\n') || take(s, '\r'))
		;
}

/* The four digits of a \u escape. */
static int
scan_unit(struct scan *s, unsigned *unit)
{
	unsigned char b[2];

	if (hex_decode(view_sub(s->text, s->at, 4), b, sizeof(b)) != 0)
		return fail(s, "\\u without four hexadecimal digits");
	*unit = (unsigned)b[0] << 8 | b[1];
	s->at += 4;
	return 0;
}

/* What follows "\u": a character, or the two halves of one. */
static int
scan_codepoint(struct scan *s)
{
	unsigned unit, low;

	if (scan_unit(s, &unit) != 0)
		return -1;
	if (unit == 0)
		return fail(s, "\\u0000");
	if (unit < 0xd800 || unit > 0xdfff)
		return 0;
	if (unit > 0xdbff || !take(s, '\\') || !take(s, 'u'))
		return fail(s, "a lone surrogate");
	if (scan_unit(s, &low) != 0)
		return -1;
	if (low < 0xdc00 || low > 0xdfff)
		return fail(s, "a lone surrogate");
	return 0;
}

/* What follows a backslash. */
static int
scan_escape(struct scan *s)
{
	int c = peek(s);

	if (c == END || !view_has(VIEW("\"\\/bfnrtu"), (char)c))
		return fail(s, "an unknown escape");
	s->at++;
	return c == 'u' ? scan_codepoint(s) : 0;
}

/* What follows the opening quote. */
static int
scan_string(struct scan *s)
{
	size_t n;

	while (!take(s, '"')) {
		if (peek(s) == END)
			return fail(s, "a string without an end");
		if (peek(s) < ' ')
			return fail(s, "a control character in a string");
		if (take(s, '\\')) {
			if (scan_escape(s) != 0)
				return -1;
			continue;
		}
		if ((n = utf8_len(view_sub(s->text, s->at, 4))) == 0)
			return fail(s, "bytes that are not UTF-8");
		s->at += n;
	}
	return 0;
}

static int
scan_digits(struct scan *s)
{
	size_t start = s->at;

	while (peek(s) >= '0' && peek(s) <= '9')
		s->at++;
	return s->at != start ? 0 : fail(s, "a number without a digit");
}

static int
scan_number(struct scan *s)
{
	(void)take(s, '-');
	if (!take(s, '0') && scan_digits(s) != 0)
		return -1;
	if (take(s, '.') && scan_digits(s) != 0)
		return -1;
	if (!take(s, 'e') && !take(s, 'E'))
		return 0;
	if (!take(s, '+'))
		(void)take(s, '-');
	return scan_digits(s);
}

static int
scan_word(struct scan *s)
{
	static const struct view words[] = {
		{ "true", 4 }, { "false", 5 }, { "null", 4 },
	};
	size_t i;

	for (i = 0; i < NITEMS(words); i++)
		if (view_eq(view_sub(s->text, s->at, words[i].n), words[i])) {
			s->at += words[i].n;
			return 0;
		}
	return fail(s, peek(s) == END ? "the end comes too early" :
	    "something that is no value");
}

static int
enter(struct scan *s)
{
	if (s->depth == JSON_DEPTH_MAX)
		return fail(s, "too many values inside each other");
	s->depth++;
	return 0;
}

static int
leave(struct scan *s, char bracket)
{
	if (!take(s, bracket))
		return fail(s, bracket == ']' ? "no ',' or ']' in an array" :
		    "no ',' or '}' in an object");
	s->depth--;
	return 0;
}

/* What follows '['. */
static int
scan_array(struct scan *s)
{
	if (enter(s) != 0)
		return -1;
	skip_blanks(s);
	if (peek(s) == ']')
		return leave(s, ']');
	do {
		if (scan_value(s) != 0)
			return -1;
	} while (take(s, ','));
	return leave(s, ']');
}

static int
scan_member(struct scan *s)
{
	skip_blanks(s);
	if (!take(s, '"'))
		return fail(s, "no member name in an object");
	if (scan_string(s) != 0)
		return -1;
	skip_blanks(s);
	if (!take(s, ':'))
		return fail(s, "no ':' behind a member name");
	s->members++;
	return scan_value(s);
}

/* What follows '{'. */
static int
scan_object(struct scan *s)
{
	if (enter(s) != 0)
		return -1;
	skip_blanks(s);
	if (peek(s) == '}')
		return leave(s, '}');
	do {
		if (scan_member(s) != 0)
			return -1;
	} while (take(s, ','));
	return leave(s, '}');
}

/* A value and the blanks around it. */
static int
scan_value(struct scan *s)
{
	int c, rc;

	skip_blanks(s);
	c = peek(s);
	if (take(s, '{'))
		rc = scan_object(s);
	else if (take(s, '['))
		rc = scan_array(s);
	else if (take(s, '"'))
		rc = scan_string(s);
	else if (c == '-' || (c >= '0' && c <= '9'))
		rc = scan_number(s);
	else
		rc = scan_word(s);
	if (rc == 0)
		skip_blanks(s);
	return rc;
}

int
json_scan(struct view text, const char *what, size_t *members, struct err *err)
{
	struct scan s = { .text = text };
	int rc;

	rc = scan_value(&s);
	if (rc == 0 && peek(&s) != END)
		rc = fail(&s, "more than one value");
	if (rc != 0)
		return err_set(err, ERR_MALFORMED,
		    "The %s is not strict JSON: %s (at byte %zu)", what, s.why, s.at);
	*members = s.members;
	return 0;
}
