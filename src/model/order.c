/* SPDX-License-Identifier: BSD-2-Clause */
/* The states of an order as a table. */
#include "model/order.h"

static const char *const names[] = {
	[ORDER_PENDING]		= "pending",
	[ORDER_READY]		= "ready",
	[ORDER_PROCESSING]	= "processing",
	[ORDER_VALID]		= "valid",
	[ORDER_INVALID]		= "invalid",
};
_Static_assert(NITEMS(names) == ORDER__MAX, "a name for every status");

static const unsigned order_next[ORDER__MAX] = {
	[ORDER_PENDING]		= BIT(ORDER_READY) | BIT(ORDER_INVALID),
	[ORDER_READY]		= BIT(ORDER_PROCESSING) | BIT(ORDER_INVALID),
	[ORDER_PROCESSING]	= BIT(ORDER_VALID) | BIT(ORDER_INVALID),
	/* ORDER_VALID and ORDER_INVALID are final. */
};

const char *
order_status_name(enum order_status s)
{
	return s < ORDER__MAX && names[s] != NULL ? names[s] : "unknown";
}

bool
order_may_move(enum order_status from, enum order_status to)
{
	return from < ORDER__MAX && to < ORDER__MAX &&
	    (order_next[from] & BIT(to)) != 0;
}

enum order_status
order_status_at(const struct order *o, int64_t now)
{
	if (now >= o->expires_at &&
	    (o->status == ORDER_PENDING || o->status == ORDER_READY))
		return ORDER_INVALID;
	return o->status;
}

struct view
order_pack_authzs(struct arena *a, const uint64_t *ids, size_t n)
{
	char *p = arena_alloc(a, n * 8);
	size_t i;
	int shift;

	for (i = 0; i < n; i++)
		for (shift = 56; shift >= 0; shift -= 8)
			p[i * 8 + (size_t)(56 - shift) / 8] = (char)(ids[i] >> shift & 0xff);
	return view_from(p, n * 8);
}

size_t
order_nauthzs(const struct order *o)
{
	return o->authzs.n / 8;
}

uint64_t
order_authz(const struct order *o, size_t i)
{
	uint64_t id = 0;
	size_t k;

	for (k = 0; k < 8; k++)
		id = id << 8 | (unsigned char)o->authzs.p[i * 8 + k];
	return id;
}
