/* SPDX-License-Identifier: BSD-2-Clause */
/* partner: servers, resellers, bindings, subscriptions (partner-api 3). */
#ifndef CAAS_MODEL_PARTNER_H
#define CAAS_MODEL_PARTNER_H

#include "model/account.h"

enum validation_type {		/* stored in SQL, never renumbered */
	VALIDATION_DV = 1,
	VALIDATION_OV = 2,
	VALIDATION_EV = 3,
	VALIDATION__MAX
};
/* "DV" */
const char	*validation_type_name(enum validation_type);
/* VALIDATION__MAX when there is no such type. */
enum validation_type	validation_type_find(struct view);

/* One directory URL, one product. */
struct server {
	uint64_t		id;
	struct view		name;		/* last part of the directory URL */
	uint64_t		product_id;
	struct view		product_description;
	enum validation_type	validation_type;
	struct view		profile;
};

struct reseller {
	uint64_t		id;
	struct view		login_name;
	struct view		password_hash;
	int64_t			password_expires_at;	/* 0: never */
	bool			is_locked;
	struct view		currency;
	int64_t			balance_cents;
	int64_t			credit_limit_cents;
	struct view		networks;	/* that it may call from, a blank between; empty: any */
};

struct binding {
	uint64_t		id;
	uint64_t		reseller_id;
	uint64_t		server_id;
	struct view		key_id;
	struct view		mac_key;	/* wrapped */
	unsigned		mac_key_version;
	unsigned		term_years;
	enum binding_status	status;
	bool			is_reusable;
};

struct subscription {
	uint64_t		id;
	uint64_t		binding_id;
	int64_t			start_at;
	int64_t			end_at;
	unsigned		term_years;
};

struct sub_name {
	uint64_t		id;
	struct view		name;		/* without "*." */
	bool			is_wildcard;
	bool			is_paid;
	uint64_t		carrier_id;	/* of a free name: the paid one, 0 none */
};

enum transaction_type {		/* stored in SQL, never renumbered */
	TRANSACTION_ADD = 1,
	TRANSACTION_EXTEND = 2,
	TRANSACTION_REFUND = 3,
};

enum ledger_cause {		/* stored in SQL, never renumbered */
	LEDGER_CREDIT = 1,	/* by the operator */
	LEDGER_TRANSACTION = 2,
};

#endif
