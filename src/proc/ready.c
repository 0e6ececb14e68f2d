/* SPDX-License-Identifier: BSD-2-Clause */
/* One byte down a pipe. */
#include "proc/ready.h"

#include <unistd.h>

#include "base/view.h"

void
ready_tell(void)
{
	const char *text = getenv(READY_FD_VAR);
	uint64_t fd;

	if (text == NULL || view_u64(view_of(text), INT_MAX, &fd) != 0)
		return;
	/* If caasd is gone nobody waits for it. */
	(void)!write((int)fd, "r", 1);
	(void)close((int)fd);
	(void)unsetenv(READY_FD_VAR);
}
