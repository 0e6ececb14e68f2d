/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * legacy: children that outlive a caasd that was killed go on serving; the next
 * one ends them once its own are up.  They are written down with the time at
 * which the kernel started them, so that a process that only got the same number
 * is left alone.
 */
#ifndef CAAS_PROC_LEGACY_H
#define CAAS_PROC_LEGACY_H

#include "base/loop.h"

#include <sys/types.h>

struct legacy;

/* Write down who must be found again, in place of what was written before. */
void	legacy_write(const char *run_dir, const pid_t *, size_t n);
/* Those of the file that still run.  gone(arg, pid) is called when one of them ends. */
struct legacy	*legacy_read(struct loop *, const char *run_dir,
		    void (*gone)(void *arg, pid_t), void *arg);
void	legacy_free(struct legacy *);
/* How many still run, and which: at most max. */
size_t	legacy_pids(const struct legacy *, pid_t *, size_t max);
void	legacy_signal(struct legacy *, int signo);

#endif
