/* SPDX-License-Identifier: BSD-2-Clause */
/* caas-signer.conf: its sections, and the complaints about them. */
#include "conffile.h"
#include "tap.h"

#define TOP	"base_url = \"https://ca\"\nhttp_base_url = \"http://ca\"\n" \
		"caa_identities = {ca.example.net}\n"
#define ISSUER	"issuer r1 { cert = a.pem key = a.key }\n"
#define VANTAGE	"perspective local { key_id = k public_key = p }\n"
#define PROFILE	"profile classic { }\n"

static void
test_sections(void)
{
	struct signer_conf *conf;

	conf = conffile_load_signer(VIEW(TOP
	    "issuer \"first one\" {\n  cert = a.pem # the first\n  key = a.key\n  active = no\n}\n"
	    "perspective 'local' { key_id = k1 public_key = p1 }\n"
	    "issuer second { key = b.key cert = b.pem }\n"
	    "profile classic { }\nprofile short { lifetime = 3600 }\n"
	    "perspective second { key_id = k2 public_key = p2 }\n"
	    "caa_max_age = 600\n"), NULL);
	tap_ok(conf->nissuers == 2 && conf->nperspectives == 2 && conf->nprofiles == 2,
	    "all sections");
	tap_is_view(view_of(conf->issuers[0].name), VIEW("first one"), "name in quotes");
	tap_ok(strcmp(conf->issuers[0].cert, "a.pem") == 0 &&
	    strcmp(conf->issuers[0].key, "a.key") == 0 && !conf->issuers[0].active, "first issuer");
	tap_ok(strcmp(conf->issuers[1].name, "second") == 0 &&
	    strcmp(conf->issuers[1].cert, "b.pem") == 0 && conf->issuers[1].active,
	    "second issuer");
	tap_ok(strcmp(conf->perspectives[1].name, "second") == 0 &&
	    strcmp(conf->perspectives[1].public_key, "p2") == 0, "the same name in another kind");
	tap_ok(conf->profiles[0].lifetime == 7776000 && conf->profiles[0].backdate == 3600,
	    "a section of defaults");
	tap_ok(conf->profiles[1].lifetime == 3600, "a section's own value");
	tap_is_int(conf->caa_max_age, 600, "a key behind the sections");
	tap_is_view(view_of(conf->http_base_url), VIEW("http://ca"), "a key before them");
	signer_conf_free(conf);
	signer_conf_free(NULL);
}

static void
test_complaints(void)
{
	static const struct { const char *rule, *text, *want; } cases[] = {
		{ "no issuer", TOP VANTAGE PROFILE,
		    ": at least one section 'issuer NAME { ... }' is needed" },
		{ "no perspective", TOP ISSUER PROFILE, ": at least one section 'perspective" },
		{ "no profile", TOP ISSUER VANTAGE, ": at least one section 'profile" },
		{ "top key missing", ISSUER VANTAGE PROFILE,
		    ": the key 'base_url' (URL) must be set" },
		{ "key missing in a section", TOP VANTAGE ISSUER "\nissuer r2 { key = k }",
		    ":7: the key 'cert' (file) must be set in issuer 'r2'" },
		{ "value in the second section",
		    TOP ISSUER VANTAGE PROFILE "profile p { backdate = 3\nlifetime = 1 }",
		    ":8: '1' is no value of 'lifetime'" },
		{ "value in the first section",
		    TOP ISSUER VANTAGE "profile p { lifetime = 1 }\n" PROFILE,
		    ":6: '1' is no value of 'lifetime'" },
		{ "two of one name", TOP ISSUER ISSUER, ":5: found duplicate title 'r1'" },
		{ "unknown key in a section", TOP "issuer r1 {\n cert = x\n nokey = y }",
		    ":6: no such option 'nokey'" },
		{ "key of another kind", TOP "issuer r1 { lifetime = 3600 }",
		    ":4: no such option 'lifetime'" },
		{ "top key in a section", TOP "issuer r1 { base_url = x }",
		    ":4: no such option 'base_url'" },
		{ "repeated key in a section", TOP "issuer r1 { key = x\n key = y }",
		    ":5: the key 'key' stands here a second time, first in line 4" },
		{ "section without a name", TOP "issuer { }", ":4: unexpected '{' behind a key" },
		{ "section with an empty name", TOP "issuer \"\" { }",
		    ":4: the name of a section is empty" },
		{ "section with two names", TOP "issuer a b { }",
		    ":4: unexpected 'b' behind the name" },
		{ "section with an equals sign", TOP "issuer = { }", ":4: " },
		{ "section that is not closed", TOP "issuer a {\n",
		    ":5: unexpected 'end of the file'" },
		{ "section in a section", TOP "issuer a {\n issuer b { } }",
		    ":5: a section in a section" },
		{ "list in a section", TOP "issuer a { key = {x} }", ":4: unexpected token '{'" },
		{ "comma in a section", TOP "issuer a { key = x, }",
		    ":4: unexpected ',' where a key" },
		{ "section closed twice", TOP ISSUER "}", ":5: unexpected '}'" },
		{ "unknown kind of section", TOP "signer a { }", ":4: no such option 'signer'" },
	};
	struct signer_conf *conf;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		conf = conffile_load_signer(view_of(cases[i].text), &err);
		if (!tap_ok(conf == NULL &&
		    view_starts(conffile_complaint(&err), view_of(cases[i].want)),
		    "refused: %s", cases[i].rule))
			tap_diag("%s", err.detail);
		signer_conf_free(conf);
	}
	conf = conffile_load_signer(VIEW(TOP ISSUER VANTAGE PROFILE), NULL);
	tap_ok(conf != NULL, "and the smallest that is right");
	signer_conf_free(conf);
}

int
main(void)
{
	test_sections();
	test_complaints();
	return tap_done();
}
