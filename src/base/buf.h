/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * buf: growing bytes with a maximum that is stated when it is made.
 *
 * A write over the maximum (or out of memory) marks the buffer as failed and
 * changes nothing more; the writer checks buf_failed() once at the end, so
 * that appending needs no check a line.
 */
#ifndef CAAS_BASE_BUF_H
#define CAAS_BASE_BUF_H

#include "base/view.h"

struct buf {
	char	*p;		/* NUL-terminated behind n once anything was written */
	size_t	 n;		/* bytes written */
	size_t	 cap;		/* bytes allocated */
	size_t	 max;		/* bytes allowed */
	bool	 failed;	/* a write did not fit */
};

/* A static initialiser for a buffer of at most max bytes. */
#define BUF_INIT(max)	{ NULL, 0, 0, (max), false }

void	buf_init(struct buf *, size_t max);
/* Free the bytes; the buffer may be used again. */
void	buf_release(struct buf *);
/* Empty it, keeping its memory. */
void	buf_reset(struct buf *);

void	buf_put(struct buf *, struct view);
void	buf_bytes(struct buf *, const void *, size_t);
void	buf_str(struct buf *, const char *);
void	buf_char(struct buf *, char);
void	buf_printf(struct buf *, const char *, ...) PRINTF(2, 3);

bool	buf_failed(const struct buf *);
/* What was written; valid until the next write. */
struct view	buf_view(const struct buf *);

#endif
