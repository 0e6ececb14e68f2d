/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes from the operating system (SEC-07): none left out, no bias, nothing kept over a fork. */
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "tap.h"

/* Every byte of every length is written, and not one more. */
static void
test_bytes(void)
{
	unsigned char out[300], touched[300];
	size_t n, i, round;
	bool all = true, inside = true;

	for (n = 0; n < 257; n += n < 20 ? 1 : 59) {
		memset(touched, 0, sizeof(touched));
		for (round = 0; round < 16; round++) {
			memset(out, 0, sizeof(out));
			random_bytes(out, n);
			for (i = 0; i < sizeof(out); i++)
				touched[i] |= out[i];
		}
		for (i = 0; i < sizeof(out); i++)
			if (i < n)
				all &= touched[i] != 0;
			else
				inside &= touched[i] == 0;
	}
	tap_ok(all, "bytes: every byte is filled");
	tap_ok(inside, "bytes: nothing behind them is touched");
	tap_ok(random_u64() != random_u64(), "u64: two numbers differ");
}

static void
test_below(void)
{
	static const uint64_t bounds[] = { 1, 2, 3, 10, 1000, (uint64_t)1 << 32,
	    ((uint64_t)1 << 63), ((uint64_t)1 << 63) + 1, UINT64_MAX };
	unsigned count[6] = { 0 }, low;
	bool ok = true, high = false;
	uint64_t n;
	size_t i, round;

	for (i = 0; i < NITEMS(bounds); i++)
		for (round = 0; round < 200; round++) {
			n = random_below(bounds[i]);
			ok &= n < bounds[i];
			high |= n > (uint64_t)1 << 62;
		}
	tap_ok(ok, "below: always under the bound");
	tap_ok(high, "below: large bounds give large numbers");
	for (round = 0; round < 60000; round++)
		count[random_below(6)]++;
	for (i = 0; i < 6; i++)
		ok &= count[i] > 9000 && count[i] < 11000;
	tap_ok(ok, "below: evenly (ten standard deviations allowed)");
	/* Taking the remainder alone would give the lowest third three eighths. */
	for (round = 0, low = 0; round < 60000; round++)
		low += random_below((uint64_t)3 << 61) < (uint64_t)1 << 61;
	tap_ok(low > 18800 && low < 21200, "below: evenly under a bound that is no divisor");
}

static void
test_fork(void)
{
	uint64_t ours, theirs = 0;
	int fds[2];
	pid_t pid;

	if (pipe(fds) != 0)
		return;
	if ((pid = fork()) == 0) {
		theirs = random_u64();
		_exit(write(fds[1], &theirs, sizeof(theirs)) != sizeof(theirs));
	}
	ours = random_u64();
	(void)close(fds[1]);
	tap_ok(pid > 0 && read(fds[0], &theirs, sizeof(theirs)) == sizeof(theirs) &&
	    ours != theirs, "SEC-07: a child does not repeat its parent");
	(void)close(fds[0]);
	(void)waitpid(pid, NULL, 0);
}

int
main(void)
{
	test_bytes();
	test_below();
	test_fork();
	return tap_done();
}
