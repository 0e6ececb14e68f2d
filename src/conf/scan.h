/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan: what libconfuse would let pass: repeated keys and "${" (environment
 * variables) are errors in our files.
 */
#ifndef CAAS_CONF_SCAN_H
#define CAAS_CONF_SCAN_H

#include "base/arena.h"
#include "base/err.h"

/* ERR_MALFORMED with "NAME:LINE: ..."; name is the file's. */
MUST_USE int	conf_scan(struct arena *, const char *name, struct view text, struct err *);

#endif
