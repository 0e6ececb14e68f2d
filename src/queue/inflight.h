/* SPDX-License-Identifier: BSD-2-Clause */
/* inflight: the ids of the jobs that a consumer is working on, as a hash set. */
#ifndef CAAS_QUEUE_INFLIGHT_H
#define CAAS_QUEUE_INFLIGHT_H

#include "base/attr.h"

struct inflight {
	uint64_t	*ids;	/* 0: free; open addressing */
	size_t		 cap;	/* a power of two, or 0 */
	size_t		 n;
};

void	inflight_release(struct inflight *);
bool	inflight_has(const struct inflight *, uint64_t id);
/* id is not 0 and not in it. */
void	inflight_add(struct inflight *, uint64_t id);
/* Harmless when it is not in it. */
void	inflight_remove(struct inflight *, uint64_t id);

#endif
