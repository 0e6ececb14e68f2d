/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/url: the URLs of our resources, and where redirects lead. */
#include "wire/url.h"
#include "tap.h"

#define BASE	"https://ca.example.net"

static const struct url_base dv = { VIEW(BASE), VIEW("DV") };

static void
test_resources(struct arena *a)
{
	tap_is_view(url_directory(a, &dv), VIEW(BASE "/v2/DV"), "the directory");
	tap_is_view(url_resource(a, &dv, "newNonce"), VIEW(BASE "/v2/DV/newNonce"), "newNonce");
	tap_is_view(url_account(a, &dv, VIEW("Id-_1")), VIEW(BASE "/v2/DV/account/Id-_1"),
	    "TRN-19: an account");
	tap_is_view(url_account_orders(a, &dv, VIEW("Id-_1")),
	    VIEW(BASE "/v2/DV/account/Id-_1/orders"), "the orders of an account");
	tap_is_view(url_order(a, &dv, "tok"), VIEW(BASE "/v2/DV/order/tok"), "an order");
	tap_is_view(url_finalize(a, &dv, "tok"), VIEW(BASE "/v2/DV/order/tok/finalize"),
	    "ORD-20: its finalize URL");
	tap_is_view(url_authz(a, &dv, "tok"), VIEW(BASE "/v2/DV/authz/tok"),
	    "an authorization");
	tap_is_view(url_challenge(a, &dv, "tok", "http-01"),
	    VIEW(BASE "/v2/DV/authz/tok/http-01"), "BLD-22: a challenge, by its authorization");
	tap_is_view(url_cert(a, &dv, "tok"), VIEW(BASE "/v2/DV/cert/tok"), "a certificate");
	arena_reset(a);
}

static const struct {
	const char	*rule;
	struct view	 url;
	const char	*id;		/* NULL: refused */
} accounts[] = {
	{ "an account URL", VIEW(BASE "/v2/DV/account/Abc-_09"), "Abc-_09" },
	{ "an id of 32", VIEW(BASE "/v2/DV/account/01234567890123456789012345678901"),
	    "01234567890123456789012345678901" },
	{ "JWS-10: an id of 33", VIEW(BASE "/v2/DV/account/012345678901234567890123456789012"),
	    NULL },
	{ "JWS-10: no id", VIEW(BASE "/v2/DV/account/"), NULL },
	{ "JWS-10: no slash behind account", VIEW(BASE "/v2/DV/account"), NULL },
	{ "TOP-08: a trailing slash", VIEW(BASE "/v2/DV/account/abc/"), NULL },
	{ "TOP-08: another host", VIEW("https://ca.example.com/v2/DV/account/abc"), NULL },
	{ "TOP-08: the http scheme", VIEW("http://ca.example.net/v2/DV/account/abc"), NULL },
	{ "TOP-08: the host in upper case", VIEW("https://CA.example.net/v2/DV/account/abc"),
	    NULL },
	{ "TOP-08: the default port", VIEW("https://ca.example.net:443/v2/DV/account/abc"),
	    NULL },
	{ "JWS-10: another server", VIEW(BASE "/v2/OV/account/abc"), NULL },
	{ "JWS-10: a server that starts alike", VIEW(BASE "/v2/DV2/account/abc"), NULL },
	{ "JWS-10: another case", VIEW(BASE "/v2/dv/account/abc"), NULL },
	{ "JWS-10: another resource", VIEW(BASE "/v2/DV/order/abc"), NULL },
	{ "JWS-10: a query", VIEW(BASE "/v2/DV/account/abc?x"), NULL },
	{ "JWS-10: a percent-encoded letter", VIEW(BASE "/v2/DV/account/ab%63"), NULL },
	{ "JWS-10: two slashes", VIEW(BASE "//v2/DV/account/abc"), NULL },
	{ "JWS-10: a blank behind", VIEW(BASE "/v2/DV/account/abc "), NULL },
	{ "JWS-10: a NUL behind", VIEW(BASE "/v2/DV/account/abc\0"), NULL },
	{ "JWS-10: the list of orders", VIEW(BASE "/v2/DV/account/abc/orders"), NULL },
	{ "JWS-10: an id alone", VIEW("abc"), NULL },
	{ "JWS-10: nothing", VIEW(""), NULL },
};

