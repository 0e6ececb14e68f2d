/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/problem: what the kinds of faults are on the wire. */
#include "wire/problem.h"
#include "tap.h"

#define ACME	"urn:ietf:params:acme:error:"
#define PARTNER	"urn:sectigo:params:acme:error:"

static const struct {
	const char	*id;
	enum err_kind	 kind;
	const char	*token;
	unsigned	 status;
} acme[] = {
	{ "ERRT-01", ERR_ACCOUNT_DOES_NOT_EXIST, "accountDoesNotExist", 400 },
	{ "ERRT-04", ERR_BAD_CSR, "badCSR", 400 },
	{ "ERRT-05", ERR_BAD_NONCE, "badNonce", 400 },
	{ "ERRT-06", ERR_BAD_PUBLIC_KEY, "badPublicKey", 400 },
	{ "ERRT-08", ERR_BAD_SIGNATURE_ALGORITHM, "badSignatureAlgorithm", 400 },
	{ "ERRT-09", ERR_CAA, "caa", 403 },
	{ "ERRT-10", ERR_COMPOUND, "compound", 400 },
	{ "ERRT-11", ERR_CONNECTION, "connection", 400 },
	{ "ERRT-12", ERR_DNS, "dns", 400 },
	{ "ERRT-13", ERR_EXTERNAL_ACCOUNT_REQUIRED, "externalAccountRequired", 403 },
	{ "ERRT-14", ERR_INCORRECT_RESPONSE, "incorrectResponse", 403 },
	{ "ERRT-15", ERR_INVALID_CONTACT, "invalidContact", 400 },
	{ "ERRT-16", ERR_INVALID_PROFILE, "invalidProfile", 400 },
	{ "ERRT-17", ERR_MALFORMED, "malformed", 400 },
	{ "ERRT-17, TRN-10", ERR_NOT_FOUND, "malformed", 404 },
	{ "ERRT-17, TRN-07", ERR_METHOD, "malformed", 405 },
	{ "ERRT-17, TRN-13", ERR_TOO_LARGE, "malformed", 413 },
	{ "ERRT-17, TRN-06", ERR_MEDIA_TYPE, "malformed", 415 },
	{ "KCH-04", ERR_CONFLICT, "malformed", 409 },
	{ "E24, of the partner API only", ERR_KEY_REUSED, "malformed", 422 },
	{ "ERRT-02", ERR_ALREADY_REPLACED, "alreadyReplaced", 409 },
	{ "ERRT-03", ERR_ALREADY_REVOKED, "alreadyRevoked", 400 },
	{ "ERRT-07", ERR_BAD_REVOCATION_REASON, "badRevocationReason", 400 },
	{ "ERRT-18", ERR_ORDER_NOT_READY, "orderNotReady", 403 },
	{ "ERRT-19", ERR_RATE_LIMITED, "rateLimited", 429 },
	{ "ERRT-20, R-14", ERR_REJECTED_IDENTIFIER, "rejectedIdentifier", 400 },
	{ "R-9, R-14", ERR_NOT_SUBSCRIBED, "rejectedIdentifier", 403 },
	{ "ERRT-21", ERR_INTERNAL, "serverInternal", 500 },
	{ "ERRT-21, ERRT-19", ERR_UNAVAILABLE, "serverInternal", 503 },
	{ "ERRT-22", ERR_TLS, "tls", 400 },
	{ "ERRT-23", ERR_UNAUTHORIZED, "unauthorized", 403 },
	{ "ERRT-23, ACC-13", ERR_DEACTIVATED, "unauthorized", 401 },
	{ "ERRT-24", ERR_UNSUPPORTED_CONTACT, "unsupportedContact", 400 },
	{ "ERRT-25", ERR_UNSUPPORTED_IDENTIFIER, "unsupportedIdentifier", 400 },
	{ "ERRT-26", ERR_USER_ACTION_REQUIRED, "userActionRequired", 403 },
	{ "no fault at all is one of ours", ERR_NONE, "serverInternal", 500 },
	{ "a number that is no kind", ERR__MAX, "serverInternal", 500 },
};

static void
test_kinds(void)
{
	char type[100];
	size_t i;

	for (i = 0; i < NITEMS(acme); i++) {
		(void)snprintf(type, sizeof(type), ACME "%s", acme[i].token);
		tap_is_view(view_of(problem_type(acme[i].kind)), view_of(type),
		    "%s: the type of %s", acme[i].id, err_kind_name(acme[i].kind));
		tap_is_int(problem_status(acme[i].kind), acme[i].status, "%s: the status of %s",
		    acme[i].id, err_kind_name(acme[i].kind));
	}
	tap_is_int(NITEMS(acme), ERR__MAX + 1, "every kind was looked at");
}

static void
is_document(const struct err *err, const struct problem_extra *extra, struct view want,
    const char *rule)
{
	struct buf b = BUF_INIT(10000);
	struct jsonw w;

	jsonw_init(&w, &b);
	problem_put(&w, err, extra);
	tap_is_view(buf_view(&b), want, "%s", rule);
	buf_release(&b);
}

