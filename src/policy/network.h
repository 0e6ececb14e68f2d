/* SPDX-License-Identifier: BSD-2-Clause */
/* network: ranges of client addresses, IPv4 and IPv6. */
#ifndef CAAS_POLICY_NETWORK_H
#define CAAS_POLICY_NETWORK_H

#include "base/view.h"

#define NETWORK_TEXT_MAX	50	/* bytes, NUL included */

struct network {
	uint8_t		addr[16];	/* IPv4 as ::ffff:a.b.c.d; zero behind the prefix */
	unsigned	bits;		/* 0 to 128, of these 16 bytes */
};

/*
 * "192.0.2.0/24", "2001:db8::/32" or an address alone.  -1: it is none, or has bits
 * behind its prefix.
 */
MUST_USE int	network_parse(struct view text, struct network *);
/* false also when it is no address. */
bool	network_holds(const struct network *, struct view address);
/*
 * The network around an address: so many bits of an IPv4 address (32: the address as it
 * is), so many of an IPv6 one.  What is no address stays as it is.
 */
void	network_around(struct view address, unsigned bits4, unsigned bits6,
	    char out[NETWORK_TEXT_MAX]);

#endif
