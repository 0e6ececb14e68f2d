/* SPDX-License-Identifier: BSD-2-Clause */
/* dns: TXT and CAA records, persistent ones too: nothing is made up that did not stand in the record. */
#include "policy/persist.h"
#include "probe/txt.h"
#include "wire/caarr.h"
#include "fuzz.h"

static void
check_txt(struct arena *a, struct view rdata)
{
	struct view text;
	size_t at = 0, len, got = 0;

	if (txt_parse(a, rdata, &text) != 0)
		return;
	REQUIRE(rdata.n != 0);
	for (; at < rdata.n; at += 1 + len, got += len) {
		len = (unsigned char)rdata.p[at];
		REQUIRE(view_eq(view_sub(text, got, len), view_sub(rdata, at + 1, len)));
	}
	REQUIRE(at == rdata.n && got == text.n);
}

static void
check_issue(struct arena *a, struct view value)
{
	struct caa_issue issue;
	struct view one;
	size_t i;
	int rc;

	if (caa_issue_parse(a, value, &issue) != 0)
		return;
	REQUIRE(issue.issuer.n <= value.n && !view_has(issue.issuer, ';'));
	for (i = 0; i < issue.nparams; i++) {
		REQUIRE(issue.params[i].tag.n != 0 && !view_has(issue.params[i].value, ';'));
		rc = caa_issue_param(&issue, arena_str(a, issue.params[i].tag), &one);
		REQUIRE(rc == -1 || (rc == 1 && view_eq(one, issue.params[i].value)));
	}
}

/* What permits issuance names the issuer and the account. */
static void
check_persist(struct arena *a, struct view value)
{
	struct view issuer = VIEW("ca.example");
	struct persist_ask ask = { .domain = VIEW("example.com"), .issuers = &issuer,
	    .nissuers = 1, .draft = CONF_PERSIST_01, .account_url = VIEW("https://a/b"),
	    .now = 1000 };
	struct caa_issue record;
	struct view account;
	int64_t until;

	if (persist_judge(a, &ask, value, &until) != PERSIST_PERMITTED)
		return;
	REQUIRE(until == 0 || until >= ask.now);
	REQUIRE(caa_issue_parse(a, value, &record) == 0 && view_eq(record.issuer, issuer));
	REQUIRE(caa_issue_param(&record, "accounturi", &account) == 1 &&
	    view_eq(account, ask.account_url));
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();
	struct view rdata = view_from(p, n);
	struct caarr rr;

	check_txt(a, rdata);
	check_issue(a, rdata);
	check_persist(a, rdata);
	if (caarr_parse(a, rdata, &rr) == 0) {
		REQUIRE(rr.tag.n != 0 && 2 + rr.tag.n + rr.value.n == n && rr.flags == p[0]);
		REQUIRE(view_ieq(rr.tag, view_sub(rdata, 2, p[1])));
		REQUIRE(view_eq(rr.value, view_sub(rdata, 2 + (size_t)p[1], n)));
		check_issue(a, rr.value);
	}
	arena_free(a);
	return 0;
}
