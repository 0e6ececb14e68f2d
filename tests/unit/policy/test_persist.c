/* SPDX-License-Identifier: BSD-2-Clause */
/* Does a persistent record permit issuance (draft-ietf-acme-dns-persist)? */
#include "tap.h"

#include "base/arena.h"
#include "policy/persist.h"

#define ACCOUNT		"https://ca.example/acct/123"
#define PREFIX		"https://ca.example/account-hash/"
#define THUMBPRINT	"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
#define HASH		PREFIX "sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"
#define HASH_ANY	PREFIX "sha-256/NpDnSwUthQK8zCgFdefYxAdAVPnygMLbs9US6oO-5ug"
#define NOW		1790000000
#define OURS		"ca.example; accounturi=" ACCOUNT

enum { NAME, WILD };

static const struct row {
	const char		*rule;
	bool			 wildcard;
	enum persist_ruling	 ruling;
	const char		*value;
} rows[] = {
	{ "DPE-02 DPE-03: issuer and account", NAME, PERSIST_PERMITTED, OURS },
	{ "DPE-02: our other domain", NAME, PERSIST_PERMITTED, "ca2.example; accounturi=" ACCOUNT },
	{ "DPE-10: another issuer", NAME, PERSIST_OTHER_ISSUER, "b.example; accounturi=" ACCOUNT },
	{ "DPE-10: no issuer", NAME, PERSIST_OTHER_ISSUER, "; accounturi=" ACCOUNT },
	{ "DPE-10: nothing", NAME, PERSIST_OTHER_ISSUER, "" },
	{ "DPE-02: no such value", NAME, PERSIST_MALFORMED, "ca.example accounturi" },
	{ "DPE-10: no account", NAME, PERSIST_NO_ACCOUNT, "ca.example" },
	{ "DPE-10: no account but a policy", NAME, PERSIST_NO_ACCOUNT, "ca.example; policy=wildcard" },
	{ "DPE-03: an account that begins with ours", NAME, PERSIST_OTHER_ACCOUNT, OURS "4" },
	{ "DPE-03: our account in capitals", NAME, PERSIST_OTHER_ACCOUNT,
	    "ca.example; accounturi=HTTPS://CA.EXAMPLE/ACCT/123" },
	{ "DPE-03: a hash is of the other draft", NAME, PERSIST_OTHER_ACCOUNT,
	    "ca.example; accounturi=" HASH },
	{ "DPE-09: keys in capitals, blanks", NAME, PERSIST_PERMITTED,
	    "CA.example ;  AccountURI = " ACCOUNT " ; PersistUntil = 1790000001 " },
	{ "DPE-09: an unknown parameter is ignored", NAME, PERSIST_PERMITTED, OURS "; x=y" },
	{ "DPE-09: any order", NAME, PERSIST_PERMITTED,
	    "ca.example; policy=wildcard; accounturi=" ACCOUNT },
	{ "DPE-09: the account twice", NAME, PERSIST_TWICE, OURS "; accounturi=" ACCOUNT },
	{ "DPE-09: the policy twice", NAME, PERSIST_TWICE, OURS "; policy=wildcard; policy=x" },
	{ "DPE-09: the end twice", NAME, PERSIST_TWICE,
	    OURS "; persistUntil=1890000000; persistuntil=1890000000" },
	{ "DPE-11: the last second", NAME, PERSIST_PERMITTED, OURS "; persistUntil=1790000000" },
	{ "DPE-11: a second later", NAME, PERSIST_OVER, OURS "; persistUntil=1789999999" },
	{ "DPE-11: no number", NAME, PERSIST_BAD_UNTIL, OURS "; persistUntil=soon" },
	{ "DPE-11: nothing", NAME, PERSIST_BAD_UNTIL, OURS "; persistUntil=" },
	{ "DPE-11: a sign", NAME, PERSIST_BAD_UNTIL, OURS "; persistUntil=+1890000000" },
	{ "DPE-11: a date", NAME, PERSIST_BAD_UNTIL, OURS "; persistUntil=2030-01-01T00:00:00Z" },
	{ "DPE-11: beyond all time", NAME, PERSIST_BAD_UNTIL,
	    OURS "; persistUntil=9223372036854775808" },
	{ "DPE-12: a wildcard", WILD, PERSIST_PERMITTED, OURS "; policy=wildcard" },
	{ "DPE-12: in capitals", WILD, PERSIST_PERMITTED, OURS "; policy=WildCard" },
	{ "DPE-12: a wildcard without policy", WILD, PERSIST_NO_WILDCARD, OURS },
	{ "DPE-12: another policy is none", WILD, PERSIST_NO_WILDCARD, OURS "; policy=wildcards" },
	{ "DPE-12: another policy, a name", NAME, PERSIST_PERMITTED, OURS "; policy=exact" },
}, hashed[] = {
	{ "DPE-04 DPE-05: the hash for the domain", NAME, PERSIST_PERMITTED,
	    "ca.example; accounturi=" HASH },
	{ "DPE-04 DPE-05: the hash for any domain", NAME, PERSIST_PERMITTED,
	    "ca.example; accounturi=" HASH_ANY },
	{ "DPE-04: the URL in clear is of the other draft", NAME, PERSIST_OTHER_ACCOUNT, OURS },
	{ "DPE-04: another hash", NAME, PERSIST_OTHER_ACCOUNT, "ca.example; accounturi=" PREFIX
	    "sha-256/6SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw" },
	{ "DPE-04: another hash function", NAME, PERSIST_OTHER_ACCOUNT, "ca.example; accounturi="
	    PREFIX "sha-512/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw" },
	{ "DPE-12: a wildcard by its base domain", WILD, PERSIST_PERMITTED,
	    "ca.example; accounturi=" HASH "; policy=wildcard" },
};

