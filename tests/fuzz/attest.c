/* SPDX-License-Identifier: BSD-2-Clause */
/* attest: a statement that is believed has one encoding only. */
#include "crypto/attest.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct buf b = BUF_INIT(ATTEST_MAX);
	struct view bytes = view_from(p, n);
	struct err err = ERR_INIT;
	struct attest_verdict v;
	struct attest_caa c;

	if (attest_verdict_get(bytes, &v, &err) == 0) {
		attest_verdict_put(&b, &v);
		REQUIRE(!buf_failed(&b) && view_eq(buf_view(&b), bytes));
		REQUIRE(v.result != ATTEST_YES || v.dnssec != DNSSEC_BOGUS);
		REQUIRE(attest_caa_get(bytes, &c, &err) == -1);
	} else
		REQUIRE(err.kind == ERR_UNAUTHORIZED);
	buf_reset(&b);
	if (attest_caa_get(bytes, &c, &err) == 0) {
		attest_caa_put(&b, &c);
		REQUIRE(!buf_failed(&b) && view_eq(buf_view(&b), bytes));
		REQUIRE(c.result != ATTEST_YES || c.dnssec != DNSSEC_BOGUS);
	}
	buf_release(&b);
	return 0;
}
