/* SPDX-License-Identifier: BSD-2-Clause */
/* model/authz: authorizations and what follows for their challenges (RFC 8555 s7.1.6). */
#include "model/authz.h"
#include "tap.h"

#define END	1000

static const struct {
	enum authz_status	stored;
	const char		*name;
	enum authz_status	after;		/* from END on */
} statuses[] = {
	{ AUTHZ_PENDING, "pending", AUTHZ_INVALID },
	{ AUTHZ_VALID, "valid", AUTHZ_EXPIRED },
	{ AUTHZ_INVALID, "invalid", AUTHZ_INVALID },
	{ AUTHZ_DEACTIVATED, "deactivated", AUTHZ_DEACTIVATED },
	{ AUTHZ_EXPIRED, "expired", AUTHZ_EXPIRED },
	{ AUTHZ_REVOKED, "revoked", AUTHZ_REVOKED },
};

static void
test_statuses(void)
{
	struct authz a = { .expires_at = END };
	size_t i;

	for (i = 0; i < NITEMS(statuses); i++) {
		a.status = statuses[i].stored;
		tap_is_view(view_of(authz_status_name(a.status)), view_of(statuses[i].name),
		    "AUZ-04: the name of %s", statuses[i].name);
		tap_is_int(authz_status_at(&a, END - 1), a.status,
		    "AUZ-04: %s until its end", statuses[i].name);
		tap_is_int(authz_status_at(&a, END), statuses[i].after, "AUZ-04: then %s",
		    authz_status_name(statuses[i].after));
	}
	tap_ok(strcmp(authz_status_name(0), "unknown") == 0 &&
	    strcmp(authz_status_name(AUTHZ__MAX), "unknown") == 0, "other numbers have no name");
}

#define BEFORE	(END - 1)
static const struct {
	const char		*rule;
	enum authz_status	 stored;
	enum chall_type		 active;
	int64_t			 validated_at;
	int64_t			 now;
	enum chall_status	 http01, dns01;
} challs[] = {
	{ "AUZ-07: before a response all are pending", AUTHZ_PENDING, CHALL_NONE, 0, BEFORE,
	    CHALL_PENDING, CHALL_PENDING },
	{ "CHL-06: the one responded to is processing", AUTHZ_PENDING, CHALL_HTTP01, 0,
	    BEFORE, CHALL_PROCESSING, CHALL_PENDING },
	{ "whichever it is", AUTHZ_PENDING, CHALL_DNS01, 0, BEFORE, CHALL_PENDING,
	    CHALL_PROCESSING },
	{ "AUZ-06: the one that proved it is valid", AUTHZ_VALID, CHALL_HTTP01, 500, BEFORE,
	    CHALL_VALID, CHALL_PENDING },
	{ "AUZ-06: and stays so when the authorization expires", AUTHZ_VALID, CHALL_HTTP01,
	    500, END, CHALL_VALID, CHALL_PENDING },
	{ "... and when that was written down", AUTHZ_EXPIRED, CHALL_DNS01, 500, END,
	    CHALL_PENDING, CHALL_VALID },
	{ "AUZ-05, AUZ-06: the one that failed is invalid", AUTHZ_INVALID, CHALL_DNS01, 0,
	    BEFORE, CHALL_PENDING, CHALL_INVALID },
	{ "a response that nobody looked at in time", AUTHZ_PENDING, CHALL_HTTP01, 0, END,
	    CHALL_INVALID, CHALL_PENDING },
	{ "CLI-08: pending past its end without a response", AUTHZ_PENDING, CHALL_NONE, 0, END,
	    CHALL_INVALID, CHALL_INVALID },
	{ "... and when that was written down", AUTHZ_INVALID, CHALL_NONE, 0, BEFORE,
	    CHALL_INVALID, CHALL_INVALID },
	{ "what was proven stays proven after deactivation", AUTHZ_DEACTIVATED, CHALL_HTTP01,
	    500, BEFORE, CHALL_VALID, CHALL_PENDING },
	{ "what was not is invalid", AUTHZ_DEACTIVATED, CHALL_HTTP01, 0, BEFORE,
	    CHALL_INVALID, CHALL_PENDING },
	{ "revoked likewise", AUTHZ_REVOKED, CHALL_DNS01, 500, BEFORE, CHALL_PENDING,
	    CHALL_VALID },
};

