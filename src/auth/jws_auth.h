/* SPDX-License-Identifier: BSD-2-Clause */
/* jws_auth: the checks of a signed request, from media type to account state. */
#ifndef CAAS_AUTH_JWS_AUTH_H
#define CAAS_AUTH_JWS_AUTH_H

#include "auth/gate.h"

MUST_USE int	jws_auth(struct req *, struct auth *, struct err *);

#endif
