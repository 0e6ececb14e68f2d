/* SPDX-License-Identifier: BSD-2-Clause */
/* store: the registry that stmt.awk makes of sql/query (design.md 7). */
#include "store/db_private.h"
#include "store/writer.h"
#include "tap.h"

#define ALL	(USED_BY_WEB | USED_BY_VA | USED_BY_SIGN | USED_BY_ADMIN | USED_BY_SETUP)

static size_t
count(const char *text, char c)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == c;
	return n;
}

/* One statement: no second one hidden behind it, no comment, no literal text. */
static void
test_statements(void)
{
	const struct stmt_text *t;
	size_t i;

	tap_ok(STMT__MAX > 50, "there are %d statements", STMT__MAX);
	for (i = 0; i < STMT__MAX; i++) {
		t = &stmt_texts[i];
		tap_ok(t->nparams == count(t->text, '?') && t->nparams <= PARAMS_MAX &&
		    (t->roles & ~(unsigned)ALL) == 0 && count(t->text, ';') == 0 &&
		    strstr(t->text, "--") == NULL && count(t->text, '\n') == 0,
		    "%s is one statement with %u parameters", t->name, t->nparams);
		/* What is not prepared is sent as text and cannot have parameters. */
		tap_ok(t->roles != USED_BY_NONE || t->nparams == 0,
		    "%s: parameters need a statement that is prepared", t->name);
	}
}

static const struct {
	enum db_role	 role;
	const char	*name;
} names[] = {
	{ DB_WEB, "web" }, { DB_VA, "va" }, { DB_SIGN, "sign" }, { DB_ADMIN, "admin" },
};

/* What a role may do follows from what it prepares (design.md 1). */
static const struct {
	const char	*rule;
	const char	*start;		/* of a statement's text */
	unsigned	 never;		/* these roles prepare none that begins so */
} rights[] = {
	{ "the responder writes no verdict", "INSERT INTO verdicts", USED_BY_WEB | USED_BY_SIGN |
	    USED_BY_ADMIN },
	{ "... no CAA check", "INSERT INTO caa_checks", USED_BY_WEB | USED_BY_SIGN |
	    USED_BY_ADMIN },
	{ "... no certificate", "INSERT INTO certs", USED_BY_WEB | USED_BY_VA | USED_BY_ADMIN },
	{ "... no CRL", "INSERT INTO crls", USED_BY_WEB | USED_BY_VA | USED_BY_ADMIN },
	{ "the validator touches no money", "INSERT INTO ledger", USED_BY_VA | USED_BY_SIGN },
	{ "... no balance", "UPDATE resellers", USED_BY_VA | USED_BY_SIGN },
	{ "... no subscription", "INSERT INTO subscription", USED_BY_VA | USED_BY_SIGN },
	{ "nobody but the setup changes the schema", "CREATE ", ALL & ~(unsigned)USED_BY_SETUP },
	{ "nobody takes from the ledger", "DELETE FROM ledger", ALL },
	{ "nobody changes the ledger", "UPDATE ledger", ALL },
	{ "nobody changes the audit", "UPDATE audit", ALL },
	{ "nobody takes from the audit", "DELETE FROM audit", ALL },
};

static void
test_rights(void)
{
	size_t i, k, wrong;

	for (i = 0; i < NITEMS(rights); i++) {
		for (k = wrong = 0; k < STMT__MAX; k++)
			if (view_starts(view_of(stmt_texts[k].text), view_of(rights[i].start)) &&
			    (stmt_texts[k].roles & rights[i].never) != 0) {
				tap_diag("%s", stmt_texts[k].name);
				wrong++;
			}
		tap_is_int((int64_t)wrong, 0, "%s", rights[i].rule);
	}
}

#define A_DAY	((UINT64_C(86400000) << 22))

int
main(void)
{
	size_t i;

	test_statements();
	test_rights();
	for (i = 0; i < NITEMS(names); i++)
		tap_is_view(view_of(db_role_name(names[i].role)), view_of(names[i].name),
		    "the role %s", names[i].name);
	tap_ok(id_later_than(A_DAY * 3) == A_DAY * 2 && id_later_than(5) == 0,
	    "rows made after this one have ids above that of a day before it");
	return tap_done();
}
