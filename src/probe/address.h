/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * address: which addresses a validation may reach: none of the IANA
 * special-purpose registries, nor what embeds one of them (SEC-01, NAM-10).
 */
#ifndef CAAS_PROBE_ADDRESS_H
#define CAAS_PROBE_ADDRESS_H

#include "probe/fetch.h"

#define ADDRESS_TEXT_MAX	46	/* INET6_ADDRSTRLEN */
#define ADDRESS_NET_MAX		(ADDRESS_TEXT_MAX + 4)

/* Not globally reachable: private, loopback, link-local, documentation, ... */
bool	address_is_special(const struct address *);
/* The i-th of those nets as "10.0.0.0/8"; false beyond the last. */
bool	address_special_net(size_t i, char out[ADDRESS_NET_MAX]);
bool	address_is_loopback(const struct address *);
void	address_text(const struct address *, char out[ADDRESS_TEXT_MAX]);
/* From text (a literal in a redirect); -1 when it is none. */
MUST_USE int	address_parse(struct view, struct address *);

#endif
