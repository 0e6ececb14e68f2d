/* SPDX-License-Identifier: BSD-2-Clause */
/* timefmt: a time that parses is written in one way, and that way parses to it. */
#include "wire/timefmt.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct view text = view_from(p, n);
	char back[RFC3339_LEN + 1], date[HTTPDATE_LEN + 1];
	int64_t at, again;

	if (rfc3339_parse(text, &at) == 0) {
		rfc3339_format(at, back);
		REQUIRE(rfc3339_parse(view_of(back), &again) == 0 && again == at);
	}
	if (date_parse(text, &at) == 0)
		REQUIRE(n == 10 && at >= 0);
	if (n >= sizeof(at)) {
		memcpy(&at, p, sizeof(at));
		rfc3339_format(at, back);
		httpdate_format(at, date);
		REQUIRE(strlen(back) == RFC3339_LEN && strlen(date) == HTTPDATE_LEN);
		REQUIRE(rfc3339_parse(view_of(back), &again) == 0);
	}
	return 0;
}
