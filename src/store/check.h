/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check: what a validator reads before, and writes after, a validation, or a new
 * look at CAA for one that is valid.
 */
#ifndef CAAS_STORE_CHECK_H
#define CAAS_STORE_CHECK_H

#include "model/authz.h"
#include "store/job.h"
#include "store/limit.h"

/* An authorization with what its attestation names. */
struct check {
	uint64_t		id;		/* of the authorization */
	uint64_t		order_id;
	uint64_t		account_id;
	enum ident_type		ident_type;
	struct view		ident_value;
	bool			is_wildcard;
	bool			covers_subdomains;
	enum authz_status	status;
	struct view		token;
	enum chall_type		active_type;
	uint8_t			key_thumbprint[32];
	int64_t			expires_at;
	int64_t			deactivated_at;	/* 0: not */
	struct view		acme_account_id;
	struct view		server;		/* its name, for URLs */
};

/* 1, 0, -1. */
MUST_USE int	check_get(struct db *, struct arena *, uint64_t authz_id, struct check *,
		    struct err *);

struct check_key { uint8_t thumbprint[32]; };
/* The keys that an account had before, oldest first. */
MUST_USE int	check_old_keys(struct db *, struct arena *, uint64_t account_id,
		    struct check_key **, size_t *n, struct err *);

/* A signed statement with what was looked up for it. */
struct attested {
	bool		 is_yes;
	struct view	 statement;
	struct view	 signature;	/* 64 bytes */
	struct view	 record;	/* JSON */
};

struct check_result {
	uint64_t	 job_id;
	uint64_t	 blocks;	/* of the job: only CAA was looked at, for this one */
	uint64_t	 authz_id;
	struct view	 caa_name;	/* covered name that was looked at; empty: its own */
	uint64_t	 order_id;	/* that made the authorization, or waits for CAA */
	const char	*method;
	bool		 ok;
	int64_t		 checked_at;
	int64_t		 expires_at;	/* of the validation, if ok */
	struct view	 problem;	/* of the challenge, unless ok */
	struct view	 order_problem;	/* of the order, unless ok */
	struct attested	 verdict;	/* statement empty: nothing was to be proven */
	struct attested	 caa;		/* statement empty: it was not looked at */
	struct limit_outcome limit;	/* owner 0: a fault of ours, not counted */
	uint64_t	 verdict_id, caa_id;	/* set by check_record() */
	bool		 recorded;	/* set by check_record(): false: it no longer mattered */
};

/* The order that a job's end lets go on: what the job that it blocks is about; 1, 0, -1. */
MUST_USE int	check_order_of(struct db *, struct arena *, uint64_t blocks, uint64_t *order_id,
		    struct err *);
/* The covered name that a job of QUEUE_CAA looks at, empty: the authorization's own; 1, 0, -1. */
MUST_USE int	check_name_of(struct db *, struct arena *, uint64_t job_id, struct view *name,
		    struct err *);
/* End a job that has nothing to do any more, and let go on what waits for it. */
MUST_USE int	check_drop(struct store *, const struct slot *, const struct job *,
		    struct err *);

/*
 * Record n results, in one transaction where that works, one by one where not:
 * order first, then authorization, evidence, job.  A result whose authorization
 * is no longer pending only ends its job; one whose job somebody else has is
 * dropped.  -1 only when the database cannot be reached: then try again.
 */
MUST_USE int	check_record(struct store *, const struct slot *, struct check_result *,
		    size_t n, struct err *);

#endif
