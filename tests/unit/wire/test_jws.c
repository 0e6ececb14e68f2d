/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/jws: which signed requests are taken apart, and into what. */
#include "wire/jws.h"
#include "base/base64url.h"
#include "tap.h"

#define KID	"\"kid\":\"https://ca/v2/DV/account/a\""
#define HEADER	"{\"alg\":\"ES256\",\"nonce\":\"n-_1\",\"url\":\"https://ca/x\"," KID "}"

/* The text of a JWS; {} stands for the protected header in base64url. */
static struct view
make(struct arena *arena, const char *template, const char *header)
{
	struct buf b = BUF_INIT(10000);
	const char *at = strstr(template, "{}");
	struct view v;

	if (at == NULL)
		return view_of(template);
	buf_bytes(&b, template, (size_t)(at - template));
	b64u_put(&b, view_of(header));
	buf_str(&b, at + 2);
	v = arena_view(arena, buf_view(&b));
	buf_release(&b);
	return v;
}

#define PLAIN	"{\"protected\":\"{}\",\"payload\":\"eyJhIjoxfQ\",\"signature\":\"AQID\"}"

static void
test_good(struct arena *arena)
{
	struct view text = make(arena, PLAIN, HEADER);
	const char *end = "\",\"payload\":\"eyJhIjoxfQ\",\"signature\":\"AQID\"}";
	size_t start = strlen("{\"protected\":\"");
	struct view protected = view_sub(text, start, text.n - start - strlen(end));
	struct err err = ERR_INIT;
	struct jws jws;

	if (!tap_ok(jws_parse(arena, text, "request", &jws, &err) == 0,
	    "JWS-01: a flattened JWS")) {
		tap_diag("%s", err.detail);
		return;
	}
	tap_is_view(jws.signing_input,
	    view_of(arena_printf(arena, "%.*s.eyJhIjoxfQ", VIEW_ARG(protected))),
	    "JWS-17: the signing input is what was received");
	tap_is_view(jws.payload, VIEW("{\"a\":1}"), "the payload is decoded");
	tap_is_view(jws.signature, VIEW("\1\2\3"), "the signature is decoded");
	tap_is_view(jws.alg, VIEW("ES256"), "alg");
	tap_is_view(jws.nonce, VIEW("n-_1"), "nonce");
	tap_is_view(jws.url, VIEW("https://ca/x"), "url");
	tap_is_view(jws.kid, VIEW("https://ca/v2/DV/account/a"), "kid");
	tap_ok(jws.jwk == NULL, "no jwk");
	arena_reset(arena);
}

static void
test_variants(struct arena *arena)
{
	struct err err = ERR_INIT;
	struct view kty;
	struct jws jws;

	tap_ok(jws_parse(arena, make(arena, "{\"protected\":\"{}\",\"payload\":\"\","
	    "\"signature\":\"\"}", HEADER), "request", &jws, &err) == 0 &&
	    jws.payload.n == 0 && jws.payload.p != NULL && view_ends(jws.signing_input, VIEW(".")),
	    "JWS-04: an empty payload is POST-as-GET");
	tap_ok(jws.signature.n == 0, "an empty signature is left to who verifies it");
	tap_ok(jws_parse(arena, make(arena, PLAIN,
	    "{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\"}}"), "request", &jws, &err) == 0 &&
	    jws.kid.p == NULL && json_need_str(jws.jwk, "kty", &kty, &err) == 0 &&
	    view_is(kty, "EC"), "JWS-08: jwk alone");
	tap_ok(jws.nonce.p == NULL && jws.url.p == NULL, "absent members have no p");
	tap_ok(jws_parse(arena, make(arena, PLAIN, "{\"alg\":\"\",\"nonce\":\"\",\"url\":\"\","
	    "\"kid\":\"\"}"), "request", &jws, &err) == 0 && jws.nonce.p != NULL &&
	    jws.nonce.n == 0 && jws.url.p != NULL && jws.kid.p != NULL && jws.alg.p != NULL,
	    "empty members have p");
	tap_ok(jws_parse(arena, make(arena, PLAIN, "{\"alg\":\"ES256\",\"kid\":\"k\","
	    "\"nonce\":\"a+b/=\"}"), "request", &jws, &err) == 0 &&
	    view_is(jws.nonce, "a+b/="), "JWS-20: the nonce is kept as it came");
	tap_ok(jws_parse(arena, make(arena, "{\"x\":[1],\"signature\":\"AQID\",\"payload\":"
	    "\"AQID\",\"protected\":\"{}\",\"resource\":null}", HEADER), "request", &jws, &err)
	    == 0, "JWS-03: other members are ignored, in any order");
	tap_ok(jws_parse(arena, make(arena, PLAIN, "{\"alg\":\"none\",\"kid\":\"k\",\"typ\":"
	    "\"JWT\",\"x5c\":[]}"), "request", &jws, &err) == 0 && view_is(jws.alg, "none"),
	    "any alg is handed on, unknown header members are ignored");
	tap_ok(jws_parse(arena, make(arena, PLAIN, " {\"alg\" : \"ES256\" , \"kid\":\"k\"}\n"),
	    "request", &jws, &err) == 0, "blanks in the protected header");
	arena_reset(arena);
}

