/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The limits that change on known dates, at the edges of each (SCH-01, SCH-03, SCH-04,
 * DPE-13): the second before midnight UTC, midnight, the second after it.
 */
#include "policy/schedule.h"
#include "tap.h"

#include "base/clock.h"

/* Midnight of a date, by the C library. */
static int64_t
day(int year, int month, int mday)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = mday };

	return (int64_t)timegm(&tm);
}

/* Days: of a certificate (one less than BR 6.3.2 allows), of a validation, of dns-persist-01. */
static void
is_limit(int64_t at, int64_t lifetime, int64_t reuse, int64_t persist, const char *when)
{
	tap_is_int(schedule_lifetime_max(at), lifetime * DAY_S, "SCH-01: certificates, %s", when);
	tap_is_int(schedule_reuse_max(at), reuse * DAY_S, "SCH-03: validations, %s", when);
	tap_is_int(schedule_persist_reuse_max(at), persist * DAY_S,
	    "SCH-04, DPE-13: dns-persist-01, %s", when);
}

static void
test_edges(void)
{
	int64_t at = day(2026, 3, 15);

	is_limit(at - 1, 397, 398, 10, "2026-03-14 23:59:59");
	is_limit(at, 199, 200, 10, "2026-03-15");
	is_limit(at + 1, 199, 200, 10, "2026-03-15 00:00:01");
	at = day(2027, 3, 15);
	is_limit(at - 1, 199, 200, 10, "2027-03-14 23:59:59");
	is_limit(at, 99, 100, 10, "2027-03-15");
	is_limit(at + 1, 99, 100, 10, "2027-03-15 00:00:01");
	at = day(2029, 3, 15);
	is_limit(at - 1, 99, 100, 10, "2029-03-14 23:59:59");
	is_limit(at, 46, 10, 10, "2029-03-15");
	is_limit(at + 1, 46, 10, 10, "2029-03-15 00:00:01");
}

/* Between the dates nothing moves, and behind the last one nothing grows again. */
static void
test_between(void)
{
	int64_t at, lifetime = 398 * DAY_S, reuse = 398 * DAY_S;
	bool grows = false;

	is_limit(0, 397, 398, 10, "1970");
	is_limit(day(2028, 3, 15), 99, 100, 10, "2028-03-15, a date of other rules");
	is_limit(day(2100, 1, 1), 46, 10, 10, "2100");
	for (at = day(2026, 1, 1); at < day(2031, 1, 1); at += DAY_S) {
		grows = grows || schedule_lifetime_max(at) > lifetime ||
		    schedule_reuse_max(at) > reuse;
		lifetime = schedule_lifetime_max(at);
		reuse = schedule_reuse_max(at);
	}
	tap_ok(!grows, "SCH-01, SCH-03: no day of 2026 to 2030 has a limit over that of the day before");
}

int
main(void)
{
	test_edges();
	test_between();
	return tap_done();
}
