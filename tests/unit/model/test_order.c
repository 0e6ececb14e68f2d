/* SPDX-License-Identifier: BSD-2-Clause */
/* model/order: the states of an order (RFC 8555 s7.1.6; ORD-10, ORD-12, ORD-16). */
#include "model/order.h"
#include "tap.h"

/* Rows: from; columns: to.  0 is no status. */
static const struct {
	const char	*name;
	bool		 to[ORDER__MAX];
} moves[ORDER__MAX] = {
	/*			      -  pend ready proc valid inv */
	[0]		   = { "unknown",    { 0, 0, 0, 0, 0, 0 } },
	[ORDER_PENDING]	   = { "pending",    { 0, 0, 1, 0, 0, 1 } },
	[ORDER_READY]	   = { "ready",      { 0, 0, 0, 1, 0, 1 } },
	[ORDER_PROCESSING] = { "processing", { 0, 0, 0, 0, 1, 1 } },
	[ORDER_VALID]	   = { "valid",      { 0, 0, 0, 0, 0, 0 } },
	[ORDER_INVALID]	   = { "invalid",    { 0, 0, 0, 0, 0, 0 } },
};

static void
test_moves(void)
{
	unsigned from, to;

	for (from = 0; from < ORDER__MAX; from++) {
		tap_is_view(view_of(order_status_name((enum order_status)from)),
		    view_of(moves[from].name), "the name of status %u", from);
		for (to = 0; to < ORDER__MAX; to++)
			tap_is_int(order_may_move((enum order_status)from,
			    (enum order_status)to), moves[from].to[to],
			    "ORD-10, ORD-16: %s to %s is %s", moves[from].name,
			    moves[to].name, moves[from].to[to] ? "a move" : "none");
	}
	tap_ok(!order_may_move(ORDER__MAX, ORDER_READY) &&
	    !order_may_move(ORDER_PENDING, ORDER__MAX), "nor to or from what is no status");
	tap_is_view(view_of(order_status_name(ORDER__MAX)), VIEW("unknown"), "which has no name");
}

#define END	1000
static const struct {
	enum order_status	stored, before, after;
} expiries[] = {
	{ ORDER_PENDING, ORDER_PENDING, ORDER_INVALID },
	{ ORDER_READY, ORDER_READY, ORDER_INVALID },
	{ ORDER_PROCESSING, ORDER_PROCESSING, ORDER_PROCESSING },
	{ ORDER_VALID, ORDER_VALID, ORDER_VALID },
	{ ORDER_INVALID, ORDER_INVALID, ORDER_INVALID },
};

static void
test_expiry(void)
{
	struct order o = { .expires_at = END };
	size_t i;

	for (i = 0; i < NITEMS(expiries); i++) {
		o.status = expiries[i].stored;
		tap_is_int(order_status_at(&o, END - 1), expiries[i].before,
		    "ORD-12: %s a second before its end", moves[o.status].name);
		tap_is_int(order_status_at(&o, END), expiries[i].after,
		    "ORD-12: ... at its end it is %s", moves[expiries[i].after].name);
	}
}

static void
test_authzs(struct arena *arena)
{
	const uint64_t ids[] = { 1, UINT64_MAX, UINT64_C(0x0123456789abcdef), 0 };
	struct order o = { .authzs = order_pack_authzs(arena, ids, NITEMS(ids)) };
	size_t i;

	tap_is_view(o.authzs, VIEW("\0\0\0\0\0\0\0\1" "\xff\xff\xff\xff\xff\xff\xff\xff"
	    "\x01\x23\x45\x67\x89\xab\xcd\xef" "\0\0\0\0\0\0\0\0"),
	    "ids are packed to 8 bytes each, the highest first");
	tap_is_int((int64_t)order_nauthzs(&o), NITEMS(ids), "they are counted");
	for (i = 0; i < NITEMS(ids); i++)
		tap_ok(order_authz(&o, i) == ids[i], "id %zu comes back", i);
	o.authzs = order_pack_authzs(arena, ids, 0);
	tap_is_int((int64_t)order_nauthzs(&o), 0, "an empty list is empty");
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_moves();
	test_expiry();
	test_authzs(arena);
	arena_free(arena);
	return tap_done();
}
