/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * partner_auth: loginName and loginPassword of the partner API (partner-api 2 and
 * R-12, design.md 5).
 *
 * One answer for all refusals, at the same cost whether the name exists or not.  A
 * login that was right is remembered for a minute.  One password hash at a time per
 * host, with a pause after a wrong one, and only some of the responders for all
 * partner requests: neither wrong logins nor reports can take the pool from ACME.
 * Who has to wait is parked and costs nothing but its connection.
 */
#ifndef CAAS_AUTH_PARTNER_AUTH_H
#define CAAS_AUTH_PARTNER_AUTH_H

#include "auth/service.h"
#include "model/partner.h"

#define LOGIN_NAME_MAX_BYTES	64

/* What the partner requests of a process share. */
MUST_USE int	logins_new(const struct conf *, struct logins **, struct err *);
void		logins_free(struct logins *);

/* One login, over the waits of its request; the rest is partner_auth()'s. */
struct login_try {
	struct view	name, password;
	int64_t		wait_ms;	/* when it has to wait: call again then */
	int64_t		since_ms;	/* mono_ms() of the first wait */
	bool		waits, is_slowed, was_slowed;
	bool		must_hash, is_trusted;	/* known once it was looked at */
};

/*
 * 1: who it is.  0: call again after wait_ms.  -1: ERR_DEACTIVATED (E5), with the reason in
 * inner, and the reseller (id 0: none) whose name was sent; ERR_RATE_LIMITED (E22) when it
 * waited for a second, or too many wait.  Once it is known the request
 * holds one of the places of partner requests, to its end (req->at_end).
 */
MUST_USE int	partner_auth(struct req *, struct login_try *, struct reseller *, struct err *);

#endif
