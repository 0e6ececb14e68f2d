/* SPDX-License-Identifier: BSD-2-Clause */
/* order: certificate orders and their states (RFC 8555 s7.1.3, s7.1.6). */
#ifndef CAAS_MODEL_ORDER_H
#define CAAS_MODEL_ORDER_H

#include "base/arena.h"

enum order_status {		/* stored in SQL, never renumbered */
	ORDER_PENDING = 1,
	ORDER_READY = 2,
	ORDER_PROCESSING = 3,
	ORDER_VALID = 4,
	ORDER_INVALID = 5,
	ORDER__MAX
};

#define ORDER_LIFE_MAX	((int64_t)15 * 86400)	/* seconds; no pending order is older */

struct order {
	uint64_t		id;
	uint64_t		number;		/* small, for GETLASTORDER */
	uint64_t		account_id;
	enum order_status	status;		/* as stored; see order_status_at() */
	unsigned		authz_left;	/* authorizations not valid yet */
	int64_t			expires_at;
	struct view		profile;
	int64_t			not_before_at;	/* asked for; 0: the profile decides */
	int64_t			not_after_at;
	struct view		idents;		/* packed, ident_pack() */
	struct view		authzs;		/* packed ids, 8 bytes big-endian each */
	unsigned		reused;		/* of them, those that earlier orders made */
	struct view		replaces;	/* certificate identifier, as given; empty: none */
	uint64_t		replaced;	/* the certificate that it names; not stored */
	struct view		error;		/* problem document, JSON; empty: none */
	uint64_t		cert_id;	/* 0 before valid */
	int64_t			created_at;
};

const char	*order_status_name(enum order_status);
/* May an order move from one status to the other? */
bool		 order_may_move(enum order_status from, enum order_status to);
/* What the order is at a time: a pending or ready one that expired is invalid (ORD-12). */
enum order_status	order_status_at(const struct order *, int64_t now);

/* The packed list of authorization ids. */
struct view	 order_pack_authzs(struct arena *, const uint64_t *ids, size_t n);
size_t		 order_nauthzs(const struct order *);
uint64_t	 order_authz(const struct order *, size_t i);

#endif
