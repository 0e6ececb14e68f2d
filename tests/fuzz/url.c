/* SPDX-License-Identifier: BSD-2-Clause */
/* url: a redirect target means the same when it is written out and read again. */
#include "wire/url.h"
#include "fuzz.h"

static void
check(struct arena *a, struct view text, const struct url *base)
{
	struct err err = ERR_INIT;
	struct url u, again;

	if (url_parse_redirect(a, text, base, &u, &err) != 0) {
		REQUIRE(err.kind == ERR_CONNECTION && err.detail[0] != '\0');
		return;
	}
	REQUIRE(u.host.n != 0 && u.target.n != 0 && u.target.p[0] == '/');
	REQUIRE(u.target.n <= REDIRECT_PATH_MAX && !view_has(u.target, '#'));
	REQUIRE(!view_has(u.host, '@') && !view_has(u.host, '/'));
	REQUIRE(url_parse_redirect(a, url_text(a, &u), NULL, &again, &err) == 0);
	REQUIRE(again.scheme == u.scheme && again.port == u.port &&
	    again.host_is_ip == u.host_is_ip && view_eq(again.host, u.host) &&
	    view_eq(again.target, u.target));
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	const struct url base = { URL_HTTP, VIEW("a.example"), false, 8080, VIEW("/b/c?d") };
	const struct url_base ours = { VIEW("https://ca.example"), VIEW("DV") };
	struct arena *a = arena_new();
	struct view text = view_from(p, n), id;

	check(a, text, NULL);
	check(a, text, &base);
	if (url_parse_account(&ours, text, &id) == 0)
		REQUIRE(view_eq(url_account(a, &ours, id), text));
	arena_free(a);
	return 0;
}
