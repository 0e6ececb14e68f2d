/* SPDX-License-Identifier: BSD-2-Clause */
/* exec: what a child is given, and how it becomes its role's program. */
#ifndef CAAS_PROC_EXEC_H
#define CAAS_PROC_EXEC_H

#include "proc/role.h"

struct exec_plan {
	const struct conf	*conf;
	const char		*conf_path;	/* -c */
	enum role_kind		 role;
	const char		*queue;		/* -q; NULL: none */
	bool			 check;		/* -t */
	int			 stdin_fd;	/* -1: /dev/null */
	int			 ready_fd;	/* proc/ready.h; -1: none */
	struct privilege	 who;		/* set by exec_prepare() */
};

/* Before fork(): look up whom it becomes. */
MUST_USE int	exec_prepare(struct exec_plan *, struct err *);
/* After fork(), in the child. */
NORETURN void	exec_become(const struct exec_plan *);

#endif
