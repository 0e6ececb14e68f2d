/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Identifiers that no certificate can be asked for (NAM-02 to NAM-06, NAM-08,
 * NAM-10, NAM-12, OTH-01, IPI-02, SEC-08, TOP-28, TOP-29).
 */
#include "policy/names.h"
#include "tap.h"

#define ACCEPTED	ERR_NONE
#define REJECTED	ERR_REJECTED_IDENTIFIER
#define A20		"aaaaaaaaaaaaaaaaaaaa"
#define MALFORMED	ERR_MALFORMED	/* by wire/ident, before any policy */

struct row {
	const char	*rule;
	const char	*name;
	enum err_kind	 want;
	const char	*why;	/* stands in the detail */
};

static const struct row names[] = {
	{ "an ordinary name", "www.example.com", ACCEPTED, NULL },
	{ "a name right below a suffix", "example.com", ACCEPTED, NULL },
	{ "an ordinary wildcard", "*.example.com", ACCEPTED, NULL },
	{ "a wildcard further down", "*.a.b.example.co.uk", ACCEPTED, NULL },
	{ "documentation names of RFC 2606 are ordinary", "example.net", ACCEPTED, NULL },
	{ "upper case is made lower", "WWW.Example.ORG", ACCEPTED, NULL },
	{ "a new top-level domain", "shop.berlin", ACCEPTED, NULL },
	{ "a label that is a number", "1.2.3.4.example.com", ACCEPTED, NULL },
	{ "a special label elsewhere", "localhost.example.com", ACCEPTED, NULL },
	{ "a special label elsewhere", "test.example.net", ACCEPTED, NULL },

	{ "NAM-04: no such top-level domain", "www.example.invalidtld", REJECTED,
	    "'invalidtld' is no top-level domain" },
	{ "NAM-04: an internal name", "server.corp", REJECTED, "'corp' is no top-level domain" },
	{ "NAM-04: an internal name", "nas.lan", REJECTED, "no top-level domain" },
	{ "NAM-04: an internal name", "router.home", REJECTED, "no top-level domain" },
	{ "NAM-04: a wildcard of it", "*.server.corp", REJECTED, "'*.server.corp': 'corp' is no" },
	{ "NAM-04: an A-label that is none", "example.xn--zckzah", REJECTED,
	    "no top-level domain" },

	{ "NAM-05: a public suffix", "co.uk", REJECTED, "'co.uk' is a public suffix" },
	{ "NAM-05: by a rule with a star", "foo.ck", REJECTED, "'foo.ck' is a public suffix" },
	{ "NAM-05: below it", "www.foo.ck", ACCEPTED, NULL },
	{ "NAM-05: an exception from the star", "www.ck", ACCEPTED, NULL },
	{ "NAM-05: a star at the third label", "abc.kawasaki.jp", REJECTED, "public suffix" },
	{ "NAM-05: its exception", "city.kawasaki.jp", ACCEPTED, NULL },
	{ "NAM-05: an A-label in the suffix", "xn--55qx5d.cn", REJECTED, "public suffix" },
	{ "NAM-05: the private section does not count", "github.io", ACCEPTED, NULL },

	{ "NAM-06: a wildcard below a suffix", "*.co.uk", REJECTED,
	    "'*.co.uk': 'co.uk' is a public suffix" },
	{ "NAM-06: a wildcard below a star", "*.foo.ck", REJECTED, "public suffix" },
	{ "NAM-06: a wildcard in place of a star", "*.kawasaki.jp", REJECTED, "public suffix" },
	{ "NAM-06: a wildcard below an exception", "*.city.kawasaki.jp", ACCEPTED, NULL },
	{ "NAM-06: below a private suffix", "*.github.io", REJECTED,
	    "'*.github.io': it would cover the names of others" },
	{ "NAM-06: in place of a private star", "*.compute.amazonaws.com", REJECTED,
	    "names of others" },
	{ "NAM-06: below a private star", "*.a.compute.amazonaws.com", REJECTED,
	    "names of others" },
	{ "NAM-06: a name below a private suffix", "me.github.io", ACCEPTED, NULL },
	{ "NAM-06: a wildcard of one's own there", "*.me.github.io", ACCEPTED, NULL },
	{ "NAM-06: a wildcard of a top-level domain", "*.com", MALFORMED, NULL },

	{ "NAM-08: reverse IPv4", "1.2.0.192.in-addr.arpa", REJECTED,
	    "'arpa' is for the infrastructure" },
	{ "NAM-08: reverse IPv6", "8.b.d.0.1.0.0.2.ip6.arpa", REJECTED, "'arpa'" },
	{ "NAM-08: anything of arpa", "router.home.arpa", REJECTED, "'arpa'" },
	{ "NAM-08: a wildcard of arpa", "*.x.in-addr.arpa", REJECTED, "'arpa'" },
	{ "TOP-28: x.in-addr.arpa", "x.in-addr.arpa", REJECTED, "'arpa'" },

	{ "NAM-12: localhost", "www.localhost", REJECTED, "'localhost' is every host's own" },
	{ "NAM-12: local", "printer.local", REJECTED, "'local' is for the local network" },
	{ "NAM-12: internal", "db.internal", REJECTED, "'internal' is for private networks" },
	{ "NAM-12: invalid", "www.invalid", REJECTED, "'invalid' never exists" },
	{ "NAM-12: alt", "gnu.alt", REJECTED, "'alt' is for names outside" },
	{ "NAM-12: test", "www.test", REJECTED, "'test' is for testing" },
	{ "NAM-12: example", "www.example", REJECTED, "'example' is for documentation" },
	{ "NAM-12: a wildcard of test", "*.a.test", REJECTED,
	    "'*.a.test': the top-level domain 'test'" },
	{ "NAM-12: upper case", "www.LocalHost", REJECTED, "'localhost'" },
	{ "OTH-01: onion, version 3",
	    "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion", REJECTED,
	    "'onion' is for Tor" },
	{ "OTH-01: onion, version 2", "expyuzz4wqqyqhjn.onion", REJECTED, "'onion'" },
	{ "OTH-01: below onion", "www.expyuzz4wqqyqhjn.onion", REJECTED, "'onion'" },

	{ "NAM-03: an A-label", "xn--bcher-kva.example.com", ACCEPTED, NULL },
	{ "NAM-03: the top-level domain, too", "xn--e1afmkfd.xn--p1ai", ACCEPTED, NULL },
	{ "NAM-03: sharp s is valid in IDNA2008", "xn--strae-oqa.de", ACCEPTED, NULL },
	{ "NAM-03: final sigma, too", "xn--nxasmm1c.gr", ACCEPTED, NULL },
	{ "NAM-03: a joiner where the script needs it", "xn--mgba3gch31f060k.com", ACCEPTED,
	    NULL },
	{ "NAM-03: a wildcard of it", "*.xn--bcher-kva.com", ACCEPTED, NULL },
	{ "NAM-02: upper case is made lower first", "XN--BCHER-KVA.com", ACCEPTED, NULL },
	{ "TOP-28, NAM-02: xn-- alone", "xn--.example.com", MALFORMED, NULL },
	{ "TOP-28: xn--a", "xn--a.example.com", REJECTED, "label 'xn--a' stands for a text" },
	{ "NAM-02: does not decode", "xn--0.example.com", REJECTED,
	    "'xn--0' is not the Punycode" },
	{ "NAM-02: overflows", "xn--99999999.example.com", REJECTED, "not the Punycode" },
	{ "NAM-02: decodes to another A-label", "xn--xn---epa.example.com", REJECTED,
	    "stands for a text" },
	{ "NAM-02: in the last but one label", "www.xn--0.com", REJECTED, "'xn--0'" },
	{ "NAM-02: in a wildcard", "*.xn--0.com", REJECTED, "'*.xn--0.com': the label 'xn--0'" },
	{ "NAM-03: a picture", "xn--ls8h.example.com", REJECTED, "IDNA2008 does not allow" },
	{ "NAM-03: a symbol", "xn--iny-zx5a.example.com", REJECTED, "IDNA2008 does not allow" },
	{ "NAM-03: an upper-case letter in it", "xn---a-sga.example.com", REJECTED,
	    "IDNA2008 does not allow" },
	{ "NAM-03: a joiner alone", "xn--1ug.example.com", REJECTED, "IDNA2008 does not allow" },
	{ "NAM-03: both directions in a label", "xn--0ca24w.example.com", REJECTED,
	    "IDNA2008 does not allow" },
	{ "NAM-03: ends in a hyphen", "xn--a--ila.example.com", REJECTED,
	    "IDNA2008 does not allow" },

	{ "TOP-28: *.*.a.com", "*.*.a.com", MALFORMED, NULL },
	{ "TOP-28: a..b", "a..b", MALFORMED, NULL },
	{ "TOP-28: -a.com", "-a.com", MALFORMED, NULL },
	{ "TOP-28: a_b.com", "a_b.com", MALFORMED, NULL },
	{ "TOP-28: ab--c.com", "ab--c.com", MALFORMED, NULL },
	{ "TOP-28: localhost", "localhost", MALFORMED, NULL },
	{ "TOP-28: an address as dns", "1.2.3.4", MALFORMED, NULL },
	{ "TOP-28: trailing dot", "www.example.com.", MALFORMED, NULL },
	{ "TOP-28: U-label", "b\xc3\xbc" "cher.example.com", MALFORMED, NULL },
};

