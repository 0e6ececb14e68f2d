/* SPDX-License-Identifier: BSD-2-Clause */
/* Windows, locks that double, trust. */
#include "policy/lockout.h"

#include "base/clock.h"

#define LOCKS_MAX	((uint64_t)16)	/* more of them last no longer */

static bool
is_in_window(const struct login_record *l, int64_t now)
{
	return l->failures != 0 && now - l->failing_since < LOCKOUT_WINDOW_S;
}

static int64_t
lock_s(uint64_t locks)
{
	int64_t s = LOCKOUT_MIN_S;

	while (locks-- > 1 && s < LOCKOUT_MAX_S)
		s *= 2;
	return s < LOCKOUT_MAX_S ? s : LOCKOUT_MAX_S;
}

bool
lockout_failed(struct login_record *l, int64_t lock_after, int64_t now)
{
	if (!is_in_window(l, now)) {
		l->failures = 0;
		l->failing_since = now;
	}
	l->failures++;
	if (lock_after == 0 || l->failures < (uint64_t)lock_after)
		return false;
	if (l->locks < LOCKS_MAX)
		l->locks++;
	l->locked_until = now + lock_s(l->locks);
	l->failures = 0;
	return true;
}

bool
lockout_succeeded(struct login_record *l, int64_t now)
{
	if (l->failures == 0 && l->locks == 0 && now - l->succeeded_at < DAY_S)
		return false;
	*l = (struct login_record){ .succeeded_at = now };
	return true;
}

bool
lockout_is_locked(const struct login_record *l, int64_t now)
{
	return l->locked_until > now;
}

bool
lockout_is_trusted(const struct login_record *l, int64_t now)
{
	return l->succeeded_at != 0 && now - l->succeeded_at < LOCKOUT_TRUST_S;
}

bool
lockout_is_slow(const struct login_record *l, int64_t lock_after, int64_t now)
{
	return lock_after != 0 && is_in_window(l, now) && l->failures >= (uint64_t)lock_after;
}
