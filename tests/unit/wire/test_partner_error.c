/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/partner_error: every row of the error table, to the byte (partner-api 6, E1 to E23). */
#include "wire/partner_error.h"
#include "tap.h"
#include "wire/json.h"
#include "wire/problem.h"

#define MALFORMED	"{\"type\":\"urn:sectigo:params:acme:error:malformed\",\"detail\":"
#define UNAUTHORIZED	"{\"type\":\"urn:sectigo:params:acme:error:unauthorized\",\"detail\":"
#define LIMITED		"{\"type\":\"urn:sectigo:params:acme:error:rateLimited\",\"detail\":"
#define SERVER		"{\"type\":\"urn:sectigo:params:acme:error:serverInternal\",\"detail\":"

static const struct {
	const char		*id;
	enum partner_error	 row;
	const char		*arg;		/* NULL: the row names none */
	unsigned		 status;
	const char		*body;
} rows[] = {
	{ "E1", E1, "fooBar", 400, MALFORMED "\"'fooBar' is an unrecognized argument!\"}" },
	{ "E2", E2, "acmeAccountID", 400,
	    MALFORMED "\"The 'acmeAccountID' argument is missing!\"}" },
	{ "E3", E3, "years", 400, MALFORMED "\"The value of the 'years' argument is invalid!\"}" },
	{ "E4", E4, NULL, 400, MALFORMED "\"Base64url-encoding failed!\"}" },
	{ "E6", E6, NULL, 403, UNAUTHORIZED "\"Use of HTTPS is REQUIRED!\"}" },
	{ "E7", E7, NULL, 403, UNAUTHORIZED "\"Account could not be deactivated!\"}" },
	{ "E8", E8, NULL, 403, UNAUTHORIZED "\"Domain could not be removed!\"}" },
	{ "E9", E9, NULL, 403, UNAUTHORIZED "\"Not applicable for DV!\"}" },
	{ "E10", E10, NULL, 403, UNAUTHORIZED "\"Permission denied!\"}" },
	{ "E11", E11, NULL, 403, UNAUTHORIZED "\"Subscription expired or not found!\"}" },
	{ "E12", E12, NULL, 403, UNAUTHORIZED "\"Pricing is not configured!\"}" },
	{ "E13", E13, NULL, 403, UNAUTHORIZED "\"Pricing band is invalid!\"}" },
	{ "E14", E14, NULL, 403, UNAUTHORIZED "\"Not enough credit!\"}" },
	{ "E18", E18, NULL, 403,
	    UNAUTHORIZED "\"The domain name is already present in the subscription.\"}" },
	{ "a name that needs escaping", E1, "a\"b\\c\n", 400,
	    MALFORMED "\"'a\\\"b\\\\c\\u000a' is an unrecognized argument!\"}" },
	{ "a name of 64 bytes", E1,
	    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 400, MALFORMED
	    "\"'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' is an "
	    "unrecognized argument!\"}" },
	{ "a longer one is cut", E1,
	    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdefX", 400, MALFORMED
	    "\"'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' is an "
	    "unrecognized argument!\"}" },
	{ "what is left of a character that was cut is still UTF-8", E1,
	    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\xc3\xa4", 400,
	    MALFORMED
	    "\"'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\xef\xbf\xbd' is an "
	    "unrecognized argument!\"}" },
};

/* Rows that come from elsewhere than partner/. */
static const struct {
	const char	*id;
	enum err_kind	 kind;
	unsigned	 number;	/* of the row; 0 for a fault of ours */
	const char	*detail;
	unsigned	 status;
	const char	*body;
} kinds[] = {
	{ "E5", ERR_DEACTIVATED, 5, "whatever", 401, UNAUTHORIZED
	    "\"Incorrect login details, account is locked, password has expired, "
	    "or your source IP is blocked!\"}" },
	{ "E20", ERR_METHOD, 20, "whatever", 405, MALFORMED "\"Method not allowed!\"}" },
	{ "E21", ERR_TOO_LARGE, 21, "whatever", 413, MALFORMED "\"Request too large!\"}" },
	{ "E22", ERR_RATE_LIMITED, 22, "whatever", 429, LIMITED "\"Rate limit exceeded!\"}" },
	{ "E24", ERR_KEY_REUSED, 24, "whatever", 422,
	    MALFORMED "\"The Idempotency-Key was used for another call!\"}" },
	{ "E23", ERR_INTERNAL, 0, "whatever", 500, SERVER "\"An unknown error occurred!\"}" },
	{ "E23 of a database that is away", ERR_UNAVAILABLE, 0, "whatever", 503,
	    SERVER "\"An unknown error occurred!\"}" },
};

static void
expect(const struct err *err, const char *id, unsigned status, const char *body)
{
	struct buf b = BUF_INIT(1000);
	struct jsonw w;

	jsonw_init(&w, &b);
	problem_partner_put(&w, err);
	tap_is_int(problem_partner_status(err->kind), status, "%s: its status", id);
	tap_is_view(buf_view(&b), view_of(body), "%s: its body", id);
	buf_release(&b);
}

int
main(void)
{
	struct err err = ERR_INIT;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(rows); i++) {
		rc = rows[i].arg != NULL ?
		    partner_error_arg(&err, rows[i].row, view_of(rows[i].arg)) :
		    partner_error(&err, rows[i].row);
		tap_is_int(rc, -1, "%s: an error", rows[i].id);
		tap_is_int(partner_error_number(&err), rows[i].row, "%s: its number", rows[i].id);
		expect(&err, rows[i].id, rows[i].status, rows[i].body);
	}
	for (i = 0; i < NITEMS(kinds); i++) {
		(void)err_set(&err, kinds[i].kind, "%s", kinds[i].detail);
		tap_is_int(partner_error_number(&err), kinds[i].number, "%s: its number",
		    kinds[i].id);
		expect(&err, kinds[i].id, kinds[i].status, kinds[i].body);
	}
	return tap_done();
}
