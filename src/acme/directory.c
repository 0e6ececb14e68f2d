/* SPDX-License-Identifier: BSD-2-Clause */
/* The resources that need no account. */
#include "acme/directory.h"

#include "acme/adn.h"
#include "acme/profile.h"
#include "acme/render.h"
#include "auth/gate.h"

static void
put_url(struct jsonw *w, struct req *r, const char *name)
{
	jsonw_kv_str(w, name, url_resource(r->arena, &auth_of(r)->base, name));
}

static void
put_meta(struct jsonw *w, struct req *r)
{
	const struct conf *conf = service_of(r)->conf;

	jsonw_key(w, "meta");
	jsonw_open(w);
	if (conf->terms_url[0] != '\0')
		jsonw_kv_cstr(w, "termsOfService", conf->terms_url);
	if (conf->website[0] != '\0')
		jsonw_kv_cstr(w, "website", conf->website);
	render_list(w, "caaIdentities", &conf->caa_identities);
	/* DPE-07 */
	if ((service_of(r)->challenges & BIT(CHALL_DNSPERSIST01)) != 0 &&
	    conf->dns_persist_draft == CONF_PERSIST_02) {
		render_list(w, "issuerDomainNames", &conf->caa_identities);
		jsonw_kv_str(w, "accountHashPrefix", url_account_hashes(r->arena,
		    &auth_of(r)->base));
	}
	jsonw_kv_bool(w, "externalAccountRequired", true);
	if (adn_is_offered(r))
		jsonw_kv_bool(w, "subdomainAuthAllowed", true);
	profile_put_all(w, r);
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
	put_url(&w, r, "renewalInfo");
	put_meta(&w, r);
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
