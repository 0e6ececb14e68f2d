/* SPDX-License-Identifier: BSD-2-Clause */
/* account: newAccount, the account, its orders (RFC 8555 s7.1.2, s7.3). */
#ifndef CAAS_ACME_ACCOUNT_H
#define CAAS_ACME_ACCOUNT_H

#include "web/route.h"

MUST_USE int	account_new(struct req *, struct err *);
/* The account object; "contact" and "status" of the payload change it first. */
MUST_USE int	account_post(struct req *, struct err *);
MUST_USE int	account_orders(struct req *, struct err *);

#endif
