/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terms and charges: the worked examples X1 to X18 of partner-api 7 and the
 * rulings.
 */
#include "policy/pricing.h"
#include "tap.h"

#define NONE		{ -1, -1, -1 }
#define MINUTE		60
#define HOUR		3600
#define DAY		86400

/* Midnight of a date, and noon of it; by the C library, not by the code under test. */
static int64_t
day(int year, int month, int mday)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = mday };

	return (int64_t)timegm(&tm);
}

static void
is_time(int64_t got, int64_t want, const char *rule)
{
	tap_is_int(got, want, "%s", rule);
}

static const struct price fqdn = { 10000, NONE };
static const struct price wildcard = { 40000, NONE };

/* X1 to X3: what the first name starts. */
static void
test_first(void)
{
	int64_t now = day(2026, 3, 10) + 10 * HOUR + 15 * MINUTE;
	int64_t end = day(2027, 3, 10) + DAY - 1;

	is_time(pricing_start_at(now), day(2026, 3, 11), "X1: start at the next midnight");
	is_time(pricing_end_at(now, 1), end, "X1: end 2027-03-10T23:59:59Z");
	tap_is_int(pricing_term(&fqdn, 1), 10000, "X1: debit 100.00");
	tap_is_int(pricing_full_days(now, end), 365, "X1: 365 days");
	tap_is_int(pricing_days(&fqdn, 1, 365), 10000, "X1: the pro rata formula gives the same");
	is_time(pricing_end_at(now, 2), day(2028, 3, 9) + DAY - 1,
	    "X2: end 2028-03-09T23:59:59Z, a leap day earlier");
	tap_is_int(pricing_term(&fqdn, 2), 20000, "X2: debit 200.00");
	tap_is_int(pricing_full_days(now, pricing_end_at(now, 2)), 730, "X2: 730 days");
	is_time(pricing_end_at(now, 3), day(2029, 3, 9) + DAY - 1, "X3: end 2029-03-09T23:59:59Z");
	tap_is_int(pricing_term(&fqdn, 3), 30000, "X3: debit 300.00");
	tap_is_int(pricing_full_days(now, pricing_end_at(now, 3)), 1095, "X3: 1095 days");
	is_time(pricing_end_at(day(2026, 3, 10), 1), end, "A-5: added at 00:00:00");
	is_time(pricing_end_at(day(2026, 3, 11) - 1, 1), end, "A-5: added at 23:59:59");
	is_time(pricing_end_at(day(2026, 3, 11), 1), end + DAY, "A-5: added a second later");
	is_time(pricing_start_at(day(2026, 3, 11) - 1), day(2026, 3, 11),
	    "X1: start, added at 23:59:59");
	is_time(pricing_start_at(day(2026, 3, 11)), day(2026, 3, 12),
	    "X1: start, added a second later");
	is_time(pricing_end_at(now, 1) + 1 - pricing_start_at(now), (int64_t)365 * DAY,
	    "A-5: from start to end are exactly 365 days");
}

/* Leap days move dates, never spans. */
static void
test_leap_years(void)
{
	is_time(pricing_end_at(day(2028, 2, 29) + HOUR, 1), day(2029, 2, 28) + DAY - 1,
	    "leap: added on the leap day");
	is_time(pricing_end_at(day(2027, 3, 1), 1), day(2028, 2, 29) + DAY - 1,
	    "leap: ends on the leap day");
	is_time(pricing_end_at(day(2027, 2, 28), 1), day(2028, 2, 28) + DAY - 1,
	    "leap: ends the day before it");
	is_time(pricing_end_at(day(2027, 3, 2), 1), day(2028, 3, 1) + DAY - 1,
	    "leap: ends the day behind it");
	is_time(pricing_start_at(day(2028, 2, 28)), day(2028, 2, 29),
	    "leap: starts on the leap day");
	is_time(pricing_end_at(day(2099, 6, 1), 1), day(2100, 6, 1) + DAY - 1,
	    "2100 is no leap year");
	is_time(pricing_end_at(day(1999, 6, 1), 1), day(2000, 5, 31) + DAY - 1, "2000 was one");
	tap_is_int(pricing_full_days(day(2028, 2, 28), day(2028, 3, 1)), 2,
	    "leap: the leap day is counted");
}

