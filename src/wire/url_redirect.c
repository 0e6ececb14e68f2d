/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a redirect leads: references resolved as RFC 3986 s5.2 says, for http
 * and https.  The inner functions return what is wrong, or NULL.
 */
#include "wire/url.h"

#include <arpa/inet.h>

#include "wire/ident.h"

#define SHOWN_MAX	200	/* characters of a Location in an error */

/* The parts of a reference (RFC 3986 s4.1), its fragment left out. */
struct reference {
	bool		has_scheme;
	bool		has_authority;
	bool		has_query;
	struct view	scheme;
	struct view	authority;
	struct view	path;		/* perhaps empty */
	struct view	query;		/* without the '?' */
};

static struct reference
split(struct view text)
{
	struct reference r = { .has_scheme = false };
	struct view hier, head, rest;

	rest = view_cut(&text, '#');
	hier = view_cut(&rest, '?');
	r.has_query = rest.p != NULL;
	r.query = rest;
	rest = hier;
	head = view_cut(&rest, ':');
	if (rest.p != NULL && !view_has(head, '/')) {
		r.has_scheme = true;
		r.scheme = head;
		hier = rest;
	}
	r.path = hier;
	if (view_starts(hier, VIEW("//"))) {
		rest = view_sub(hier, 2, hier.n);
		r.has_authority = true;
		r.authority = view_cut(&rest, '/');
		r.path = view_sub(hier, 2 + r.authority.n, hier.n);
	}
	return r;
}

/* A v6 literal without its brackets. */
static const char *
parse_v6(struct arena *arena, struct view text, struct url *out)
{
	char buf[INET6_ADDRSTRLEN];
	unsigned char address[16];

	if (view_copy(text, buf, sizeof(buf)) != 0 || inet_pton(AF_INET6, buf, address) != 1 ||
	    inet_ntop(AF_INET6, address, buf, sizeof(buf)) == NULL)
		return "the host in brackets is no IPv6 address";
	out->host = view_of(arena_str(arena, view_of(buf)));
	out->host_is_ip = true;
	return NULL;
}

/* A name, or an IPv4 address. */
static const char *
parse_host(struct arena *arena, struct view text, struct url *out)
{
	const struct view stray = VIEW(".well-known");
	struct ident id;
	struct err err;

	if (text.n == 0)
		return "it names no host";
	if (text.n >= stray.n && view_ieq(view_sub(text, text.n - stray.n, stray.n), stray))
		return "a '/' seems to be missing between the host and '.well-known' in the "
		    "configuration of the web server";
	if (ident_parse(arena, VIEW("ip"), text, &id, &err) == 0)
		out->host_is_ip = true;
	else if (ident_parse_dns(arena, text, &id, &err) != 0 || id.wildcard)
		return "its host is neither a full DNS name nor an IP address";
	out->host = id.value;
	return NULL;
}

/* What stands behind the host: nothing, or ':' and perhaps a number. */
static const char *
parse_port(struct view text, struct url *out)
{
	uint64_t port = 0;

	if (text.n != 0 && text.p[0] != ':')
		return "something stands behind the bracket of its host";
	if (text.n > 1 &&
	    (view_u64(view_sub(text, 1, text.n), UINT16_MAX, &port) != 0 || port == 0))
		return "its port is no number from 1 to 65535";
	out->port = (uint16_t)port;
	return NULL;
}

static const char *
parse_authority(struct arena *arena, struct view text, struct url *out)
{
	struct view rest = text, host;
	const char *why;

	out->host_is_ip = false;
	if (view_has(text, '@'))
		return "it holds user information";
	if (view_starts(text, VIEW("["))) {
		host = view_cut(&rest, ']');
		if (rest.p == NULL)
			return "its host has no closing bracket";
		why = parse_v6(arena, view_sub(host, 1, host.n), out);
	} else {
		host = view_cut(&rest, ':');
		rest = view_sub(text, host.n, text.n);
		why = parse_host(arena, host, out);
	}
	return why != NULL ? why : parse_port(rest, out);
}

/*
 * RFC 3986 s5.2.4, for a path that starts with '/': every segment is put behind
 * its '/', "." is left out, ".." takes the last one away.
 */
