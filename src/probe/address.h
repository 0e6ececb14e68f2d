/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * address: which addresses a validation may reach: none of the IANA
 * special-purpose registries, nor what embeds one of them (SEC-01, NAM-10).
 */
#ifndef CAAS_PROBE_ADDRESS_H
#define CAAS_PROBE_ADDRESS_H

#include "probe/fetch.h"

#define ADDRESS_TEXT_MAX	46	/* INET6_ADDRSTRLEN */

/* Not globally reachable: private, loopback, link-local, documentation, ... */
bool	address_is_special(const struct address *);
bool	address_is_loopback(const struct address *);
void	address_text(const struct address *, char out[ADDRESS_TEXT_MAX]);
/* From text (a literal in a redirect); -1 when it is none. */
MUST_USE int	address_parse(struct view, struct address *);

#endif