/* X4, X5, X15, X16, X18: charges for the days that are left. */
static void
test_pro_rata(void)
{
	static const struct {
		const char		*rule;
		const struct price	*price;
		int64_t			 days, want;
	} cases[] = {
		{ "X4: 265 days of an FQDN", &fqdn, 265, 7260 },
		{ "X5: 265 days of a wildcard", &wildcard, 265, 29041 },
		{ "X15: 402 days", &fqdn, 402, 11014 },
		{ "X16: the last day", &fqdn, 0, 0 },
		{ "one day", &fqdn, 1, 27 },
		{ "a day less than a year", &fqdn, 364, 9973 },
		{ "never below zero", &fqdn, -1, 0 },
		{ "more than a term", &fqdn, 1195, 32740 },
	};
	int64_t end = day(2027, 3, 10) + DAY - 1, now = day(2026, 6, 18);
	const struct price bundle = { 27000, NONE };
	size_t i;

	for (i = 0; i < NITEMS(cases); i++)
		tap_is_int(pricing_days(cases[i].price, 1, cases[i].days), cases[i].want, "%s",
		    cases[i].rule);
	tap_is_int(pricing_days(&bundle, 1, 265), 19603, "X18: 265 days of a bundle");
	tap_is_int(pricing_full_days(now, end), 265, "X4: 265 days at 00:00:00");
	tap_is_int(pricing_full_days(now + DAY - 1, end), 265, "X4: 265 days at 23:59:59");
	tap_is_int(pricing_full_days(now + DAY, end), 264, "R-1: one less a second later");
	tap_is_int(pricing_full_days(day(2027, 3, 10), end), 0,
	    "X16: no full day on the last one");
	tap_is_int(pricing_full_days(day(2027, 3, 10) - 1, end), 1, "X16: one the evening before");
	tap_is_int(pricing_full_days(end + 1, end), 0, "R-1: none when it is over");
	tap_is_int(pricing_full_days(end + 40 * DAY, end), 0, "R-1: never below zero");
}

/* half up, at and around the half. */
static void
test_rounding(void)
{
	static const struct {
		int64_t	cents, days, want;
	} cases[] = {
		{ 73, 1, 0 },		/* 0.2 */
		{ 182, 1, 0 },		/* 0.4986 */
		{ 183, 1, 1 },		/* 0.5014 */
		{ 364, 1, 1 },
		{ 365, 1, 1 },
		{ 547, 1, 1 },		/* 1.4986 */
		{ 548, 1, 2 },		/* 1.5014 */
		{ 1, 182, 0 },
		{ 1, 183, 1 },
		{ 1, 365, 1 },
	};
	struct price price = { 0, NONE };
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		price.year_cents = cases[i].cents;
		tap_is_int(pricing_days(&price, 1, cases[i].days), cases[i].want,
		    "A-9: %d cents for %d days", (int)cases[i].cents, (int)cases[i].days);
	}
	/* A half itself needs an even number of days: the term of two years. */
	price.term_cents[1] = 365;
	tap_is_int(pricing_days(&price, 2, 1), 1, "A-9: exactly a half goes up");
	price.term_cents[1] = 364;
	tap_is_int(pricing_days(&price, 2, 1), 0, "A-9: just under a half goes down");
	price.term_cents[1] = 3 * 365;
	tap_is_int(pricing_days(&price, 2, 1), 2, "A-9: one and a half goes up");
}

/* a price for the term wins over the price a year. */
static void
test_term_prices(void)
{
	const struct price price = { 10000, { 9000, 17000, -1 } };
	const struct price only_terms = { -1, { -1, 18000, 25000 } };
	const struct price free_of_charge = { 10000, { 0, -1, -1 } };
	const struct price none = { -1, NONE };

	tap_is_int(pricing_term(&price, 1), 9000, "A-7: term of 1 year by its price");
	tap_is_int(pricing_term(&price, 2), 17000, "A-7: term of 2 years by its price");
	tap_is_int(pricing_term(&price, 3), 30000, "A-7: term of 3 years by the price a year");
	tap_is_int(pricing_days(&price, 1, 265), 6534, "A-7: 265 of 365 days of 90.00");
	tap_is_int(pricing_days(&price, 2, 265), 6171, "A-7: 265 of 730 days of 170.00");
	tap_is_int(pricing_days(&price, 2, 730), 17000, "A-7: all days give the whole price");
	tap_is_int(pricing_days(&price, 3, 265), 7260, "A-7: 3 years by the price a year");
	tap_is_int(pricing_days(&only_terms, 3, 1095), 25000, "A-7: all days of 3 years");
	tap_is_int(pricing_days(&only_terms, 3, 1), 23, "A-7: one of 1095 days of 250.00");
	tap_is_int(pricing_term(&free_of_charge, 1), 0, "0 cents are a price");
	tap_is_int(pricing_days(&free_of_charge, 1, 265), 0, "0 cents are a price, pro rata too");
	tap_is_int(pricing_term(&only_terms, 1), -1, "E12: no price for the term, none a year");
	tap_is_int(pricing_days(&only_terms, 1, 10), -1, "E12: nor pro rata");
	tap_is_int(pricing_term(&none, 2), -1, "E12: no price at all");
	tap_is_int(pricing_days(&none, 2, 0), -1, "E12: not even for no days");
	tap_is_int(pricing_term(&price, 0), -1, "no term of 0 years");
	tap_is_int(pricing_term(&price, 4), -1, "no term of 4 years");
	tap_is_int(pricing_days(&price, 0, 1), -1, "no days of a term of 0 years");
	tap_is_int(pricing_days(&price, 4, 1), -1, "no days of a term of 4 years");
}

