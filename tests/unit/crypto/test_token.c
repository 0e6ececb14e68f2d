/* SPDX-License-Identifier: BSD-2-Clause */
/* Row ids and nonces as tokens (design.md 6; NON-03, TRN-20). */
#include "crypto/token.h"

#include "base/base64url.h"
#include "base/random.h"
#include "crypto/aesblock.h"
#include "bytes.h"
#include "tap.h"

#define KEY1	"000102030405060708090a0b0c0d0e0f"
#define KEY2	"ffeeddccbbaa99887766554433221100"
#define KEY3	"11111111111111111111111111111111"

/* An id of 262144 ms after ID_EPOCH_S, and the file whose second key starts then. */
#define ID	UINT64_C(0x0000010000000001)
#define ID_1MS	(UINT64_C(1) << 22)
#define ROTATED	"# the URL keys\n0 " KEY1 "\n\n1735689862144 " KEY2 "\n"

static const struct {
	const char	*rule, *file;
	bool		 ok;
} token_files[] = {
	{ "one key from 0", "0 " KEY1, true },
	{ "comments, empty lines, blanks at the ends",
	  ROTATED "  5735689862144   " KEY3 " \n", true },
	{ "an empty file", "", false },
	{ "comments only", "# nothing\n", false },
	{ "the first key is from 0", "1 " KEY1 "\n", false },
	{ "times rise", "0 " KEY1 "\n5 " KEY2 "\n4 " KEY3 "\n", false },
	{ "two keys from the same time", "0 " KEY1 "\n0 " KEY2 "\n", false },
	{ "a key that is too short", "0 000102030405060708090a0b0c0d0e\n", false },
	{ "a key that is too long", "0 " KEY1 "00\n", false },
	{ "a key that is no hexadecimal", "0 000102030405060708090a0b0c0d0e0g\n", false },
	{ "a time that is no number", "-1 " KEY1 "\n", false },
	{ "a key without a time", KEY1 "\n", false },
	{ "a time without a key", "0\n", false },
	{ "a third word", "0 " KEY1 " x\n", false },
}, nonce_files[] = {
	{ "one key", KEY1, true },
	{ "two keys", KEY2 "\n# the old one\n" KEY1 "\n", true },
	{ "an empty file", "", false },
	{ "three keys", KEY1 "\n" KEY2 "\n" KEY3 "\n", false },
	{ "two words", KEY1 " " KEY2 "\n", false },
	{ "a key that is too short", "0001\n", false },
};

static struct token_keys *
keys_of(const char *file)
{
	struct token_keys *keys;
	struct err err;

	if (token_keys_parse(view_of(file), &keys, &err) != 0)
		tap_ok(false, "the key file parses: %s", err.inner);
	return keys;
}

static struct nonce_keys *
nonce_keys_of(const char *file)
{
	struct nonce_keys *keys;
	struct err err;

	if (nonce_keys_parse(view_of(file), &keys, &err) != 0)
		tap_ok(false, "the nonce key file parses: %s", err.inner);
	return keys;
}

static void
test_aes(struct arena *a)
{
	struct view plain = from_hex(a, "00112233445566778899aabbccddeeff");
	struct aesblock aes;
	uint8_t block[AESBLOCK_LEN];
	struct err err;

	if (!tap_ok(aesblock_init_hex(&aes, VIEW(KEY1), &err) == 0, "an AES key"))
		return;
	aesblock_encrypt(&aes, (const uint8_t *)plain.p, block);
	tap_ok(view_eq(view_from(block, sizeof(block)),
	    from_hex(a, "69c4e0d86a7b0430d8cdb78070b4c55a")), "FIPS 197 C.1 encryption");
	aesblock_decrypt(&aes, block, block);
	tap_ok(view_eq(view_from(block, sizeof(block)), plain), "FIPS 197 C.1 decryption");
	aesblock_release(&aes);
}

