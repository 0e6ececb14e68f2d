/* SPDX-License-Identifier: BSD-2-Clause */
/* Faults as problem documents: one table, one row a kind. */
#include "wire/problem.h"

#define ACME(token)	"urn:ietf:params:acme:error:" token
#define PARTNER(token)	"urn:sectigo:params:acme:error:" token

/* Section 0 of the requirements (ERRT-01 ...). */
static const struct {
	const char	*type;
	unsigned	 status;	/* HTTP */
} acme[] = {
	[ERR_NONE]			= { ACME("serverInternal"), 500 },
	[ERR_MALFORMED]			= { ACME("malformed"), 400 },
	[ERR_NOT_FOUND]			= { ACME("malformed"), 404 },
	[ERR_METHOD]			= { ACME("malformed"), 405 },
	[ERR_TOO_LARGE]			= { ACME("malformed"), 413 },
	[ERR_MEDIA_TYPE]		= { ACME("malformed"), 415 },
	[ERR_ACCOUNT_DOES_NOT_EXIST]	= { ACME("accountDoesNotExist"), 400 },
	[ERR_BAD_NONCE]			= { ACME("badNonce"), 400 },
	[ERR_BAD_PUBLIC_KEY]		= { ACME("badPublicKey"), 400 },
	[ERR_BAD_SIGNATURE_ALGORITHM]	= { ACME("badSignatureAlgorithm"), 400 },
	[ERR_EXTERNAL_ACCOUNT_REQUIRED]	= { ACME("externalAccountRequired"), 403 },
	[ERR_UNAUTHORIZED]		= { ACME("unauthorized"), 403 },
	[ERR_DEACTIVATED]		= { ACME("unauthorized"), 401 },
	[ERR_USER_ACTION_REQUIRED]	= { ACME("userActionRequired"), 403 },
	[ERR_INVALID_CONTACT]		= { ACME("invalidContact"), 400 },
	[ERR_UNSUPPORTED_CONTACT]	= { ACME("unsupportedContact"), 400 },
	[ERR_REJECTED_IDENTIFIER]	= { ACME("rejectedIdentifier"), 400 },
	[ERR_NOT_SUBSCRIBED]		= { ACME("rejectedIdentifier"), 403 },
	[ERR_UNSUPPORTED_IDENTIFIER]	= { ACME("unsupportedIdentifier"), 400 },
	[ERR_INVALID_PROFILE]		= { ACME("invalidProfile"), 400 },
	[ERR_ORDER_NOT_READY]		= { ACME("orderNotReady"), 403 },
	[ERR_BAD_CSR]			= { ACME("badCSR"), 400 },
	[ERR_CAA]			= { ACME("caa"), 403 },
	[ERR_COMPOUND]			= { ACME("compound"), 400 },
	[ERR_CONFLICT]			= { ACME("malformed"), 409 },
	[ERR_KEY_REUSED]		= { ACME("malformed"), 422 },
	[ERR_ALREADY_REPLACED]		= { ACME("alreadyReplaced"), 409 },
	[ERR_ALREADY_REVOKED]		= { ACME("alreadyRevoked"), 400 },
	[ERR_BAD_REVOCATION_REASON]	= { ACME("badRevocationReason"), 400 },
	[ERR_CONNECTION]		= { ACME("connection"), 400 },
	[ERR_DNS]			= { ACME("dns"), 400 },
	[ERR_TLS]			= { ACME("tls"), 400 },
	[ERR_INCORRECT_RESPONSE]	= { ACME("incorrectResponse"), 403 },
	[ERR_RATE_LIMITED]		= { ACME("rateLimited"), 429 },
	[ERR_UNAVAILABLE]		= { ACME("serverInternal"), 503 },
	[ERR_INTERNAL]			= { ACME("serverInternal"), 500 },
};
_Static_assert(NITEMS(acme) == ERR__MAX, "a row for every kind");

/*
 * Partner-api 6.  A kind that has one row there always has its text; a kind
 * that is not listed here is the last row, a fault of ours.
 */
