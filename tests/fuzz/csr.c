/* SPDX-License-Identifier: BSD-2-Clause */
/* csr: names come sorted, each once, and are names; every refusal says why. */
#include "crypto/csr.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();
	struct err err = ERR_INIT;
	struct ident id;
	struct csr csr;
	size_t i;

	if (csr_parse(a, view_from(p, n), &csr, &err) != 0)
		REQUIRE(err.kind == ERR_BAD_CSR && err.detail[0] != '\0');
	else {
		REQUIRE(csr.nidents != 0 && csr.key_type != JWK_ED25519 && csr.spki.n != 0);
		for (i = 0; i < csr.nidents; i++) {
			REQUIRE(i == 0 || ident_cmp(&csr.idents[i - 1], &csr.idents[i]) < 0);
			REQUIRE(ident_parse(a, view_of(ident_type_name(csr.idents[i].type)),
			    ident_text(a, &csr.idents[i]), &id, &err) == 0 &&
			    ident_eq(&id, &csr.idents[i]));
		}
	}
	arena_free(a);
	return 0;
}
