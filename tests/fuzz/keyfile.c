/* SPDX-License-Identifier: BSD-2-Clause */
/* keyfile: files of secret keys: what is refused does not stand in the error. */
#include "crypto/keyfile.h"
#include "crypto/token.h"
#include "crypto/wrap.h"
#include "fuzz.h"

/* A word long enough to be a key must not be told. */
static void
check_err(struct view text, const struct err *err)
{
	struct keyfile f = keyfile_of(text);
	struct view word, rest;

	REQUIRE(err->kind == ERR_INTERNAL);
	while (keyfile_next(&f, &word, &rest)) {
		REQUIRE(word.n != 0 && !view_has(word, ' ') && !view_has(word, '\n'));
		REQUIRE(!view_has(rest, '\n'));
		if (word.n >= 32)
			REQUIRE(!view_icontains(view_of(err->inner), word));
		if (rest.n >= 32)
			REQUIRE(!view_icontains(view_of(err->inner), rest));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct view text = view_from(p, n);
	struct token_keys *urls;
	struct nonce_keys *nonces;
	struct wrap_keys *wraps;
	struct err err = ERR_INIT;
	char out[TOKEN_LEN + 1];
	uint64_t id;

	if (token_keys_parse(text, &urls, &err) == 0) {
		token_encode(urls, TOKEN_CERT, 1, out);
		REQUIRE(token_decode(urls, TOKEN_CERT, view_of(out), &id) == 0 && id == 1);
		token_keys_free(urls);
	} else
		check_err(text, &err);
	if (nonce_keys_parse(text, &nonces, &err) == 0)
		nonce_keys_free(nonces);
	else
		check_err(text, &err);
	if (wrap_keys_parse(text, &wraps, &err) == 0) {
		REQUIRE(wrap_version(wraps) >= 1 && wrap_version(wraps) <= 65535);
		wrap_keys_free(wraps);
	} else
		check_err(text, &err);
	return 0;
}