/* With allow_special: "test" and "example" as if they were top-level domains. */
static const struct row allowed[] = {
	{ "allowed: a name below test", "www.test", ACCEPTED, NULL },
	{ "allowed: a name below example", "shop.example", ACCEPTED, NULL },
	{ "allowed: a wildcard there", "*.shop.example", ACCEPTED, NULL },
	{ "allowed: a wildcard right below", "*.example", MALFORMED, NULL },
	{ "allowed: A-labels are checked all the same", "xn--0.test", REJECTED, "xn--0" },
	{ "allowed: ordinary names", "www.example.com", ACCEPTED, NULL },
	{ "allowed: localhost is not", "www.localhost", REJECTED, "localhost" },
	{ "allowed: invalid is not", "www.invalid", REJECTED, "invalid" },
	{ "allowed: local is not", "www.local", REJECTED, "local" },
	{ "allowed: onion is not", "www.onion", REJECTED, "onion" },
	{ "allowed: public suffixes are not", "co.uk", REJECTED, "public suffix" },
};

static const struct row addresses[] = {
	{ "an ordinary IPv4 address", "8.8.8.8", ACCEPTED, NULL },
	{ "an ordinary IPv6 address", "2606:4700::1111", ACCEPTED, NULL },
	{ "TOP-29: 127.0.0.1", "127.0.0.1", REJECTED,
	    "'127.0.0.1': it is in a block for special purposes" },
	{ "TOP-29: ::ffff:10.0.0.1", "::ffff:10.0.0.1", REJECTED, "special purposes" },
	{ "IPI-02: private", "192.168.1.1", REJECTED, "special purposes" },
	{ "IPI-02: documentation", "192.0.2.1", REJECTED, "special purposes" },
	{ "IPI-02: globally reachable, but in the registry", "192.88.99.1", REJECTED,
	    "special purposes" },
	{ "IPI-02: IPv6 loopback", "::1", REJECTED, "special purposes" },
	{ "IPI-02: IPv6 documentation", "2001:db8::1", REJECTED, "special purposes" },
	{ "IPI-02: IPv6 that embeds IPv4", "64:ff9b::808:808", REJECTED, "special purposes" },
	{ "TOP-29: 010.0.0.1", "010.0.0.1", MALFORMED, NULL },
	{ "TOP-29: 2001:DB8::1", "2001:DB8::1", MALFORMED, NULL },
	{ "TOP-29: [::1]", "[::1]", MALFORMED, NULL },
};

