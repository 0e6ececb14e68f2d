/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * partner_error: error texts of the partner API (partner-api 6), which clients match
 * literally: those that share a kind.  E5 and E20 to E24 have a kind each, and
 * their text in wire/problem.
 */
#ifndef CAAS_WIRE_PARTNER_ERROR_H
#define CAAS_WIRE_PARTNER_ERROR_H

#include "base/err.h"

enum partner_error {
	E1 = 1,		/* unknown parameter */
	E2,		/* required parameter absent */
	E3,		/* bad value */
	E4,		/* an id that is not base64url */
	E6 = 6,		/* plain HTTP */
	E7,		/* account cannot be deactivated */
	E8,		/* domain cannot be removed */
	E9,		/* organisation feature on DV */
	E10,		/* no right */
	E11,		/* subscription expired, past its window, or absent */
	E12,		/* no price */
	E13,		/* prices in need of correction */
	E14,		/* balance too low */
	E18 = 18,	/* duplicate name */
	PARTNER_ERROR__MAX
};

/* Set err to that row; E1 to E3 name the argument.  -1. */
int	partner_error(struct err *, enum partner_error);
int	partner_error_arg(struct err *, enum partner_error, struct view arg);
/* The number of the row that an error is, 14 for E14; 0 for a fault of ours. */
unsigned	partner_error_number(const struct err *);

#endif