static const struct partner_row {
	enum err_kind	 kind;
	unsigned	 status;
	const char	*type;
	const char	*detail;	/* NULL: that of the err */
} partner[] = {
	{ ERR_MALFORMED, 400, PARTNER("malformed"), NULL },		/* E1 to E4 */
	{ ERR_DEACTIVATED, 401, PARTNER("unauthorized"),		/* E5 */
	    "Incorrect login details, account is locked, password has expired, "
	    "or your source IP is blocked!" },
	{ ERR_UNAUTHORIZED, 403, PARTNER("unauthorized"), NULL },	/* E6 to E19 */
	{ ERR_NOT_FOUND, 404, PARTNER("malformed"), "Not found!" },
	{ ERR_METHOD, 405, PARTNER("malformed"), "Method not allowed!" },	/* E20 */
	{ ERR_TOO_LARGE, 413, PARTNER("malformed"), "Request too large!" },	/* E21 */
	{ ERR_KEY_REUSED, 422, PARTNER("malformed"),			/* E24, ours */
	    "The Idempotency-Key was used for another call!" },
	{ ERR_RATE_LIMITED, 429, PARTNER("rateLimited"), "Rate limit exceeded!" }, /* E22 */
	{ ERR_UNAVAILABLE, 503, PARTNER("serverInternal"), "An unknown error occurred!" },
	{ ERR_INTERNAL, 500, PARTNER("serverInternal"), "An unknown error occurred!" }, /* E23 */
};

/* A number that is no kind is a fault of ours. */
static enum err_kind
known(enum err_kind kind)
{
	return kind < ERR__MAX ? kind : ERR_INTERNAL;
}

unsigned
problem_status(enum err_kind kind)
{
	return acme[known(kind)].status;
}

const char *
problem_type(enum err_kind kind)
{
	return acme[known(kind)].type;
}

static void
put_sub(struct jsonw *w, const struct err_sub *sub)
{
	jsonw_open(w);
	jsonw_kv_cstr(w, "type", problem_type(sub->kind));
	jsonw_kv_cstr(w, "detail", sub->detail);
	jsonw_key(w, "identifier");
	jsonw_open(w);
	jsonw_kv_cstr(w, "type", sub->ident_type);
	jsonw_kv_str(w, "value", sub->ident_value);
	jsonw_close(w);
	jsonw_kv_int(w, "status", problem_status(sub->kind));
	jsonw_close(w);
}

static void
put_algorithms(struct jsonw *w, const char *const *algorithms)
{
	jsonw_key(w, "algorithms");
	jsonw_open_array(w);
	for (; *algorithms != NULL; algorithms++)
		jsonw_str(w, view_of(*algorithms));
	jsonw_close_array(w);
}

static void
put_subs(struct jsonw *w, const struct err_sub *sub)
{
	jsonw_key(w, "subproblems");
	jsonw_open_array(w);
	for (; sub != NULL; sub = sub->next)
		put_sub(w, sub);
	jsonw_close_array(w);
}

void
problem_put(struct jsonw *w, const struct err *err, const struct problem_extra *extra)
{
	jsonw_open(w);
	jsonw_kv_cstr(w, "type", problem_type(err->kind));
	jsonw_kv_cstr(w, "detail", err->detail);
	jsonw_kv_int(w, "status", problem_status(err->kind));
	if (extra != NULL && extra->algorithms != NULL)
		put_algorithms(w, extra->algorithms);
	if (extra != NULL && extra->instance.n != 0)
		jsonw_kv_str(w, "instance", extra->instance);
	if (err->subs != NULL)
		put_subs(w, err->subs);
	jsonw_close(w);
}

static const struct partner_row *
find_partner(enum err_kind kind)
{
	size_t i;

	for (i = 0; i < NITEMS(partner) - 1; i++)
		if (partner[i].kind == kind)
			break;
	return &partner[i];
}

unsigned
problem_partner_status(enum err_kind kind)
{
	return find_partner(kind)->status;
}

void
problem_partner_put(struct jsonw *w, const struct err *err)
{
	const struct partner_row *row = find_partner(err->kind);

	jsonw_open(w);
	jsonw_kv_cstr(w, "type", row->type);
	jsonw_kv_cstr(w, "detail", row->detail != NULL ? row->detail : err->detail);
	jsonw_close(w);
}
