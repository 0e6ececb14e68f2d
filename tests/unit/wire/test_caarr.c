/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/caarr: CAA records from the wire, and the grammar of issue values. */
#include "wire/caarr.h"
#include "base/buf.h"
#include "tap.h"

static const struct {
	const char	*rule;
	struct view	 rdata;
	int		 rc;
	uint8_t		 flags;
	struct view	 tag, value;
} records[] = {
	{ "an issue record", VIEW("\0\5issueca.example"), 0, 0, VIEW("issue"),
	    VIEW("ca.example") },
	{ "CAA-06: the tag in upper case", VIEW("\0\5ISSUEX"), 0, 0, VIEW("issue"), VIEW("X") },
	{ "CAA-07: the critical flag", VIEW("\200\3tbsUnknown"), 0, CAA_FLAG_CRITICAL,
	    VIEW("tbs"), VIEW("Unknown") },
	{ "CAA-07: every flag bit is kept", VIEW("\377\3tbs"), 0, 255, VIEW("tbs"), VIEW("") },
	{ "CAA-05: an empty value", VIEW("\0\5issue"), 0, 0, VIEW("issue"), VIEW("") },
	{ "a value with NUL and blanks stays as it is", VIEW("\0\1a \0 "), 0, 0, VIEW("a"),
	    VIEW(" \0 ") },
	{ "a tag with digits", VIEW("\0\2a1x"), 0, 0, VIEW("a1"), VIEW("x") },
	{ "no bytes", VIEW(""), -1, 0, VIEW(""), VIEW("") },
	{ "flags only", VIEW("\0"), -1, 0, VIEW(""), VIEW("") },
	{ "a tag of no characters", VIEW("\0\0ca.example"), -1, 0, VIEW(""), VIEW("") },
	{ "a tag longer than the record", { "\0\6issueX", 7 }, -1, 0, VIEW(""), VIEW("") },
	{ "a tag of 255 in a short record", VIEW("\0\377issue"), -1, 0, VIEW(""), VIEW("") },
	{ "a tag with a hyphen", VIEW("\0\3a-bx"), -1, 0, VIEW(""), VIEW("") },
	{ "a tag with a blank", VIEW("\0\6issue x"), -1, 0, VIEW(""), VIEW("") },
	{ "a tag with NUL", VIEW("\0\2a\0x"), -1, 0, VIEW(""), VIEW("") },
	{ "a tag outside ASCII", VIEW("\0\2\xc3\xa4x"), -1, 0, VIEW(""), VIEW("") },
};

static void
test_records(struct arena *arena)
{
	struct caarr rr;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(records); i++) {
		rc = caarr_parse(arena, records[i].rdata, &rr);
		tap_is_int(rc, records[i].rc, "%s", records[i].rule);
		if (rc != 0)
			continue;
		tap_is_int(rr.flags, records[i].flags, "... its flags");
		tap_is_view(rr.tag, records[i].tag, "... its tag");
		tap_is_view(rr.value, records[i].value, "... its value");
		arena_reset(arena);
	}
}

