/* SPDX-License-Identifier: BSD-2-Clause */
/* Drawn over itself whenever a percent was done. */
#include "ctl/progress.h"

#include <stdio.h>
#include <unistd.h>

#define WIDTH	40	/* columns of the bar */

static void
draw(const struct progress *p, size_t done)
{
	char bar[WIDTH + 1];
	size_t full = p->percent * WIDTH / 100;

	memset(bar, '#', full);
	memset(bar + full, ' ', WIDTH - full);
	bar[WIDTH] = '\0';
	(void)fprintf(stderr, "\r[%s] %3zu%%  %zu of %zu", bar, p->percent, done, p->total);
	(void)fflush(stderr);
}

void
progress_begin(struct progress *p, size_t total)
{
	*p = (struct progress){ .total = isatty(STDERR_FILENO) == 1 ? total : 0 };
	if (p->total != 0)
		draw(p, 0);
}

void
progress_at(struct progress *p, size_t done)
{
	size_t percent;

	if (p->total == 0 || (percent = done * 100 / p->total) == p->percent)
		return;
	p->percent = percent;
	draw(p, done);
}

void
progress_end(struct progress *p)
{
	if (p->total != 0)
		(void)fprintf(stderr, "\n");
	p->total = 0;
}
