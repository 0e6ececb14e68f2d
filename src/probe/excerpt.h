/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * excerpt: bytes from outside as they may be shown to people: a short prefix,
 * printable and escaped (SEC-02).
 */
#ifndef CAAS_PROBE_EXCERPT_H
#define CAAS_PROBE_EXCERPT_H

#include "base/view.h"

#define EXCERPT_MAX	80	/* bytes of an excerpt in an error, NUL included */

/*
 * Printable ASCII stands for itself, a quote or backslash gets a backslash, any
 * other octet is \xNN.  What does not fit into outsz (at least 8) ends in "...".
 */
void	excerpt(struct view, char *out, size_t outsz);

#endif
