/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * err: what went wrong, in one object.
 *
 * Low code says what kind of fault it was; only wire/problem knows the URNs and
 * HTTP statuses that the kinds become.  detail is safe to show to a client;
 * inner goes to the log only.
 */
#ifndef CAAS_BASE_ERR_H
#define CAAS_BASE_ERR_H

#include "base/view.h"

#define ERR_DETAIL_MAX	600	/* bytes, NUL included */
#define ERR_INNER_MAX	400

enum err_kind {
	ERR_NONE,
	/* The request itself. */
	ERR_MALFORMED,
	ERR_NOT_FOUND,
	ERR_METHOD,
	ERR_TOO_LARGE,
	ERR_MEDIA_TYPE,
	/* Who asks. */
	ERR_ACCOUNT_DOES_NOT_EXIST,
	ERR_BAD_NONCE,
	ERR_BAD_PUBLIC_KEY,
	ERR_BAD_SIGNATURE_ALGORITHM,
	ERR_EXTERNAL_ACCOUNT_REQUIRED,
	ERR_UNAUTHORIZED,		/* 403 */
	ERR_DEACTIVATED,		/* 401: an account that is no longer valid */
	ERR_USER_ACTION_REQUIRED,
	ERR_INVALID_CONTACT,
	ERR_UNSUPPORTED_CONTACT,
	/* What is asked for. */
	ERR_REJECTED_IDENTIFIER,	/* by policy, 400 */
	ERR_NOT_SUBSCRIBED,		/* by the gate, 403 (partner-api) */
	ERR_UNSUPPORTED_IDENTIFIER,
	ERR_INVALID_PROFILE,
	ERR_ORDER_NOT_READY,
	ERR_BAD_CSR,
	ERR_CAA,
	ERR_COMPOUND,
	ERR_CONFLICT,			/* 409 malformed */
	ERR_KEY_REUSED,			/* 422: an idempotency key, for another call */
	ERR_ALREADY_REPLACED,
	ERR_ALREADY_REVOKED,
	ERR_BAD_REVOCATION_REASON,
	/* What a validation saw. */
	ERR_CONNECTION,
	ERR_DNS,
	ERR_TLS,
	ERR_INCORRECT_RESPONSE,
	/* Us. */
	ERR_RATE_LIMITED,
	ERR_UNAVAILABLE,		/* 503: try again soon */
	ERR_INTERNAL,
	ERR__MAX
};

/* A subproblem (RFC 8555 s6.7.1): the fault of one identifier. */
struct err_sub {
	const struct err_sub	*next;
	const char		*ident_type;	/* as in the request; must outlive the err */
	struct view		 ident_value;	/* as it stood in the request */
	enum err_kind		 kind;
	const char		*detail;
};

struct err {
	enum err_kind		 kind;
	unsigned		 retry_after_s;	/* 0: none */
	const struct err_sub	*subs;		/* first of nsubs, in order */
	struct err_sub		*last_sub;
	size_t			 nsubs;
	char			 detail[ERR_DETAIL_MAX];
	char			 inner[ERR_INNER_MAX];
};

#define ERR_INIT	{ .kind = ERR_NONE }

struct arena;

/* Forget everything. */
void	err_clear(struct err *);
/*
 * Set kind and detail, and forget the rest; returns -1 so that a failure is one
 * line.  Texts that are too long are cut between characters.  The texts of the
 * same err may stand among the arguments.
 */
int	err_set(struct err *, enum err_kind, const char *detail, ...) PRINTF(3, 4);
/* ERR_INTERNAL with a detail that tells nothing, and the cause for the log; -1. */
int	err_internal(struct err *, const char *inner, ...) PRINTF(2, 3);
/* Add the cause for the log to an error that is set; -1. */
int	err_inner(struct err *, const char *inner, ...) PRINTF(2, 3);
/*
 * Add a subproblem; its texts are copied into the arena, which must outlive the
 * err.  kind and detail of the whole stay as they are.
 */
void	err_sub(struct err *, struct arena *, const char *ident_type,
	    struct view ident_value, enum err_kind, const char *detail, ...)
	    PRINTF(6, 7);

/* A short stable name for logs: "badNonce". */
const char	*err_kind_name(enum err_kind);

#endif
