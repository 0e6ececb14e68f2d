/* SPDX-License-Identifier: BSD-2-Clause */
/* partner/filter: what is a filter of GETLASTORDER, and which rows it lets through. */
#include "partner/filter.h"
#include "tap.h"

#define NOON	1782820800	/* 2026-06-30T12:00:00Z */

static const struct {
	const char	*text;
	const char	*name;
	int64_t		 not_after_at;
	int		 match;		/* -1: no filter */
} cases[] = {
	{ "domainName = a.example", "a.example", 0, 1 },
	{ "domainName=A.Example", "a.example", 0, 1 },
	{ "  domainName\t=  a.example ", "a.example", 0, 1 },
	{ "domainName = a.example", "b.a.example", 0, 0 },
	{ "domainName != a.example", "a.example", 0, 0 },
	{ "domainName != a.example", "b.a.example", 0, 1 },
	{ "domainName ? A.ex", "b.a.example", 0, 1 },
	{ "domainName ? *.", "a.example", 0, 0 },
	{ "domainName !? *.", "a.example", 0, 1 },
	{ "domainName !? EXAMPLE", "a.example", 0, 0 },
	{ "validNotAfter = 2026-06-30T12:00:00Z", "a.example", NOON, 1 },
	{ "validNotAfter = 2026-06-30T12:00:00Z", "a.example", NOON + 1, 0 },
	{ "validNotAfter != 2026-06-30T12:00:00Z", "a.example", NOON + 1, 1 },
	{ "validNotAfter > 2026-06-30T12:00:00Z", "a.example", NOON, 0 },
	{ "validNotAfter > 2026-06-30T12:00:00Z", "a.example", NOON + 1, 1 },
	{ "validNotAfter < 2026-06-30T12:00:00Z", "a.example", NOON - 1, 1 },
	{ "validNotAfter < 2026-06-30T12:00:00Z", "a.example", NOON, 0 },
	{ "validNotAfter >= 2026-06-30T12:00:00Z", "a.example", NOON, 1 },
	{ "validNotAfter <= 2026-06-30T12:00:00Z", "a.example", NOON + 1, 0 },
	/* A date is a whole day. */
	{ "validNotAfter = 2026-06-30", "a.example", NOON - 43200, 1 },
	{ "validNotAfter = 2026-06-30", "a.example", NOON + 43199, 1 },
	{ "validNotAfter = 2026-06-30", "a.example", NOON + 43200, 0 },
	{ "validNotAfter > 2026-06-30", "a.example", NOON + 43199, 0 },
	{ "validNotAfter > 2026-06-30", "a.example", NOON + 43200, 1 },
	{ "validNotAfter < 2026-06-30", "a.example", NOON - 43201, 1 },
	{ "validNotAfter >= 2026-06-30", "a.example", NOON - 43200, 1 },
	{ "validNotAfter <= 2026-06-30", "a.example", NOON + 43199, 1 },
	/* No certificate, no time. */
	{ "validNotAfter != 2026-06-30", "a.example", 0, 0 },
	{ "validNotAfter < 2026-06-30", "a.example", 0, 0 },
	{ "domainName ? a AND validNotAfter > 2026-01-01", "a.example", NOON, 1 },
	{ "domainName ? a AND validNotAfter > 2027-01-01", "a.example", NOON, 0 },
	{ "domainName ? a AND domainName ? x AND domainName ? l", "a.example", 0, 1 },
	{ "", "", 0, -1 }, { "x", "", 0, -1 }, { "domainName", "", 0, -1 },
	{ "domainName =", "", 0, -1 }, { "domainName < a", "", 0, -1 },
	{ "validNotAfter ? 2026", "", 0, -1 }, { "validNotAfter = 2026", "", 0, -1 },
	{ "domainname = a", "", 0, -1 }, { "domainNames = a", "", 0, -1 },
	{ "domainName = a AND ", "", 0, -1 }, { " AND domainName = a", "", 0, -1 },
	{ "domainName = a AND  AND domainName = a", "", 0, -1 },
};

int
main(void)
{
	struct filters s;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(cases); i++) {
		s.n = 0;
		rc = filters_parse(&s, view_of(cases[i].text));
		if (rc == 0)
			rc = filters_match(&s, view_of(cases[i].name), cases[i].not_after_at);
		tap_is_int(rc, cases[i].match, "%s: %s", cases[i].text, cases[i].name);
	}
	for (s.n = 0, i = 0; i < FILTERS_MAX; i++)
		if (filters_parse(&s, VIEW("domainName ? a")) != 0)
			break;
	tap_is_int((int64_t)i, FILTERS_MAX, "as many filters as there may be");
	tap_is_int(filters_parse(&s, VIEW("domainName ? a")), -1, "and no more");
	tap_is_view(filters_name(&s), VIEW(""), "no one name is asked for");
	s.n = 0;
	tap_ok(filters_parse(&s, VIEW("domainName ? a AND domainName = b")) == 0, "two");
	tap_is_view(filters_name(&s), VIEW("b"), "one name is asked for");
	tap_is_view(filters_part(&s), VIEW("a"), "a text is asked for");
	s.n = 0;
	tap_ok(filters_parse(&s, VIEW("domainName !? a")) == 0, "one");
	tap_is_view(filters_part(&s), VIEW(""), "no text is asked for");
	return tap_done();
}
