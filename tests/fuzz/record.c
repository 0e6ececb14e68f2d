/* SPDX-License-Identifier: BSD-2-Clause */
/* record: more bytes never change a judgement that was final. */
#include "web/record.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct view all = view_from(p, n);
	enum record_state last = RECORD_MORE, now;
	size_t i, step = n / 256 + 1;

	for (i = 0; i < n; i += step) {
		now = record_scan(view_sub(all, 0, i));
		REQUIRE(last == RECORD_MORE || now == last);
		last = now;
	}
	now = record_scan(all);
	REQUIRE(last == RECORD_MORE || now == last);
	return 0;
}