/* Of the special addresses tests have those of this host, and no others. */
static const struct row loopback[] = {
	{ "IPI-02: allowed for tests", "127.0.0.1", ACCEPTED, NULL },
	{ "IPI-02: allowed for tests, all of the block", "127.255.0.3", ACCEPTED, NULL },
	{ "IPI-02: allowed for tests", "::1", ACCEPTED, NULL },
	{ "IPI-02: not beside it", "::2", REJECTED, "special purposes" },
	{ "IPI-02: not mapped", "::ffff:127.0.0.1", REJECTED, "special purposes" },
	{ "IPI-02: not private ones", "10.0.0.1", REJECTED, "special purposes" },
};

static struct names_policy *
policy_new(bool allow_special, bool allow_loopback)
{
	struct names_policy *policy;
	struct err err = ERR_INIT;

	if (names_policy_new(allow_special, allow_loopback, &policy, &err) != 0) {
		tap_diag("%s", err.inner);
		abort();
	}
	return policy;
}

static void
test_row(const struct names_policy *policy, const char *type, const struct row *row)
{
	struct arena *a = arena_new();
	struct err err = ERR_INIT;
	struct ident id;
	int rc;

	rc = ident_parse(a, view_of(type), view_of(row->name), &id, &err);
	if (rc == 0 && row->want == MALFORMED)
		err_clear(&err);
	else if (rc == 0)
		rc = names_check(policy, &id, &err);
	if (!tap_ok((rc != 0) == (row->want != ACCEPTED) && err.kind == row->want &&
	    (row->why == NULL || strstr(err.detail, row->why) != NULL), "%s: %s", row->rule,
	    row->name))
		tap_diag("%s: %s", err_kind_name(err.kind), err.detail);
	arena_free(a);
}

