/* SPDX-License-Identifier: BSD-2-Clause */
/* Long arrays. */
#include "partner/listing.h"

#define PART_ROWS	500	/* read at once */

static void
free_arena(void *a)
{
	arena_free(a);
}

/* One part: 1 there is more behind it, 0 it was the last, -1. */
static int
put_part(struct listing *l, struct err *err)
{
	size_t n = 0;

	arena_reset(l->call->arena);
	l->part.limit = l->left < PART_ROWS ? l->left : PART_ROWS;
	if (l->rows(l, &n, err) != 0)
		return -1;
	l->part.offset = 0;
	l->left -= n;
	if (n == l->part.limit && l->left != 0)
		return 1;
	jsonw_close_array(&l->call->w);
	jsonw_close(&l->call->w);
	return 0;
}

static int
more(struct req *r UNUSED, void *arg, struct err *err)
{
	return put_part(arg, err);
}

int
listing_put(struct call *c, const char *name, const struct page *page, listing_fn rows,
    void *arg, struct err *err)
{
	struct listing *l = arena_alloc(c->req->arena, sizeof(*l));
	int rc;

	*l = (struct listing){ .call = c, .rows = rows, .arg = arg,
	    .part = { .from = page->from, .offset = page->offset }, .left = page->limit };
	c->arena = arena_new();
	arena_defer(c->req->arena, free_arena, c->arena);
	jsonw_open(&c->w);
	jsonw_key(&c->w, name);
	jsonw_open_array(&c->w);
	if ((rc = put_part(l, err)) < 0)
		return -1;
	if (rc == 1) {
		c->req->reply.more = more;
		c->req->reply.more_arg = l;
	}
	return 0;
}
