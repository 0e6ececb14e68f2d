/* SPDX-License-Identifier: BSD-2-Clause */
/* Matching paths segment by segment. */
#include "web/route.h"

static const struct {
	unsigned	 bit;
	const char	*name;
} methods_known[] = {
	{ GET, "GET" }, { HEAD, "HEAD" }, { POST, "POST" }, { OPTIONS, "OPTIONS" },
};

unsigned
route_method(struct view name)
{
	size_t i;

	for (i = 0; i < NITEMS(methods_known); i++)
		if (view_is(name, methods_known[i].name))
			return methods_known[i].bit;
	return 0;
}

static bool
match(const char *pattern, struct view path, struct view stars[ROUTE_STARS_MAX])
{
	struct view want = view_of(pattern), a, b;
	size_t n = 0;

	memset(stars, 0, ROUTE_STARS_MAX * sizeof(*stars));
	while (want.p != NULL && path.p != NULL) {
		a = view_cut(&want, '/');
		b = view_cut(&path, '/');
		if (view_is(a, "*")) {
			if (b.n == 0 || n == ROUTE_STARS_MAX)
				return false;
			stars[n++] = b;
		} else if (!view_eq(a, b))
			return false;
	}
	return want.p == NULL && path.p == NULL;
}

const struct route *
route_find(const struct site *site, unsigned method, struct view path,
    struct view stars[ROUTE_STARS_MAX], unsigned *methods)
{
	const struct route *found = NULL, *r;
	struct view tmp[ROUTE_STARS_MAX];
	size_t i;

	*methods = 0;
	for (i = 0; i < site->nroutes; i++) {
		r = &site->routes[i];
		if (!match(r->path, path, tmp))
			continue;
		*methods |= r->methods;
		if (found == NULL && (r->methods & method) != 0) {
			found = r;
			memcpy(stars, tmp, sizeof(tmp));
		}
	}
	return found;
}

struct view
route_allow(struct arena *a, unsigned methods)
{
	const char *text = "";
	size_t i;

	for (i = 0; i < NITEMS(methods_known); i++)
		if ((methods & methods_known[i].bit) != 0)
			text = arena_printf(a, "%s%s%s", text, *text != '\0' ? ", " : "",
			    methods_known[i].name);
	return view_of(text);
}
