/* SPDX-License-Identifier: BSD-2-Clause */
/* Which addresses a validation may reach (SEC-01, NAM-10), and their text form. */
#include "probe/address.h"

#include <arpa/inet.h>

struct net {
	int	family;
	uint8_t	bits;
	uint8_t	bytes[8];
};

/*
 * All entries of the IANA special-purpose registries (RFC 6890), whether
 * globally reachable or not, and the multicast and future-use blocks.  Of IPv6
 * only 2000::/3 is handed out at all: the three nets around it hold the
 * loopback, mapped, compatible, NAT64, unique-local, link-local and multicast
 * addresses.
 */
static const struct net special[] = {
	{ AF_INET,   8, { 0 } },
	{ AF_INET,   8, { 10 } },
	{ AF_INET,  10, { 100, 64 } },
	{ AF_INET,   8, { 127 } },
	{ AF_INET,  16, { 169, 254 } },
	{ AF_INET,  12, { 172, 16 } },
	{ AF_INET,  24, { 192, 0, 0 } },
	{ AF_INET,  24, { 192, 0, 2 } },
	{ AF_INET,  24, { 192, 31, 196 } },	/* AS112 */
	{ AF_INET,  24, { 192, 52, 193 } },	/* AMT */
	{ AF_INET,  24, { 192, 88, 99 } },	/* 6to4 relays */
	{ AF_INET,  16, { 192, 168 } },
	{ AF_INET,  24, { 192, 175, 48 } },	/* AS112 */
	{ AF_INET,  15, { 198, 18 } },
	{ AF_INET,  24, { 198, 51, 100 } },
	{ AF_INET,  24, { 203, 0, 113 } },
	{ AF_INET,   4, { 224 } },
	{ AF_INET,   4, { 240 } },
	{ AF_INET6,  3, { 0x00 } },
	{ AF_INET6,  2, { 0x40 } },
	{ AF_INET6,  1, { 0x80 } },
	{ AF_INET6, 23, { 0x20, 0x01 } },	/* IETF protocols, Teredo among them */
	{ AF_INET6, 32, { 0x20, 0x01, 0x0d, 0xb8 } },
	{ AF_INET6, 16, { 0x20, 0x02 } },	/* 6to4 */
	{ AF_INET6, 48, { 0x26, 0x20, 0x00, 0x4f, 0x80, 0x00 } },	/* AS112 */
	{ AF_INET6, 20, { 0x3f, 0xff } },
};

static bool
in_net(const struct address *a, const struct net *net)
{
	size_t whole = net->bits / 8;
	unsigned rest = net->bits % 8;

	if (a->family != net->family || memcmp(a->bytes, net->bytes, whole) != 0)
		return false;
	return rest == 0 ||
	    (a->bytes[whole] ^ net->bytes[whole]) >> (8 - rest) == 0;
}

bool
address_is_special(const struct address *a)
{
	size_t i;

	for (i = 0; i < NITEMS(special); i++)
		if (in_net(a, &special[i]))
			return true;
	return false;
}

bool
address_special_net(size_t i, char out[ADDRESS_NET_MAX])
{
	struct address a = { .family = AF_UNSPEC };
	char text[ADDRESS_TEXT_MAX];

	if (i >= NITEMS(special))
		return false;
	a.family = special[i].family;
	memcpy(a.bytes, special[i].bytes, sizeof(special[i].bytes));
	address_text(&a, text);
	(void)snprintf(out, ADDRESS_NET_MAX, "%s/%u", text, special[i].bits);
	return true;
}

bool
address_is_loopback(const struct address *a)
{
	static const uint8_t v6[16] = { [15] = 1 };

	if (a->family == AF_INET)
		return a->bytes[0] == 127;
	return memcmp(a->bytes, v6, sizeof(v6)) == 0;
}

void
address_text(const struct address *a, char out[ADDRESS_TEXT_MAX])
{
	if (inet_ntop(a->family, a->bytes, out, ADDRESS_TEXT_MAX) == NULL)
		out[0] = '\0';
}

int
address_parse(struct view v, struct address *out)
{
	char text[ADDRESS_TEXT_MAX];

	*out = (struct address){ .family = AF_INET };
	if (view_copy(v, text, sizeof(text)) != 0)
		return -1;
	if (view_has(v, ':'))
		out->family = AF_INET6;
	return inet_pton(out->family, text, out->bytes) == 1 ? 0 : -1;
}
