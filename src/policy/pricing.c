/* SPDX-License-Identifier: BSD-2-Clause */
/* Terms, days and cents of subscriptions: whole days of UTC, whole cents. */
#include "policy/pricing.h"
#include "base/clock.h"

#define OPENS_DAYS	100	/* before the end an extension is possible (rule 8) */
#define REFUND_S	(30 * DAY_S)
#define V1_LEFT_DAYS	730
#define V1_LIFE_DAYS	1095

/* The date, as days since 1970. */
static int64_t
date_of(int64_t at)
{
	return at / DAY_S - (at % DAY_S < 0);
}

/* 00:00:00 of a date; the last time there is when that is too late. */
static int64_t
day_begin(int64_t date)
{
	int64_t at;

	if (__builtin_mul_overflow(date, DAY_S, &at))
		return date < 0 ? INT64_MIN : INT64_MAX;
	return at;
}

/* 23:59:59 of a date. */
static int64_t
day_end(int64_t date)
{
	int64_t at = day_begin(date);

	return at > INT64_MAX - (DAY_S - 1) ? INT64_MAX : at + DAY_S - 1;
}

/* round_half_up(cents * days / of_days); -1 when it is too much to count. */
static int64_t
share(int64_t cents, int64_t days, int64_t of_days)
{
	int64_t whole, part;

	if (__builtin_mul_overflow(cents / of_days, days, &whole) ||
	    __builtin_mul_overflow(2 * (cents % of_days), days, &part) ||
	    __builtin_add_overflow(part, of_days, &part) ||
	    __builtin_add_overflow(whole, part / (2 * of_days), &whole))
		return -1;
	return whole;
}

static bool
is_term(unsigned years)
{
	return years >= 1 && years <= PRICING_YEARS_MAX;
}

int64_t
pricing_term(const struct price *price, unsigned years)
{
	int64_t cents;

	if (!is_term(years))
		return -1;
	if (price->term_cents[years - 1] >= 0)
		return price->term_cents[years - 1];
	if (price->year_cents < 0 ||
	    __builtin_mul_overflow(price->year_cents, (int64_t)years, &cents))
		return -1;
	return cents;
}

int64_t
pricing_days(const struct price *price, unsigned years, int64_t full_days)
{
	int64_t days = full_days > 0 ? full_days : 0;

	if (!is_term(years))
		return -1;
	if (price->term_cents[years - 1] >= 0)
		return share(price->term_cents[years - 1], days, (int64_t)years * DAYS_A_YEAR);
	if (price->year_cents < 0)
		return -1;
	return share(price->year_cents, days, DAYS_A_YEAR);
}

int64_t
pricing_start_at(int64_t now)
{
	return day_begin(date_of(now) + 1);
}

int64_t
pricing_end_at(int64_t now, unsigned years)
{
	return day_end(date_of(now) + (int64_t)years * DAYS_A_YEAR);
}

int64_t
pricing_extended_end_at(int64_t end_at, unsigned years)
{
	return day_end(date_of(end_at) + (int64_t)years * DAYS_A_YEAR);
}

int64_t
pricing_full_days(int64_t now, int64_t end_at)
{
	int64_t days = date_of(end_at) - date_of(now);

	return days > 0 ? days : 0;
}

enum sub_phase
pricing_phase(int64_t now, int64_t end_at)
{
	if (now <= end_at)
		return SUB_ACTIVE;
	return now <= day_end(date_of(end_at) + SUB_GRACE_DAYS) ? SUB_GRACE : SUB_EXPIRED;
}

bool
pricing_may_extend(int64_t now, int64_t end_at)
{
	return now >= day_begin(date_of(end_at) - OPENS_DAYS) &&
	    pricing_phase(now, end_at) != SUB_EXPIRED;
}

bool
pricing_may_extend_v1(int64_t now, int64_t start_at, int64_t end_at)
{
	int64_t life = date_of(end_at) - date_of(start_at) + 1;

	return pricing_full_days(now, end_at) <= V1_LEFT_DAYS &&
	    life + DAYS_A_YEAR <= V1_LIFE_DAYS &&
	    pricing_phase(now, end_at) != SUB_EXPIRED;
}

bool
pricing_refundable(int64_t now, int64_t added_at)
{
	int64_t age;

	if (__builtin_sub_overflow(now, added_at, &age))
		return now < added_at;
	return age < REFUND_S;
}

void
cents_format(int64_t cents, char out[CENTS_TEXT_MAX])
{
	uint64_t n = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;

	(void)snprintf(out, CENTS_TEXT_MAX, "%s%llu.%02u", cents < 0 ? "-" : "",
	    (unsigned long long)(n / 100), (unsigned)(n % 100));
}

/* The digits behind the point: "5" is 50 cents. */
static int
parse_decimals(struct view v, uint64_t *cents)
{
	size_t i;

	if (v.n < 1 || v.n > 2)
		return -1;
	*cents = 0;
	for (i = 0; i < 2; i++) {
		if (i < v.n && (v.p[i] < '0' || v.p[i] > '9'))
			return -1;
		*cents = *cents * 10 + (i < v.n ? (uint64_t)(v.p[i] - '0') : 0);
	}
	return 0;
}

int
cents_parse(struct view v, int64_t *cents)
{
	bool negative = view_starts(v, VIEW("-"));
	uint64_t n, part = 0, max = (uint64_t)INT64_MAX + negative;
	struct view whole;

	if (negative || view_starts(v, VIEW("+")))
		v = view_sub(v, 1, v.n);
	whole = view_cut(&v, '.');
	if (view_u64(whole, max / 100, &n) != 0 ||
	    (v.p != NULL && parse_decimals(v, &part) != 0))
		return -1;
	n = n * 100 + part;
	if (n > max)
		return -1;
	*cents = negative ? (int64_t)-n : (int64_t)n;
	return 0;
}
