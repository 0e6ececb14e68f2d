/* SPDX-License-Identifier: BSD-2-Clause */
/* policy/lockout: partner-api R-12. */
#include "policy/lockout.h"

#include "tap.h"

#define NOW	INT64_C(1800000000)
#define MINUTE	60

/* How many failures it takes until a lock begins; at most 1000. */
static int
fail_until_locked(struct login_record *l, int64_t after, int64_t now)
{
	int n;

	for (n = 1; n <= 1000; n++)
		if (lockout_failed(l, after, now))
			return n;
	return 0;
}

static void
test_lock(void)
{
	struct login_record l = { 0 };
	int64_t now = NOW, lasts, want = 15 * MINUTE;
	int i;

	for (i = 0; i < 9; i++) {
		tap_is_int(fail_until_locked(&l, 10, now), 10, "lock %d after 10 failures", i + 1);
		lasts = l.locked_until - now;
		tap_is_int(lasts, want, "it lasts %lld s", (long long)want);
		tap_ok(lockout_is_locked(&l, now + lasts - 1), "to its last second");
		now += lasts;
		tap_ok(!lockout_is_locked(&l, now), "and no longer");
		want = want * 2 < 86400 ? want * 2 : 86400;
	}
	tap_ok(lockout_succeeded(&l, now) && l.locks == 0 && l.locked_until == 0,
	    "a success forgets them");
	(void)fail_until_locked(&l, 10, now);
	tap_is_int(l.locked_until - now, 15 * MINUTE, "the next is short again");
}

static void
test_window(void)
{
	struct login_record l = { 0 };
	int64_t now;
	int locks = 0;

	for (now = NOW; now < NOW + 100 * 101; now += 101)
		locks += lockout_failed(&l, 10, now);
	tap_is_int(locks, 0, "9 in 15 minutes, for hours: never");
	l = (struct login_record){ 0 };
	for (now = NOW; now < NOW + 10 * 99; now += 99)
		locks += lockout_failed(&l, 10, now);
	tap_is_int(locks, 1, "10 within 15 minutes: locked");
	l = (struct login_record){ 0 };
	tap_is_int(fail_until_locked(&l, 0, NOW), 0, "0: never");
}

static void
test_trust(void)
{
	struct login_record l = { 0 };

	tap_ok(!lockout_is_trusted(&l, NOW), "no success, no trust");
	tap_ok(lockout_succeeded(&l, NOW) && lockout_is_trusted(&l, NOW), "a success gives it");
	tap_ok(lockout_is_trusted(&l, NOW + LOCKOUT_TRUST_S - 1) &&
	    !lockout_is_trusted(&l, NOW + LOCKOUT_TRUST_S), "for 30 days");
	tap_ok(!lockout_succeeded(&l, NOW + 86399) && lockout_succeeded(&l, NOW + 86400),
	    "it is written anew once a day");
	(void)lockout_failed(&l, 10, NOW + 86401);
	tap_ok(lockout_is_trusted(&l, NOW + 86402), "a failure does not take it away");
	tap_ok(lockout_succeeded(&l, NOW + 86402) && l.failures == 0, "a success clears failures");
}

static void
test_slow(void)
{
	struct login_record l = { 0 };
	int i;

	for (i = 0; i < 10; i++) {
		tap_ok(!lockout_is_slow(&l, 10, NOW), "%d failures slow nobody down", i);
		(void)lockout_failed(&l, 0, NOW);
	}
	tap_ok(lockout_is_slow(&l, 10, NOW) && !lockout_is_locked(&l, NOW), "10 do, and lock nobody");
	tap_ok(!lockout_is_slow(&l, 0, NOW), "unless nothing is ever locked");
	tap_ok(lockout_is_slow(&l, 10, NOW + 899) && !lockout_is_slow(&l, 10, NOW + 900),
	    "for 15 minutes");
}

int
main(void)
{
	test_lock();
	test_window();
	test_trust();
	test_slow();
	return tap_done();
}
