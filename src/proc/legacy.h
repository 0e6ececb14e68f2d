/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * legacy: children that outlive a caasd that was killed go on serving; the next
 * one ends them once its own are up.  They are written down with the time at
 * which the kernel started them, so that a process that only got the same number
 * is left alone.
 */
#ifndef CAAS_PROC_LEGACY_H
#define CAAS_PROC_LEGACY_H

#include "base/attr.h"

#include <sys/types.h>

struct legacy;

/* Write down our children, in place of what was written before. */
void		 legacy_write(const char *run_dir, const pid_t *, size_t n);
/* Those of the file that still run; NULL when there are none. */
struct legacy	*legacy_read(const char *run_dir);
void		 legacy_free(struct legacy *);
/* SIGTERM to all that still run, and free. */
void		 legacy_end(struct legacy *);

#endif
