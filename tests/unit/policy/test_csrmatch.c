/* SPDX-License-Identifier: BSD-2-Clause */
/* A CSR against its order (FIN-05). */
#include "policy/csrmatch.h"

#include "tap.h"

/* Names in words; "ip:" before an address. */
static const struct {
	const char	*rule, *csr, *order, *says;
} rows[] = {
	{ "one name", "a.test", "a.test", NULL },
	{ "many names in another order", "c.test a.test b.test", "b.test c.test a.test", NULL },
	{ "a wildcard and its base", "*.a.test a.test", "a.test *.a.test", NULL },
	{ "an address", "ip:192.0.2.1 a.test", "a.test ip:192.0.2.1", NULL },
	{ "a name is missing", "a.test", "a.test b.test", "lacks the dns identifier b.test" },
	{ "the first name is missing", "b.test", "a.test b.test",
	  "lacks the dns identifier a.test" },
	{ "one name too many", "a.test b.test", "a.test",
	  "asks for the dns identifier b.test, which" },
	{ "another name", "b.test", "a.test", "lacks the dns identifier a.test" },
	{ "a subdomain is another name", "a.b.test", "b.test",
	  "asks for the dns identifier a.b.test, which" },
	{ "a wildcard is not its base", "*.a.test", "a.test", "lacks the dns identifier a.test" },
	{ "a wildcard beside its base", "*.a.test a.test", "a.test",
	  "asks for the dns identifier *.a.test, which" },
	{ "an address is missing", "a.test", "a.test ip:192.0.2.1",
	  "lacks the ip identifier 192.0.2.1" },
	{ "another address", "ip:192.0.2.2", "ip:192.0.2.1", "lacks the ip identifier 192.0.2.1" },
	{ "an order without names", "a.test", "", "not in the order" },
};

static struct ident *
idents_of(struct arena *a, const char *words, size_t *n)
{
	struct ident *ids = arena_array(a, 8, sizeof(*ids));
	struct view rest = view_of(words), word;
	struct err err;
	int rc;

	for (*n = 0; rest.n != 0; ++*n) {
		word = view_cut(&rest, ' ');
		if (view_starts(word, VIEW("ip:")))
			rc = ident_parse(a, VIEW("ip"), view_sub(word, 3, word.n), &ids[*n], &err);
		else
			rc = ident_parse_dns(a, word, &ids[*n], &err);
		if (rc != 0)
			tap_ok(false, "%.*s: %s", VIEW_ARG(word), err.detail);
	}
	*n = ident_uniq(ids, *n);
	return ids;
}

int
main(void)
{
	struct arena *a = arena_new();
	struct csr csr = { 0 };
	struct ident *order;
	struct err err;
	size_t i, n;
	int rc;

	for (i = 0; i < NITEMS(rows); i++) {
		csr.idents = idents_of(a, rows[i].csr, &csr.nidents);
		order = idents_of(a, rows[i].order, &n);
		err_clear(&err);
		rc = csrmatch(a, &csr, order, n, &err);
		tap_ok(rows[i].says == NULL ? rc == 0 : rc == -1 && err.kind == ERR_BAD_CSR &&
		    view_icontains(view_of(err.detail), view_of(rows[i].says)),
		    "FIN-05: %s%s%s", rows[i].rule, rc == 0 ? "" : ": ", err.detail);
	}
	arena_free(a);
	return tap_done();
}
