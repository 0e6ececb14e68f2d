/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * render: the JSON objects of RFC 8555 s7.1, with members in the order that
 * shell clients rely on (CHL-08).
 */
#ifndef CAAS_ACME_RENDER_H
#define CAAS_ACME_RENDER_H

#include "auth/gate.h"
#include "model/authz.h"
#include "model/order.h"

/* Object and headers (Location, Retry-After, Link) into req->reply. */
void	render_account(struct req *, const struct account *, const struct view *contacts,
	    size_t ncontacts);
void	render_order(struct req *, const struct order *);
void	render_authz(struct req *, const struct authz *);
void	render_challenge(struct req *, const struct authz *, enum chall_type);

/* URLs of objects by row id. */
struct view	render_order_url(struct req *, uint64_t id);
struct view	render_authz_url(struct req *, uint64_t id);
/* A member that is an array of strings. */
void	render_list(struct jsonw *, const char *name, const struct conf_list *);

#endif
