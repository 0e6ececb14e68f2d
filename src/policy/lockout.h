/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lockout: what wrong passwords lead to (partner-api R-12).
 *
 * So many of one name from one network within 15 minutes lock that pair for 15
 * minutes, the next time for twice as long, up to a day; a success forgets them.
 * Nobody can lock a name from outside of its networks: failures everywhere only
 * slow the name down, and only where it did not log in lately.  For an address on a
 * reseller's own list the network is that address.
 */
#ifndef CAAS_POLICY_LOCKOUT_H
#define CAAS_POLICY_LOCKOUT_H

#include "model/login.h"

#define LOCKOUT_WINDOW_S	(15 * 60)	/* in which failures are counted */
#define LOCKOUT_MIN_S		(15 * 60)	/* the first lock */
#define LOCKOUT_MAX_S		86400
#define LOCKOUT_TRUST_S		(30 * 86400)	/* after a success */
#define LOCKOUT_SLOW_MS		2000	/* how long a name that is slowed down waits */

/* One more wrong password; lock_after 0: never locks.  true: a lock begins with it. */
bool	lockout_failed(struct login_record *, int64_t lock_after, int64_t now);
/* A right one.  true: the record is to be written. */
bool	lockout_succeeded(struct login_record *, int64_t now);

bool	lockout_is_locked(const struct login_record *, int64_t now);
/* Did the name log in from this network in the last 30 days? */
bool	lockout_is_trusted(const struct login_record *, int64_t now);
/* Of the record of a name from everywhere: have there been too many failures? */
bool	lockout_is_slow(const struct login_record *, int64_t lock_after, int64_t now);

#endif
