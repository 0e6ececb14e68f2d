/* SPDX-License-Identifier: BSD-2-Clause */
/* EAB MAC keys at rest (design.md 6). */
#include "crypto/wrap.h"

#include "bytes.h"
#include "tap.h"

#define KEY1	"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
#define KEY2	"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static const struct {
	const char	*rule, *file;
	unsigned	 version;	/* 0: refused */
} files[] = {
	{ "one key", "1 " KEY1 "\n", 1 },
	{ "the highest version wraps, wherever it stands", "7 " KEY2 "\n# old\n1 " KEY1, 7 },
	{ "the highest version there is", "65535 " KEY1, 65535 },
	{ "version 0", "0 " KEY1, 0 },
	{ "version 65536", "65536 " KEY1, 0 },
	{ "no version", KEY1, 0 },
	{ "a version twice", "1 " KEY1 "\n1 " KEY2, 0 },
	{ "a short key", "1 00010203", 0 },
	{ "a key that is no hexadecimal",
	  "1 x00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 0 },
	{ "nothing", "", 0 },
};

static const struct view key_id = VIEW("kid-1");
static const struct view secret = VIEW("0123456789abcdef0123456789abcdef");

static struct wrap_keys *
keys_of(const char *file)
{
	struct wrap_keys *keys;
	struct err err;

	if (wrap_keys_parse(view_of(file), &keys, &err) != 0)
		tap_ok(false, "the key file parses: %s", err.inner);
	return keys;
}

static void
test_files(void)
{
	struct wrap_keys *keys;
	struct err err = ERR_INIT;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(files); i++) {
		rc = wrap_keys_parse(view_of(files[i].file), &keys, &err);
		tap_ok(files[i].version != 0 ? rc == 0 && wrap_version(keys) == files[i].version :
		    rc == -1 && keys == NULL && err.kind == ERR_INTERNAL,
		    "key file: %s", files[i].rule);
		wrap_keys_free(keys);
	}
}

static void
test_known(struct arena *a)
{
	/* AES-256-GCM as any other implementation computes it: nonce, ciphertext, tag. */
	struct view wrapped = from_hex(a, "cafebabefacedbaddecaf888"
	    "ba9292159e4f792c7e323cbf1879ec593d11f262eb2c5c4376e66513dded0099"
	    "66b0168f43ace6c6d4a12aef22cffe82");
	struct wrap_keys *keys = keys_of("3 " KEY2);
	uint8_t out[32];
	struct err err;

	tap_ok(unwrap(keys, 3, key_id, wrapped, out, &err) == 0 &&
	    view_eq(view_from(out, sizeof(out)), secret),
	    "the format is nonce, ciphertext, tag, with the key id as additional data");
	wrap_keys_free(keys);
}

static void
test_round_trip(void)
{
	struct wrap_keys *old = keys_of("1 " KEY1), *keys = keys_of("1 " KEY1 "\n2 " KEY2);
	uint8_t wrapped[32 + WRAP_OVERHEAD], again[32 + WRAP_OVERHEAD], out[32];
	struct view v = view_from(wrapped, sizeof(wrapped));
	struct err err;

	tap_ok(wrap(old, key_id, secret, wrapped, &err) == 0 &&
	    unwrap(keys, 1, key_id, v, out, &err) == 0 &&
	    view_eq(view_from(out, sizeof(out)), secret),
	    "what the old key wrapped unwraps beside a new key");
	tap_ok(wrap(keys, key_id, secret, wrapped, &err) == 0 &&
	    wrap(keys, key_id, secret, again, &err) == 0 &&
	    memcmp(wrapped, again, 12) != 0 && memcmp(wrapped, again, sizeof(again)) != 0,
	    "each wrapping has a nonce of its own");
	tap_ok(unwrap(keys, 2, key_id, v, out, &err) == 0, "and unwraps");
	tap_ok(wrap(keys, key_id, VIEW_NONE, wrapped, &err) == -1, "nothing is not wrapped");
	tap_ok(wrap(keys, VIEW_NONE, secret, wrapped, &err) == -1, "nor without a key id");
	wrap_keys_free(old);
	wrap_keys_free(keys);
}

/* Refused, with ERR_INTERNAL, and nothing of the secret left in out. */
static bool
refused(const struct wrap_keys *keys, unsigned version, struct view id, struct view wrapped)
{
	struct err err = ERR_INIT;
	uint8_t out[64];
	size_t i;

	memset(out, 0, sizeof(out));
	if (unwrap(keys, version, id, wrapped, out, &err) != -1 || err.kind != ERR_INTERNAL)
		return false;
	for (i = 0; i < sizeof(out); i++)
		if (out[i] != 0)
			return false;
	return true;
}

static void
test_changed(struct arena *a)
{
	struct wrap_keys *keys = keys_of("1 " KEY1 "\n2 " KEY2);
	uint8_t wrapped[32 + WRAP_OVERHEAD];
	struct view v = view_from(wrapped, sizeof(wrapped));
	unsigned passed = 0;
	struct err err;
	size_t i;

	if (wrap(keys, key_id, secret, wrapped, &err) != 0) {
		tap_ok(false, "wraps");
		wrap_keys_free(keys);
		return;
	}
	for (i = 0; i < v.n; i++)
		passed += !refused(keys, 2, key_id, with_flip(a, v, i));
	tap_is_int(passed, 0, "a change of any byte is refused, and the secret wiped");
	for (passed = 0, i = 0; i < v.n; i++)
		passed += !refused(keys, 2, key_id, view_sub(v, 0, i));
	tap_is_int(passed, 0, "any cut is refused");
	tap_ok(refused(keys, 2, VIEW("kid-2"), v), "another key id is refused");
	tap_ok(refused(keys, 1, key_id, v), "another version is refused");
	tap_ok(refused(keys, 3, key_id, v), "an unknown version is refused");
	tap_ok(refused(keys, 2, VIEW_NONE, v), "no key id is refused");
	wrap_keys_free(keys);
}

int
main(void)
{
	struct arena *a = arena_new();

	test_files();
	test_known(a);
	test_round_trip();
	test_changed(a);
	arena_free(a);
	return tap_done();
}