static void
test_challs(void)
{
	struct authz a = { .expires_at = END };
	size_t i;

	for (i = 0; i < NITEMS(challs); i++) {
		a.status = challs[i].stored;
		a.active_type = challs[i].active;
		a.validated_at = challs[i].validated_at;
		tap_is_int(chall_status_at(&a, CHALL_HTTP01, challs[i].now),
		    challs[i].http01, "%s: http-01", challs[i].rule);
		tap_is_int(chall_status_at(&a, CHALL_DNS01, challs[i].now),
		    challs[i].dns01, "%s: dns-01", challs[i].rule);
	}
}

#define HTTP01		BIT(CHALL_HTTP01)
#define DNS01		BIT(CHALL_DNS01)
#define TLSALPN01	BIT(CHALL_TLSALPN01)
#define DNSACCOUNT01	BIT(CHALL_DNSACCOUNT01)
#define ALL		(HTTP01 | DNS01 | TLSALPN01 | DNSACCOUNT01)
static const struct {
	const char	*rule;
	enum ident_type	 type;
	bool		 wildcard;
	size_t		 length;	/* of the value */
	unsigned	 enabled;
	unsigned	 offered;
} offers[] = {
	{ "AUZ-12: a name", IDENT_DNS, false, 20, ALL, ALL },
	{ "AUZ-12: a wildcard", IDENT_DNS, true, 20, ALL, DNS01 | DNSACCOUNT01 },
	{ "AUZ-12, HTT-12: an address", IDENT_IP, false, 7, ALL, HTTP01 | TLSALPN01 },
	{ "only what is enabled", IDENT_DNS, false, 20, HTTP01, HTTP01 },
	{ "a wildcard where nothing that proves it is", IDENT_DNS, true, 20,
	    HTTP01 | TLSALPN01, 0 },
	{ "DNS-11: the longest name before which an account's label fits", IDENT_DNS, false,
	    219, ALL, ALL },
	{ "DNS-11: one byte more", IDENT_DNS, false, 220, ALL, HTTP01 | DNS01 | TLSALPN01 },
	{ "DNS-11: the longest name before which _acme-challenge. fits", IDENT_DNS, false,
	    237, ALL, HTTP01 | DNS01 | TLSALPN01 },
	{ "DNS-11: one byte more", IDENT_DNS, false, 238, ALL, HTTP01 | TLSALPN01 },
	{ "DNS-11: a wildcard that cannot be proven at all", IDENT_DNS, true, 238, ALL, 0 },
};

static const struct {
	const char	*name;
	enum chall_type	 type;
} types[] = {
	{ "http-01", CHALL_HTTP01 }, { "dns-01", CHALL_DNS01 },
	{ "tls-alpn-01", CHALL_TLSALPN01 }, { "dns-account-01", CHALL_DNSACCOUNT01 },
	{ "", CHALL_NONE },
	{ "HTTP-01", CHALL_NONE }, { "http-0", CHALL_NONE }, { "http-011", CHALL_NONE },
};

static void
test_types(void)
{
	static char name[253];
	struct ident id;
	size_t i;

	memset(name, 'a', sizeof(name));
	for (i = 0; i < NITEMS(offers); i++) {
		id = (struct ident){ offers[i].type, offers[i].wildcard,
		    view_from(name, offers[i].length) };
		tap_is_int(chall_offered(&id, offers[i].enabled), offers[i].offered, "%s", offers[i].rule);
	}
	for (i = 0; i < NITEMS(types); i++)
		tap_is_int(chall_type_find(view_of(types[i].name)), types[i].type,
		    "the type '%s'", types[i].name);
	tap_is_view(view_of(chall_type_name(CHALL_HTTP01)), VIEW("http-01"), "named http-01");
	tap_is_view(view_of(chall_type_name(CHALL_DNS01)), VIEW("dns-01"), "named dns-01");
	tap_is_view(view_of(chall_type_name(CHALL_TYPE__MAX)), VIEW(""), "others have no name");
	tap_ok(strcmp(chall_status_name(CHALL_PENDING), "pending") == 0 &&
	    strcmp(chall_status_name(CHALL_PROCESSING), "processing") == 0 &&
	    strcmp(chall_status_name(CHALL_VALID), "valid") == 0 &&
	    strcmp(chall_status_name(CHALL_INVALID), "invalid") == 0 &&
	    strcmp(chall_status_name(0), "unknown") == 0 &&
	    strcmp(chall_status_name(CHALL__MAX), "unknown") == 0,
	    "CHL-01: the names of a challenge's states");
}

