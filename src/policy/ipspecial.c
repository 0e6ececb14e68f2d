/* SPDX-License-Identifier: BSD-2-Clause */
/* The IANA special-purpose address registries as tables of prefixes. */
#include "policy/ipspecial.h"

struct prefix {
	uint8_t		bytes[16];
	unsigned	bits;
};

static const struct prefix ipv4[] = {
	{ { 0 }, 8 },			/* this network (RFC 791) */
	{ { 10 }, 8 },			/* private use (RFC 1918) */
	{ { 100, 64 }, 10 },		/* shared address space of carriers (RFC 6598) */
	{ { 127 }, 8 },			/* loopback (RFC 1122) */
	{ { 169, 254 }, 16 },		/* link-local (RFC 3927) */
	{ { 172, 16 }, 12 },		/* private use (RFC 1918) */
	{ { 192, 0, 0 }, 24 },		/* IETF protocol assignments (RFC 6890) */
	{ { 192, 0, 2 }, 24 },		/* documentation (RFC 5737) */
	{ { 192, 31, 196 }, 24 },	/* AS112 (RFC 7535) */
	{ { 192, 52, 193 }, 24 },	/* AMT (RFC 7450) */
	{ { 192, 88, 99 }, 24 },	/* 6to4 relay anycast (RFC 7526) */
	{ { 192, 168 }, 16 },		/* private use (RFC 1918) */
	{ { 192, 175, 48 }, 24 },	/* direct delegation of AS112 (RFC 7534) */
	{ { 198, 18 }, 15 },		/* benchmarking (RFC 2544) */
	{ { 198, 51, 100 }, 24 },	/* documentation (RFC 5737) */
	{ { 203, 0, 113 }, 24 },	/* documentation (RFC 5737) */
	{ { 224 }, 4 },			/* multicast (RFC 5771) */
	{ { 240 }, 4 },			/* reserved, and limited broadcast (RFC 1112, RFC 919) */
};

/*
 * Global unicast is 2000::/3 (RFC 4291 s2.4).  Outside of it lie the registry's
 * ::, ::1, ::ffff:0:0/96 (mapped), 64:ff9b::/96 and 64:ff9b:1::/48 (NAT64),
 * 100::/64 (discard), 100:0:0:1::/64 (dummy), 5f00::/16 (SRv6), fc00::/7 (unique
 * local), fe80::/10 (link-local), and ff00::/8 (multicast).
 */
static const struct prefix ipv6[] = {
	{ { 0x00 }, 3 },
	{ { 0x40 }, 2 },
	{ { 0x80 }, 1 },
	{ { 0x20, 0x01 }, 23 },		/* IETF protocol assignments, Teredo in it (RFC 2928) */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },	/* documentation (RFC 3849) */
	{ { 0x20, 0x02 }, 16 },		/* 6to4 (RFC 3056) */
	{ { 0x26, 0x20, 0x00, 0x4f, 0x80, 0x00 }, 48 },	/* direct delegation of AS112 (RFC 7534) */
	{ { 0x3f, 0xff }, 20 },		/* documentation (RFC 9637) */
};

static bool
within(const uint8_t *bytes, const struct prefix *p)
{
	size_t whole = p->bits / 8;
	unsigned mask = 0xff00u >> p->bits % 8 & 0xff;

	if (memcmp(bytes, p->bytes, whole) != 0)
		return false;
	return mask == 0 || (bytes[whole] & mask) == p->bytes[whole];
}

bool
ipspecial(const uint8_t *bytes, size_t n)
{
	const struct prefix *table = n == 4 ? ipv4 : ipv6;
	size_t i, size = n == 4 ? NITEMS(ipv4) : NITEMS(ipv6);

	if (n != 4 && n != 16)
		return true;
	for (i = 0; i < size; i++)
		if (within(bytes, &table[i]))
			return true;
	return false;
}

bool
ipspecial_net(size_t i, struct ipspecial_net *out)
{
	bool v4 = i < NITEMS(ipv4);
	const struct prefix *p;

	if (i >= NITEMS(ipv4) + NITEMS(ipv6))
		return false;
	p = v4 ? &ipv4[i] : &ipv6[i - NITEMS(ipv4)];
	memcpy(out->bytes, p->bytes, sizeof(out->bytes));
	out->n = v4 ? 4 : 16;
	out->bits = p->bits;
	return true;
}
