/* SPDX-License-Identifier: BSD-2-Clause */
/* reseller: what the commands about resellers have in common. */
#ifndef CAAS_CTL_RESELLER_H
#define CAAS_CTL_RESELLER_H

#include "ctl/ctl.h"

/*
 * The hash of the password in a file, or of a fresh one (file NULL): then *shown is what
 * to print, else NULL.
 */
MUST_USE int	reseller_password(struct ctl *, const char *file, struct view *hash,
		    const char **shown, struct err *);
/* A credit limit: an amount that is not negative. */
MUST_USE int	reseller_limit(const char *text, int64_t *cents, struct err *);
/* What is known of one, into an object that is open. */
MUST_USE int	reseller_out(struct ctl *, const struct reseller *, struct err *);

#endif