static void
test_ident(void)
{
	struct authz a = { .ident_type = IDENT_DNS, .ident_value = VIEW("x.example"),
	    .is_wildcard = true };
	struct ident id = authz_ident(&a);

	tap_ok(id.type == IDENT_DNS && id.wildcard && view_is(id.value, "x.example"),
	    "AUZ-01: the identifier of an authorization");
}

static void
test_covers(void)
{
	static const struct {
		const char	*rule;
		struct ident	 proven, id;
		bool		 alone, subdomains;	/* covered without, with subdomains */
	} rows[] = {
		{ "the same name", { IDENT_DNS, false, VIEW("x.test") },
		    { IDENT_DNS, false, VIEW("x.test") }, true, true },
		{ "a name below", { IDENT_DNS, false, VIEW("x.test") },
		    { IDENT_DNS, false, VIEW("a.x.test") }, false, true },
		{ "two labels below", { IDENT_DNS, false, VIEW("x.test") },
		    { IDENT_DNS, false, VIEW("b.a.x.test") }, false, true },
		{ "a name above", { IDENT_DNS, false, VIEW("a.x.test") },
		    { IDENT_DNS, false, VIEW("x.test") }, false, false },
		{ "a label that only ends alike", { IDENT_DNS, false, VIEW("x.test") },
		    { IDENT_DNS, false, VIEW("ax.test") }, false, false },
		{ "an empty label", { IDENT_DNS, false, VIEW("x.test") },
		    { IDENT_DNS, false, VIEW(".x.test") }, false, false },
		{ "its wildcard", { IDENT_DNS, false, VIEW("x.test") },
		    { IDENT_DNS, true, VIEW("x.test") }, false, false },
		{ "a wildcard below", { IDENT_DNS, false, VIEW("x.test") },
		    { IDENT_DNS, true, VIEW("a.x.test") }, false, false },
		{ "a name below a wildcard", { IDENT_DNS, true, VIEW("x.test") },
		    { IDENT_DNS, false, VIEW("a.x.test") }, false, false },
		{ "an address", { IDENT_DNS, false, VIEW("0.0.1") },
		    { IDENT_IP, false, VIEW("127.0.0.1") }, false, false },
		{ "below an address", { IDENT_IP, false, VIEW("127.0.0.1") },
		    { IDENT_DNS, false, VIEW("a.127.0.0.1") }, false, false },
		{ "below nothing", { IDENT_DNS, false, VIEW("") },
		    { IDENT_DNS, false, VIEW("a.x.test") }, false, false },
	};
	size_t i;

	for (i = 0; i < NITEMS(rows); i++) {
		tap_is_int(authz_covers(&rows[i].proven, false, &rows[i].id), rows[i].alone,
		    "SUB-04: without subdomains: %s", rows[i].rule);
		tap_is_int(authz_covers(&rows[i].proven, true, &rows[i].id), rows[i].subdomains,
		    "SUB-05: with subdomains: %s", rows[i].rule);
	}
	tap_is_int(chall_below(ALL | BIT(CHALL_DNSPERSIST01)), DNS01 | DNSACCOUNT01 |
	    BIT(CHALL_DNSPERSIST01), "SUB-04, VAL-03: DNS alone proves names below");
	tap_is_int(chall_below(HTTP01 | TLSALPN01), 0, "SUB-04, VAL-03: nothing else does");
	tap_ok(!chall_proves_below(CHALL_NONE) && !chall_proves_below(CHALL_TYPE__MAX),
	    "no type proves nothing");
}

int
main(void)
{
	test_statuses();
	test_challs();
	test_covers();
	test_types();
	test_ident();
	return tap_done();
}
