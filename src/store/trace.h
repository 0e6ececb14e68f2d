/* SPDX-License-Identifier: BSD-2-Clause */
/* trace: what happened to an authorization, for the operator. */
#ifndef CAAS_STORE_TRACE_H
#define CAAS_STORE_TRACE_H

#include "model/authz.h"
#include "store/db.h"

struct authz_trace {
	uint64_t		id;
	uint64_t		order_id;	/* 0: it was not made by an order */
	enum ident_type		ident_type;
	struct view		ident_value;
	bool			is_wildcard;
	bool			covers_subdomains;
	enum authz_status	status;		/* as stored */
	unsigned		offered;	/* BIT(chall_type) of each */
	enum chall_type		active_type;
	int64_t			validated_at, expires_at, deactivated_at, created_at;
	struct view		error;		/* problem document, JSON */
	struct view		acme_account_id;
	struct view		server;		/* name */
	struct view		login_name;	/* of the reseller */
};
/* 1, 0, -1. */
MUST_USE int	authz_trace_get(struct db *, struct arena *, uint64_t id, struct authz_trace *,
		    struct err *);

/* A validation, or a look at CAA. */
struct trace_step {
	struct view	method;		/* "http-01"; "caa" */
	bool		is_yes;
	int64_t		checked_at;
	struct view	record;		/* what was looked up, tried and seen, JSON */
	uint64_t	total;		/* how many there are, those that are not given too */
};
#define TRACE_STEPS_MAX	1000
/* The newest, newest first: validations of an authorization, and looks at CAA for it. */
MUST_USE int	authz_trace_verdicts(struct db *, struct arena *, uint64_t id,
		    struct trace_step **, size_t *n, struct err *);
MUST_USE int	authz_trace_caa(struct db *, struct arena *, uint64_t id, struct trace_step **,
		    size_t *n, struct err *);

#endif
