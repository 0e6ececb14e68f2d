/* SPDX-License-Identifier: BSD-2-Clause */
/* Suggested windows. */
#include "policy/renewal.h"

#include "base/clock.h"

#define SHORT_LIFE_S	(10 * DAY_S)
#define AT_ONCE_S	3600	/* length of a window that is over */

struct renewal_window
renewal_window(const struct renewal_ask *q)
{
	int64_t life = q->not_after_at - q->not_before_at + 1, middle;
	struct renewal_window w;

	if (q->revoked_at != 0)
		return (struct renewal_window){ q->revoked_at - AT_ONCE_S, q->revoked_at };
	middle = q->not_before_at + (life <= SHORT_LIFE_S ? life / 2 : life / 3 * 2);
	w.start = middle - life / 60;
	w.end = middle + life / 60 + 1;
	if (q->pulled_to != 0 && q->pulled_from < w.start)
		w = (struct renewal_window){ q->pulled_from, q->pulled_to };
	return w;
}
