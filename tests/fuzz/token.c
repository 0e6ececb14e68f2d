/* SPDX-License-Identifier: BSD-2-Clause */
/* token: a URL id or nonce that is taken is one that we would write. */
#include "crypto/token.h"
#include "fuzz.h"

#define KEY	"00112233445566778899aabbccddeeff"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct view text = view_from(p, n);
	struct token_keys *urls;
	struct nonce_keys *keys;
	struct err err = ERR_INIT;
	struct nonce nonce;
	char back[TOKEN_LEN + 1];
	unsigned kind;
	uint64_t id, got;

	REQUIRE(token_keys_parse(VIEW("0 " KEY "\n"), &urls, &err) == 0);
	REQUIRE(nonce_keys_parse(VIEW(KEY "\n"), &keys, &err) == 0);
	for (kind = TOKEN_ORDER; kind <= TOKEN_CURSOR; kind++)
		if (token_decode(urls, (enum token_kind)kind, text, &id) == 0) {
			token_encode(urls, (enum token_kind)kind, id, back);
			REQUIRE(view_eq(view_of(back), text));
		}
	if (nonce_decode(keys, text, &nonce) == 0) {
		nonce_encode(keys, &nonce, back);
		REQUIRE(view_eq(view_of(back), text));
	}
	if (n >= sizeof(id)) {
		memcpy(&id, p, sizeof(id));
		id &= INT64_MAX;
		token_encode(urls, TOKEN_AUTHZ, id, back);
		REQUIRE(token_decode(urls, TOKEN_AUTHZ, view_of(back), &got) == 0 && got == id);
		REQUIRE(token_decode(urls, TOKEN_ORDER, view_of(back), &got) == -1);
	}
	token_keys_free(urls);
	nonce_keys_free(keys);
	return 0;
}