static void
test_accounts(void)
{
	struct view id;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(accounts); i++) {
		rc = url_parse_account(&dv, accounts[i].url, &id);
		tap_is_int(rc, accounts[i].id != NULL ? 0 : -1, "%s", accounts[i].rule);
		if (rc == 0 && accounts[i].id != NULL)
			tap_is_view(id, view_of(accounts[i].id), "... its id");
	}
}

/* RFC 3986 s5.4.1 and s5.4.2 against "http://a.b/b/c/d;p?q". */
static const struct {
	const char	*location;
	const char	*url;
} rfc3986[] = {
	{ "g", "http://a.b/b/c/g" },
	{ "./g", "http://a.b/b/c/g" },
	{ "g/", "http://a.b/b/c/g/" },
	{ "/g", "http://a.b/g" },
	{ "//g.h", "http://g.h/" },
	{ "?y", "http://a.b/b/c/d;p?y" },
	{ "g?y", "http://a.b/b/c/g?y" },
	{ "#s", "http://a.b/b/c/d;p?q" },
	{ "g#s", "http://a.b/b/c/g" },
	{ "g?y#s", "http://a.b/b/c/g?y" },
	{ ";x", "http://a.b/b/c/;x" },
	{ "g;x", "http://a.b/b/c/g;x" },
	{ "g;x?y#s", "http://a.b/b/c/g;x?y" },
	{ ".", "http://a.b/b/c/" },
	{ "./", "http://a.b/b/c/" },
	{ "..", "http://a.b/b/" },
	{ "../", "http://a.b/b/" },
	{ "../g", "http://a.b/b/g" },
	{ "../..", "http://a.b/" },
	{ "../../", "http://a.b/" },
	{ "../../g", "http://a.b/g" },
	{ "../../../g", "http://a.b/g" },
	{ "../../../../g", "http://a.b/g" },
	{ "/./g", "http://a.b/g" },
	{ "/../g", "http://a.b/g" },
	{ "g.", "http://a.b/b/c/g." },
	{ ".g", "http://a.b/b/c/.g" },
	{ "g..", "http://a.b/b/c/g.." },
	{ "..g", "http://a.b/b/c/..g" },
	{ "./../g", "http://a.b/b/g" },
	{ "./g/.", "http://a.b/b/c/g/" },
	{ "g/./h", "http://a.b/b/c/g/h" },
	{ "g/../h", "http://a.b/b/c/h" },
	{ "g;x=1/./y", "http://a.b/b/c/g;x=1/y" },
	{ "g;x=1/../y", "http://a.b/b/c/y" },
	{ "g?y/./x", "http://a.b/b/c/g?y/./x" },
	{ "g?y/../x", "http://a.b/b/c/g?y/../x" },
	{ "g#s/../x", "http://a.b/b/c/g" },
	/* Not in the RFC. */
	{ "?", "http://a.b/b/c/d;p?" },
	{ "#", "http://a.b/b/c/d;p?q" },
	{ "g?x:y", "http://a.b/b/c/g?x:y" },
	{ "./g:h", "http://a.b/b/c/g:h" },
	{ "/g:h", "http://a.b/g:h" },
	{ "/a//../b", "http://a.b/a/b" },
	{ "/a//b/", "http://a.b/a//b/" },
	{ "/%2e%2e/g", "http://a.b/%2e%2e/g" },
	{ "//g.h?y", "http://g.h/?y" },
	{ "//g.h:443/x", "http://g.h:443/x" },
	{ "https://g.h/../x", "https://g.h/x" },
};

