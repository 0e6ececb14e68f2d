/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests and certificates from pieces. */
#include "mkder.h"

#include <stdarg.h>

#include <openssl/objects.h>
#include <openssl/x509.h>

#include "bytes.h"

static void
must(bool ok, const char *what)
{
	if (!ok) {
		(void)fprintf(stderr, "mkder: %s\n", what);
		abort();
	}
}

struct view
cat(struct arena *a, unsigned n, ...)
{
	struct view part, all = VIEW_NONE;
	va_list ap;
	char *p;

	va_start(ap, n);
	while (n-- > 0) {
		part = va_arg(ap, struct view);
		p = arena_alloc(a, all.n + part.n + 1);
		if (all.n != 0)
			memcpy(p, all.p, all.n);
		if (part.n != 0)
			memcpy(p + all.n, part.p, part.n);
		all = view_from(p, all.n + part.n);
	}
	va_end(ap);
	return all;
}

struct view
der(struct arena *a, unsigned tag, struct view content)
{
	unsigned char head[4] = { (unsigned char)tag };
	size_t n = 2;

	if (content.n < 0x80)
		head[1] = (unsigned char)content.n;
	else if (content.n < 0x100) {
		head[1] = 0x81;
		head[n++] = (unsigned char)content.n;
	} else {
		must(content.n < 0x10000, "a small element");
		head[1] = 0x82;
		head[n++] = (unsigned char)(content.n >> 8);
		head[n++] = (unsigned char)content.n;
	}
	return cat(a, 2, view_from(head, n), content);
}

struct view
oid(struct arena *a, const char *name)
{
	ASN1_OBJECT *obj = OBJ_txt2obj(name, 0);
	struct view v;

	must(obj != NULL, name);
	v = der(a, 0x06, arena_view(a, view_from(OBJ_get0_data(obj), OBJ_length(obj))));
	ASN1_OBJECT_free(obj);
	return v;
}

struct view
rdn(struct arena *a, const char *type, unsigned tag, struct view text)
{
	return der(a, 0x31, der(a, 0x30, cat(a, 2, oid(a, type), der(a, tag, text))));
}

static struct view
general_name(struct arena *a, struct view word)
{
	struct view type = view_cut(&word, ':');

	if (view_is(type, "dns"))
		return der(a, 0x82, word);
	if (view_is(type, "mail"))
		return der(a, 0x81, word);
	if (view_is(type, "uri"))
		return der(a, 0x86, word);
	must(view_is(type, "ip"), "a type of name");
	return der(a, 0x87, from_hex(a, arena_str(a, word)));
}

struct view
general_names(struct arena *a, const char *text)
{
	struct view rest = view_of(text), names = VIEW_NONE;

	if (text == NULL)
		return VIEW_NONE;
	while (rest.n != 0)
		names = cat(a, 2, names, general_name(a, view_cut(&rest, ' ')));
	return der(a, 0x30, names);
}

struct view
extension(struct arena *a, const char *type, struct view value)
{
	return der(a, 0x30, cat(a, 2, oid(a, type), der(a, 0x04, value)));
}

struct view
extension_request(struct arena *a, struct view extensions)
{
	return der(a, 0x30, cat(a, 2, oid(a, "extReq"),
	    der(a, 0x31, der(a, 0x30, extensions))));
}

struct view
spki_of(struct arena *a, EVP_PKEY *pkey)
{
	unsigned char *p = NULL;
	int n = i2d_PUBKEY(pkey, &p);
	struct view v;

	must(n > 0, "a public key");
	v = arena_view(a, view_from(p, (size_t)n));
	OPENSSL_free(p);
	return v;
}

/* What fits the key, as RFC 8017 s A.2.4, RFC 5758 and RFC 8410 write it. */
static struct view
signature_alg(struct arena *a, const EVP_PKEY *pkey, const char *digest)
{
	if (EVP_PKEY_is_a(pkey, "RSA"))
		return der(a, 0x30, cat(a, 2, oid(a, arena_printf(a, "RSA-%s", digest)),
		    der(a, 0x05, VIEW_NONE)));
	if (EVP_PKEY_is_a(pkey, "ED25519"))
		return der(a, 0x30, oid(a, "ED25519"));
	return der(a, 0x30, oid(a, arena_printf(a, "ecdsa-with-%s", digest)));
}

/* The BIT STRING of a signature. */
static struct view
sign(struct arena *a, EVP_PKEY *pkey, const char *digest, struct view info)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char sig[1024];
	size_t n = sizeof(sig);

	if (EVP_PKEY_is_a(pkey, "ED25519"))
		digest = NULL;
	must(EVP_DigestSignInit_ex(ctx, NULL, digest, NULL, NULL, pkey, NULL) == 1 &&
	    EVP_DigestSign(ctx, sig, &n, (const unsigned char *)info.p, info.n) == 1,
	    "a signature");
	EVP_MD_CTX_free(ctx);
	return der(a, 0x03, cat(a, 2, VIEW("\0"), view_from(sig, n)));
}

struct view
make_csr(struct arena *a, const struct csr_spec *spec)
{
	const char *digest = spec->digest != NULL ? spec->digest : "SHA256";
	struct view version = spec->version.n != 0 ? spec->version : VIEW("\x02\x01\x00");
	struct view spki = spec->spki.n != 0 ? spec->spki : spki_of(a, spec->pkey);
	struct view alg = spec->alg.n != 0 ? spec->alg : signature_alg(a, spec->pkey, digest);
	struct view info;

	info = der(a, 0x30, cat(a, 4, version, der(a, 0x30, spec->subject), spki,
	    der(a, 0xa0, spec->attributes)));
	return der(a, 0x30, cat(a, 3, info, alg, sign(a, spec->pkey, digest, info)));
}

struct view
make_cert(struct arena *a, const struct cert_spec *spec)
{
	struct view serial = spec->serial.n != 0 ? spec->serial : VIEW("\x02\x01\x01");
	struct view alg = signature_alg(a, spec->ca, "SHA256");
	struct view validity = spec->validity, version = VIEW_NONE, exts = VIEW_NONE, tbs;

	if (validity.n == 0)
		validity = cat(a, 2, der(a, 0x17, VIEW("260101000000Z")),
		    der(a, 0x17, VIEW("261231235959Z")));
	if (spec->extensions.n != 0) {
		version = der(a, 0xa0, VIEW("\x02\x01\x02"));
		exts = der(a, 0xa3, der(a, 0x30, spec->extensions));
	}
	tbs = der(a, 0x30, cat(a, 8, version, serial, alg, der(a, 0x30, spec->issuer),
	    der(a, 0x30, validity), der(a, 0x30, spec->subject), spki_of(a, spec->pkey), exts));
	return der(a, 0x30, cat(a, 3, tbs, alg, sign(a, spec->ca, "SHA256", tbs)));
}
