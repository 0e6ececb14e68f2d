/* SPDX-License-Identifier: BSD-2-Clause */
/* Amounts as text: two decimals always out, either way in. */
#include "policy/pricing.h"
#include "tap.h"

static const struct {
	int64_t		 cents;
	const char	*text;
} formats[] = {
	{ 0, "0.00" },
	{ 1, "0.01" },
	{ 10, "0.10" },
	{ 99, "0.99" },
	{ 100, "1.00" },
	{ 7260, "72.60" },
	{ 10000, "100.00" },
	{ 123456789, "1234567.89" },
	{ -1, "-0.01" },
	{ -7260, "-72.60" },
	{ INT64_MAX, "92233720368547758.07" },
	{ INT64_MIN, "-92233720368547758.08" },
};

static const struct {
	const char	*rule;
	struct view	 text;
	int		 rc;
	int64_t		 want;
} parses[] = {
	{ "no decimals", VIEW("1000"), 0, 100000 },
	{ "one decimal", VIEW("0.5"), 0, 50 },
	{ "two decimals", VIEW("1000.00"), 0, 100000 },
	{ "decimals that begin with zero", VIEW("1.05"), 0, 105 },
	{ "plus sign", VIEW("+12.34"), 0, 1234 },
	{ "minus sign", VIEW("-12.34"), 0, -1234 },
	{ "less than one, negative", VIEW("-0.01"), 0, -1 },
	{ "zero", VIEW("0"), 0, 0 },
	{ "negative zero", VIEW("-0.00"), 0, 0 },
	{ "the largest", VIEW("92233720368547758.07"), 0, INT64_MAX },
	{ "the smallest", VIEW("-92233720368547758.08"), 0, INT64_MIN },
	{ "more than the largest", VIEW("92233720368547758.08"), -1, 0 },
	{ "less than the smallest", VIEW("-92233720368547758.09"), -1, 0 },
	{ "a whole one more", VIEW("92233720368547759"), -1, 0 },
	{ "wraps", VIEW("184467440737095516.16"), -1, 0 },
	{ "many digits", VIEW("100000000000000000000000"), -1, 0 },
	{ "three decimals", VIEW("1.000"), -1, 0 },
	{ "point without decimals", VIEW("1."), -1, 0 },
	{ "decimals only", VIEW(".50"), -1, 0 },
	{ "point only", VIEW("."), -1, 0 },
	{ "two points", VIEW("1.2.3"), -1, 0 },
	{ "comma", VIEW("1,50"), -1, 0 },
	{ "thousands", VIEW("1,000.00"), -1, 0 },
	{ "exponent", VIEW("1e2"), -1, 0 },
	{ "hexadecimal", VIEW("0x10"), -1, 0 },
	{ "leading zero", VIEW("01.00"), -1, 0 },
	{ "blank before", VIEW(" 1.00"), -1, 0 },
	{ "blank behind", VIEW("1.00 "), -1, 0 },
	{ "blank behind one decimal", VIEW("1.0 "), -1, 0 },
	{ "two signs", VIEW("--1"), -1, 0 },
	{ "sign behind the point", VIEW("1.-5"), -1, 0 },
	{ "sign only", VIEW("-"), -1, 0 },
	{ "empty", VIEW(""), -1, 0 },
	{ "currency", VIEW("1.00USD"), -1, 0 },
	{ "NUL", VIEW("1.0\0"), -1, 0 },
	{ "not a number", VIEW("nan"), -1, 0 },
};

int
main(void)
{
	char text[CENTS_TEXT_MAX];
	int64_t cents;
	size_t i;

	for (i = 0; i < NITEMS(formats); i++) {
		cents_format(formats[i].cents, text);
		tap_is_view(view_of(text), view_of(formats[i].text), "R-13: %s", formats[i].text);
		tap_ok(cents_parse(view_of(text), &cents) == 0 && cents == formats[i].cents,
		    "R-13: %s and back", formats[i].text);
	}
	for (i = 0; i < NITEMS(parses); i++) {
		cents = 77;
		tap_is_int(cents_parse(parses[i].text, &cents), parses[i].rc, "parse: %s",
		    parses[i].rule);
		tap_is_int(cents, parses[i].rc == 0 ? parses[i].want : 77,
		    "parse: %s: the amount", parses[i].rule);
	}
	return tap_done();
}
