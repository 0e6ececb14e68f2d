/* SPDX-License-Identifier: BSD-2-Clause */
/* CRLF behind every line; a quote within quotes stands twice. */
#include "ctl/csv.h"

void
csv_init(struct csv *c, struct buf *b)
{
	*c = (struct csv){ .b = b };
}

static bool
is_plain(struct view v)
{
	return !view_has(v, ',') && !view_has(v, '"') && !view_has(v, '\r') &&
	    !view_has(v, '\n');
}

void
csv_put(struct csv *c, struct view v)
{
	size_t i;

	if (c->comma)
		buf_char(c->b, ',');
	c->comma = true;
	if (is_plain(v)) {
		buf_put(c->b, v);
		return;
	}
	buf_char(c->b, '"');
	for (i = 0; i < v.n; i++) {
		if (v.p[i] == '"')
			buf_char(c->b, '"');
		buf_char(c->b, v.p[i]);
	}
	buf_char(c->b, '"');
}

void
csv_skip(struct csv *c, int n)
{
	while (n-- > 0)
		csv_put(c, VIEW(""));
}

void
csv_head(struct csv *c, const char *names)
{
	buf_str(c->b, names);
	csv_end(c);
}

void
csv_end(struct csv *c)
{
	buf_str(c->b, "\r\n");
	c->comma = false;
}
