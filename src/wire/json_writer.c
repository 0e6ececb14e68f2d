/* SPDX-License-Identifier: BSD-2-Clause */
/* Compact JSON out (RFC 8259). */
#include "wire/json.h"

#include <inttypes.h>

#include "wire/timefmt.h"
#include "wire/utf8.h"

void
jsonw_init(struct jsonw *w, struct buf *b)
{
	*w = (struct jsonw){ .b = b };
}

/* What comes before a value or a member name, and what is due behind it. */
static void
separate(struct jsonw *w)
{
	if (w->comma)
		buf_char(w->b, ',');
	w->comma = true;
}

static void
open_with(struct jsonw *w, char bracket)
{
	separate(w);
	buf_char(w->b, bracket);
	w->comma = false;
}

static void
close_with(struct jsonw *w, char bracket)
{
	buf_char(w->b, bracket);
	w->comma = true;
}

void
jsonw_open(struct jsonw *w)
{
	open_with(w, '{');
}

void
jsonw_close(struct jsonw *w)
{
	close_with(w, '}');
}

void
jsonw_open_array(struct jsonw *w)
{
	open_with(w, '[');
}

void
jsonw_close_array(struct jsonw *w)
{
	close_with(w, ']');
}

/* Bytes at the start that stand in a string as they are. */
static size_t
plain_len(struct view v)
{
	size_t at = 0, n;

	while (at < v.n && (unsigned char)v.p[at] >= ' ' &&
	    v.p[at] != '"' && v.p[at] != '\\' &&
	    (n = utf8_len(view_sub(v, at, 4))) != 0)
		at += n;
	return at;
}

/* One byte that cannot stand as it is. */
static void
put_special(struct buf *b, char c)
{
	if (c == '"' || c == '\\') {
		buf_char(b, '\\');
		buf_char(b, c);
	} else if ((unsigned char)c < ' ')
		buf_printf(b, "\\u%04x", (unsigned)c);
	else
		buf_str(b, "\xef\xbf\xbd");	/* U+FFFD */
}

static void
put_string(struct buf *b, struct view v)
{
	size_t n;

	buf_char(b, '"');
	while (v.n != 0) {
		n = plain_len(v);
		buf_put(b, view_sub(v, 0, n));
		if (n < v.n)
			put_special(b, v.p[n++]);
		v = view_sub(v, n, v.n);
	}
	buf_char(b, '"');
}

void
jsonw_key(struct jsonw *w, const char *name)
{
	separate(w);
	put_string(w->b, view_of(name));
	buf_char(w->b, ':');
	w->comma = false;
}

void
jsonw_str(struct jsonw *w, struct view v)
{
	separate(w);
	put_string(w->b, v);
}

void
jsonw_int(struct jsonw *w, int64_t i)
{
	separate(w);
	buf_printf(w->b, "%" PRId64, i);
}

void
jsonw_bool(struct jsonw *w, bool yes)
{
	separate(w);
	buf_str(w->b, yes ? "true" : "false");
}

void
jsonw_raw(struct jsonw *w, struct view v)
{
	separate(w);
	buf_put(w->b, v);
}

void
jsonw_kv_str(struct jsonw *w, const char *name, struct view v)
{
	jsonw_key(w, name);
	jsonw_str(w, v);
}

void
jsonw_kv_cstr(struct jsonw *w, const char *name, const char *s)
{
	jsonw_kv_str(w, name, view_of(s));
}

void
jsonw_kv_int(struct jsonw *w, const char *name, int64_t i)
{
	jsonw_key(w, name);
	jsonw_int(w, i);
}

void
jsonw_kv_bool(struct jsonw *w, const char *name, bool yes)
{
	jsonw_key(w, name);
	jsonw_bool(w, yes);
}

void
jsonw_kv_time(struct jsonw *w, const char *name, int64_t at)
{
	char text[RFC3339_LEN + 1];

	rfc3339_format(at, text);
	jsonw_kv_cstr(w, name, text);
}
