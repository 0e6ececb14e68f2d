/* SPDX-License-Identifier: BSD-2-Clause */
/* account: ACME accounts (RFC 8555 s7.1.2) and the bindings that they hang on. */
#ifndef CAAS_MODEL_ACCOUNT_H
#define CAAS_MODEL_ACCOUNT_H

#include "base/view.h"

enum account_status {		/* stored in SQL, never renumbered */
	ACCOUNT_PENDING = 1,	/* pre-registered, has no key yet */
	ACCOUNT_VALID = 2,
	ACCOUNT_SUSPENDED = 3,
	ACCOUNT_DEACTIVATED = 4,
	ACCOUNT_REVOKED = 5,
	ACCOUNT__MAX
};

enum binding_status {		/* stored in SQL, never renumbered */
	BINDING_USABLE = 1,
	BINDING_SUSPENDED = 2,
	BINDING_DEACTIVATED = 3,
	BINDING__MAX
};

/* 22 characters of base64url: 16 random bytes (partner-api 3). */
#define ACCOUNT_ID_LEN	22

struct account {
	uint64_t		id;
	uint64_t		server_id;
	uint64_t		binding_id;
	struct view		acme_account_id;
	enum account_status	status;
	enum binding_status	binding_status;	/* of its binding, now */
	uint8_t			key_thumbprint[32];
	struct view		key_jwk;	/* canonical form */
	struct view		tos_url;	/* terms that it agreed to */
	struct view		eab;		/* externalAccountBinding, JSON as received */
};

/* As the wire shows it: "valid". */
const char	*account_status_name(enum account_status);
/* May requests of this account be served (ACC-13, ACC-14)? */
bool		 account_is_open(enum account_status);

#endif
