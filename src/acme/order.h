/* SPDX-License-Identifier: BSD-2-Clause */
/* order: newOrder and reading orders (RFC 8555 s7.4; ORD-01..20). */
#ifndef CAAS_ACME_ORDER_H
#define CAAS_ACME_ORDER_H

#include "auth/gate.h"
#include "model/order.h"

MUST_USE int	order_new(struct req *, struct err *);
MUST_USE int	order_read(struct req *, struct err *);

/* The order of the path, if it is this account's; ERR_NOT_FOUND otherwise. */
MUST_USE int	order_of_path(struct req *, struct order *, struct err *);
/* Certificate requests of a suspended account or binding are refused (partner-api 3). */
MUST_USE int	order_check_open(const struct req *, struct err *);

#endif
