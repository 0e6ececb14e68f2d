/* SPDX-License-Identifier: BSD-2-Clause */
/* When a certificate should be renewed (RFC 9773 s4.2). */
#include "tap.h"

#include "base/clock.h"
#include "policy/renewal.h"

#define FROM	1790000000

static struct renewal_window
window(int64_t life, int64_t revoked_at, int64_t from, int64_t to)
{
	struct renewal_ask q = { FROM, FROM + life - 1, revoked_at, from, to };

	return renewal_window(&q);
}

int
main(void)
{
	static const int64_t lives[] = { 1, 3600, DAY_S, 7 * DAY_S, 10 * DAY_S, 10 * DAY_S + 1,
	    47 * DAY_S, 90 * DAY_S, 398 * DAY_S };
	struct renewal_window w;
	size_t i;

	for (i = 0; i < NITEMS(lives); i++) {
		w = window(lives[i], 0, 0, 0);
		tap_ok(w.start >= FROM && w.end > w.start && w.end <= FROM + lives[i],
		    "ARI-04: inside of a life of %lld s", (long long)lives[i]);
	}
	w = window(90 * DAY_S, 0, 0, 0);
	tap_is_int(w.start - FROM, 60 * DAY_S - 90 * DAY_S / 60, "ARI-08: two thirds of 90 days");
	tap_is_int(w.end - w.start, 3 * DAY_S + 1, "ARI-08: three days long");
	w = window(6 * DAY_S, 0, 0, 0);
	tap_ok(w.start < FROM + 3 * DAY_S && w.end > FROM + 3 * DAY_S, "ARI-08: half of 6 days");
	w = window(90 * DAY_S, FROM + 1000, 0, 0);
	tap_ok(w.end <= FROM + 1000 && w.start < w.end, "ARI-07: over once it is revoked");
	w = window(90 * DAY_S, 0, FROM + 10, FROM + 20);
	tap_ok(w.start == FROM + 10 && w.end == FROM + 20, "pulled forward");
	w = window(90 * DAY_S, 0, FROM + 80 * DAY_S, FROM + 81 * DAY_S);
	tap_ok(w.start < FROM + 60 * DAY_S, "and never put off");
	w = window(90 * DAY_S, FROM + 1000, FROM + 2000, FROM + 3000);
	tap_ok(w.end <= FROM + 1000, "ARI-07: revoked is earlier still");
	return tap_done();
}
