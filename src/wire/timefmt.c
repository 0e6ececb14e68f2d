/* SPDX-License-Identifier: BSD-2-Clause */
/* Times as text: RFC 3339 and HTTP dates out, RFC 3339 and plain dates in. */
#include "wire/timefmt.h"

#include "base/clock.h"
#include "wire/ascii.h"

#define AT_MAX	INT64_C(253402300799)	/* 9999-12-31T23:59:59Z */

/* A time beyond what the text can show becomes the nearest that it can. */
static void
split(int64_t at, struct tm *tm)
{
	time_t t = at < 0 ? 0 : at > AT_MAX ? AT_MAX : at;

	(void)gmtime_r(&t, tm);
}

void
rfc3339_format(int64_t at, char out[RFC3339_LEN + 1])
{
	struct tm tm;

	split(at, &tm);
	(void)strftime(out, RFC3339_LEN + 1, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

/* The names are those of the RFC, whatever the locale. */
void
httpdate_format(int64_t at, char out[HTTPDATE_LEN + 1])
{
	static const char days[][4] = {
		"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
	};
	static const char months[][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};
	struct tm tm;

	split(at, &tm);
	(void)strftime(out, HTTPDATE_LEN + 1, "---, %d --- %Y %H:%M:%S GMT", &tm);
	memcpy(out, days[tm.tm_wday], 3);
	memcpy(out + 8, months[tm.tm_mon], 3);
}

/* Step over c if it comes next. */
static bool
take(struct view *v, char c)
{
	if (v->n == 0 || v->p[0] != c)
		return false;
	*v = view_sub(*v, 1, v->n);
	return true;
}

/* Step over exactly so many digits, whose number is from min to max. */
static bool
take_number(struct view *v, size_t digits, int min, int max, int *out)
{
	struct view text = view_sub(*v, 0, digits);
	size_t i;

	if (text.n != digits || !ascii_all_digits(text))
		return false;
	*out = 0;
	for (i = 0; i < digits; i++)
		*out = *out * 10 + (text.p[i] - '0');
	*v = view_sub(*v, digits, v->n);
	return *out >= min && *out <= max;
}

/* full-date; whether the month has that day is seen later. */
static bool
take_date(struct view *v, struct tm *tm)
{
	if (!take_number(v, 4, 1969, 9999, &tm->tm_year) || !take(v, '-') ||
	    !take_number(v, 2, 1, 12, &tm->tm_mon) || !take(v, '-') ||
	    !take_number(v, 2, 1, 31, &tm->tm_mday))
		return false;
	tm->tm_year -= 1900;
	tm->tm_mon--;
	return true;
}

/* partial-time without the fraction */
static bool
take_time(struct view *v, struct tm *tm)
{
	return take_number(v, 2, 0, 23, &tm->tm_hour) && take(v, ':') &&
	    take_number(v, 2, 0, 59, &tm->tm_min) && take(v, ':') &&
	    take_number(v, 2, 0, 59, &tm->tm_sec);
}

/* [time-secfrac] */
static bool
take_fraction(struct view *v)
{
	int digit;

	if (!take(v, '.'))
		return true;
	if (!take_number(v, 1, 0, 9, &digit))
		return false;
	while (take_number(v, 1, 0, 9, &digit))
		;
	return true;
}

/* time-offset, in seconds east of UTC */
static bool
take_offset(struct view *v, int *offset)
{
	int hours, minutes, sign;

	*offset = 0;
	if (take(v, 'Z') || take(v, 'z'))
		return true;
	if (take(v, '+'))
		sign = 1;
	else if (take(v, '-'))
		sign = -1;
	else
		return false;
	if (!take_number(v, 2, 0, 23, &hours) || !take(v, ':') ||
	    !take_number(v, 2, 0, 59, &minutes))
		return false;
	*offset = sign * (hours * 60 + minutes) * 60;
	return true;
}

/* timegm() moves the 31st of a short month on; that is no date. */
static int
join(struct tm tm, int offset, int64_t *at)
{
	int day = tm.tm_mday;
	int64_t t = timegm(&tm) - offset;

	if (tm.tm_mday != day || t < 0 || t > AT_MAX)
		return -1;
	*at = t;
	return 0;
}

int
rfc3339_parse(struct view v, int64_t *at)
{
	struct tm tm = { .tm_isdst = 0 };
	int offset;

	if (!take_date(&v, &tm) || (!take(&v, 'T') && !take(&v, 't')) ||
	    !take_time(&v, &tm) || !take_fraction(&v) || !take_offset(&v, &offset) ||
	    v.n != 0)
		return -1;
	return join(tm, offset, at);
}

int64_t
date_of(int64_t at)
{
	return at / DAY_S - (at % DAY_S < 0);
}

int
date_parse(struct view v, int64_t *date)
{
	struct tm tm = { .tm_isdst = 0 };
	int64_t at;

	if (!take_date(&v, &tm) || v.n != 0 || join(tm, 0, &at) != 0)
		return -1;
	*date = date_of(at);
	return 0;
}
