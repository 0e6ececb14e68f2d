/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/timefmt: times out and in (TRN-18). */
#include "wire/timefmt.h"
#include "base/clock.h"
#include "tap.h"

static const struct {
	const char	*rule;
	int64_t		 at;
	const char	*rfc3339;
	const char	*httpdate;
} times[] = {
	{ "the first second", 0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT" },
	{ "the RFC 9110 example", 784111777, "1994-11-06T08:49:37Z",
	    "Sun, 06 Nov 1994 08:49:37 GMT" },
	{ "the leap day of 2000", 951782400, "2000-02-29T00:00:00Z",
	    "Tue, 29 Feb 2000 00:00:00 GMT" },
	{ "the last second of a year", 1798761599, "2026-12-31T23:59:59Z",
	    "Thu, 31 Dec 2026 23:59:59 GMT" },
	{ "the last second of 32 bits", 2147483647, "2038-01-19T03:14:07Z",
	    "Tue, 19 Jan 2038 03:14:07 GMT" },
	{ "the second after", 2147483648, "2038-01-19T03:14:08Z",
	    "Tue, 19 Jan 2038 03:14:08 GMT" },
	{ "2100 has no leap day", 4107542400, "2100-03-01T00:00:00Z",
	    "Mon, 01 Mar 2100 00:00:00 GMT" },
	{ "the last second of all", 253402300799, "9999-12-31T23:59:59Z",
	    "Fri, 31 Dec 9999 23:59:59 GMT" },
};

static void
test_format(void)
{
	char rfc3339[RFC3339_LEN + 1], httpdate[HTTPDATE_LEN + 1];
	int64_t at;
	size_t i;

	for (i = 0; i < NITEMS(times); i++) {
		rfc3339_format(times[i].at, rfc3339);
		tap_is_view(view_of(rfc3339), view_of(times[i].rfc3339), "TRN-18: %s",
		    times[i].rule);
		httpdate_format(times[i].at, httpdate);
		tap_is_view(view_of(httpdate), view_of(times[i].httpdate), "RFC 9110: %s",
		    times[i].rule);
		tap_ok(rfc3339_parse(view_of(rfc3339), &at) == 0 && at == times[i].at,
		    "TRN-18: and back: %s", times[i].rule);
	}
	rfc3339_format(-1, rfc3339);
	tap_is_view(view_of(rfc3339), VIEW("1970-01-01T00:00:00Z"), "before 1970 is clipped");
	rfc3339_format(INT64_MAX, rfc3339);
	tap_is_view(view_of(rfc3339), VIEW("9999-12-31T23:59:59Z"), "beyond 9999 is clipped");
}

static const struct {
	const char	*rule;
	struct view	 text;
	int64_t		 at;		/* -1: refused */
} parsed[] = {
	{ "a fraction is cut off", VIEW("1994-11-06T08:49:37.999Z"), 784111777 },
	{ "a long fraction", VIEW("1994-11-06T08:49:37.000000000000000000001Z"), 784111777 },
	{ "lower case", VIEW("1994-11-06t08:49:37z"), 784111777 },
	{ "an offset to the east", VIEW("1994-11-06T10:19:37+01:30"), 784111777 },
	{ "an offset to the west", VIEW("1994-11-05T23:49:37-09:00"), 784111777 },
	{ "an unknown local offset", VIEW("1994-11-06T08:49:37-00:00"), 784111777 },
	{ "a fraction and an offset", VIEW("1994-11-06T09:49:37.5+01:00"), 784111777 },
	{ "the first second, written in 1969", VIEW("1969-12-31T23:00:00-01:00"), 0 },
	{ "the widest offset", VIEW("1970-01-01T23:59:00+23:59"), 0 },
	{ "nothing", VIEW(""), -1 },
	{ "a date", VIEW("1994-11-06"), -1 },
	{ "no zone", VIEW("1994-11-06T08:49:37"), -1 },
	{ "no seconds", VIEW("1994-11-06T08:49Z"), -1 },
	{ "a blank for T", VIEW("1994-11-06 08:49:37Z"), -1 },
	{ "a blank in front", VIEW(" 1994-11-06T08:49:37Z"), -1 },
	{ "a blank behind", VIEW("1994-11-06T08:49:37Z "), -1 },
	{ "a NUL behind", VIEW("1994-11-06T08:49:37Z\0"), -1 },
	{ "a leap second", VIEW("2016-12-31T23:59:60Z"), -1 },
	{ "hour 24", VIEW("1994-11-06T24:00:00Z"), -1 },
	{ "minute 60", VIEW("1994-11-06T08:60:37Z"), -1 },
	{ "month 0", VIEW("1994-00-06T08:49:37Z"), -1 },
	{ "month 13", VIEW("1994-13-06T08:49:37Z"), -1 },
	{ "day 0", VIEW("1994-11-00T08:49:37Z"), -1 },
	{ "day 32", VIEW("1994-12-32T08:49:37Z"), -1 },
	{ "a 31st of a short month", VIEW("1994-11-31T08:49:37Z"), -1 },
	{ "a 29th of February in no leap year", VIEW("2100-02-29T00:00:00Z"), -1 },
	{ "a month of one digit", VIEW("1994-1-06T08:49:37Z"), -1 },
	{ "a year of five digits", VIEW("10000-01-01T00:00:00Z"), -1 },
	{ "a year of two digits", VIEW("94-11-06T08:49:37Z"), -1 },
	{ "a sign", VIEW("+994-11-06T08:49:37Z"), -1 },
	{ "a blank for a digit", VIEW("1994-11- 6T08:49:37Z"), -1 },
	{ "no digit in the fraction", VIEW("1994-11-06T08:49:37.Z"), -1 },
	{ "a comma in the fraction", VIEW("1994-11-06T08:49:37,5Z"), -1 },
	{ "an offset without colon", VIEW("1994-11-06T08:49:37+0100"), -1 },
	{ "an offset of hours", VIEW("1994-11-06T08:49:37+01"), -1 },
	{ "an offset of 24 hours", VIEW("1994-11-06T08:49:37+24:00"), -1 },
	{ "an offset with 60 minutes", VIEW("1994-11-06T08:49:37+01:60"), -1 },
	{ "an offset and Z", VIEW("1994-11-06T08:49:37+01:00Z"), -1 },
	{ "a zone by name", VIEW("1994-11-06T08:49:37GMT"), -1 },
	{ "the basic format", VIEW("19941106T084937Z"), -1 },
	{ "before 1970", VIEW("1969-12-31T23:59:59Z"), -1 },
	{ "before 1970 by the offset", VIEW("1970-01-01T00:00:00+00:01"), -1 },
	{ "long before 1970", VIEW("0001-01-01T00:00:00Z"), -1 },
	{ "beyond 9999 by the offset", VIEW("9999-12-31T23:59:59-00:01"), -1 },
};

static void
test_parse(void)
{
	int64_t at;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(parsed); i++) {
		rc = rfc3339_parse(parsed[i].text, &at);
		if (parsed[i].at < 0)
			tap_is_int(rc, -1, "RFC 3339, refused: %s", parsed[i].rule);
		else if (tap_is_int(rc, 0, "RFC 3339, taken: %s", parsed[i].rule))
			tap_is_int(at, parsed[i].at, "... its time");
	}
}

