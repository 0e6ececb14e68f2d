/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does a CAA record set permit this issuer, method and account (RFC 8659 s4,
 * RFC 8657)?
 */
#include "policy/caa.h"

/* Some think that "critical" is the flag 1, the lowest bit; so it is taken too. */
#define CRITICAL	(CAA_FLAG_CRITICAL | 1)
#define TAG_SHOWN_MAX	40

/*
 * Why a property does not permit issuance; a later one is nearer to permission,
 * and is what the client is told of several.
 */
enum ruling {
	MALFORMED, FORBIDDEN, OTHER_ISSUER, TWICE, OTHER_METHOD, OTHER_ACCOUNT, PERMITTED,
};

static const char *const reasons[] = {
	[MALFORMED]	= "its value is malformed",
	[FORBIDDEN]	= "it forbids all issuance",
	[OTHER_ISSUER]	= "it does not name this certification authority",
	[TWICE]		= "a parameter stands twice",
	[OTHER_METHOD]	= "validationmethods does not allow this method",
	[OTHER_ACCOUNT]	= "accounturi is another account's",
};

/* The labels that stand for a method (RFC 8657 s4, BR 4.2.2.1.2). */
static const struct {
	const char	*method;
	const char	*label;
} labels[] = {
	{ "http-01",        "http-01" },
	{ "http-01",        "ca-tbr-19" },
	{ "dns-01",         "dns-01" },
	{ "dns-01",         "ca-tbr-7" },
	{ "tls-alpn-01",    "tls-alpn-01" },
	{ "tls-alpn-01",    "ca-tbr-20" },
	{ "dns-account-01", "dns-account-01" },
	{ "dns-account-01", "ca-tbr-21" },
	{ "dns-persist-01", "dns-persist-01" },
	{ "dns-persist-01", "ca-tbr-22" },
};

static bool
is_known(struct view tag)
{
	static const char *const known[] = {
		"issue", "issuewild", "iodef", "issuemail", "issuevmc",
		"contactemail", "contactphone",
	};
	size_t i;

	for (i = 0; i < NITEMS(known); i++)
		if (view_is(tag, known[i]))
			return true;
	return false;
}

static bool
is_ours(const struct caa_ask *ask, struct view issuer)
{
	size_t i;

	for (i = 0; i < ask->nissuers; i++)
		if (view_ieq(ask->issuers[i], issuer))
			return true;
	return false;
}

static bool
stands_for(struct view label, struct view method)
{
	size_t i;

	for (i = 0; i < NITEMS(labels); i++)
		if (view_is(method, labels[i].method) && view_is(label, labels[i].label))
			return true;
	return false;
}

/* label = 1*(ALPHA / DIGIT / "-") */
static bool
is_label(struct view label)
{
	size_t i;
	char c;

	for (i = 0; i < label.n; i++) {
		c = label.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return label.n != 0;
}

/* A comma list; one bad label spoils it (CAA-13). */
static bool
method_allowed(struct view list, struct view method)
{
	bool found = false;
	struct view label;

	while (list.p != NULL) {
		label = view_cut(&list, ',');
		if (!is_label(label))
			return false;
		found = found || stands_for(label, method);
	}
	return found;
}

static enum ruling
judge(struct arena *arena, const struct caarr *rr, const struct caa_ask *ask)
{
	struct caa_issue issue;
	struct view value;
	int has;

	if (caa_issue_parse(arena, rr->value, &issue) != 0)
		return MALFORMED;
	if (issue.issuer.n == 0)
		return FORBIDDEN;
	if (!is_ours(ask, issue.issuer))
		return OTHER_ISSUER;
	if ((has = caa_issue_param(&issue, "validationmethods", &value)) < 0)
		return TWICE;
	if (has == 1 && !method_allowed(value, ask->method))
		return OTHER_METHOD;
	if ((has = caa_issue_param(&issue, "accounturi", &value)) < 0)
		return TWICE;
	if (has == 1 && !view_eq(value, ask->account_url))
		return OTHER_ACCOUNT;
	return PERMITTED;
}

static bool
has_tag(const struct caa_set *set, const char *tag)
{
	size_t i;

	for (i = 0; i < set->n; i++)
		if (view_is(set->rrs[i].tag, tag))
			return true;
	return false;
}

/* The best that any property of this tag says (RFC 8659 s4.2). */
static enum ruling
judge_all(const struct caa_set *set, const struct caa_ask *ask, const char *tag)
{
	enum ruling one, best = MALFORMED;
	struct arena *arena = arena_new();
	size_t i;

	for (i = 0; i < set->n; i++) {
		if (!view_is(set->rrs[i].tag, tag))
			continue;
		if ((one = judge(arena, &set->rrs[i], ask)) > best)
			best = one;
	}
	arena_free(arena);
	return best;
}

static int
deny(const struct caa_set *set, const struct caa_ask *ask, struct err *err,
    const char *tag, const char *why)
{
	return err_set(err, ERR_CAA, "CAA record set of %.*s forbids issuance for "
	    "%s%.*s: %s%s%s", VIEW_ARG(set->found), ask->wildcard ? "*." : "",
	    VIEW_ARG(ask->name), tag, *tag != '\0' ? ": " : "", why);
}

/* An unknown property that must be understood (RFC 8659 s4.5; CAA-07). */
static int
check_critical(const struct caa_set *set, const struct caa_ask *ask, struct err *err)
{
	char why[TAG_SHOWN_MAX + 40];
	struct view tag;
	size_t i;

	for (i = 0; i < set->n; i++) {
		tag = set->rrs[i].tag;
		if ((set->rrs[i].flags & CRITICAL) == 0 || is_known(tag))
			continue;
		(void)snprintf(why, sizeof(why), "unknown critical property \"%.*s\"",
		    VIEW_ARG(view_sub(tag, 0, TAG_SHOWN_MAX)));
		return deny(set, ask, err, "", why);
	}
	return 0;
}

int
caa_permits(const struct caa_set *set, const struct caa_ask *ask, struct err *err)
{
	const char *tag = "issue";
	enum ruling ruling;

	if (set->broken)
		return deny(set, ask, err, "", "a record of it cannot be parsed");
	if (check_critical(set, ask, err) != 0)
		return -1;
	/* CAA-04 */
	if (ask->wildcard && has_tag(set, "issuewild"))
		tag = "issuewild";
	if (!has_tag(set, tag))
		return 0;
	if ((ruling = judge_all(set, ask, tag)) == PERMITTED)
		return 0;
	return deny(set, ask, err, tag, reasons[ruling]);
}
