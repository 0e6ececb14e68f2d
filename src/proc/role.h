/* SPDX-License-Identifier: BSD-2-Clause */
/* role: the programs that caasd starts, one per privilege (design.md 1). */
#ifndef CAAS_PROC_ROLE_H
#define CAAS_PROC_ROLE_H

#include "conf/conf.h"
#include "proc/privilege.h"

enum role_kind { ROLE_RESPONDER, ROLE_VALIDATOR, ROLE_SIGNER, ROLE__MAX };

struct role {
	const char	*program;
	size_t		 user;		/* offset of the user's name in struct conf */
	bool		 listens;	/* gets the FastCGI socket as descriptor 0 */
	bool		 has_queue;	/* gets -q QUEUE */
};

extern const struct role	roles[ROLE__MAX];

/* "responder": the program without its prefix. */
const char	*role_name(enum role_kind);
const char	*role_user(const struct conf *, enum role_kind);

#endif
