/* SPDX-License-Identifier: BSD-2-Clause */
/* auth/logincache: what is remembered, for whom and how long. */
#include "auth/logincache.h"
#include "tap.h"

#define NOW	INT64_C(5000000)

int
main(void)
{
	static const struct login_proof right = { VIEW("shop"), VIEW("secret"),
	    VIEW("192.0.2.0/24"), VIEW("$y$j9T$hash") };
	struct logincache *c = logincache_new(), *other = logincache_new();
	struct login_proof p;

	tap_ok(!logincache_has(c, &right, NOW), "nothing at first");
	logincache_put(c, &right, NOW);
	tap_ok(logincache_has(c, &right, NOW), "what was right");
	tap_ok(logincache_has(c, &right, NOW + LOGINCACHE_MS - 1), "for a minute");
	tap_ok(!logincache_has(c, &right, NOW + LOGINCACHE_MS), "and no longer");
	tap_ok(!logincache_has(other, &right, NOW), "by one process");
	p = right;
	p.name = VIEW("shop2");
	tap_ok(!logincache_has(c, &p, NOW), "not for another name");
	p = right;
	p.password = VIEW("secret2");
	tap_ok(!logincache_has(c, &p, NOW), "nor another password");
	p = right;
	p.network = VIEW("198.51.100.0/24");
	tap_ok(!logincache_has(c, &p, NOW), "nor from another network");
	p = right;
	p.password_hash = VIEW("$y$j9T$other");
	tap_ok(!logincache_has(c, &p, NOW), "nor once the password was changed");
	p = right;
	p.name = VIEW("shopsec");
	p.password = VIEW("ret");
	tap_ok(!logincache_has(c, &p, NOW), "nor with the border between them moved");
	logincache_free(c);
	logincache_free(other);
	return tap_done();
}
