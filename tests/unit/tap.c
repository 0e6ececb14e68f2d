/* SPDX-License-Identifier: BSD-2-Clause */
/* Test Anything Protocol for unit tests. */
#include <stdarg.h>
#include <stdlib.h>

#include "tap.h"

static struct {
	unsigned	n;
	unsigned	failed;
} tap;

static bool PRINTF(2, 0)
result(bool ok, const char *fmt, va_list ap)
{
	(void)printf("%sok %u - ", ok ? "" : "not ", ++tap.n);
	(void)vprintf(fmt, ap);
	(void)putchar('\n');
	if (!ok)
		tap.failed++;
	(void)fflush(stdout);
	return ok;
}

bool
tap_ok(bool ok, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)result(ok, fmt, ap);
	va_end(ap);
	return ok;
}

bool
tap_is_view(struct view got, struct view want, const char *fmt, ...)
{
	bool ok = view_eq(got, want);
	va_list ap;

	va_start(ap, fmt);
	(void)result(ok, fmt, ap);
	va_end(ap);
	if (!ok)
		tap_diag(" got: %.*s\n#want: %.*s", VIEW_ARG(got), VIEW_ARG(want));
	return ok;
}

bool
tap_is_int(int64_t got, int64_t want, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)result(got == want, fmt, ap);
	va_end(ap);
	if (got != want)
		tap_diag(" got: %lld\n#want: %lld", (long long)got, (long long)want);
	return got == want;
}

void
tap_skip(const char *why, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)printf("ok %u - ", ++tap.n);
	(void)vprintf(fmt, ap);
	(void)printf(" # SKIP %s\n", why);
	va_end(ap);
}

int64_t
tap_ms(int64_t ms)
{
	const char *factor = getenv("TEST_TIME_FACTOR");
	long f = factor != NULL ? strtol(factor, NULL, 10) : 1;

	return f > 1 && f <= 100 ? ms * f : ms;
}

void
tap_diag(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)printf("# ");
	(void)vprintf(fmt, ap);
	(void)putchar('\n');
	va_end(ap);
}

int
tap_done(void)
{
	(void)printf("1..%u\n", tap.n);
	return tap.failed == 0 && tap.n != 0 ? 0 : 1;
}
