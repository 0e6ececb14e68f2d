/* SPDX-License-Identifier: BSD-2-Clause */
/* ask: what only the person at the terminal can tell. */
#ifndef CAAS_CTL_ASK_H
#define CAAS_CTL_ASK_H

#include "base/arena.h"
#include "base/err.h"

/* Is there somebody to ask: a terminal that we read from? */
bool		ask_can(void);
/*
 * A line from the terminal that it does not show while it is typed.  In the arena,
 * for the caller to wipe.  ERR_MALFORMED when none comes, or a longer one than max.
 */
MUST_USE int	ask_secret(struct arena *, const char *prompt, size_t max, struct view *out,
		    struct err *);

#endif
