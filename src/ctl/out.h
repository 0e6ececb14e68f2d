/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * out: what a command says.  It writes one JSON value, or tells step by step what
 * it did; --json shows that as it is, else people get lines and tables of the same.
 */
#ifndef CAAS_CTL_OUT_H
#define CAAS_CTL_OUT_H

#include "wire/json.h"

struct out {
	struct buf	 buf;
	struct jsonw	 w;		/* for commands that say one value */
	bool		 as_json;	/* is asked for */
	bool		 is_steps;	/* out_did() was called */
	bool		 is_text;	/* buf is text already */
};

void	out_init(struct out *, bool as_json);
void	out_release(struct out *);
/* "made", "/etc/caas/keys/web/url.key": an element of a list of steps. */
void	out_did(struct out *, const char *did, const char *what);
/* RFC 3339, or null for 0. */
void	out_time(struct jsonw *, const char *name, int64_t at);
/* A string with two decimals, "10.00". */
void	out_cents(struct jsonw *, const char *name, int64_t cents);
/*
 * Print what a command that says one value, or text, has said so far: one that says much
 * needs no room for all of it.
 */
MUST_USE int	out_flush(struct out *, struct err *);
/* Print it all to standard output, once. */
void	out_print(struct out *, struct arena *);

#endif