/* The same text through a value that is parsed already, as the inner JWS of EAB. */
static void
test_inner(struct arena *arena)
{
	const struct json *outer, *inner;
	struct err err = ERR_INIT;
	struct jws jws;

	tap_ok(json_parse(arena, make(arena, "{\"externalAccountBinding\":" PLAIN "}",
	    "{\"alg\":\"HS256\",\"kid\":\"k\",\"url\":\"u\"}"), "payload", &outer, &err) == 0 &&
	    json_get_object(outer, "externalAccountBinding", &inner, &err) == 1 &&
	    jws_parse_json(arena, inner, "externalAccountBinding", &jws, &err) == 0 &&
	    view_is(jws.alg, "HS256") && view_is(jws.payload, "{\"a\":1}"),
	    "EAB-02: an inner JWS");
	tap_ok(jws_parse_json(arena, outer, "externalAccountBinding", &jws, &err) == -1 &&
	    err.kind == ERR_MALFORMED, "EAB-02: an object that is no JWS");
	tap_ok(json_parse(arena, VIEW("\"x\""), "payload", &outer, &err) == 0 &&
	    jws_parse_json(arena, outer, "externalAccountBinding", &jws, &err) == -1 &&
	    strstr(err.detail, "externalAccountBinding") != NULL,
	    "EAB-02: a string is no JWS, and the error names the document");
	arena_reset(arena);
}

