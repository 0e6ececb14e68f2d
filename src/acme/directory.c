/* SPDX-License-Identifier: BSD-2-Clause */
/* The resources that need no account. */
#include "acme/directory.h"

#include "auth/gate.h"

static void
put_url(struct jsonw *w, struct req *r, const char *name)
{
	jsonw_kv_str(w, name, url_resource(r->arena, &auth_of(r)->base, name));
}

static void
put_meta(struct jsonw *w, const struct conf *conf)
{
	size_t i;

	jsonw_key(w, "meta");
	jsonw_open(w);
	if (conf->terms_url[0] != '\0')
		jsonw_kv_cstr(w, "termsOfService", conf->terms_url);
	if (conf->website[0] != '\0')
		jsonw_kv_cstr(w, "website", conf->website);
	jsonw_key(w, "caaIdentities");
	jsonw_open_array(w);
	for (i = 0; i < conf->caa_identities.n; i++)
		jsonw_str(w, view_of(conf->caa_identities.v[i]));
	jsonw_close_array(w);
	jsonw_kv_bool(w, "externalAccountRequired", true);
	jsonw_close(w);
}

int
directory_get(struct req *r, struct err *err UNUSED)
{
	struct jsonw w;

	auth_of(r)->is_directory = true;
	jsonw_init(&w, &r->reply.body);
	jsonw_open(&w);
	put_url(&w, r, "newNonce");
	put_url(&w, r, "newAccount");
	put_url(&w, r, "newOrder");
	put_url(&w, r, "newAuthz");
	put_url(&w, r, "keyChange");
	put_url(&w, r, "revokeCert");
	put_meta(&w, service_of(r)->conf);
	jsonw_close(&w);
	reply_type(&r->reply, "application/json");
	return 0;
}

int
directory_elsewhere(struct req *r, struct err *err UNUSED)
{
	r->reply.status = 302;
	reply_header(&r->reply, "Location", url_directory(r->arena, &auth_of(r)->base));
	return 0;
}

int
newnonce_get(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	unsigned writer;

	/* Here an answer without a nonce would be none: say so instead. */
	if (writer_number(svc->store->writer, &writer, err) != 0)
		return -1;
	auth_of(r)->wants_nonce = true;
	r->reply.status = r->method == GET ? 204 : 200;
	return 0;
}
