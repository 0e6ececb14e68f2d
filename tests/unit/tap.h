/* SPDX-License-Identifier: BSD-2-Clause */
/* tap: what unit tests print (Test Anything Protocol). */
#ifndef CAAS_TESTS_UNIT_TAP_H
#define CAAS_TESTS_UNIT_TAP_H

#include "base/attr.h"
#include "base/view.h"

/* Record one check under a name that states the rule; returns ok. */
bool	tap_ok(bool ok, const char *fmt, ...) PRINTF(2, 3);
/* As tap_ok(got == want); shows both when they differ. */
bool	tap_is_view(struct view got, struct view want, const char *fmt, ...) PRINTF(3, 4);
bool	tap_is_int(int64_t got, int64_t want, const char *fmt, ...) PRINTF(3, 4);
/* A check that cannot be made here, and why. */
void	tap_skip(const char *why, const char *fmt, ...) PRINTF(2, 3);
/* A time limit; longer, by TEST_TIME_FACTOR, where the program runs slowly (valgrind). */
int64_t	tap_ms(int64_t ms);
/* A line that explains. */
void	tap_diag(const char *fmt, ...) PRINTF(1, 2);
/* Print the plan; the exit status of main(). */
int	tap_done(void);

#endif
