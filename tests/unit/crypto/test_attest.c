/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements of perspectives: their bytes, and hostile ones (design.md 3). */
#include "crypto/attest.h"

#include "bytes.h"
#include "tap.h"

static const struct attest_verdict verdict = {
	.perspective	= VIEW("local"),
	.key_id		= VIEW("k1"),
	.authz_id	= 0x0102030405060708,
	.account_id	= 9,
	.account_url	= VIEW("https://ca.test/v2/DV/account/a"),
	.key_thumbprint	= { 0xaa, [31] = 0xbb },
	.ident		= { IDENT_DNS, true, VIEW("example.com") },
	.adn		= VIEW("example.com"),
	.method		= VIEW("dns-01"),
	.token		= VIEW("tok"),
	.result		= ATTEST_YES,
	.dnssec		= DNSSEC_SECURE,
	.checked_at	= 1767225600,
};

static const struct attest_caa caa = {
	.perspective	= VIEW("local"),
	.key_id		= VIEW("k1"),
	.name		= VIEW("example.com"),
	.wildcard	= false,
	.account_url	= VIEW("u"),
	.method		= VIEW("http-01"),
	.issuers	= VIEW("ca.test\nca2.test"),
	.result		= ATTEST_NO,
	.dnssec		= DNSSEC_BOGUS,
	.checked_at	= 1,
};

static const char verdict_hex[] =
    "636161732d766572646963742d763100"			/* caas-verdict-v1 */
    "00000005" "6c6f63616c"
    "00000002" "6b31"
    "0102030405060708"
    "0000000000000009"
    "0000001f" "68747470733a2f2f63612e746573742f76322f44562f6163636f756e742f61"
    "00000020" "aa000000000000000000000000000000000000000000000000000000000000bb"
    "0000000000000001"
    "0000000b" "6578616d706c652e636f6d"
    "0000000000000001"
    "0000000b" "6578616d706c652e636f6d"
    "00000006" "646e732d3031"
    "00000003" "746f6b"
    "0000000000000001"
    "0000000000000002"
    "000000006955b900";

static const char caa_hex[] =
    "636161732d6361612d763100"				/* caas-caa-v1 */
    "00000005" "6c6f63616c"
    "00000002" "6b31"
    "0000000b" "6578616d706c652e636f6d"
    "0000000000000000"
    "00000001" "75"
    "00000007" "687474702d3031"
    "00000010" "63612e746573740a6361322e74657374"
    "0000000000000000"
    "0000000000000003"
    "0000000000000001";

/* What the bytes say, put again; empty when they are refused. */
static struct view
verdict_again(struct arena *a, struct view bytes)
{
	struct buf b = BUF_INIT(2 * ATTEST_MAX);
	struct attest_verdict v;
	struct view again = VIEW_NONE;
	struct err err;

	if (attest_verdict_get(bytes, &v, &err) == 0) {
		attest_verdict_put(&b, &v);
		if (!buf_failed(&b))
			again = arena_view(a, buf_view(&b));
		buf_release(&b);
	} else if (err.kind != ERR_UNAUTHORIZED)
		tap_ok(false, "a refusal is unauthorized, not %s", err_kind_name(err.kind));
	return again;
}

static struct view
caa_again(struct arena *a, struct view bytes)
{
	struct buf b = BUF_INIT(2 * ATTEST_MAX);
	struct view again = VIEW_NONE;
	struct attest_caa c;
	struct err err;

	if (attest_caa_get(bytes, &c, &err) == 0) {
		attest_caa_put(&b, &c);
		if (!buf_failed(&b))
			again = arena_view(a, buf_view(&b));
		buf_release(&b);
	}
	return again;
}

static void
test_bytes(struct arena *a)
{
	struct view want = from_hex(a, verdict_hex), want_caa = from_hex(a, caa_hex);
	struct buf b = BUF_INIT(ATTEST_MAX);

	attest_verdict_put(&b, &verdict);
	tap_ok(!buf_failed(&b) && view_eq(buf_view(&b), want), "the bytes of a verdict");
	buf_reset(&b);
	attest_caa_put(&b, &caa);
	tap_ok(!buf_failed(&b) && view_eq(buf_view(&b), want_caa), "the bytes of a CAA statement");
	buf_release(&b);
	tap_ok(view_eq(verdict_again(a, want), want), "a verdict comes back");
	tap_ok(view_eq(caa_again(a, want_caa), want_caa), "a CAA statement comes back");
	tap_ok(verdict_again(a, want_caa).n == 0, "a CAA statement is no verdict");
	tap_ok(caa_again(a, want).n == 0, "a verdict is no CAA statement");
}

