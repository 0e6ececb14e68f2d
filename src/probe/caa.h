/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * caa: climb from a name to its top-level domain and bring back the first CAA
 * record set (RFC 8659 s3; CAA-01, CAA-02).  What it means is policy/caa's to
 * say.
 */
#ifndef CAAS_PROBE_CAA_H
#define CAAS_PROBE_CAA_H

#include "probe/probe.h"
#include "policy/caa.h"

/*
 * found is where the record set stood, empty if there is none up to the TLD;
 * err is ERR_DNS when a question failed after one more try (CAA-10: then nothing
 * is permitted), or ERR_INTERNAL when it could not be asked.  Both live in the
 * arena; record is what was asked and answered, as JSON.
 */
struct caa_climb {
	struct caa_set		 set;
	enum dnssec_state	 dnssec;	/* weakest on the way */
	struct err		 err;		/* kind ERR_NONE when all went well */
	struct view		 record;
};

/* Called exactly once, from the loop, unless cancelled. */
typedef void (*caa_done)(void *arg, const struct caa_climb *);

struct caa_query;

/*
 * All names are asked at once, each at most twice: the climb ends within twice
 * conf dns_timeout_ms and a second.  Everything it makes lives in the arena.
 */
struct caa_query	*caa_start(const struct prober *, struct arena *,
			    struct view name, caa_done, void *arg);
/* Only before done was called. */
void			 caa_cancel(struct caa_query *);

#endif