static void
test_rfc3986(struct arena *a)
{
	struct url base = { URL_HTTP, VIEW("a.b"), false, 0, VIEW("/b/c/d;p?q") };
	struct url url;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(rfc3986); i++) {
		err_clear(&err);
		if (tap_ok(url_parse_redirect(a, view_of(rfc3986[i].location), &base, &url,
		    &err) == 0, "RFC 3986 s5.4: '%s' is taken", rfc3986[i].location))
			tap_is_view(url_text(a, &url), view_of(rfc3986[i].url),
			    "RFC 3986 s5.4: '%s' leads to %s", rfc3986[i].location,
			    rfc3986[i].url);
		else
			tap_diag("%s", err.detail);
		arena_reset(a);
	}
}

static void
test_base(struct arena *a)
{
	struct url base = { URL_HTTPS, VIEW("2001:db8::1"), true, 8443, VIEW("/x?y") };
	struct url url = base;
	struct err err;

	tap_ok(url_parse_redirect(a, VIEW("/z"), &url, &url, &err) == 0 &&
	    url.scheme == URL_HTTPS && url.host_is_ip && url.port == 8443,
	    "scheme, host and port come from the base, which may be the output");
	tap_is_view(url_text(a, &url), VIEW("https://[2001:db8::1]:8443/z"),
	    "a v6 host is written in brackets");
	tap_ok(url_parse_redirect(a, VIEW("//h.example/z"), &base, &url, &err) == 0 &&
	    !url.host_is_ip && url.port == 0 && url.scheme == URL_HTTPS,
	    "a new host brings its own port, or none");
	base.target = VIEW("/");
	tap_ok(url_parse_redirect(a, VIEW("#"), &base, &url, &err) == 0 &&
	    view_is(url.target, "/"), "no query comes from a base without one");
	arena_reset(a);
}