static void
test_files(void)
{
	struct nonce_keys *nonce_keys;
	struct token_keys *keys;
	struct err err = ERR_INIT;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(token_files); i++) {
		rc = token_keys_parse(view_of(token_files[i].file), &keys, &err);
		tap_ok(token_files[i].ok ? rc == 0 && keys != NULL :
		    rc == -1 && keys == NULL && err.kind == ERR_INTERNAL,
		    "URL key file: %s", token_files[i].rule);
		token_keys_free(keys);
	}
	for (i = 0; i < NITEMS(nonce_files); i++) {
		rc = nonce_keys_parse(view_of(nonce_files[i].file), &nonce_keys, &err);
		tap_ok(nonce_files[i].ok ? rc == 0 && nonce_keys != NULL :
		    rc == -1 && nonce_keys == NULL && err.kind == ERR_INTERNAL,
		    "nonce key file: %s", nonce_files[i].rule);
		nonce_keys_free(nonce_keys);
	}
	rc = token_keys_parse(VIEW("0 " KEY1 "\n#\n7 " KEY2 "x\n"), &keys, &err);
	tap_ok(rc == -1 && view_icontains(view_of(err.inner), VIEW("line 3")),
	    "the error names the line: %s", err.inner);
	tap_ok(!view_icontains(view_of(err.inner), VIEW("ffee")), "and not the key");
}

static void
test_known(void)
{
	struct token_keys *keys = keys_of(ROTATED), *old = keys_of("0 " KEY1 "\n");
	char text[TOKEN_LEN + 1];
	uint64_t id = 0;

	token_encode(old, TOKEN_AUTHZ, ID, text);
	tap_is_view(view_of(text), VIEW("r8PORs2YHV6MmU47Xf7oqw"),
	    "a token is id, kind and zeros, as the openssl command encrypts them");
	tap_ok(token_decode(keys, TOKEN_AUTHZ, view_of(text), &id) == -1,
	    "a token under another key than that of its time is none of ours");
	token_encode(keys, TOKEN_AUTHZ, ID, text);
	tap_is_view(view_of(text), VIEW("NgiJCtbv795mq1uNOafrrg"),
	    "the key in force when the id was made encrypts it");
	tap_ok(token_decode(keys, TOKEN_AUTHZ, view_of(text), &id) == 0 && id == ID,
	    "and decrypts it");
	token_encode(keys, TOKEN_AUTHZ, ID - ID_1MS, text);
	tap_ok(token_decode(old, TOKEN_AUTHZ, view_of(text), &id) == 0 && id == ID - ID_1MS,
	    "TRN-19: a token of before the new key stays what it was");
	token_keys_free(keys);
	token_keys_free(old);
}

static void
test_refused(struct arena *a)
{
	struct token_keys *keys = keys_of(ROTATED), *others = keys_of("0 " KEY3 "\n");
	char text[TOKEN_LEN + 1], bad[TOKEN_LEN + 1];
	unsigned passed = 0;
	uint64_t id = 7;
	size_t i;

	token_encode(keys, TOKEN_ORDER, ID, text);
	tap_ok(token_decode(keys, TOKEN_AUTHZ, view_of(text), &id) == -1,
	    "TRN-20: an order is no authorization");
	tap_ok(token_decode(others, TOKEN_ORDER, view_of(text), &id) == -1,
	    "TRN-20: a token of another service is refused");
	for (i = 0; i < TOKEN_LEN; i++) {
		memcpy(bad, text, sizeof(bad));
		bad[i] = bad[i] == 'A' ? 'B' : 'A';
		passed += token_decode(keys, TOKEN_ORDER, view_of(bad), &id) == 0;
	}
	tap_is_int(passed, 0, "TRN-20: a token with one character changed is refused");
	tap_ok(token_decode(keys, TOKEN_ORDER, view_sub(view_of(text), 0, TOKEN_LEN - 1),
	    &id) == -1, "a token cut short is refused");
	tap_ok(token_decode(keys, TOKEN_ORDER, view_of(arena_printf(a, "%sA", text)),
	    &id) == -1, "a longer one is refused");
	tap_ok(token_decode(keys, TOKEN_ORDER, VIEW("r8PORs2YHV6MmU47Xf7oq="), &id) == -1,
	    "padding is refused");
	tap_ok(token_decode(keys, TOKEN_ORDER, VIEW_NONE, &id) == -1, "nothing is refused");
	tap_is_int((int64_t)id, 7, "a refusal leaves the id alone");
	token_keys_free(keys);
	token_keys_free(others);
}

static void
test_forged_zeros(void)
{
	struct token_keys *keys = keys_of("0 " KEY1 "\n");
	uint8_t plain[AESBLOCK_LEN], block[AESBLOCK_LEN];
	struct aesblock aes;
	char text[TOKEN_LEN + 1];
	unsigned passed = 0;
	uint64_t id;
	struct err err;
	size_t i;

	if (aesblock_init_hex(&aes, VIEW(KEY1), &err) != 0)
		return;
	for (i = 8; i < AESBLOCK_LEN; i++) {
		memset(plain, 0, sizeof(plain));
		plain[8] = TOKEN_CERT;
		plain[i] ^= 0x80;
		aesblock_encrypt(&aes, plain, block);
		b64u_encode(block, sizeof(block), text);
		passed += token_decode(keys, TOKEN_CERT, view_of(text), &id) == 0;
	}
	tap_is_int(passed, 0, "each of the kind's and the zeros' bytes is looked at");
	aesblock_release(&aes);
	token_keys_free(keys);
}