static const struct {
	const char	*text;
	int64_t		 date;		/* -1: refused */
} dates[] = {
	{ "1970-01-01", 0 },
	{ "1970-12-31", 364 },
	{ "2000-02-29", 11016 },
	{ "2026-11-23", 20780 },
	{ "9999-12-31", 2932896 },
	{ "1969-12-31", -1 },
	{ "2026-02-29", -1 },
	{ "2026-11-31", -1 },
	{ "2026-11-23 ", -1 },
	{ "2026-11-23T00:00:00Z", -1 },
	{ "2026/11/23", -1 },
	{ "23-11-2026", -1 },
	{ "20261123", -1 },
	{ "2026-11-2", -1 },
	{ "2026-11", -1 },
	{ "", -1 },
};

static void
test_dates(void)
{
	int64_t date;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(dates); i++) {
		rc = date_parse(view_of(dates[i].text), &date);
		tap_is_int(rc, dates[i].date < 0 ? -1 : 0, "the date '%s'", dates[i].text);
		if (rc == 0)
			tap_is_int(date, dates[i].date, "... in days");
	}
	tap_is_int(date_of(0), 0, "day 0 from its first second");
	tap_is_int(date_of(DAY_S - 1), 0, "day 0 to its last second");
	tap_is_int(date_of(DAY_S), 1, "then day 1");
	tap_is_int(date_of(-1), -1, "the second before is the day before");
	tap_is_int(date_of(-DAY_S), -1, "to its first second");
	tap_is_int(date_of(INT64_MIN), INT64_MIN / DAY_S - 1, "no overflow at the end");
}

/* The zone of the machine plays no part. */
int
main(void)
{
	if (setenv("TZ", "America/St_Johns", 1) != 0)
		return 1;
	tzset();
	test_format();
	test_parse();
	test_dates();
	return tap_done();
}