static const struct {
	const char	*rule;
	struct view	 location;
	struct url	 want;
} absolute[] = {
	{ "HTT-04: http", VIEW("http://example.com/x"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/x") } },
	{ "HTT-04: https", VIEW("https://example.com/x"),
	    { URL_HTTPS, VIEW("example.com"), false, 0, VIEW("/x") } },
	{ "the scheme in upper case", VIEW("HTTPS://example.com/X"),
	    { URL_HTTPS, VIEW("example.com"), false, 0, VIEW("/X") } },
	{ "the host is lowered", VIEW("http://Example.COM/X"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/X") } },
	{ "no path", VIEW("http://example.com"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/") } },
	{ "no path, but a query", VIEW("http://example.com?a=b"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/?a=b") } },
	{ "the fragment is dropped", VIEW("http://example.com/a?b#c?d#e"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/a?b") } },
	{ "a port", VIEW("http://example.com:443/"),
	    { URL_HTTP, VIEW("example.com"), false, 443, VIEW("/") } },
	{ "the highest port", VIEW("http://example.com:65535/"),
	    { URL_HTTP, VIEW("example.com"), false, 65535, VIEW("/") } },
	{ "an empty port is none", VIEW("http://example.com:/"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/") } },
	{ "an IPv4 host", VIEW("http://192.0.2.1:80/"),
	    { URL_HTTP, VIEW("192.0.2.1"), true, 80, VIEW("/") } },
	{ "an IPv6 host", VIEW("https://[2001:db8::1]/"),
	    { URL_HTTPS, VIEW("2001:db8::1"), true, 0, VIEW("/") } },
	{ "an IPv6 host in another spelling, with a port",
	    VIEW("https://[2001:0DB8:0::1]:443/"),
	    { URL_HTTPS, VIEW("2001:db8::1"), true, 443, VIEW("/") } },
	{ "'@' in the path", VIEW("http://example.com/a@b"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/a@b") } },
	{ "a URL in the query", VIEW("http://example.com/?u=https://x@y/../z"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/?u=https://x@y/../z") } },
	{ "blanks around", VIEW(" \thttp://example.com/ "),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/") } },
	{ "HTT-05: '.well-known' where it belongs",
	    VIEW("http://example.com/.well-known/acme-challenge/tok"),
	    { URL_HTTP, VIEW("example.com"), false, 0, VIEW("/.well-known/acme-challenge/tok") } },
};

static void
test_absolute(struct arena *a)
{
	const struct url *want;
	struct url url;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(absolute); i++) {
		want = &absolute[i].want;
		err_clear(&err);
		if (!tap_ok(url_parse_redirect(a, absolute[i].location, NULL, &url, &err) == 0,
		    "taken: %s", absolute[i].rule)) {
			tap_diag("%s", err.detail);
			continue;
		}
		tap_is_view(url.host, want->host, "... its host");
		tap_is_view(url.target, want->target, "... its target");
		tap_ok(url.scheme == want->scheme && url.port == want->port &&
		    url.host_is_ip == want->host_is_ip, "... its scheme, port, kind of host");
		arena_reset(a);
	}
}

static const struct {
	const char	*rule;
	struct view	 location;
	const char	*why;		/* stands in the detail */
} refused[] = {
	{ "nothing", VIEW(""), "empty" },
	{ "blanks", VIEW("  "), "empty" },
	{ "a relative reference without a base", VIEW("/x"), "absolute" },
	{ "a host alone without a base", VIEW("//example.com/"), "absolute" },
	{ "HTT-04: ftp", VIEW("ftp://example.com/"), "scheme" },
	{ "HTT-04: file", VIEW("file:///etc/passwd"), "scheme" },
	{ "HTT-04: javascript", VIEW("javascript:alert(1)"), "scheme" },
	{ "HTT-04: data", VIEW("data:,x"), "scheme" },
	{ "HTT-04: a scheme that starts alike", VIEW("httpsx://example.com/"), "scheme" },
	{ "HTT-04: a host and port without scheme", VIEW("example.com:80/x"), "scheme" },
	{ "an empty scheme", VIEW("://example.com/"), "scheme" },
	{ "SEC-01: user information", VIEW("http://user@example.com/"), "user information" },
	{ "SEC-01: user and password", VIEW("http://a:b@example.com/"), "user information" },
	{ "SEC-01: empty user information", VIEW("http://@example.com/"), "user information" },
	{ "HTT-05: an empty host", VIEW("http:///x"), "no host" },
	{ "HTT-05: no authority", VIEW("http:/x"), "no host" },
	{ "HTT-05: a relative path behind the scheme", VIEW("http:x"), "no host" },
	{ "HTT-05: the scheme alone", VIEW("http:"), "no host" },
	{ "HTT-05: nothing behind '//'", VIEW("http://"), "no host" },
	{ "HTT-05: a port alone", VIEW("http://:80/"), "no host" },
	{ "HTT-05: the slash before .well-known is missing",
	    VIEW("https://example.com.well-known/acme-challenge/tok"), "missing" },
	{ "HTT-05: the same with a port", VIEW("http://example.com.well-known:80/x"),
	    "missing" },
	{ "HTT-05: a host of one label", VIEW("http://localhost/"), "neither" },
	{ "HTT-05: a trailing dot", VIEW("http://example.com./"), "neither" },
	{ "HTT-05: an empty label", VIEW("http://a..example/"), "neither" },
	{ "HTT-05: a wildcard", VIEW("http://*.example.com/"), "neither" },
	{ "HTT-05: a percent-encoded host", VIEW("http://ex%61mple.com/"), "neither" },
	{ "HTT-05: a backslash before user information", VIEW("http://example.com\\@evil.test/"),
	    "user information" },
	{ "HTT-05: a backslash in the host", VIEW("http://example.com\\x/"), "neither" },
	{ "SEC-01: an address in its short form", VIEW("http://127.1/"), "neither" },
	{ "SEC-01: an octal address", VIEW("http://0177.0.0.1/"), "neither" },
	{ "SEC-01: an address as one number", VIEW("http://2130706433/"), "neither" },
	{ "SEC-01: an address with too large a number", VIEW("http://1.2.3.256/"), "neither" },
	{ "an IPv6 host without brackets", VIEW("http://2001:db8::1/"), "neither" },
	{ "an open bracket", VIEW("http://[2001:db8::1/"), "bracket" },
	{ "an IPv4 address in brackets", VIEW("http://[192.0.2.1]/"), "no IPv6" },
	{ "a name in brackets", VIEW("http://[example.com]/"), "no IPv6" },
	{ "nothing in brackets", VIEW("http://[]/"), "no IPv6" },
	{ "a zone", VIEW("http://[fe80::1%25eth0]/"), "no IPv6" },
	{ "IPvFuture", VIEW("http://[v1.a]/"), "no IPv6" },
	{ "a character behind the bracket", VIEW("http://[2001:db8::1]x/"), "behind" },
	{ "a number behind the bracket", VIEW("http://[2001:db8::1]80/"), "behind" },
	{ "port 0", VIEW("http://example.com:0/"), "port" },
	{ "port 65536", VIEW("http://example.com:65536/"), "port" },
	{ "a port with a sign", VIEW("http://example.com:+80/"), "port" },
	{ "a port with a letter", VIEW("http://example.com:80x/"), "port" },
	{ "two ports", VIEW("http://example.com:80:80/"), "port" },
	{ "a blank", VIEW("http://example.com/a b"), "percent-encoded" },
	{ "TRN-16: a line end", VIEW("http://example.com/\r\nHost: x"), "percent-encoded" },
	{ "a NUL", VIEW("http://example.com/\0"), "percent-encoded" },
	{ "DEL", VIEW("http://example.com/\x7f"), "percent-encoded" },
	{ "UTF-8", VIEW("http://example.com/\xc3\xa4"), "percent-encoded" },
	{ "a U-label", VIEW("http://b\xc3\xbc" "cher.example/"), "percent-encoded" },
};

static void
test_refused(struct arena *a)
{
	struct url url;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(refused); i++) {
		err_clear(&err);
		tap_ok(url_parse_redirect(a, refused[i].location, NULL, &url, &err) == -1 &&
		    err.kind == ERR_CONNECTION, "refused: %s", refused[i].rule);
		if (!tap_ok(strstr(err.detail, refused[i].why) != NULL, "... and told why: %s",
		    refused[i].why))
			tap_diag("%s", err.detail);
		arena_reset(a);
	}
}

/* A URL whose path and query have n bytes. */
static struct view
long_url(struct arena *a, size_t n, char last)
{
	char *s = arena_printf(a, "http://example.com/%0*d", (int)(n - 1), 0);

	s[strlen(s) - 1] = last;
	return view_of(s);
}

static void
test_long(struct arena *a)
{
	struct url url;
	struct err err;

	tap_ok(url_parse_redirect(a, long_url(a, REDIRECT_PATH_MAX, 'x'), NULL, &url, &err) == 0
	    && url.target.n == REDIRECT_PATH_MAX, "HTT-05: a path of 2000 octets");
	tap_ok(url_parse_redirect(a, long_url(a, REDIRECT_PATH_MAX + 1, 'x'), NULL, &url,
	    &err) == -1 && strstr(err.detail, "too long") != NULL,
	    "HTT-05: a path of 2001 octets");
	tap_ok(url_parse_redirect(a, long_url(a, 100000, '.'), NULL, &url, &err) == -1 &&
	    strlen(err.detail) < 400, "SEC-02: the error shows only the start of a long one");
	arena_reset(a);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_resources(arena);
	test_accounts();
	test_rfc3986(arena);
	test_base(arena);
	test_absolute(arena);
	test_refused(arena);
	test_long(arena);
	arena_free(arena);
	return tap_done();
}
