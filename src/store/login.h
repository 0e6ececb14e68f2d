/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * login: resellers as they log in, and what wrong passwords led to, by the
 * SHA-256 of the name that was sent: names that nobody has are remembered alike.
 */
#ifndef CAAS_STORE_LOGIN_H
#define CAAS_STORE_LOGIN_H

#include "model/login.h"
#include "model/partner.h"
#include "store/store.h"

/* Whose logins. */
struct login_key {
	struct view	name;		/* as it was sent */
	uint8_t		name_sha256[32];
	const char	*network;
};

struct login {
	struct reseller		reseller;	/* id 0: there is no such name */
	struct login_record	here;		/* from the key's network */
	struct login_record	anywhere;	/* failures only */
};

MUST_USE int	login_get(struct db *, struct arena *, const struct login_key *,
		    struct login *, struct err *);
MUST_USE int	login_put(struct db *, const struct login_key *, const struct login_record *,
		    struct err *);

/*
 * Change both records; true: a lock begins, which for a reseller that there is is written
 * into the audit.  May be called twice.
 */
typedef bool (*login_change_fn)(struct login_record *here, struct login_record *anywhere,
    int64_t now, void *arg);
/* In one transaction, with both records locked. */
MUST_USE int	login_change(struct store *, const struct login_key *, uint64_t reseller_id,
		    login_change_fn, void *arg, int64_t now, struct err *);

struct login_lock {
	struct view	network;
	int64_t		locked_until;
};
#define LOGIN_LOCKS_MAX	10000

/* Where a name is locked now. */
MUST_USE int	logins_locked(struct db *, struct arena *, const uint8_t name_sha256[32],
		    int64_t now, struct login_lock **, size_t *n, struct err *);
/* What was last touched before these times. */
MUST_USE int	logins_forget(struct db *, int64_t succeeded, int64_t locked, int64_t failing,
		    struct err *);

#endif
