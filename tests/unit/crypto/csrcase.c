/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests and what becomes of them. */
#include "csrcase.h"

#include "crypto/csr.h"
#include "tap.h"

struct csr_spec
spec_of(struct arena *a, EVP_PKEY *pkey, const char *cn, const char *san)
{
	struct csr_spec spec = { .pkey = pkey };

	if (cn != NULL)
		spec.subject = rdn(a, "CN", UTF8_STRING, view_of(cn));
	if (san != NULL)
		spec.attributes = extension_request(a, extension(a, "subjectAltName",
		    general_names(a, san)));
	return spec;
}

struct view
parsed(struct arena *a, struct view bytes)
{
	struct buf b = BUF_INIT(65536);
	struct view packed;
	struct csr csr;
	struct err err = ERR_INIT;

	if (csr_parse(a, bytes, &csr, &err) != 0) {
		if (err.kind != ERR_BAD_CSR)
			tap_ok(false, "a refusal is badCSR, not %s", err_kind_name(err.kind));
		return view_of(arena_printf(a, "!%s", err.detail));
	}
	ident_pack(&b, csr.idents, csr.nidents);
	packed = arena_view(a, buf_view(&b));
	buf_release(&b);
	return packed;
}

void
is_parsed(struct arena *a, struct view bytes, const char *want, const char *rule)
{
	struct view got = parsed(a, bytes), words = view_of(want + 1);

	if (want[0] != '!')
		tap_is_view(got, view_of(want), "%s", rule);
	else
		tap_ok(got.p[0] == '!' && view_icontains(got, words), "%s: %.*s", rule,
		    VIEW_ARG(got));
}

void
is_made(struct arena *a, const struct csr_spec *spec, const char *want, const char *rule)
{
	is_parsed(a, make_csr(a, spec), want, rule);
}