static const struct {
	const char	*rule;
	struct view	 value;
	const char	*parsed;	/* issuer, then |tag=value; NULL: refused */
} values[] = {
	{ "an issuer", VIEW("ca.example"), "ca.example" },
	{ "CAA-06: the issuer in upper case", VIEW("CA.Example"), "ca.example" },
	{ "an issuer of one label", VIEW("ca"), "ca" },
	{ "an issuer with hyphens and digits", VIEW("1-2--3.ca-4.example"),
	    "1-2--3.ca-4.example" },
	{ "blanks and tabs around", VIEW(" \tca.example\t "), "ca.example" },
	{ "CAA-05: ';' forbids", VIEW(";"), "" },
	{ "CAA-05: an empty value forbids", VIEW(""), "" },
	{ "CAA-05: blanks forbid", VIEW(" \t"), "" },
	{ "CAA-05: no issuer, but a parameter", VIEW("; a=b"), "|a=b" },
	{ "';' with nothing behind", VIEW("ca.example;"), "ca.example" },
	{ "';' with blanks behind", VIEW("ca.example ; "), "ca.example" },
	{ "a parameter", VIEW("ca.example; a=b"), "ca.example|a=b" },
	{ "no blank", VIEW("ca.example;a=b"), "ca.example|a=b" },
	{ "blanks everywhere", VIEW(" ca.example ;\ta \t=  b ;  c\t= d\t"),
	    "ca.example|a=b|c=d" },
	{ "CAA-12: accounturi", VIEW("ca.example; accounturi=https://ca/acct/1?x=y&z=%3B"),
	    "ca.example|accounturi=https://ca/acct/1?x=y&z=%3B" },
	{ "CAA-13: validationmethods", VIEW("ca.example; validationmethods=dns-01,ca-tbr-7"),
	    "ca.example|validationmethods=dns-01,ca-tbr-7" },
	{ "CAA-06: the tag of a parameter in upper case, its value stays",
	    VIEW("ca.example; ACCOUNTURI=https://CA/A"),
	    "ca.example|accounturi=https://CA/A" },
	{ "an empty value of a parameter", VIEW("ca.example; a="), "ca.example|a=" },
	{ "a tag with a hyphen and digits", VIEW("ca.example; a-1=b"), "ca.example|a-1=b" },
	{ "all characters of a value", VIEW("ca.example; a=!\"#$%&'()*+,-./09:<=>?@AZ[\\]^_`az"
	    "{|}~"), "ca.example|a=!\"#$%&'()*+,-./09:<=>?@AZ[\\]^_`az{|}~" },
	{ "CAA-12: a parameter twice is grammatical", VIEW("ca.example; a=1; a=2"),
	    "ca.example|a=1|a=2" },
	{ "CAA-05: ';' behind the last parameter", VIEW("ca.example; a=b;"), NULL },
	{ "CAA-05: two ';'", VIEW("ca.example;; a=b"), NULL },
	{ "CAA-05: a parameter without '='", VIEW("ca.example; a"), NULL },
	{ "CAA-05: a parameter without a tag", VIEW("ca.example; =b"), NULL },
	{ "CAA-05: no ';' before the parameter", VIEW("ca.example a=b"), NULL },
	{ "CAA-05: a blank in a value", VIEW("ca.example; a=b c"), NULL },
	{ "CAA-05: a blank in a tag", VIEW("ca.example; a b=c"), NULL },
	{ "CAA-05: an underscore in a tag", VIEW("ca.example; a_b=c"), NULL },
	{ "CAA-05: a tag that ends in a hyphen", VIEW("ca.example; a-=c"), NULL },
	{ "CAA-05: UTF-8 in a value", VIEW("ca.example; a=\xc3\xa4"), NULL },
	{ "CAA-05: NUL in a value", VIEW("ca.example; a=b\0"), NULL },
	{ "CAA-05: DEL in a value", VIEW("ca.example; a=\x7f"), NULL },
	{ "CAA-05: a line end behind a value", VIEW("ca.example; a=b\n"), NULL },
	{ "CAA-05: an issuer with a trailing dot", VIEW("ca.example."), NULL },
	{ "CAA-05: an issuer with a leading dot", VIEW(".ca.example"), NULL },
	{ "CAA-05: an issuer with an empty label", VIEW("ca..example"), NULL },
	{ "CAA-05: an issuer with a leading hyphen", VIEW("-ca.example"), NULL },
	{ "CAA-05: an issuer with a trailing hyphen", VIEW("ca-.example"), NULL },
	{ "CAA-05: an issuer with an underscore", VIEW("c_a.example"), NULL },
	{ "CAA-05: an issuer with a blank", VIEW("ca example"), NULL },
	{ "CAA-05: an issuer with NUL", VIEW("ca.example\0"), NULL },
	{ "CAA-05: '%%%%%'", VIEW("%%%%%"), NULL },
	{ "CAA-05: an issuer in quotes", VIEW("\"ca.example\""), NULL },
};

static void
format(const struct caa_issue *issue, struct buf *b)
{
	size_t i;

	buf_put(b, issue->issuer);
	for (i = 0; i < issue->nparams; i++)
		buf_printf(b, "|%.*s=%.*s", VIEW_ARG(issue->params[i].tag),
		    VIEW_ARG(issue->params[i].value));
}

static void
test_values(struct arena *arena)
{
	struct buf b = BUF_INIT(1000);
	struct caa_issue issue;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(values); i++) {
		rc = caa_issue_parse(arena, values[i].value, &issue);
		tap_is_int(rc, values[i].parsed != NULL ? 0 : -1, "%s", values[i].rule);
		if (rc != 0 || values[i].parsed == NULL)
			continue;
		buf_reset(&b);
		format(&issue, &b);
		tap_is_view(buf_view(&b), view_of(values[i].parsed), "... as %s",
		    values[i].parsed);
		arena_reset(arena);
	}
	buf_release(&b);
}

static void
test_params(struct arena *arena)
{
	struct caa_issue issue;
	struct view v = VIEW("untouched");

	tap_ok(caa_issue_parse(arena, VIEW("ca.example; a=1; AccountURI=x; b=; a=2"), &issue)
	    == 0, "a value with parameters");
	tap_ok(caa_issue_param(&issue, "absent", &v) == 0 && view_is(v, "untouched"),
	    "an absent parameter");
	tap_ok(caa_issue_param(&issue, "account", &v) == 0, "the start of a name");
	tap_ok(caa_issue_param(&issue, "accounturi", &v) == 1 && view_is(v, "x"),
	    "CAA-12: a parameter that stands once");
	tap_ok(caa_issue_param(&issue, "b", &v) == 1 && v.n == 0, "an empty one is there");
	tap_is_int(caa_issue_param(&issue, "a", &v), -1,
	    "CAA-12, CAA-13: a parameter that stands twice");
	tap_ok(caa_issue_parse(arena, VIEW("ca; x=1; X=1; x=1"), &issue) == 0 &&
	    caa_issue_param(&issue, "x", &v) == -1, "CAA-12: three times, in either case");
	arena_reset(arena);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_records(arena);
	test_values(arena);
	test_params(arena);
	arena_free(arena);
	return tap_done();
}
