/* SPDX-License-Identifier: BSD-2-Clause */
/* server add|list. */
#include "ctl/ctl.h"

#include "wire/utf8.h"

#define PRODUCT_ID_FIRST	608
#define DESCRIPTION_MAX	128	/* bytes */
#define PROFILE_MAX	32

static void
put_url(struct ctl *c, const struct server *s)
{
	jsonw_kv_cstr(&c->out.w, "directory", arena_printf(c->arena, "%s/v2/%.*s",
	    c->conf->base_url, VIEW_ARG(s->name)));
}

static int
parse_server(struct ctl *c, struct server *s, struct err *err)
{
	const char *type = ctl_option(c, "type"), *id = ctl_option(c, "product-id");
	const char *text = ctl_option(c, "description"), *profile = ctl_option(c, "profile");
	size_t i;

	if (ctl_args(c, 1, err) != 0)
		return -1;
	s->name = view_of(c->argv[0]);
	for (i = 0; i < s->name.n; i++)
		if (!view_has(VIEW("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		    "0123456789-_"), s->name.p[i]))
			return ctl_usage(err, "a server's name is part of its URL: "
			    "letters, digits, - and _");
	if (s->name.n == 0 || s->name.n > 32)
		return ctl_usage(err, "a server's name has 1 to 32 characters");
	s->validation_type = validation_type_find(view_of(type != NULL ? type : "DV"));
	if (s->validation_type == VALIDATION__MAX)
		return ctl_usage(err, "%s is none of DV, OV, EV", type);
	s->product_id = PRODUCT_ID_FIRST;
	if (id != NULL && view_u64(view_of(id), UINT32_MAX, &s->product_id) != 0)
		return ctl_usage(err, "%s is no product id", id);
	s->product_description = view_of(text != NULL ? text :
	    arena_printf(c->arena, "CaaS %s TLS Certificate",
	    validation_type_name(s->validation_type)));
	s->profile = view_of(profile != NULL ? profile : "default");
	if (s->product_description.n > DESCRIPTION_MAX || s->profile.n > PROFILE_MAX ||
	    s->profile.n == 0 || !utf8_valid(s->product_description))
		return ctl_usage(err, "a description has at most %d bytes of UTF-8, a profile's "
		    "name 1 to %d", DESCRIPTION_MAX, PROFILE_MAX);
	return 0;
}

int
ctl_server_add(struct ctl *c, struct err *err)
{
	struct server s;
	int rc;

	if (parse_server(c, &s, err) != 0 || ctl_open(c, err) != 0 ||
	    (rc = server_put(&c->store, &s, err)) < 0)
		return -1;
	if (rc == 0)
		return ctl_usage(err, "there is a server %.*s already", VIEW_ARG(s.name));
	jsonw_open(&c->out.w);
	put_url(c, &s);
	jsonw_close(&c->out.w);
	return 0;
}

int
ctl_server_list(struct ctl *c, struct err *err)
{
	struct jsonw *w = &c->out.w;
	struct server *s;
	size_t i, n;

	if (ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0 ||
	    server_list(c->store.db, c->arena, &s, &n, err) != 0)
		return -1;
	jsonw_open_array(w);
	for (i = 0; i < n; i++) {
		jsonw_open(w);
		jsonw_kv_str(w, "name", s[i].name);
		jsonw_kv_cstr(w, "type", validation_type_name(s[i].validation_type));
		jsonw_kv_int(w, "productId", (int64_t)s[i].product_id);
		jsonw_kv_str(w, "profile", s[i].profile);
		put_url(c, &s[i]);
		jsonw_kv_str(w, "description", s[i].product_description);
		jsonw_close(w);
	}
	jsonw_close_array(w);
	return 0;
}

int
ctl_find_server(struct ctl *c, const char *name, uint64_t *id, struct err *err)
{
	struct server *s;
	size_t i, n;

	if (server_list(c->store.db, c->arena, &s, &n, err) != 0)
		return -1;
	for (i = 0; i < n; i++)
		if (view_is(s[i].name, name)) {
			*id = s[i].id;
			return 0;
		}
	return ctl_usage(err, "there is no server %s", name);
}