static const struct {
	const char	*rule;
	const char	*text;		/* {} stands for the header */
	const char	*header;
} bad[] = {
	{ "nothing", "", "" },
	{ "JWS-01: the compact form", "{}.eyJhIjoxfQ.AQID", HEADER },
	{ "JWS-01: an array", "[" PLAIN "]", HEADER },
	{ "JWS-01: a string", "\"{}\"", HEADER },
	{ "JWS-01: null", "null", "" },
	{ "JWS-01: the general form", "{\"payload\":\"AQID\",\"signatures\":[{\"protected\":"
	    "\"{}\",\"signature\":\"AQID\"}]}", HEADER },
	{ "JWS-01: signatures beside", "{\"protected\":\"{}\",\"payload\":\"AQID\","
	    "\"signature\":\"AQID\",\"signatures\":[]}", HEADER },
	{ "JWS-02: an unprotected header", "{\"protected\":\"{}\",\"payload\":\"AQID\","
	    "\"signature\":\"AQID\",\"header\":{\"kid\":\"x\"}}", HEADER },
	{ "JWS-02: an empty unprotected header", "{\"protected\":\"{}\",\"payload\":\"AQID\","
	    "\"signature\":\"AQID\",\"header\":{}}", HEADER },
	{ "JWS-02: an unprotected header that is null", "{\"protected\":\"{}\",\"payload\":"
	    "\"AQID\",\"signature\":\"AQID\",\"header\":null}", HEADER },
	{ "JWS-01: no protected", "{\"payload\":\"AQID\",\"signature\":\"AQID\"}", "" },
	{ "JWS-04: no payload", "{\"protected\":\"{}\",\"signature\":\"AQID\"}", HEADER },
	{ "JWS-01: no signature", "{\"protected\":\"{}\",\"payload\":\"AQID\"}", HEADER },
	{ "JWS-25: protected an object", "{\"protected\":" HEADER ",\"payload\":\"\","
	    "\"signature\":\"AQID\"}", "" },
	{ "JWS-25: payload an object", "{\"protected\":\"{}\",\"payload\":{\"a\":1},"
	    "\"signature\":\"AQID\"}", HEADER },
	{ "JWS-25: payload null", "{\"protected\":\"{}\",\"payload\":null,"
	    "\"signature\":\"AQID\"}", HEADER },
	{ "JWS-25: signature a number", "{\"protected\":\"{}\",\"payload\":\"\","
	    "\"signature\":1}", HEADER },
	{ "TOP-12: payload twice", "{\"protected\":\"{}\",\"payload\":\"\",\"payload\":\"\","
	    "\"signature\":\"AQID\"}", HEADER },
	{ "TOP-13: payload with padding", "{\"protected\":\"{}\",\"payload\":\"AQ==\","
	    "\"signature\":\"AQID\"}", HEADER },
	{ "TOP-13: payload with '+'", "{\"protected\":\"{}\",\"payload\":\"AQI+\","
	    "\"signature\":\"AQID\"}", HEADER },
	{ "TOP-13: payload with bits left over", "{\"protected\":\"{}\",\"payload\":\"AR\","
	    "\"signature\":\"AQID\"}", HEADER },
	{ "TOP-13: payload with a line end", "{\"protected\":\"{}\",\"payload\":\"AQID\\n\","
	    "\"signature\":\"AQID\"}", HEADER },
	{ "TOP-13: signature with padding", "{\"protected\":\"{}\",\"payload\":\"\","
	    "\"signature\":\"AQ==\"}", HEADER },
	{ "TOP-13: protected with padding", "{\"protected\":\"{}=\",\"payload\":\"\","
	    "\"signature\":\"AQID\"}", HEADER },
	{ "JWS-01: text behind the JWS", PLAIN "x", HEADER },
	{ "an empty protected header", "{\"protected\":\"\",\"payload\":\"\","
	    "\"signature\":\"AQID\"}", "" },
	{ "a protected header that is no JSON", PLAIN, "x" },
	{ "a protected header that is an array", PLAIN, "[]" },
	{ "a protected header that is a string", PLAIN, "\"alg\"" },
	{ "TOP-12: alg twice", PLAIN, "{\"alg\":\"ES256\",\"alg\":\"ES256\"," KID "}" },
	{ "TOP-12: alg twice, once escaped", PLAIN,
	    "{\"alg\":\"ES256\",\"\\u0061lg\":\"none\"," KID "}" },
	{ "TOP-12: url twice", PLAIN,
	    "{\"alg\":\"ES256\",\"url\":\"a\",\"url\":\"b\"," KID "}" },
	{ "no alg", PLAIN, "{" KID "}" },
	{ "JWS-25: alg null", PLAIN, "{\"alg\":null," KID "}" },
	{ "JWS-25: a nonce that is a number", PLAIN, "{\"alg\":\"ES256\",\"nonce\":123," KID
	    "}" },
	{ "JWS-25: a nonce that is a boolean", PLAIN, "{\"alg\":\"ES256\",\"nonce\":true," KID
	    "}" },
	{ "JWS-25: a url that is an array", PLAIN, "{\"alg\":\"ES256\",\"url\":[\"x\"]," KID
	    "}" },
	{ "JWS-25: a kid that is a number", PLAIN, "{\"alg\":\"ES256\",\"kid\":1}" },
	{ "JWS-25: a kid that is null", PLAIN, "{\"alg\":\"ES256\",\"kid\":null}" },
	{ "JWS-25: a kid that is null beside a jwk", PLAIN,
	    "{\"alg\":\"ES256\",\"kid\":null,\"jwk\":{}}" },
	{ "JWS-25: a jwk that is a string", PLAIN, "{\"alg\":\"ES256\",\"jwk\":\"x\"}" },
	{ "JWS-25: a jwk that is null", PLAIN, "{\"alg\":\"ES256\",\"jwk\":null}" },
	{ "JWS-08: both jwk and kid", PLAIN, "{\"alg\":\"ES256\",\"jwk\":{}," KID "}" },
	{ "JWS-08: both, the kid empty", PLAIN, "{\"alg\":\"ES256\",\"jwk\":{},\"kid\":\"\"}" },
	{ "JWS-08: neither jwk nor kid", PLAIN, "{\"alg\":\"ES256\"}" },
	{ "JWS-05: crit", PLAIN, "{\"alg\":\"ES256\",\"crit\":[\"exp\"]," KID "}" },
	{ "JWS-05: an empty crit", PLAIN, "{\"alg\":\"ES256\",\"crit\":[]," KID "}" },
	{ "JWS-05: crit that is null", PLAIN, "{\"alg\":\"ES256\",\"crit\":null," KID "}" },
	{ "JWS-05: b64 false", PLAIN, "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"]," KID
	    "}" },
	{ "JWS-05: b64 true", PLAIN, "{\"alg\":\"ES256\",\"b64\":true," KID "}" },
};

static void
test_bad(struct arena *arena)
{
	struct jws jws;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(bad); i++) {
		err_clear(&err);
		tap_ok(jws_parse(arena, make(arena, bad[i].text, bad[i].header), "request",
		    &jws, &err) == -1 && err.kind == ERR_MALFORMED && err.detail[0] != '\0',
		    "refused: %s", bad[i].rule);
		arena_reset(arena);
	}
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_good(arena);
	test_variants(arena);
	test_inner(arena);
	test_bad(arena);
	arena_free(arena);
	return tap_done();
}