static void
test_rows(void)
{
	struct names_policy *policy = policy_new(false, false), *lenient = policy_new(true, false);
	struct names_policy *local = policy_new(false, true);
	size_t i;

	for (i = 0; i < NITEMS(names); i++)
		test_row(policy, "dns", &names[i]);
	for (i = 0; i < NITEMS(allowed); i++)
		test_row(lenient, "dns", &allowed[i]);
	for (i = 0; i < NITEMS(addresses); i++)
		test_row(policy, "ip", &addresses[i]);
	for (i = 0; i < NITEMS(loopback); i++)
		test_row(local, "ip", &loopback[i]);
	names_policy_free(policy);
	names_policy_free(local);
	names_policy_free(lenient);
	names_policy_free(NULL);
}

/* What wire/ident would not let through is no danger here either. */
static void
test_hostile(void)
{
	static char huge[100000];
	static const struct { const char *rule; struct view value; } rows[] = {
		{ "empty", { NULL, 0 } },
		{ "one label", VIEW("com") },
		{ "one label, special", VIEW("localhost") },
		{ "one label, unknown", VIEW("server") },
		{ "only dots", VIEW("...") },
		{ "NUL", VIEW("www.example.com\0.evil.com") },
		{ "254 octets", { huge, 254 } },
		{ "very long", { huge, sizeof(huge) } },
		{ "percent signs", VIEW("%s%n.%s%n") },
		{ "a label of 64", VIEW("xn--" A20 A20 A20 ".com") },
	};
	struct names_policy *policy = policy_new(true, true);
	struct ident id = { .type = IDENT_DNS };
	struct err err = ERR_INIT;
	size_t i;

	memset(huge, 'a', sizeof(huge));
	for (i = 0; i < NITEMS(rows); i++) {
		id.value = rows[i].value;
		id.type = IDENT_DNS;
		tap_ok(names_check(policy, &id, &err) == -1 && err.kind == REJECTED,
		    "SEC-08: as a name: %s", rows[i].rule);
		id.type = IDENT_IP;
		tap_ok(names_check(policy, &id, &err) == -1 && err.kind == REJECTED,
		    "SEC-08: as an address: %s", rows[i].rule);
	}
	id = (struct ident){ IDENT_DNS, true, VIEW("example") };
	tap_ok(names_check(policy, &id, &err) == -1 && err.kind == REJECTED,
	    "NAM-06: a wildcard right below an allowed special domain");
	id.value = VIEW("com");
	tap_ok(names_check(policy, &id, &err) == -1 && err.kind == REJECTED,
	    "NAM-06: a wildcard right below a top-level domain");
	names_policy_free(policy);
}

