/* SPDX-License-Identifier: BSD-2-Clause */
/* binding: external account bindings (RFC 8555 s7.3.4), the EAB keys of partner-api 3. */
#ifndef CAAS_STORE_BINDING_H
#define CAAS_STORE_BINDING_H

#include "model/partner.h"
#include "store/audit.h"
#include "store/store.h"

/* 1, 0, -1 each. */
MUST_USE int	binding_get(struct db *, struct arena *, struct view key_id,
		    struct binding *, struct err *);
/* Inside a transaction: lock it, first of all locks. */
MUST_USE int	binding_lock(struct db *, struct arena *, uint64_t id, struct binding *,
		    struct err *);
/* The binding of any of its accounts, if it is this reseller's. */
MUST_USE int	binding_of_account(struct db *, struct arena *, struct view acme_account_id,
		    uint64_t reseller_id, struct binding *, struct err *);

/*
 * PREREGISTER, inside a transaction: the binding and its first account, which waits
 * for a key and whose id is the key id.
 */
MUST_USE int	binding_preregister(struct db *, const struct binding *, uint64_t account_id,
		    const struct audit *, struct err *);

#endif
