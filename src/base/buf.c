/* SPDX-License-Identifier: BSD-2-Clause */
/* Growing bytes with a fixed maximum. */
#include "base/buf.h"

#include <stdarg.h>

#define FIRST_SIZE	((size_t)256)

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf)BUF_INIT(max);
}

void
buf_release(struct buf *b)
{
	free(b->p);
	buf_init(b, b->max);
}

void
buf_reset(struct buf *b)
{
	b->n = 0;
	b->failed = false;
	if (b->p != NULL)
		b->p[0] = '\0';
}

/* Room for n more bytes and a NUL. */
static int
grow(struct buf *b, size_t n)
{
	size_t cap = b->cap != 0 ? b->cap : FIRST_SIZE;
	char *p;

	if (b->failed || n > b->max - b->n) {
		b->failed = true;
		return -1;
	}
	if (b->n + n < b->cap)
		return 0;
	while (cap <= b->n + n)
		cap *= 2;
	if ((p = realloc(b->p, cap)) == NULL) {
		b->failed = true;
		return -1;
	}
	b->p = p;
	b->cap = cap;
	return 0;
}

void
buf_bytes(struct buf *b, const void *p, size_t n)
{
	if (grow(b, n) != 0)
		return;
	if (n != 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void
buf_put(struct buf *b, struct view v)
{
	buf_bytes(b, v.p, v.n);
}

void
buf_str(struct buf *b, const char *s)
{
	buf_put(b, view_of(s));
}

void
buf_char(struct buf *b, char c)
{
	buf_bytes(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0) {
		b->failed = true;
		return;
	}
	if (grow(b, (size_t)n) != 0)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

bool
buf_failed(const struct buf *b)
{
	return b->failed;
}

struct view
buf_view(const struct buf *b)
{
	return view_from(b->p, b->n);
}
