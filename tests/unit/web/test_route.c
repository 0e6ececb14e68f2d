/* SPDX-License-Identifier: BSD-2-Clause */
/* web/route: which handler a path and a method have (TRN-07, TRN-10). */
#include "web/route.h"
#include "tap.h"

static int
never(struct req *r UNUSED, struct err *err UNUSED)
{
	return -1;
}

enum { FIXED, NONCE, ORDER, FINALIZE, ORDER_READ, THREE, FOUR };
static const struct route routes[] = {
	[FIXED]		= { GET, "/v2/x/directory", 0, 0, 0, never },
	[NONCE]		= { GET | HEAD, "/v2/*/newNonce", 0, 0, 0, never },
	[ORDER]		= { POST, "/v2/*/order/*", 0, 0, 100, never },
	[FINALIZE]	= { POST, "/v2/*/order/*/finalize", 0, 0, 200, never },
	[ORDER_READ]	= { GET, "/v2/*/order/*", 0, 0, 0, never },
	[THREE]		= { POST, "/*/*/*", 0, 0, 0, never },
	[FOUR]		= { POST, "/four/*/*/*/*", 0, 0, 0, never },
};
static const struct site site = { .prefix = "/v2/", .routes = routes,
    .nroutes = NITEMS(routes) };

#define NO_ROUTE	(-1)
static const struct {
	const char	*rule;
	unsigned	 method;
	struct view	 path;
	int		 route;
	unsigned	 methods;	/* of the path */
	const char	*stars;		/* one a line */
} finds[] = {
	{ "a path without stars", GET, VIEW("/v2/x/directory"), FIXED, GET | POST, "" },
	{ "a star", GET, VIEW("/v2/x/newNonce"), NONCE, GET | HEAD | POST, "x\n" },
	{ "another method of the route", HEAD, VIEW("/v2/x/newNonce"), NONCE,
	    GET | HEAD | POST, "x\n" },
	{ "two stars", POST, VIEW("/v2/x/order/7"), ORDER, POST | GET, "x\n7\n" },
	{ "the same path by another method", GET, VIEW("/v2/x/order/7"), ORDER_READ,
	    POST | GET, "x\n7\n" },
	{ "three stars; the first fitting route serves", POST, VIEW("/a/b/c"), THREE, POST,
	    "a\nb\nc\n" },
	{ "a longer path", POST, VIEW("/v2/x/order/7/finalize"), FINALIZE, POST, "x\n7\n" },
	{ "TRN-07: no route takes the method, the path has others", GET,
	    VIEW("/v2/x/order/7/finalize"), NO_ROUTE, POST, "" },
	{ "TRN-07: a method that nobody knows", 0, VIEW("/v2/x/newNonce"), NO_ROUTE,
	    GET | HEAD | POST, "" },
	{ "TRN-10: no such path", GET, VIEW("/v2"), NO_ROUTE, 0, "" },
	{ "TRN-10: the empty path", GET, VIEW(""), NO_ROUTE, 0, "" },
	{ "a slash more", POST, VIEW("/v2/x/order/7/"), NO_ROUTE, 0, "" },
	{ "two slashes are not one", GET, VIEW("//v2/x/directory"), NO_ROUTE, 0, "" },
	{ "a star is never empty", GET, VIEW("/v2//newNonce"), NO_ROUTE, 0, "" },
	{ "the last star neither", POST, VIEW("/v2/x/order/"), NO_ROUTE, 0, "" },
	{ "case counts", HEAD, VIEW("/v2/x/newnonce"), NO_ROUTE, POST, "" },
	{ "nothing is decoded", POST, VIEW("/v2/x/order/%37"), ORDER, POST | GET,
	    "x\n%37\n" },
	{ "a slash that is encoded separates nothing", HEAD, VIEW("/v2/x%2fnewNonce"),
	    NO_ROUTE, 0, "" },
	{ "dots are ordinary", HEAD, VIEW("/v2/../newNonce"), NONCE, GET | HEAD | POST,
	    "..\n" },
	{ "a NUL ends nothing", GET, VIEW("/v2/x/directory\0"), NO_ROUTE, POST, "" },
	{ "more stars than there is room for match nothing", POST, VIEW("/four/a/b/c/d"),
	    NO_ROUTE, 0, "" },
};

static void
test_find(struct arena *arena)
{
	struct view stars[ROUTE_STARS_MAX];
	const struct route *r;
	const char *text;
	unsigned methods;
	size_t i, k;

	for (i = 0; i < NITEMS(finds); i++) {
		memset(stars, 0, sizeof(stars));
		r = route_find(&site, finds[i].method, finds[i].path, stars, &methods);
		tap_is_int(r != NULL ? r - routes : NO_ROUTE, finds[i].route, "%s",
		    finds[i].rule);
		tap_is_int(methods, finds[i].methods, "... what the path allows");
		text = "";
		for (k = 0; k < ROUTE_STARS_MAX && stars[k].n != 0; k++)
			text = arena_printf(arena, "%s%.*s\n", text, VIEW_ARG(stars[k]));
		tap_is_view(view_of(text), view_of(finds[i].stars), "... its stars");
	}
}

static const struct {
	unsigned	 methods;
	const char	*allow;
} allows[] = {
	{ 0, "" }, { GET, "GET" }, { POST, "POST" }, { GET | HEAD, "GET, HEAD" },
	{ POST | OPTIONS, "POST, OPTIONS" },
	{ GET | HEAD | POST | OPTIONS, "GET, HEAD, POST, OPTIONS" },
};

static const struct {
	const char	*rule;
	struct view	 name;
	unsigned	 method;
} methods[] = {
	{ "GET", VIEW("GET"), GET }, { "HEAD", VIEW("HEAD"), HEAD },
	{ "POST", VIEW("POST"), POST }, { "OPTIONS", VIEW("OPTIONS"), OPTIONS },
	{ "methods are case-sensitive (RFC 9110 s9.1)", VIEW("get"), 0 },
	{ "PUT is none of ours", VIEW("PUT"), 0 }, { "nor is nothing", VIEW(""), 0 },
	{ "a longer word", VIEW("POSTS"), 0 }, { "a shorter one", VIEW("POS"), 0 },
	{ "a NUL behind it", VIEW("GET\0"), 0 },
};

int
main(void)
{
	struct arena *arena = arena_new();
	size_t i;

	test_find(arena);
	for (i = 0; i < NITEMS(allows); i++)
		tap_is_view(route_allow(arena, allows[i].methods), view_of(allows[i].allow),
		    "TRN-07: Allow: %s", allows[i].allow);
	for (i = 0; i < NITEMS(methods); i++)
		tap_is_int(route_method(methods[i].name), methods[i].method, "%s",
		    methods[i].rule);
	arena_free(arena);
	return tap_done();
}
