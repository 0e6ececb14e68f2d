/* SPDX-License-Identifier: BSD-2-Clause */
/* job: a unit of work between processes, and who works it (design.md 4). */
#ifndef CAAS_MODEL_JOB_H
#define CAAS_MODEL_JOB_H

#include "base/view.h"

#define QUEUE_NAME_MAX	16	/* bytes */
#define JOB_LEASE_S	30	/* seconds until another host may take it */
#define JOB_RENEW_S	10	/* seconds between renewals */

#define QUEUE_CAA	"caa"	/* CAA looked at again for an authorization */
#define QUEUE_SIGN	"sign"	/* the signer's: orders */
#define QUEUE_CRL	"crl"	/* the signer's: issuers; the others are named by challenge type */

/* A queue on a host, worked by one process at a time. */
struct slot {
	uint64_t	id;
	uint64_t	epoch;		/* incarnation of that process */
};

struct job {
	uint64_t	id;
	uint64_t	object_id;	/* what it is about: authorization or order */
	uint64_t	epoch;		/* of the row when it was read */
	uint64_t	tries;		/* that ended without a result */
	uint64_t	blocks;		/* job that waits for its end, 0 none */
	uint64_t	ring;		/* process to wake at the end, 0 none */
};

#endif