/* X10, X13, X14, R-3: the window, to the second. */
static void
test_window(void)
{
	int64_t end = day(2027, 3, 10) + DAY - 1;
	int64_t open = day(2026, 11, 30), closed = day(2027, 4, 10);

	tap_ok(!pricing_may_extend(open - 1, end), "R-3: 2026-11-29T23:59:59Z is too early");
	tap_ok(pricing_may_extend(open, end), "X10: opens on 2026-11-30 at 00:00:00");
	tap_ok(pricing_may_extend(day(2027, 2, 1), end), "X11: in the window");
	tap_ok(pricing_may_extend(end, end) && pricing_may_extend(end + 1, end),
	    "X10: around the end");
	tap_ok(pricing_may_extend(day(2027, 4, 1), end), "X13: 22 days late");
	tap_ok(pricing_may_extend(closed - 1, end), "X10: open until 2027-04-09T23:59:59Z");
	tap_ok(!pricing_may_extend(closed, end), "X14: closed on 2027-04-10 at 00:00:00");
	tap_is_int(pricing_phase(day(2026, 3, 10), end), SUB_ACTIVE,
	    "R-2: active from the first moment");
	tap_is_int(pricing_phase(end, end), SUB_ACTIVE, "active in its last second");
	tap_is_int(pricing_phase(end + 1, end), SUB_GRACE, "X13: then no issuance");
	tap_is_int(pricing_phase(closed - 1, end), SUB_GRACE, "X13: for 30 days");
	tap_is_int(pricing_phase(closed, end), SUB_EXPIRED, "A-6: then it has expired");
}

/* X11, X13, X15: extending counts from the old end. */
static void
test_extension(void)
{
	int64_t old_end = day(2027, 3, 10) + DAY - 1, end;

	end = pricing_extended_end_at(old_end, 1);
	is_time(end, day(2028, 3, 9) + DAY - 1, "X11, X13: end 2028-03-09T23:59:59Z, late or not");
	tap_is_int(pricing_term(&fqdn, 1) * 2 + pricing_term(&wildcard, 1), 60000,
	    "X11: debit 600.00");
	tap_is_int(pricing_term(&fqdn, 1), 10000, "X12: the share of one name");
	tap_is_int(pricing_full_days(day(2027, 2, 1), end), 402, "X15: 402 days");
	is_time(pricing_extended_end_at(old_end, 2), day(2029, 3, 9) + DAY - 1, "two years");
	is_time(pricing_extended_end_at(old_end, 3), day(2030, 3, 9) + DAY - 1, "three years");
	is_time(pricing_extended_end_at(end, 1), day(2029, 3, 9) + DAY - 1, "and once more");
	tap_ok(!pricing_may_extend(day(2027, 2, 1), end), "A-12: the window shuts by itself");
	is_time(pricing_extended_end_at(day(2027, 3, 10), 1), end,
	    "the end of a day, wherever in it the old one was");
}

/* X17: the rules of V1. */
static void
test_v1(void)
{
	int64_t now = day(2026, 3, 11), start = day(2026, 3, 11);
	int64_t one = day(2027, 3, 10) + DAY - 1;
	int64_t two = day(2028, 3, 9) + DAY - 1, three = day(2029, 3, 9) + DAY - 1;

	tap_ok(pricing_may_extend_v1(now, start, one), "X17: extend at once");
	is_time(pricing_extended_end_at(one, 1), two, "X17: end 2028-03-09");
	tap_ok(pricing_may_extend_v1(now, start, two), "X17: one more, 729 days left");
	is_time(pricing_extended_end_at(two, 1), three, "X17: end 2029-03-09");
	tap_ok(!pricing_may_extend_v1(now, start, three),
	    "X17: then refused, 1095 days are the most");
	tap_ok(!pricing_may_extend_v1(three, start, three), "X17: on its last day, too");
	tap_ok(pricing_may_extend_v1(day(2026, 3, 10), start, two),
	    "X17: on the day of adding, 730 days left");
	tap_ok(!pricing_may_extend_v1(day(2026, 3, 10) - 1, start, two),
	    "X17: 731 days left are too many");
	tap_ok(pricing_may_extend_v1(one + 30 * DAY, start, one), "V1: 30 days late");
	tap_ok(!pricing_may_extend_v1(one + 30 * DAY + 1, start, one), "V1: a second more");
	tap_ok(!pricing_may_extend_v1(now, start, two + DAY), "V1: a day more than 730 of life");
}

