/* SPDX-License-Identifier: BSD-2-Clause */
/* progress: a bar on standard error, if that is a terminal. */
#ifndef CAAS_CTL_PROGRESS_H
#define CAAS_CTL_PROGRESS_H

#include "base/view.h"

struct progress {
	size_t	total;		/* 0: nobody looks */
	size_t	percent;	/* as it is shown */
};

void	progress_begin(struct progress *, size_t total);
void	progress_at(struct progress *, size_t done);
/* The next line is others'. */
void	progress_end(struct progress *);

#endif