/* What a statement says of the names below stands in its label, so it is signed. */
static void
test_subdomains(struct arena *a)
{
	struct attest_verdict below = verdict, got;
	struct buf b = BUF_INIT(ATTEST_MAX), plain = BUF_INIT(ATTEST_MAX);
	struct err err;

	below.ident.wildcard = false;
	attest_verdict_put(&plain, &below);
	below.covers_subdomains = true;
	attest_verdict_put(&b, &below);
	tap_ok(!buf_failed(&b) && view_starts(buf_view(&b), VIEW("caas-verdict-subdomains-v1\0")),
	    "SUB-04: a verdict for the names below has a label of its own");
	tap_ok(view_eq(view_sub(buf_view(&b), sizeof("caas-verdict-subdomains-v1"), b.n),
	    view_sub(buf_view(&plain), sizeof("caas-verdict-v1"), plain.n)),
	    "and the fields of any other");
	tap_ok(view_eq(verdict_again(a, buf_view(&b)), buf_view(&b)), "it comes back");
	tap_ok(attest_verdict_get(buf_view(&b), &got, &err) == 0 && got.covers_subdomains,
	    "and says that it is for the names below");
	tap_ok(attest_verdict_get(buf_view(&plain), &got, &err) == 0 && !got.covers_subdomains,
	    "the other one does not");
	buf_release(&b);
	buf_release(&plain);
}

static void
test_fields(struct arena *a)
{
	struct attest_verdict v;
	struct attest_caa c;
	struct err err;

	if (attest_verdict_get(from_hex(a, verdict_hex), &v, &err) != 0 ||
	    attest_caa_get(from_hex(a, caa_hex), &c, &err) != 0) {
		tap_ok(false, "the statements parse");
		return;
	}
	tap_ok(view_is(v.perspective, "local") && view_is(v.key_id, "k1") &&
	    v.authz_id == verdict.authz_id && v.account_id == 9 &&
	    view_eq(v.account_url, verdict.account_url) && v.key_thumbprint[0] == 0xaa &&
	    v.key_thumbprint[31] == 0xbb, "a verdict says for whom it is");
	tap_ok(v.ident.type == IDENT_DNS && v.ident.wildcard &&
	    view_is(v.ident.value, "example.com") && view_is(v.adn, "example.com") &&
	    view_is(v.method, "dns-01") && view_is(v.token, "tok"), "and for what");
	tap_ok(v.result == ATTEST_YES && v.dnssec == DNSSEC_SECURE &&
	    v.checked_at == 1767225600, "and what was seen when");
	tap_ok(view_is(c.name, "example.com") && !c.wildcard && view_is(c.method, "http-01") &&
	    view_is(c.issuers, "ca.test\nca2.test") && c.result == ATTEST_NO &&
	    c.dnssec == DNSSEC_BOGUS && c.checked_at == 1, "so does a CAA statement");
}

/* No two byte strings mean the same, and none is read beyond its end. */
static void
test_strict(struct arena *a, const char *kind, const char *hex,
    struct view (*again)(struct arena *, struct view))
{
	struct view good = from_hex(a, hex), bad;
	unsigned cut = 0, other = 0, bit;
	size_t i;
	char *exact;

	for (i = 0; i < good.n; i++) {
		/* A copy of exactly that size, for the address sanitizer. */
		exact = malloc(i + 1);
		memcpy(exact, good.p, i);
		cut += again(a, view_from(exact, i)).n != 0;
		free(exact);
	}
	tap_is_int(cut, 0, "%s: every cut is refused", kind);
	for (i = 0; i < good.n; i++) {
		for (bit = 0; bit < 8; bit++) {
			char *p = arena_str(a, good);

			p[i] = (char)(p[i] ^ (1 << bit));
			bad = again(a, view_from(p, good.n));
			other += bad.n != 0 && !view_eq(bad, view_from(p, good.n));
		}
	}
	tap_is_int(other, 0, "%s: what is accepted is what building makes", kind);
	tap_ok(again(a, view_from(arena_str(a, good), good.n + 1)).n == 0,
	    "%s: a byte behind it is refused", kind);
	tap_ok(again(a, VIEW_NONE).n == 0, "%s: nothing is refused", kind);
}

