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
/* A line that explains. */
void	tap_diag(const char *fmt, ...) PRINTF(1, 2);
/* Print the plan; the exit status of main(). */
int	tap_done(void);

#endif
