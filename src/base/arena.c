/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that dies together: a chain of blocks and a list of destructors. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>

#define BLOCK_SIZE	((size_t)16 * 1024)

struct block {
	struct block	*next;
	size_t		 used;	/* bytes of data handed out */
	size_t		 size;	/* bytes of data */
	alignas(max_align_t) unsigned char data[];
};

struct deferred {
	struct deferred	*next;
	void		(*fn)(void *);
	void		*p;
};

struct arena {
	struct block	*blocks;	/* newest first; the last one is kept */
	struct deferred	*deferred;	/* newest first */
};

static NORETURN void
out_of_memory(void)
{
	(void)fputs("caas: out of memory\n", stderr);
	abort();
}

static struct block *
block_new(size_t size)
{
	struct block *b;

	if (size > SIZE_MAX - sizeof(*b) ||
	    (b = malloc(sizeof(*b) + size)) == NULL)
		out_of_memory();
	b->next = NULL;
	b->used = 0;
	b->size = size;
	return b;
}

struct arena *
arena_new(void)
{
	struct arena *a;

	if ((a = malloc(sizeof(*a))) == NULL)
		out_of_memory();
	a->blocks = block_new(BLOCK_SIZE);
	a->deferred = NULL;
	return a;
}

void
arena_reset(struct arena *a)
{
	struct deferred *d;
	struct block *b;

	while ((d = a->deferred) != NULL) {
		a->deferred = d->next;
		d->fn(d->p);
	}
	while ((b = a->blocks)->next != NULL) {
		a->blocks = b->next;
		free(b);
	}
	a->blocks->used = 0;
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	free(a->blocks);
	free(a);
}

void *
arena_alloc(struct arena *a, size_t n)
{
	const size_t align = alignof(max_align_t);
	struct block *b = a->blocks;
	void *p;

	if (n > SIZE_MAX - align)
		out_of_memory();
	n = (n + align - 1) / align * align;
	if (n > b->size - b->used) {
		b = block_new(n > BLOCK_SIZE ? n : BLOCK_SIZE);
		b->next = a->blocks;
		a->blocks = b;
	}
	p = b->data + b->used;
	b->used += n;
	return memset(p, 0, n);
}

void *
arena_array(struct arena *a, size_t nmemb, size_t size)
{
	if (size != 0 && nmemb > SIZE_MAX / size)
		out_of_memory();
	return arena_alloc(a, nmemb * size);
}

char *
arena_str(struct arena *a, struct view v)
{
	char *s = arena_alloc(a, v.n + 1);

	if (v.n != 0)
		memcpy(s, v.p, v.n);
	return s;
}

struct view
arena_view(struct arena *a, struct view v)
{
	return (struct view){ arena_str(a, v), v.n };
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		out_of_memory();
	s = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	(void)vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}

void
arena_defer(struct arena *a, void (*fn)(void *), void *p)
{
	struct deferred *d = arena_alloc(a, sizeof(*d));

	d->next = a->deferred;
	d->fn = fn;
	d->p = p;
	a->deferred = d;
}