static void
test_documents(void)
{
	static const char *const algs[] = { "ES256", "RS256", NULL };
	static const struct problem_extra with_algs = { .algorithms = algs };
	static const struct problem_extra with_terms = { .instance = VIEW("https://ca/tos") };
	static const struct problem_extra nothing;
	struct err err = ERR_INIT;

	(void)err_set(&err, ERR_MALFORMED, "The request is not JSON");
	is_document(&err, NULL, VIEW("{\"type\":\"" ACME "malformed\",\"detail\":"
	    "\"The request is not JSON\",\"status\":400}"), "TRN-12: type, detail, status");
	is_document(&err, &nothing, VIEW("{\"type\":\"" ACME "malformed\",\"detail\":"
	    "\"The request is not JSON\",\"status\":400}"), "an empty extra adds nothing");
	(void)err_set(&err, ERR_BAD_SIGNATURE_ALGORITHM, "x");
	is_document(&err, &with_algs, VIEW("{\"type\":\"" ACME "badSignatureAlgorithm\","
	    "\"detail\":\"x\",\"status\":400,\"algorithms\":[\"ES256\",\"RS256\"]}"),
	    "ERRT-08: algorithms");
	(void)err_set(&err, ERR_USER_ACTION_REQUIRED, "x");
	is_document(&err, &with_terms, VIEW("{\"type\":\"" ACME "userActionRequired\","
	    "\"detail\":\"x\",\"status\":403,\"instance\":\"https://ca/tos\"}"),
	    "ERRT-26: instance");
	(void)err_set(&err, ERR_MALFORMED, "a\"b\\\n\xff");
	is_document(&err, NULL, VIEW("{\"type\":\"" ACME "malformed\",\"detail\":"
	    "\"a\\\"b\\\\\\u000a\xef\xbf\xbd\",\"status\":400}"), "a hostile detail is escaped");
	(void)err_internal(&err, "SELECT secret FROM x");
	is_document(&err, NULL, VIEW("{\"type\":\"" ACME "serverInternal\",\"detail\":"
	    "\"The server met an internal error\",\"status\":500}"),
	    "ERRT-21: the inner text stays inside");
}

static void
test_subproblems(struct arena *arena)
{
	struct err err = ERR_INIT;

	(void)err_set(&err, ERR_COMPOUND, "Two names were refused");
	err_sub(&err, arena, "dns", VIEW("*.a_b.example"), ERR_MALFORMED, "bad label");
	err_sub(&err, arena, "ip", VIEW("10.0.0.1"), ERR_REJECTED_IDENTIFIER, "private");
	err_sub(&err, arena, "dns", VIEW("x\"\xff"), ERR_NOT_SUBSCRIBED, "not yours");
	is_document(&err, NULL, VIEW("{\"type\":\"" ACME "compound\",\"detail\":"
	    "\"Two names were refused\",\"status\":400,\"subproblems\":["
	    "{\"type\":\"" ACME "malformed\",\"detail\":\"bad label\",\"identifier\":"
	    "{\"type\":\"dns\",\"value\":\"*.a_b.example\"},\"status\":400},"
	    "{\"type\":\"" ACME "rejectedIdentifier\",\"detail\":\"private\",\"identifier\":"
	    "{\"type\":\"ip\",\"value\":\"10.0.0.1\"},\"status\":400},"
	    "{\"type\":\"" ACME "rejectedIdentifier\",\"detail\":\"not yours\",\"identifier\":"
	    "{\"type\":\"dns\",\"value\":\"x\\\"\xef\xbf\xbd\"},\"status\":403}]}"),
	    "ORD-05, ORD-17: subproblems in order, each with identifier and status");
	arena_reset(arena);
}

static const struct {
	const char	*id;
	enum err_kind	 kind;
	unsigned	 status;
	const char	*token;
	const char	*detail;	/* NULL: that of the err */
} partner[] = {
	{ "E1-E4", ERR_MALFORMED, 400, "malformed", NULL },
	{ "E5", ERR_DEACTIVATED, 401, "unauthorized", "Incorrect login details, account is "
	    "locked, password has expired, or your source IP is blocked!" },
	{ "E6-E19", ERR_UNAUTHORIZED, 403, "unauthorized", NULL },
	{ "E20", ERR_METHOD, 405, "malformed", "Method not allowed!" },
	{ "E21", ERR_TOO_LARGE, 413, "malformed", "Request too large!" },
	{ "E22", ERR_RATE_LIMITED, 429, "rateLimited", "Rate limit exceeded!" },
	{ "E23", ERR_INTERNAL, 500, "serverInternal", "An unknown error occurred!" },
	{ "E23", ERR_UNAVAILABLE, 503, "serverInternal", "An unknown error occurred!" },
	{ "no resource", ERR_NOT_FOUND, 404, "malformed", "Not found!" },
	{ "E23", ERR_CAA, 500, "serverInternal", "An unknown error occurred!" },
	{ "E23", ERR_NONE, 500, "serverInternal", "An unknown error occurred!" },
	{ "E23", ERR__MAX, 500, "serverInternal", "An unknown error occurred!" },
};

static void
test_partner(struct arena *arena)
{
	const char *text = "The 'acmeAccountID' argument is missing!";
	struct buf b = BUF_INIT(1000);
	struct err err = ERR_INIT;
	struct jsonw w;
	size_t i;

	for (i = 0; i < NITEMS(partner); i++) {
		(void)err_set(&err, partner[i].kind, "%s", text);
		err_sub(&err, arena, "dns", VIEW("a.example"), ERR_CAA, "not shown");
		buf_reset(&b);
		jsonw_init(&w, &b);
		problem_partner_put(&w, &err);
		tap_is_view(buf_view(&b), view_of(arena_printf(arena,
		    "{\"type\":\"" PARTNER "%s\",\"detail\":\"%s\"}", partner[i].token,
		    partner[i].detail != NULL ? partner[i].detail : text)),
		    "%s: the body for %s", partner[i].id, err_kind_name(partner[i].kind));
		tap_is_int(problem_partner_status(partner[i].kind), partner[i].status,
		    "%s: the status for %s", partner[i].id, err_kind_name(partner[i].kind));
	}
	buf_release(&b);
	arena_reset(arena);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_kinds();
	test_documents();
	test_subproblems(arena);
	test_partner(arena);
	arena_free(arena);
	return tap_done();
}