/* The verdict with 8 bytes at an offset replaced by a number. */
static bool
accepts(struct arena *a, const char *before, uint64_t number)
{
	struct view good = from_hex(a, verdict_hex), want = from_hex(a, before);
	char *p = arena_str(a, good);
	size_t i, j;

	for (i = 0; i + want.n + 8 <= good.n; i++) {
		if (!view_eq(view_sub(good, i, want.n), want))
			continue;
		for (j = 0; j < 8; j++)
			p[i + want.n + j] = (char)(number >> (56 - 8 * j));
		return verdict_again(a, view_from(p, good.n)).n != 0;
	}
	tap_ok(false, "the test finds its place");
	return false;
}

static void
test_numbers(struct arena *a)
{
	static const char type[] = "00000000000000000000bb", wildcard[] = "6f6d";
	static const char result[] = "00000003746f6b", dnssec[] = "00000003746f6b0000000000000001";
	static const char at[] = "00000003746f6b00000000000000010000000000000002";

	tap_ok(accepts(a, type, IDENT_DNS), "identifier type 1 is dns");
	tap_ok(!accepts(a, type, IDENT_IP), "an address has no wildcard");
	tap_ok(!accepts(a, type, 0), "identifier type 0 is refused");
	tap_ok(!accepts(a, type, 3), "identifier type 3 is refused");
	tap_ok(!accepts(a, type, UINT64_C(0x100000001)), "a type is not cut to 32 bits");
	tap_ok(accepts(a, wildcard, 0), "wildcard may be 0");
	tap_ok(!accepts(a, wildcard, 2), "a flag of 2 is refused");
	tap_ok(accepts(a, result, ATTEST_NO), "result may be 0");
	tap_ok(!accepts(a, result, 2), "a result of 2 is refused");
	tap_ok(accepts(a, dnssec, DNSSEC_INDETERMINATE), "DNSSEC state 0 is known");
	tap_ok(!accepts(a, dnssec, DNSSEC_BOGUS), "bogus is never a yes");
	tap_ok(!accepts(a, dnssec, 4), "DNSSEC state 4 is refused");
	tap_ok(accepts(a, at, 0), "a time of 0 is a time");
	tap_ok(!accepts(a, at, UINT64_C(1) << 63), "a time below 0 is refused");
}

/* The changes that building refuses. */
static void
test_put_refuses(struct arena *a)
{
	struct attest_verdict v[7] = { verdict, verdict, verdict, verdict, verdict, verdict,
	    verdict };
	static const char *const rules[] = {
		"a yes with bogus", "a wildcard address", "a time below 0",
		"an identifier without a type", "a statement that is too long",
		"names below a wildcard", NULL,
	};
	struct buf b = BUF_INIT(4 * ATTEST_MAX);
	struct attest_caa c = caa;
	size_t i;

	v[0].dnssec = DNSSEC_BOGUS;
	v[1].ident.type = IDENT_IP;
	v[2].checked_at = -1;
	v[3].ident.type = 0;
	v[4].token = view_from(arena_alloc(a, ATTEST_MAX), ATTEST_MAX);
	v[5].covers_subdomains = true;
	for (i = 0; rules[i] != NULL; i++) {
		buf_reset(&b);
		attest_verdict_put(&b, &v[i]);
		tap_ok(buf_failed(&b), "%s is not built", rules[i]);
	}
	buf_reset(&b);
	attest_verdict_put(&b, &v[i]);
	tap_ok(!buf_failed(&b), "the same without such a fault is");
	buf_reset(&b);
	c.result = ATTEST_YES;
	attest_caa_put(&b, &c);
	tap_ok(buf_failed(&b), "a CAA yes with bogus is not built");
	buf_release(&b);
}

int
main(void)
{
	struct arena *a = arena_new();

	test_bytes(a);
	test_subdomains(a);
	test_fields(a);
	test_strict(a, "verdict", verdict_hex, verdict_again);
	test_strict(a, "CAA", caa_hex, caa_again);
	test_numbers(a);
	test_put_refuses(a);
	arena_free(a);
	return tap_done();
}
