/* SPDX-License-Identifier: BSD-2-Clause */
/* login: what is remembered of the logins with one name from one network. */
#ifndef CAAS_MODEL_LOGIN_H
#define CAAS_MODEL_LOGIN_H

#include "base/attr.h"

/* All zero: nothing is. */
struct login_record {
	uint64_t	failures;	/* wrong passwords since failing_since */
	int64_t		failing_since;
	uint64_t	locks;		/* one after the other, without a success between */
	int64_t		locked_until;
	int64_t		succeeded_at;	/* the last success, give or take a day */
};

#endif