static struct view
remove_dots(struct arena *arena, struct view path)
{
	char *out = arena_alloc(arena, path.n + 1);
	struct view rest = view_sub(path, 1, path.n), segment;
	size_t n = 0;
	bool is_dots;

	do {
		segment = view_cut(&rest, '/');
		is_dots = view_is(segment, ".") || view_is(segment, "..");
		if (view_is(segment, ".."))
			while (n > 0 && out[--n] != '/')
				;
		/* A path that ends in dots ends in '/'. */
		if (!is_dots || rest.p == NULL)
			out[n++] = '/';
		if (!is_dots && segment.n != 0) {
			memcpy(out + n, segment.p, segment.n);
			n += segment.n;
		}
	} while (rest.p != NULL);
	return (struct view){ out, n };
}

/* RFC 3986 s5.2.3: the path of the base up to its last '/', then the other. */
static struct view
merge(struct arena *arena, struct view base_path, struct view path)
{
	while (base_path.n != 0 && base_path.p[base_path.n - 1] != '/')
		base_path.n--;
	return view_of(arena_printf(arena, "%.*s%.*s", VIEW_ARG(base_path), VIEW_ARG(path)));
}

/* RFC 3986 s5.2.2 for path and query; the base is NULL when it gives nothing. */
static void
resolve_target(struct arena *arena, struct reference r, const struct url *base,
    struct url *out)
{
	struct view base_query = base != NULL ? base->target : VIEW_NONE;
	struct view base_path = view_cut(&base_query, '?');

	if (r.path.n == 0 && base != NULL) {
		r.path = base_path;
		if (!r.has_query) {
			r.has_query = base_query.p != NULL;
			r.query = base_query;
		}
	} else if (r.path.n == 0)
		r.path = VIEW("/");
	else if (r.path.p[0] != '/')
		r.path = merge(arena, base_path, r.path);
	r.path = remove_dots(arena, r.path);
	out->target = view_of(arena_printf(arena, "%.*s%s%.*s", VIEW_ARG(r.path),
	    r.has_query ? "?" : "", VIEW_ARG(r.query)));
}

static const char *
resolve(struct arena *arena, const struct reference *r, const struct url *base,
    struct url *out)
{
	const char *why;

	if (!r->has_scheme && base == NULL)
		return "it is not an absolute URL";
	if (!r->has_scheme)
		out->scheme = base->scheme;
	else if (view_ieq(r->scheme, VIEW("https")))
		out->scheme = URL_HTTPS;
	else if (view_ieq(r->scheme, VIEW("http")))
		out->scheme = URL_HTTP;
	else
		return "its scheme is neither http nor https";
	if (r->has_scheme && !r->has_authority)
		return "it names no host";
	if (r->has_authority) {
		if ((why = parse_authority(arena, r->authority, out)) != NULL)
			return why;
		resolve_target(arena, *r, NULL, out);
	} else {
		out->host = arena_view(arena, base->host);
		out->host_is_ip = base->host_is_ip;
		out->port = base->port;
		resolve_target(arena, *r, base, out);
	}
	if (out->target.n > REDIRECT_PATH_MAX)
		return "its path and query are too long";
	return NULL;
}

static bool
is_plain(struct view v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if (v.p[i] < '!' || v.p[i] > '~')
			return false;
	return true;
}

int
url_parse_redirect(struct arena *arena, struct view location, const struct url *base,
    struct url *out, struct err *err)
{
	struct reference r;
	struct url url = { .port = 0 };
	const char *why;

	location = view_trim(location);
	if (location.n == 0)
		return err_set(err, ERR_CONNECTION, "The redirect has an empty Location");
	if (!is_plain(location))
		return err_set(err, ERR_CONNECTION, "The Location of the redirect holds "
		    "characters that a URL must have percent-encoded");
	r = split(location);
	if ((why = resolve(arena, &r, base, &url)) != NULL)
		return err_set(err, ERR_CONNECTION,
		    "The redirect to '%.*s' cannot be followed: %s",
		    VIEW_ARG(view_sub(location, 0, SHOWN_MAX)), why);
	*out = url;
	return 0;
}

struct view
url_text(struct arena *arena, const struct url *u)
{
	bool v6 = view_has(u->host, ':');
	const char *port = "";

	if (u->port != 0)
		port = arena_printf(arena, ":%u", u->port);
	return view_of(arena_printf(arena, "%s://%s%.*s%s%s%.*s",
	    u->scheme == URL_HTTPS ? "https" : "http", v6 ? "[" : "", VIEW_ARG(u->host),
	    v6 ? "]" : "", port, VIEW_ARG(u->target)));
}