/* X7, X8, A-13: the refund, to the second. */
static void
test_refund(void)
{
	int64_t added = day(2026, 6, 18) + 8 * HOUR;

	tap_ok(pricing_refundable(added, added), "A-13: at once");
	tap_ok(pricing_refundable(day(2026, 7, 10), added), "X7: after 22 days");
	tap_ok(pricing_refundable(added + 30 * DAY - 1, added), "A-13: a second under 30 days");
	tap_ok(!pricing_refundable(added + 30 * DAY, added), "A-13: 30 days to the second");
	tap_ok(!pricing_refundable(day(2026, 7, 18) + 9 * HOUR, added), "X8: 30 days and an hour");
	tap_ok(!pricing_refundable(day(2026, 10, 1), day(2026, 3, 10)), "X9: months later");
	tap_ok(pricing_refundable(added - 5, added), "a clock that was set back");
}

/* Absurd input overflows nothing (the sanitizer looks on). */
static void
test_absurd(void)
{
	static const int64_t times[] = { INT64_MIN, INT64_MIN + 1, -DAY, -1, 0, 1, INT64_MAX - 1,
	    INT64_MAX };
	static const unsigned years[] = { 0, 1, 3, UINT32_MAX };
	const struct price rich = { INT64_MAX, { -1, INT64_MAX, INT64_MAX } };
	const struct price poor = { INT64_MIN, { INT64_MIN, INT64_MIN, INT64_MIN } };
	bool later = true, known = true;
	size_t i, j, k;
	int64_t now, end;

	for (i = 0; i < NITEMS(times); i++) {
		now = times[i];
		later &= pricing_start_at(now) > now || now > INT64_MAX - DAY;
		for (k = 0; k < NITEMS(years); k++) {
			end = pricing_end_at(now, years[k]);
			later &= end >= now && pricing_extended_end_at(now, years[k]) == end;
		}
		for (j = 0; j < NITEMS(times); j++) {
			end = times[j];
			known &= (pricing_phase(now, end) == SUB_ACTIVE) == (now <= end);
			known &= pricing_full_days(now, end) >= 0;
			known &= !(pricing_may_extend(now, end) && pricing_phase(now,
			    end) == SUB_EXPIRED);
			known &= !(pricing_may_extend_v1(now, end, now) && pricing_phase(now,
			    now) == SUB_EXPIRED);
			known &= pricing_refundable(now, end) || now > end;
		}
	}
	tap_ok(later, "absurd times: the end is not before the beginning");
	tap_ok(known, "absurd times: phases and windows agree");
	tap_ok(!pricing_refundable(INT64_MAX, INT64_MIN), "absurd times: added before all time");
	tap_ok(pricing_refundable(INT64_MIN, INT64_MAX), "absurd times: added behind all time");
	tap_ok(pricing_may_extend(INT64_MIN, INT64_MIN), "absurd times: a window before all time");
	is_time(pricing_start_at(-1), 0, "before 1970: the next midnight");
	is_time(pricing_start_at(-DAY), 0, "before 1970: at midnight");
	is_time(pricing_start_at(-DAY - 1), -DAY, "before 1970: the day before");
	tap_is_int(pricing_term(&rich, 1), INT64_MAX, "absurd price: the largest");
	tap_is_int(pricing_term(&rich, 3), INT64_MAX, "absurd price: of a term");
	tap_is_int(pricing_days(&rich, 1, 365), INT64_MAX, "absurd price: a whole year");
	tap_is_int(pricing_days(&rich, 1, 366), -1, "absurd price: more than can be counted");
	tap_is_int(pricing_days(&rich, 2, INT64_MAX), -1, "absurd days: more than can be counted");
	tap_is_int(pricing_days(&fqdn, 1, INT64_MAX), -1, "absurd days: of an ordinary price");
	tap_is_int(pricing_term(&(struct price){ INT64_MAX / 2, NONE }, 3), -1,
	    "absurd price: three years");
	tap_is_int(pricing_term(&poor, 1), -1, "a negative price is none");
	tap_is_int(pricing_days(&poor, 1, 5), -1, "a negative price is none, pro rata too");
}

int
main(void)
{
	test_first();
	test_leap_years();
	test_pro_rata();
	test_rounding();
	test_term_prices();
	test_window();
	test_extension();
	test_v1();
	test_refund();
	test_absurd();
	return tap_done();
}
