/* SPDX-License-Identifier: BSD-2-Clause */
/* One form for both families: IPv4 stands in ::ffff:0:0/96 (RFC 4291 s2.5.5.2). */
#include "policy/network.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#define V4_BITS	96		/* of the prefix that IPv4 stands behind */

static const uint8_t v4_prefix[V4_BITS / 8] = { [10] = 0xff, [11] = 0xff };

static bool
is_v4(const uint8_t addr[16])
{
	return memcmp(addr, v4_prefix, sizeof(v4_prefix)) == 0;
}

static int
parse_address(struct view text, uint8_t addr[16])
{
	char s[NETWORK_TEXT_MAX];

	if (view_copy(text, s, sizeof(s)) != 0)
		return -1;
	memcpy(addr, v4_prefix, sizeof(v4_prefix));
	return inet_pton(AF_INET, s, addr + sizeof(v4_prefix)) == 1 ||
	    inet_pton(AF_INET6, s, addr) == 1 ? 0 : -1;
}

/* Clear what stands behind the first bits; was there something? */
static bool
cut(uint8_t addr[16], unsigned bits)
{
	bool some = false;
	uint8_t keep;
	unsigned i;

	for (i = bits / 8; i < 16; i++) {
		keep = (uint8_t)(i == bits / 8 ? 0xff00U >> bits % 8 : 0);
		some |= (addr[i] & ~keep) != 0;
		addr[i] &= keep;
	}
	return some;
}

int
network_parse(struct view text, struct network *out)
{
	struct view rest = text, address = view_cut(&rest, '/');
	uint64_t bits, most;

	if (parse_address(address, out->addr) != 0)
		return -1;
	most = is_v4(out->addr) && memchr(address.p, ':', address.n) == NULL ? 32 : 128;
	bits = most;
	if (address.n != text.n && view_u64(rest, most, &bits) != 0)
		return -1;
	out->bits = (unsigned)(bits + 128 - most);
	return cut(out->addr, out->bits) ? -1 : 0;
}

bool
network_holds(const struct network *net, struct view address)
{
	uint8_t addr[16];

	if (parse_address(address, addr) != 0)
		return false;
	/* ::/64 is of IPv6, whatever else is written within it. */
	if (is_v4(addr) != (net->bits >= V4_BITS && is_v4(net->addr)))
		return false;
	(void)cut(addr, net->bits);
	return memcmp(addr, net->addr, sizeof(addr)) == 0;
}

void
network_around(struct view address, unsigned bits4, unsigned bits6, char out[NETWORK_TEXT_MAX])
{
	char text[INET6_ADDRSTRLEN] = "";
	uint8_t addr[16];
	bool v4;

	(void)snprintf(out, NETWORK_TEXT_MAX, "%.*s", VIEW_ARG(address));
	if (parse_address(address, addr) != 0)
		return;
	v4 = is_v4(addr);
	(void)cut(addr, v4 ? V4_BITS + bits4 : bits6);
	(void)inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? addr + sizeof(v4_prefix) : addr, text,
	    sizeof(text));
	if (v4 && bits4 == 32)
		(void)snprintf(out, NETWORK_TEXT_MAX, "%s", text);
	else
		(void)snprintf(out, NETWORK_TEXT_MAX, "%s/%u", text, v4 ? bits4 : bits6);
}