static void
test_round_trips(void)
{
	struct token_keys *keys = keys_of(ROTATED);
	char text[TOKEN_LEN + 1];
	unsigned failed = 0;
	uint64_t id, got;
	unsigned i;

	for (i = 0; i < 10000; i++) {
		id = i == 0 ? 0 : i == 1 ? UINT64_MAX >> 1 : random_u64() >> (1 + i % 40);
		token_encode(keys, TOKEN_CURSOR, id, text);
		if (strlen(text) != TOKEN_LEN ||
		    token_decode(keys, TOKEN_CURSOR, view_of(text), &got) != 0 || got != id)
			failed++;
	}
	tap_is_int(failed, 0, "every id comes back from its 22 characters");
	token_keys_free(keys);
}

static void
test_nonces(void)
{
	struct nonce_keys *keys = nonce_keys_of(KEY1), *rotated = nonce_keys_of(KEY2 "\n" KEY1);
	struct nonce_keys *others = nonce_keys_of(KEY3);
	struct nonce in = { 0x010203, 1023, 5, { 0 } }, out = { 0 };
	char text[TOKEN_LEN + 1], bad[TOKEN_LEN + 1];
	unsigned passed = 0;
	size_t i;

	nonce_encode(keys, &in, text);
	tap_is_view(view_of(text), VIEW("oePSXAcVIYjFV7SXfWBZwQ"),
	    "NON-03: a nonce is minute, writer, counter and zeros, as the openssl command "
	    "encrypts them");
	tap_ok(nonce_decode(keys, view_of(text), &out) == 0 && out.minute == in.minute &&
	    out.writer == in.writer && out.counter == in.counter, "NON-03: and comes back");
	tap_ok(memcmp(in.block, out.block, sizeof(in.block)) == 0,
	    "both ways fill in the bytes on the wire");
	tap_ok(nonce_decode(rotated, view_of(text), &out) == 0,
	    "the older of two keys is still accepted");
	nonce_encode(rotated, &in, bad);
	tap_ok(nonce_decode(keys, view_of(bad), &out) == -1, "the first of two keys issues");
	tap_ok(nonce_decode(others, view_of(text), &out) == -1,
	    "NON-03: a nonce of another service is refused");
	for (i = 0; i < TOKEN_LEN; i++) {
		memcpy(bad, text, sizeof(bad));
		bad[i] = bad[i] == 'A' ? 'B' : 'A';
		passed += nonce_decode(keys, view_of(bad), &out) == 0;
	}
	tap_is_int(passed, 0, "NON-03: a nonce with one character changed is refused");
	tap_ok(nonce_decode(keys, VIEW("AAAA"), &out) == -1, "a short one is refused");
	nonce_keys_free(keys);
	nonce_keys_free(rotated);
	nonce_keys_free(others);
}

static void
test_nonce_limits(void)
{
	struct nonce_keys *keys = nonce_keys_of(KEY1);
	struct nonce in = { 0xffffff, 1023, (UINT64_C(1) << 46) - 1, { 0 } }, out = { 0 };
	char text[TOKEN_LEN + 1], again[TOKEN_LEN + 1];

	nonce_encode(keys, &in, text);
	tap_ok(nonce_decode(keys, view_of(text), &out) == 0 && out.minute == in.minute &&
	    out.writer == in.writer && out.counter == in.counter,
	    "NON-03: the largest minute, writer and counter fit");
	in.counter++;
	nonce_encode(keys, &in, again);
	tap_ok(nonce_decode(keys, view_of(again), &out) == 0 && out.counter == 0 &&
	    out.writer == 1023, "a counter that runs over starts again and spills nowhere");
	tap_ok(strcmp(text, again) != 0, "NON-03: two counters are two nonces");
	nonce_keys_free(keys);
}

int
main(void)
{
	struct arena *a = arena_new();

	test_aes(a);
	test_files();
	test_known();
	test_refused(a);
	test_forged_zeros();
	test_round_trips();
	test_nonces();
	test_nonce_limits();
	arena_free(a);
	return tap_done();
}
