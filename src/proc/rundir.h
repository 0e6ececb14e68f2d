/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rundir: what caasd prepares for its children in run_dir and the log directory,
 * so that each may write what is its own and nothing else.
 */
#ifndef CAAS_PROC_RUNDIR_H
#define CAAS_PROC_RUNDIR_H

#include "proc/role.h"

/*
 * RUN_DIR/bell (all roles), RUN_DIR/web (responders), slot locks, log files.
 * Without root everything belongs to whoever runs it.  Needs all of root.
 */
MUST_USE int	rundir_prepare(const struct conf *, struct err *);
/* Slot locks and log files that are not there yet; needs CAP_CHOWN only. */
MUST_USE int	rundir_files(const struct conf *, struct err *);
/* The log file of a role, which rotation may have taken away. */
MUST_USE int	rundir_log(const struct conf *, enum role_kind, struct err *);
/* The file that a program logs to: "stderr", "syslog" or a path in the arena. */
const char	*rundir_log_target(const struct conf *, struct arena *, const char *program);
/* Only one caasd for a run_dir; the descriptor, kept open for life, or -1. */
int		rundir_lock(const struct conf *, struct err *);
/*
 * The FastCGI socket: handed to us (LISTEN_FDS, descriptor 0), or made, in place
 * of what was there.  Above descriptor 2 and closed at exec.  -1.
 */
int		rundir_listen(const struct conf *, struct err *);
/* A child is gone: take away its bell. */
void		rundir_forget(const struct conf *, pid_t);

#endif
