/* SPDX-License-Identifier: BSD-2-Clause */
/* filter: what is taken can be asked of any row, and means what it says. */
#include "partner/filter.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct view text = view_from(p, n), name;
	struct filters f = { .n = 0 };
	size_t i;

	if (filters_parse(&f, text) != 0)
		return 0;
	REQUIRE(f.n >= 1 && f.n <= FILTERS_MAX);
	for (i = 0; i < f.n; i++) {
		REQUIRE(f.v[i].field == FILTER_NAME || f.v[i].field == FILTER_NOT_AFTER);
		REQUIRE(f.v[i].field == FILTER_NAME || f.v[i].first <= f.v[i].last);
		/* A row without a certificate is of no time. */
		if (f.v[i].field == FILTER_NOT_AFTER)
			REQUIRE(!filters_match(&f, VIEW("shop.example"), 0));
	}
	name = filters_name(&f);
	if (f.n == 1 && name.n != 0)
		REQUIRE(filters_match(&f, name, 0));
	(void)filters_match(&f, VIEW("shop.example"), INT64_MAX);
	return 0;
}
