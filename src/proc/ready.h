/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ready: how a child tells caasd that it has all that it needs.  Until then its
 * predecessors stay.
 */
#ifndef CAAS_PROC_READY_H
#define CAAS_PROC_READY_H

#include "base/attr.h"

/* In the child's environment: the descriptor of the pipe's end to write to. */
#define READY_FD_VAR	"CAAS_READY_FD"

/* In the child.  Without a caasd above it does nothing. */
void	ready_tell(void);

#endif
