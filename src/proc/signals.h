/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signals: signals as events of the loop.  They are blocked from signals_open()
 * on, so no library handler (libfcgi has one for SIGUSR1) ever runs.
 */
#ifndef CAAS_PROC_SIGNALS_H
#define CAAS_PROC_SIGNALS_H

#include "base/err.h"

#include <signal.h>

#include "base/loop.h"

struct signals;

/*
 * fn(arg, signo) for each of the signals of the list, which ends with 0; SIGPIPE
 * is ignored.
 */
MUST_USE int	signals_open(struct loop *, const int *list, void (*fn)(void *arg, int signo),
		    void *arg, struct signals **, struct err *);
void		signals_close(struct signals *);
/*
 * In a child before exec: as at the start of a program, but what our programs
 * wait for (SIGTERM, SIGINT, SIGUSR1) stays blocked until they do: it would end
 * one that has just begun.
 */
void		signals_reset(void);

#endif