static void
test_entitle(void)
{
	static const struct {
		const char	*rule;
		const char	*sub;
		bool		 sub_wildcard;
		const char	*name;
		bool		 wildcard;
		bool		 want, want_covered;	/* without covers, with it */
	} rows[] = {
		{ "the same name", "a.x.com", false, "a.x.com", false, true, true },
		{ "another name", "a.x.com", false, "b.x.com", false, false, false },
		{ "a name below", "x.com", false, "a.x.com", false, false, false },
		{ "a name above", "a.x.com", false, "x.com", false, false, false },
		{ "the same wildcard", "x.com", true, "x.com", true, true, true },
		{ "another wildcard", "x.com", true, "y.com", true, false, false },
		{ "a wildcard below", "x.com", true, "a.x.com", true, false, false },
		{ "a wildcard above", "a.x.com", true, "x.com", true, false, false },
		{ "a wildcard by a name", "x.com", false, "x.com", true, false, false },
		{ "one label below a wildcard", "x.com", true, "a.x.com", false, false, true },
		{ "two labels below it", "x.com", true, "a.b.x.com", false, false, false },
		{ "its own base", "x.com", true, "x.com", false, false, false },
		{ "a name that only ends alike", "x.com", true, "ax.com", false, false, false },
		{ "a label that only ends alike", "x.com", true, "a.yx.com", false, false, false },
		{ "an empty label below it", "x.com", true, ".x.com", false, false, false },
		{ "nothing subscribed", "", false, "x.com", false, false, false },
		{ "nothing subscribed, as a wildcard", "", true, "com", false, false, false },
	};
	struct ident id;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++) {
		id = (struct ident){ IDENT_DNS, rows[i].wildcard, view_of(rows[i].name) };
		tap_is_int(names_entitle(view_of(rows[i].sub), rows[i].sub_wildcard, &id, false),
		    rows[i].want, "R-15: exact: %s", rows[i].rule);
		tap_is_int(names_entitle(view_of(rows[i].sub), rows[i].sub_wildcard, &id, true),
		    rows[i].want_covered, "R-15: wildcard_covers_names: %s", rows[i].rule);
	}
	id = (struct ident){ IDENT_IP, false, VIEW("8.8.8.8") };
	tap_ok(names_entitle(VIEW("8.8.8.8"), false, &id, true), "R-15: an address by itself");
	tap_ok(!names_entitle(VIEW("8.8.8.9"), false, &id, true), "R-15: not by another one");
	tap_ok(!names_entitle(VIEW("8.8.8"), true, &id, true),
	    "R-15: an address has no wildcard above it");
}

static void
test_shared(void)
{
	static const struct {
		const char	*name;
		bool		 shared;
	} rows[] = {
		{ "com", true }, { "co.uk", true }, { "github.io", true }, { "test", true },
		{ "", true }, { "example.com", false }, { "a.example.com", false },
		{ "someone.github.io", false }, { "x.test", false },
	};
	struct names_policy *policy;
	struct err err;
	size_t i;

	if (names_policy_new(false, false, &policy, &err) != 0) {
		tap_ok(false, "a policy: %s", err.detail);
		return;
	}
	for (i = 0; i < NITEMS(rows); i++)
		tap_is_int(names_is_shared(policy, view_of(rows[i].name)), rows[i].shared,
		    "SUB-02: do others register names below '%s'?", rows[i].name);
	names_policy_free(policy);
}

static void
test_refused(void)
{
	static const struct {
		const char	*name;
		bool		 wildcard, refused;
	} rows[] = {
		{ "bank.com", false, true }, { "www.bank.com", false, true },
		{ "a.b.bank.com", false, true }, { "bank.com", true, true },
		{ "mybank.com", false, false }, { "bank.com.example.net", false, false },
		{ "com", false, true }, { "bank.net", false, false }, { "evil.org", false, true },
		/* *.shop.com is good for pay.shop.com, and not for www.card.shop.org. */
		{ "shop.com", true, true }, { "shop.com", false, false },
		{ "shop.org", true, false },
	};
	static const char *domains[] = { "bank.com", "Evil.ORG", "pay.shop.com",
	    "www.card.shop.org" }, *bad[] = { "*.bank.com" };
	struct names_policy *policy = policy_new(false, false);
	struct conf_list list = { domains, NITEMS(domains) }, wrong = { bad, 1 };
	struct ident id = { .type = IDENT_DNS };
	struct err err;
	size_t i;

	tap_ok(names_policy_refuse(policy, &wrong, &err) == -1 && err.kind == ERR_MALFORMED,
	    "a wildcard is no domain to refuse");
	tap_ok(names_policy_refuse(policy, &list, &err) == 0, "domains are refused");
	for (i = 0; i < NITEMS(rows); i++) {
		id.wildcard = rows[i].wildcard;
		id.value = view_of(rows[i].name);
		tap_is_int(names_check(policy, &id, &err) == -1 &&
		    err.kind == ERR_REJECTED_IDENTIFIER, rows[i].refused,
		    "SEC-12: %s%s", rows[i].wildcard ? "*." : "", rows[i].name);
	}
	names_policy_free(policy);
}

int
main(void)
{
	test_rows();
	test_hostile();
	test_entitle();
	test_shared();
	test_refused();
	return tap_done();
}
