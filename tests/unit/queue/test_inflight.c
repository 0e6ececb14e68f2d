/* SPDX-License-Identifier: BSD-2-Clause */
/* queue/inflight: a set of ids, against a plain list that does the same. */
#include "queue/inflight.h"
#include "tap.h"

#define IDS	2000

static void
test_few(void)
{
	struct inflight f = { NULL, 0, 0 };

	tap_ok(!inflight_has(&f, 1), "an empty set has nothing");
	inflight_remove(&f, 1);
	tap_ok(f.n == 0 && f.ids == NULL, "taking from it is harmless");
	inflight_add(&f, 1);
	inflight_add(&f, UINT64_MAX);
	tap_ok(inflight_has(&f, 1) && inflight_has(&f, UINT64_MAX) && f.n == 2,
	    "it has what was added");
	tap_ok(!inflight_has(&f, 2), "and nothing else");
	inflight_remove(&f, 2);
	tap_ok(f.n == 2, "taking what is not there changes nothing");
	inflight_remove(&f, 1);
	tap_ok(!inflight_has(&f, 1) && inflight_has(&f, UINT64_MAX) && f.n == 1,
	    "what was taken is gone, the others stay");
	inflight_add(&f, 1);
	tap_ok(inflight_has(&f, 1), "it can come back");
	inflight_release(&f);
	tap_ok(f.n == 0 && f.cap == 0 && f.ids == NULL, "after release it is as new");
	inflight_release(&f);
}

/* Ids that are made together differ in few bits; the list says what must be there. */
static const struct {
	const char	*rule;
	uint64_t	 first, step;
} families[] = {
	{ "ids of one millisecond", UINT64_C(0x00123456789abc00), 1 },
	{ "ids of one counter", UINT64_C(0x0012345600000001), UINT64_C(1) << 22 },
	{ "ids that share their low half", UINT64_C(0x0000000100000001), UINT64_C(1) << 32 },
	{ "multiples of the table's size", 64, 64 },
};

static size_t
wrong(const struct inflight *f, uint64_t first, uint64_t step, const bool *in)
{
	size_t i, n = 0, bad = 0;

	for (i = 0; i < IDS; i++) {
		bad += inflight_has(f, first + i * step) != in[i];
		n += in[i];
	}
	return bad + (n != f->n);
}

static void
test_many(uint64_t first, uint64_t step, const char *rule)
{
	struct inflight f = { NULL, 0, 0 };
	static bool in[IDS];
	uint64_t seed = 1;
	size_t i, k, bad = 0;

	memset(in, 0, sizeof(in));
	for (i = 0; i < 20 * IDS; i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
		k = (size_t)(seed >> 33) % IDS;
		/* Mostly adding at first, mostly taking later. */
		if (in[k])
			inflight_remove(&f, first + k * step);
		else if (i < 10 * IDS || (seed >> 20) % 4 == 0)
			inflight_add(&f, first + k * step);
		else
			continue;
		in[k] = !in[k];
		if (i % 500 == 0)
			bad += wrong(&f, first, step, in);
	}
	tap_is_int((int64_t)(bad + wrong(&f, first, step, in)), 0,
	    "%s: 40,000 moves, always the same as a list", rule);
	for (k = 0; k < IDS; k++)
		inflight_remove(&f, first + k * step);
	tap_is_int((int64_t)f.n, 0, "... and empty in the end");
	inflight_release(&f);
}

int
main(void)
{
	size_t i;

	test_few();
	for (i = 0; i < NITEMS(families); i++)
		test_many(families[i].first, families[i].step, families[i].rule);
	return tap_done();
}
