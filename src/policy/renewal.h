/* SPDX-License-Identifier: BSD-2-Clause */
/* renewal: when a certificate should be renewed (RFC 9773 s4.2; ARI-04, ARI-07, ARI-08). */
#ifndef CAAS_POLICY_RENEWAL_H
#define CAAS_POLICY_RENEWAL_H

#include "base/attr.h"

struct renewal_ask {
	int64_t		not_before_at, not_after_at;
	int64_t		revoked_at;		/* 0: it is not */
	int64_t		pulled_from, pulled_to;	/* by the operator, 0: not */
};

struct renewal_window {
	int64_t		start, end;		/* end is later */
};

/*
 * Around two thirds of its life, a thirtieth of it long; of one that lives 10 days or
 * less around the middle.  What the operator said if that is earlier; of a revoked one
 * the hour before its revocation: at once.
 */
struct renewal_window	renewal_window(const struct renewal_ask *);

#endif
