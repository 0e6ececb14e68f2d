/* SPDX-License-Identifier: BSD-2-Clause */
/* network: the network around an address is one, holds it, and depends on nothing but it. */
#include "policy/network.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct view address = view_from(p, n), text = view_cut(&address, '\n');
	char around[NETWORK_TEXT_MAX], again[NETWORK_TEXT_MAX];
	struct network net, one;

	network_around(address, 24, 64, around);
	if (network_parse(text, &net) == 0)
		REQUIRE(net.bits <= 128 && !network_holds(&net, VIEW("")));
	if (network_parse(address, &one) != 0 || memchr(address.p, '/', address.n) != NULL)
		return 0;
	REQUIRE(network_holds(&one, address));
	REQUIRE(network_parse(view_of(around), &net) == 0 && network_holds(&net, address));
	network_around(view_sub(view_of(around), 0, strcspn(around, "/")), 24, 64, again);
	REQUIRE(strcmp(around, again) == 0);
	return 0;
}
