/* SPDX-License-Identifier: BSD-2-Clause */
/* Two sorted lists of identifiers that must be the same. */
#include "policy/csrmatch.h"

static int
surplus(struct arena *a, const struct ident *ident, struct err *err)
{
	struct view text = ident_text(a, ident);

	return err_set(err, ERR_BAD_CSR,
	    "The CSR asks for the %s identifier %.*s, which is not in the order",
	    ident_type_name(ident->type), VIEW_ARG(text));
}

static int
missing(struct arena *a, const struct ident *ident, struct err *err)
{
	struct view text = ident_text(a, ident);

	return err_set(err, ERR_BAD_CSR, "The CSR lacks the %s identifier %.*s of the order",
	    ident_type_name(ident->type), VIEW_ARG(text));
}

int
csrmatch(struct arena *a, const struct csr *csr, const struct ident *idents,
    size_t n, struct err *err)
{
	size_t i;
	int c;

	for (i = 0; i < csr->nidents || i < n; i++) {
		if (i == n)
			c = -1;
		else if (i == csr->nidents)
			c = 1;
		else
			c = ident_cmp(&csr->idents[i], &idents[i]);
		if (c < 0)
			return surplus(a, &csr->idents[i], err);
		if (c > 0)
			return missing(a, &idents[i], err);
	}
	return 0;
}
