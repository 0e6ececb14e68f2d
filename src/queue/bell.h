/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bell: unix datagrams that only wake (design.md 4).  They carry an id and
 * nothing else; the row is the truth, and a lost bell costs one poll.
 */
#ifndef CAAS_QUEUE_BELL_H
#define CAAS_QUEUE_BELL_H

#include "base/err.h"

#define BELL_NAME_MAX	32
/*
 * As many rings the kernel keeps for a reader that is busy, unless the
 * administrator allows more (net.unix.max_dgram_qlen): who reads so many at once
 * may have missed some, and had better look at the rows.
 */
#define BELL_KEPT	10

struct bell;

/*
 * Bind RUN_DIR/bell/NAME; a queue's consumer has the queue's name, a responder
 * the name of bell_name_of().  A name that an earlier process left is replaced.
 */
MUST_USE int	bell_open(const char *run_dir, const char *name, struct bell **, struct err *);
void		bell_close(struct bell *);
int		bell_fd(const struct bell *);

/* The bell of a process by its number, as jobs carry it. */
void		bell_name_of(uint64_t process, char out[BELL_NAME_MAX]);

/* Ids that were rung, at most max; 0 when there are no more.  Never waits. */
size_t		bell_read(struct bell *, uint64_t *ids, size_t max);
/* Never waits and cannot fail: whoever does not hear it polls. */
void		bell_ring(struct bell *, const char *name, uint64_t id);

#endif
