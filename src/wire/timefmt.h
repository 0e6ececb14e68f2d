/* SPDX-License-Identifier: BSD-2-Clause */
/* timefmt: RFC 3339 UTC times with "Z" and whole seconds (TRN-18), HTTP dates. */
#ifndef CAAS_WIRE_TIMEFMT_H
#define CAAS_WIRE_TIMEFMT_H

#include "base/view.h"

/* "2026-11-23T20:27:00Z" */
#define RFC3339_LEN	20
/* "Mon, 23 Nov 2026 20:27:00 GMT" (RFC 9110 s5.6.7) */
#define HTTPDATE_LEN	29

/* at is seconds since 1970, in the years 1970 to 9999; beyond, it is clipped. */
void	rfc3339_format(int64_t at, char out[RFC3339_LEN + 1]);
void	httpdate_format(int64_t at, char out[HTTPDATE_LEN + 1]);
/*
 * Accepts any offset and fractions (cut off), as RFC 3339 s5.6 allows; -1 for
 * anything else, a leap second and a time outside those years included.
 */
MUST_USE int	rfc3339_parse(struct view, int64_t *at);

/* Days since 1970-01-01 of a time, and of "2026-11-23"; for billing dates. */
int64_t	date_of(int64_t at);
MUST_USE int	date_parse(struct view, int64_t *date);

#endif
