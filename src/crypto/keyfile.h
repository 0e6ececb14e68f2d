/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keyfile: the lines of a file of secret keys: words with a space between,
 * among '#' comments and empty lines.  Its texts never go into an error.
 */
#ifndef CAAS_CRYPTO_KEYFILE_H
#define CAAS_CRYPTO_KEYFILE_H

#include "base/err.h"

#define KEYFILE_KEYS_MAX	64	/* keys of one file */

struct keyfile {
	struct view	rest;
	unsigned	line;		/* number of the line just read, from 1 */
};

struct keyfile	keyfile_of(struct view text);
/*
 * The next line that holds something: its first word, and what follows
 * without the blanks around it, which may be nothing.  False at the end.
 */
bool		keyfile_next(struct keyfile *, struct view *word, struct view *rest);
/* Say in an error that is set which line of what it was; -1. */
int		keyfile_err(const struct keyfile *, const char *what, struct err *);

#endif
