/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipspecial: the addresses of the IANA special-purpose registries (RFC 6890),
 * which no certificate may name and no validation may reach (NAM-10, IPI-02,
 * SEC-01).
 */
#ifndef CAAS_POLICY_IPSPECIAL_H
#define CAAS_POLICY_IPSPECIAL_H

#include "base/attr.h"

/*
 * bytes in network order, n is 4 or 16.  True for every entry of the registries,
 * globally reachable or not (BR 1.6.1, "Reserved IP Address"), for multicast,
 * and for all of IPv6 outside of global unicast.  An IPv6 address that embeds an
 * IPv4 address is special whatever it embeds: mapped, NAT64, 6to4, Teredo.
 * Another n is true.
 */
bool	ipspecial(const uint8_t *bytes, size_t n);

/* One of the prefixes that are special. */
struct ipspecial_net {
	uint8_t		bytes[16];	/* the first n count */
	size_t		n;		/* 4 or 16 */
	unsigned	bits;
};

/* The i-th of them all; false beyond the last. */
bool	ipspecial_net(size_t i, struct ipspecial_net *out);

#endif
