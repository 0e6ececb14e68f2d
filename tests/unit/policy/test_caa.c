/* SPDX-License-Identifier: BSD-2-Clause */
/* Does a CAA record set permit issuance (RFC 8659 s4, RFC 8657)? */
#include "tap.h"

#include "base/arena.h"
#include "policy/caa.h"

#define ACCOUNT		"https://ca.example.net/v2/DV/account/GW"
#define RECORDS_MAX	4
#define URI		"; accounturi="
#define METHODS		"; validationmethods="

enum { DENY, ALLOW };
enum { NAME, WILD };

struct row {
	const char	*rule;
	bool		 wildcard;
	bool		 allow;
	const char	*detail;		/* of a denial */
	struct {
		unsigned	 flags;
		const char	*tag, *value;
	}		 rr[RECORDS_MAX];	/* up to the first without tag */
};

static const struct row rows[] = {
	{ "CAA-03: no records", NAME, ALLOW, NULL, { { 0 } } },
	{ "CAA-03: no records, wildcard", WILD, ALLOW, NULL, { { 0 } } },
	{ "CAA-03: only iodef", NAME, ALLOW, NULL, { { 0, "iodef", "mailto:x@example.com" } } },
	{ "CAA-03: only iodef, wildcard", WILD, ALLOW, NULL,
	    { { 0, "iodef", "mailto:x@example.com" } } },
	{ "CAA-04: a name ignores issuewild (TOP-37)", NAME, ALLOW, NULL,
	    { { 0, "issuewild", ";" } } },

	{ "CAA-05: our domain", NAME, ALLOW, NULL, { { 0, "issue", "ca.example" } } },
	{ "CAA-05: our other domain", NAME, ALLOW, NULL, { { 0, "issue", "ca2.example" } } },
	{ "CAA-05: blanks around it", NAME, ALLOW, NULL, { { 0, "issue", " \tca.example \t" } } },
	{ "CAA-05: another's domain", NAME, DENY, "does not name",
	    { { 0, "issue", "other.example" } } },
	{ "CAA-05: a domain that ends in ours", NAME, DENY, "does not name",
	    { { 0, "issue", "not.ca.example" } } },
	{ "CAA-05: a domain that begins with ours", NAME, DENY, "does not name",
	    { { 0, "issue", "ca.example.org" } } },
	{ "CAA-05: \";\" forbids (TOP-37)", NAME, DENY, "issue: it forbids all issuance",
	    { { 0, "issue", ";" } } },
	{ "CAA-05: nothing forbids", NAME, DENY, "forbids all", { { 0, "issue", "" } } },
	{ "CAA-05: a parameter without issuer forbids", NAME, DENY, "forbids all",
	    { { 0, "issue", "; policy=ev" } } },
	{ "CAA-05: of two one is ours", NAME, ALLOW, NULL,
	    { { 0, "issue", "other.example" }, { 0, "issue", "ca.example" } } },
	{ "CAA-05: \";\" and ours", NAME, ALLOW, NULL,
	    { { 0, "issue", ";" }, { 0, "issue", "ca.example" } } },
	{ "CAA-05: malformed forbids", NAME, DENY, "malformed",
	    { { 0, "issue", "ca.example policy" } } },
	{ "CAA-05: a malformed parameter forbids", NAME, DENY, "malformed",
	    { { 0, "issue", "ca.example; policy" } } },
	{ "CAA-05: malformed, but another is ours", NAME, ALLOW, NULL,
	    { { 0, "issue", "%%%%" }, { 0, "issue", "ca.example" } } },
	{ "CAA-05: an unknown parameter is ignored", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example; policy=ev" } } },

	{ "CAA-06: the tag has no case", NAME, DENY, "forbids all", { { 0, "IsSuE", ";" } } },
	{ "CAA-06: nor has the domain", NAME, ALLOW, NULL, { { 0, "issue", "CA.Example" } } },

	{ "CAA-04: wildcard by issue", WILD, ALLOW, NULL, { { 0, "issue", "ca.example" } } },
	{ "CAA-04: wildcard forbidden by issue", WILD, DENY, "issue:", { { 0, "issue", ";" } } },
	{ "CAA-04: issuewild wins over issue", WILD, ALLOW, NULL,
	    { { 0, "issue", ";" }, { 0, "issuewild", "ca.example" } } },
	{ "CAA-04: issuewild wins, to forbid", WILD, DENY,
	    "*.www.example.com: issuewild: it forbids",
	    { { 0, "issue", "ca.example" }, { 0, "issuewild", ";" } } },
	{ "CAA-04: issuewild only (TOP-37)", WILD, DENY, "issuewild",
	    { { 0, "issuewild", ";" } } },
	{ "CAA-04: of two issuewild one is ours", WILD, ALLOW, NULL,
	    { { 0, "issuewild", ";" }, { 0, "issuewild", "ca.example" } } },
	{ "CAA-04: a malformed issuewild still counts", WILD, DENY, "malformed",
	    { { 0, "issue", "ca.example" }, { 0, "issuewild", "%" } } },
	{ "CAA-04: a name goes by issue", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example" }, { 0, "issuewild", ";" } } },

	{ "CAA-07: unknown and critical (TOP-37)", NAME, DENY, "unknown critical property \"tbs\"",
	    { { 128, "tbs", "Unknown" } } },
	{ "CAA-07: even beside ours", NAME, DENY, "unknown critical",
	    { { 0, "issue", "ca.example" }, { 128, "tbs", "Unknown" } } },
	{ "CAA-07: for wildcards too", WILD, DENY, "unknown critical",
	    { { 128, "tbs", "Unknown" } } },
	{ "CAA-07: flag 1 is taken for critical", NAME, DENY, "unknown critical",
	    { { 1, "tbs", "x" } } },
	{ "CAA-07: with other bits", NAME, DENY, "unknown critical", { { 0xff, "tbs", "x" } } },
	{ "CAA-07: other bits alone are not", NAME, ALLOW, NULL, { { 0x7e, "tbs", "x" } } },
	{ "CAA-07: unknown, not critical", NAME, ALLOW, NULL, { { 0, "tbs", "Unknown" } } },
	{ "CAA-07: issue may be critical", NAME, ALLOW, NULL, { { 128, "issue", "ca.example" } } },
	{ "CAA-07: issuewild is known of a name too", NAME, ALLOW, NULL,
	    { { 128, "issuewild", ";" } } },
	{ "CAA-07: iodef is known", NAME, ALLOW, NULL,
	    { { 128, "iodef", "mailto:x@example.com" } } },
	{ "CAA-07: issuemail is known", NAME, ALLOW, NULL, { { 128, "issuemail", ";" } } },
	{ "CAA-07: issuevmc is known", NAME, ALLOW, NULL, { { 128, "issuevmc", ";" } } },
	{ "CAA-07: contactemail is known", NAME, ALLOW, NULL,
	    { { 128, "contactemail", "x@example.com" } } },
	{ "CAA-07: contactphone is known", NAME, ALLOW, NULL, { { 128, "contactphone", "+1" } } },
	{ "CAA-07: a long tag is cut in the detail", NAME, DENY,
	    "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
	    { { 128, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "" } } },

	{ "CAA-12: our account", NAME, ALLOW, NULL, { { 0, "issue", "ca.example" URI ACCOUNT } } },
	{ "CAA-12: another account", NAME, DENY, "accounturi is another account's",
	    { { 0, "issue", "ca.example" URI ACCOUNT "2" } } },
	{ "CAA-12: another case", NAME, DENY, "accounturi",
	    { { 0, "issue", "ca.example" URI "https://CA.example.net/v2/DV/account/GW" } } },
	{ "CAA-12: an equivalent URI is not the same", NAME, DENY, "accounturi",
	    { { 0, "issue", "ca.example" URI "https://ca.example.net:443/v2/DV/account/GW" } } },
	{ "CAA-12: no URI", NAME, DENY, "accounturi", { { 0, "issue", "ca.example" URI } } },
	{ "CAA-12: twice (TOP-37)", NAME, DENY, "stands twice",
	    { { 0, "issue", "ca.example" URI ACCOUNT URI ACCOUNT } } },
	{ "CAA-12: the parameter has no case", NAME, DENY, "accounturi",
	    { { 0, "issue", "ca.example; AccountURI=https://other.example/1" } } },
	{ "CAA-12: of another issuer it is not read", NAME, DENY, "does not name",
	    { { 0, "issue", "other.example" URI ACCOUNT } } },
	{ "CAA-12: one record is another's, one ours", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example" URI "https://ca.example.net/2" },
	    { 0, "issue", "ca.example" URI ACCOUNT } } },
	{ "CAA-12: twice in one record, well in another", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example" URI ACCOUNT URI ACCOUNT },
	    { 0, "issue", "ca.example" } } },

	{ "CAA-13: this method", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example" METHODS "http-01" } } },
	{ "CAA-13: another method (TOP-37)", NAME, DENY, "validationmethods does not allow",
	    { { 0, "issue", "ca.example" METHODS "dns-01" } } },
	{ "CAA-13: a list with it", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example" METHODS "dns-01,http-01" } } },
	{ "CAA-13: ca-tbr-19 stands for it", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example" METHODS "ca-tbr-19" } } },
	{ "CAA-13: ca-tbr-7 does not", NAME, DENY, "validationmethods",
	    { { 0, "issue", "ca.example" METHODS "ca-tbr-7,ca-tbr-20,ca-tbr-21,ca-tbr-22" } } },
	{ "CAA-13: upper case is another label", NAME, DENY, "validationmethods",
	    { { 0, "issue", "ca.example" METHODS "HTTP-01" } } },
	{ "CAA-13: an unknown label beside it", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example" METHODS "x-new,http-01" } } },
	{ "CAA-13: no method", NAME, DENY, "validationmethods",
	    { { 0, "issue", "ca.example" METHODS "" } } },
	{ "CAA-13: an empty label spoils the list", NAME, DENY, "validationmethods",
	    { { 0, "issue", "ca.example" METHODS "http-01,,dns-01" } } },
	{ "CAA-13: so does a comma behind", NAME, DENY, "validationmethods",
	    { { 0, "issue", "ca.example" METHODS "http-01," } } },
	{ "CAA-13: so does a character of no label", NAME, DENY, "validationmethods",
	    { { 0, "issue", "ca.example" METHODS "http-01,http_02" } } },
	{ "CAA-13: twice", NAME, DENY, "stands twice",
	    { { 0, "issue", "ca.example" METHODS "http-01" METHODS "http-01" } } },
	{ "CAA-13: with our account", NAME, ALLOW, NULL,
	    { { 0, "issue", "ca.example" METHODS "http-01" URI ACCOUNT } } },
	{ "CAA-13: with another account", NAME, DENY, "accounturi",
	    { { 0, "issue", "ca.example" METHODS "http-01" URI "https://other.example/" } } },
	{ "the reason nearest to permission is told", NAME, DENY, "validationmethods",
	    { { 0, "issue", "other.example" }, { 0, "issue", "ca.example" METHODS "dns-01" },
	    { 0, "issue", ";" } } },
};

static const struct {
	const char	*method, *label;
} labels[] = {
	{ "http-01",        "ca-tbr-19" },
	{ "dns-01",         "ca-tbr-7" },
	{ "tls-alpn-01",    "ca-tbr-20" },
	{ "dns-account-01", "ca-tbr-21" },
	{ "dns-persist-01", "ca-tbr-22" },
};

static const struct view issuers[] = {
	VIEW("ca.example"),
	VIEW("ca2.example"),
};

static struct view
rdata_of(struct arena *arena, unsigned flags, const char *tag, const char *value)
{
	size_t taglen = strlen(tag), n = 2 + taglen + strlen(value);
	char *p = arena_alloc(arena, n);

	p[0] = (char)flags;
	p[1] = (char)taglen;
	memcpy(p + 2, tag, taglen);
	memcpy(p + 2 + taglen, value, strlen(value));
	return view_from(p, n);
}

static struct caa_set
set_of(struct arena *arena, const struct row *row)
{
	struct caa_set set = { .found = VIEW("example.com") };
	struct caarr *rrs = arena_array(arena, RECORDS_MAX, sizeof(*rrs));

	for (; set.n < RECORDS_MAX && row->rr[set.n].tag != NULL; set.n++)
		if (caarr_parse(arena, rdata_of(arena, row->rr[set.n].flags,
		    row->rr[set.n].tag, row->rr[set.n].value), &rrs[set.n]) != 0)
			set.broken = true;
	set.rrs = rrs;
	return set;
}

static struct caa_ask
ask_of(bool wildcard)
{
	return (struct caa_ask){ .name = VIEW("www.example.com"), .wildcard = wildcard,
	    .issuers = issuers, .nissuers = NITEMS(issuers), .method = VIEW("http-01"),
	    .account_url = VIEW(ACCOUNT) };
}

static void
test_rows(struct arena *arena)
{
	struct caa_set set;
	struct caa_ask ask;
	struct err err;
	size_t i;
	bool ok;
	int rc;

	for (i = 0; i < NITEMS(rows); i++) {
		set = set_of(arena, &rows[i]);
		ask = ask_of(rows[i].wildcard);
		err_clear(&err);
		rc = caa_permits(&set, &ask, &err);
		ok = rc == (rows[i].allow ? 0 : -1);
		if (rc != 0 && (err.kind != ERR_CAA || rows[i].detail == NULL ||
		    strstr(err.detail, rows[i].detail) == NULL ||
		    strstr(err.detail, "record set of example.com") == NULL))
			ok = false;
		if (!tap_ok(ok, "%s", rows[i].rule))
			tap_diag("rc %d, %s", rc, err.detail);
	}
}

/* Any method, by its own label and by that of the Baseline Requirements. */
static void
test_labels(struct arena *arena)
{
	struct row row = { .rr = { { 0, "issue", NULL } } };
	struct caa_ask ask = ask_of(false);
	struct err err = ERR_INIT;
	struct caa_set set;
	size_t i, m;

	for (i = 0; i < NITEMS(labels); i++)
		for (m = 0; m < NITEMS(labels); m++) {
			ask.method = view_of(labels[m].method);
			row.rr[0].value = arena_printf(arena, "ca.example" METHODS "%s",
			    labels[i].label);
			set = set_of(arena, &row);
			tap_ok((caa_permits(&set, &ask, &err) == 0) == (i == m),
			    "CAA-13: %s %s %s", labels[i].label, i == m ? "is" : "is not",
			    labels[m].method);
			row.rr[0].value = arena_printf(arena, "ca.example" METHODS "%s",
			    labels[i].method);
			set = set_of(arena, &row);
			tap_ok((caa_permits(&set, &ask, &err) == 0) == (i == m),
			    "CAA-13: %s %s %s", labels[i].method, i == m ? "is" : "is not",
			    labels[m].method);
		}
}

static void
test_broken(struct arena *arena)
{
	static const struct row ours = { .rr = { { 0, "issue", "ca.example" } } };
	struct caa_set none = { .found = VIEW("x.example"), .broken = true };
	struct caa_set set = set_of(arena, &ours);
	struct caa_ask ask = ask_of(false);
	struct err err = ERR_INIT;

	set.broken = true;
	tap_ok(caa_permits(&set, &ask, &err) == -1 && err.kind == ERR_CAA &&
	    strstr(err.detail, "cannot be parsed") != NULL,
	    "CAA-05: a record that cannot be parsed denies, even beside ours");
	tap_ok(caa_permits(&none, &ask, &err) == -1 && strstr(err.detail, "x.example") != NULL,
	    "CAA-05: and alone");
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_rows(arena);
	test_labels(arena);
	test_broken(arena);
	arena_free(arena);
	return tap_done();
}
