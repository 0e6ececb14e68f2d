/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Special-purpose addresses (NAM-10, IPI-02, SEC-01): each entry of the
 * registries with its first and last address, and the neighbours outside.
 */
#include <arpa/inet.h>

#include "policy/ipspecial.h"
#include "tap.h"

static const struct {
	const char	*rule;
	const char	*first, *last;
	const char	*before, *after;	/* ordinary addresses beside it; NULL: none */
} entries[] = {
	{ "this network", "0.0.0.0", "0.255.255.255", NULL, "1.0.0.0" },
	{ "private 10/8", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0" },
	{ "carriers' shared space", "100.64.0.0", "100.127.255.255", "100.63.255.255",
	    "100.128.0.0" },
	{ "loopback", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0" },
	{ "link-local", "169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0" },
	{ "private 172.16/12", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0" },
	{ "IETF protocol assignments", "192.0.0.0", "192.0.0.255", "191.255.255.255",
	    "192.0.1.0" },
	{ "TEST-NET-1", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0" },
	{ "AS112", "192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0" },
	{ "AMT", "192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0" },
	{ "6to4 relays", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0" },
	{ "private 192.168/16", "192.168.0.0", "192.168.255.255", "192.167.255.255",
	    "192.169.0.0" },
	{ "direct delegation of AS112", "192.175.48.0", "192.175.48.255", "192.175.47.255",
	    "192.175.49.0" },
	{ "benchmarking", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0" },
	{ "TEST-NET-2", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0" },
	{ "TEST-NET-3", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0" },
	{ "multicast", "224.0.0.0", "239.255.255.255", "223.255.255.255", NULL },
	{ "reserved", "240.0.0.0", "255.255.255.254", NULL, NULL },
	{ "broadcast", "255.255.255.255", "255.255.255.255", NULL, NULL },

	{ "unspecified", "::", "::", NULL, NULL },
	{ "loopback", "::1", "::1", NULL, NULL },
	{ "compatible with IPv4", "::2", "::ffff:ffff", NULL, NULL },
	{ "mapped", "::ffff:0.0.0.0", "::ffff:255.255.255.255", NULL, NULL },
	{ "NAT64", "64:ff9b::", "64:ff9b::255.255.255.255", NULL, NULL },
	{ "local NAT64", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "discard only", "100::", "100::ffff:ffff:ffff:ffff", NULL, NULL },
	{ "dummy", "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "below global unicast", "200::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL,
	    "2000::" },
	{ "IETF protocol assignments", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::" },
	{ "Teredo", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "anycast of PCP, TURN and DNS-SD", "2001:1::1", "2001:1::3", NULL, NULL },
	{ "benchmarking", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "AMT", "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "AS112", "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "ORCHID, ORCHIDv2, DRIP", "2001:10::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", NULL,
	    NULL },
	{ "documentation", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
	    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::" },
	{ "6to4", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::" },
	{ "direct delegation of AS112", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
	    "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff", "2620:4f:8001::" },
	{ "documentation 3fff::/20", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::" },
	{ "above global unicast", "4000::", "5eff::", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    NULL },
	{ "segment routing", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "not assigned", "6000::", "fbff::", NULL, NULL },
	{ "unique local", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "link-local", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "site-local", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
	{ "multicast", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL },
};

/* IPv4 addresses that IPv6 addresses embed do not come in by this door. */
static const char *const embedded[] = {
	"::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",
	"64:ff9b::192.168.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::10.0.0.1",
	"2002:a00:1::1", "2002:7f00:1::", "2002:808:808::1",
	"2001:0:808:808::f5ff:fffe", "2001:0:a00:1::1",
};

static const char *const ordinary[] = {
	"1.1.1.1", "8.8.8.8", "93.184.215.14", "223.255.255.254",
	"2001:4860:4860::8888", "2606:4700::1111", "2620:fe::fe", "2a00::1", "2000::1",
};

static bool
special(const char *text)
{
	uint8_t bytes[16];
	bool v6 = strchr(text, ':') != NULL;

	if (inet_pton(v6 ? AF_INET6 : AF_INET, text, bytes) != 1) {
		tap_diag("%s is no address", text);
		abort();
	}
	return ipspecial(bytes, v6 ? 16 : 4);
}

/* The nets are those by which addresses are judged. */
static void
test_nets(void)
{
	struct ipspecial_net net;
	size_t i, v4 = 0, v6 = 0;

	for (i = 0; ipspecial_net(i, &net); i++) {
		tap_ok(ipspecial(net.bytes, net.n) && net.bits != 0 && net.bits < 8 * net.n,
		    "SEC-01: net %zu, /%u", i, net.bits);
		net.n == 4 ? v4++ : v6++;
	}
	tap_ok(v4 == 18 && v6 == 8, "SEC-01: all nets are listed");
}

int
main(void)
{
	static const uint8_t bytes[17] = { 0x20 };
	size_t i;

	for (i = 0; i < NITEMS(entries); i++) {
		tap_ok(special(entries[i].first), "NAM-10: %s: %s", entries[i].rule,
		    entries[i].first);
		tap_ok(special(entries[i].last), "NAM-10: %s: %s", entries[i].rule,
		    entries[i].last);
		if (entries[i].before != NULL)
			tap_ok(!special(entries[i].before), "before %s: %s", entries[i].rule,
			    entries[i].before);
		if (entries[i].after != NULL)
			tap_ok(!special(entries[i].after), "behind %s: %s", entries[i].rule,
			    entries[i].after);
	}
	for (i = 0; i < NITEMS(embedded); i++)
		tap_ok(special(embedded[i]), "SEC-01: embedded IPv4: %s", embedded[i]);
	for (i = 0; i < NITEMS(ordinary); i++)
		tap_ok(!special(ordinary[i]), "ordinary: %s", ordinary[i]);
	for (i = 0; i < sizeof(bytes); i++)
		if (i != 4 && i != 16)
			tap_ok(ipspecial(bytes, i), "%zu bytes are no address", i);
	test_nets();
	return tap_done();
}
