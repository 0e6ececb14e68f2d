/* SPDX-License-Identifier: BSD-2-Clause */
/* csv: lines of comma-separated values (RFC 4180). */
#ifndef CAAS_CTL_CSV_H
#define CAAS_CTL_CSV_H

#include "base/buf.h"

/* The next value of a line, in quotes where it needs them. */
struct csv {
	struct buf	*b;
	bool		 comma;		/* is due before the next value */
};

void	csv_init(struct csv *, struct buf *);
void	csv_put(struct csv *, struct view);
/* n values that are empty. */
void	csv_skip(struct csv *, int n);
/* All values of a line, "a,b,c", none of which needs quotes. */
void	csv_head(struct csv *, const char *names);
void	csv_end(struct csv *);

#endif