#define TEXT(lit)	{ lit, sizeof(lit) - 1 }
static const struct view issuers[] = { TEXT("ca.example"), TEXT("ca2.example") };
/* The key that the records were made for is the one that was changed (DPE-16). */
static const struct view keys[] = { TEXT("a-newer-key"), TEXT(THUMBPRINT) };

static void
run(const struct row *r, enum conf_persist draft, size_t nkeys)
{
	struct arena *a = arena_new();
	struct persist_ask ask = { VIEW("example.com"), r->wildcard, issuers, NITEMS(issuers),
	    draft, VIEW(ACCOUNT), VIEW(PREFIX), keys, nkeys, NOW };
	enum persist_ruling got;
	int64_t until;

	got = persist_judge(a, &ask, view_of(r->value), &until);
	tap_ok(got == r->ruling, "%s: %s", r->rule, persist_ruling_text(got));
	arena_free(a);
}

static void
until_is_told(void)
{
	struct arena *a = arena_new();
	struct persist_ask ask = { VIEW("example.com"), false, issuers, NITEMS(issuers),
	    CONF_PERSIST_01, VIEW(ACCOUNT), VIEW(PREFIX), keys, 1, NOW };
	int64_t until = 1;

	tap_ok(persist_judge(a, &ask, VIEW(OURS), &until) == PERSIST_PERMITTED && until == 0,
	    "a record without an end");
	tap_ok(persist_judge(a, &ask, VIEW(OURS "; persistuntil=1790003600"), &until) ==
	    PERSIST_PERMITTED && until == 1790003600, "DPE-11: the end of a record");
	arena_free(a);
}

int
main(void)
{
	static const struct row other_key = { "DPE-04: the hash of a key that the account "
	    "never had", NAME, PERSIST_OTHER_ACCOUNT, "ca.example; accounturi=" HASH };
	size_t i;

	for (i = 0; i < NITEMS(rows); i++)
		run(&rows[i], CONF_PERSIST_01, NITEMS(keys));
	for (i = 0; i < NITEMS(hashed); i++)
		run(&hashed[i], CONF_PERSIST_02, NITEMS(keys));
	run(&other_key, CONF_PERSIST_02, 1);
	until_is_told();
	return tap_done();
}
