/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * partner_auth: loginName and loginPassword of the partner API (partner-api 2,
 * design.md 5).  One answer for all refusals, at the same cost whether the name
 * exists or not; one password hash at a time per host.
 */
#ifndef CAAS_AUTH_PARTNER_AUTH_H
#define CAAS_AUTH_PARTNER_AUTH_H

#include "auth/service.h"
#include "model/partner.h"

#define LOGIN_NAME_MAX_BYTES	64

/*
 * ERR_DEACTIVATED (E5); ERR_RATE_LIMITED when another
 * hash has not ended within a second (E22).
 */
MUST_USE int	partner_auth(struct req *, struct view login_name, struct view password,
		    struct reseller *, struct err *);

#endif
