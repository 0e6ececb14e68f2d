/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nonce: one-time values that stop replay of signed requests (RFC 8555 s6.5;
 * NON-01..08).  Issuing touches nothing; a nonce is spent by one insert, inside
 * the request's own transaction when it writes, alone when it reads.
 */
#ifndef CAAS_AUTH_NONCE_H
#define CAAS_AUTH_NONCE_H

#include "auth/service.h"

/* acme.sh knows a bad nonce by this text alone (NON-08). */
#define NONCE_BAD_TEXT	"JWS has an invalid anti-replay nonce"

/* The row that spends a nonce, with what it points to. */
struct nonce_row {
	struct tx_once	once;
	struct param	params[3];
	uint8_t		block[16];
};

MUST_USE int	nonce_issue(struct service *, int64_t now, char out[TOKEN_LEN + 1],
		    struct err *);
/*
 * Is it one of ours and not too old?  Then row is ready for tx_run() or
 * tx_once().  ERR_BAD_NONCE; ERR_MALFORMED for characters that no nonce has
 * (JWS-20).
 */
MUST_USE int	nonce_check(struct service *, int64_t now, struct view nonce,
		    struct nonce_row *row, struct err *);

#endif
