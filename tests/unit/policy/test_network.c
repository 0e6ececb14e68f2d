/* SPDX-License-Identifier: BSD-2-Clause */
/* policy/network: ranges of addresses of both families. */
#include "policy/network.h"

#include <string.h>

#include "tap.h"

static const struct {
	const char	*network, *address;
	bool		 holds;
} pairs[] = {
	{ "192.0.2.0/24", "192.0.2.0", true },
	{ "192.0.2.0/24", "192.0.2.255", true },
	{ "192.0.2.0/24", "192.0.3.0", false },
	{ "192.0.2.128/25", "192.0.2.127", false },
	{ "192.0.2.128/25", "192.0.2.128", true },
	{ "192.0.2.7", "192.0.2.7", true },
	{ "192.0.2.7", "192.0.2.6", false },
	{ "192.0.2.7/32", "::ffff:192.0.2.7", true },
	{ "0.0.0.0/0", "203.0.113.9", true },
	{ "0.0.0.0/0", "2001:db8::1", false },
	{ "::/0", "2001:db8::1", true },
	{ "::/0", "203.0.113.9", false },
	{ "::/64", "::ffff:203.0.113.9", false },
	{ "::/64", "::1", true },
	{ "::ffff:0:0/96", "203.0.113.9", true },
	{ "2001:db8::/32", "2001:db8:ffff::1", true },
	{ "2001:db8::/32", "2001:db9::", false },
	{ "2001:db8::/33", "2001:db8:8000::", false },
	{ "2001:db8::5", "2001:db8:0:0::5", true },
	{ "192.0.2.0/24", "", false },
	{ "192.0.2.0/24", "192.0.2.1x", false },
	{ "::/0", "unix:", false },
};

static const char *const bad[] = { "", "/", "192.0.2.1/24", "192.0.2.0/33", "192.0.2.0/-1",
    "192.0.2.0/", "192.0.2.0/ 8", "192.0.2.0/024", "192.0.2/24", "2001:db8::1/64",
    "2001:db8::/129", "here", "192.0.2.0/24/24",
    "2001:0db8:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000" };

static const struct {
	const char	*address;
	unsigned	 bits4, bits6;
	const char	*around;
} nets[] = {
	{ "192.0.2.77", 24, 64, "192.0.2.0/24" },
	{ "192.0.2.77", 32, 64, "192.0.2.77" },
	{ "::ffff:192.0.2.77", 24, 64, "192.0.2.0/24" },
	{ "2001:db8:1:2:3:4:5:6", 24, 64, "2001:db8:1:2::/64" },
	{ "2001:db8:1:2:ffff::", 32, 64, "2001:db8:1:2::/64" },
	{ "", 24, 64, "" },
	{ "unix:", 24, 64, "unix:" },
};

int
main(void)
{
	char text[NETWORK_TEXT_MAX];
	struct network n;
	size_t i;

	for (i = 0; i < NITEMS(pairs); i++)
		tap_ok(network_parse(view_of(pairs[i].network), &n) == 0 &&
		    network_holds(&n, view_of(pairs[i].address)) == pairs[i].holds,
		    "%s %s %s", pairs[i].network, pairs[i].holds ? "holds" : "does not hold",
		    pairs[i].address);
	for (i = 0; i < NITEMS(bad); i++)
		tap_ok(network_parse(view_of(bad[i]), &n) != 0, "'%s' is none", bad[i]);
	for (i = 0; i < NITEMS(nets); i++) {
		network_around(view_of(nets[i].address), nets[i].bits4, nets[i].bits6, text);
		tap_ok(strcmp(text, nets[i].around) == 0, "around %s: %s", nets[i].address, text);
	}
	return tap_done();
}
