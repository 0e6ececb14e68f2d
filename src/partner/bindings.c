/* SPDX-License-Identifier: BSD-2-Clause */
/* LISTSERVERS, PREREGISTER and LISTBINDINGS (partner-api 4.1, 4.2, 4.8). */
#include "partner/actions.h"

#include "base/base64url.h"
#include "base/random.h"
#include "crypto/digest.h"
#include "crypto/wrap.h"
#include "partner/change.h"
#include "partner/listing.h"
#include "store/binding.h"
#include "store/server.h"
#include "wire/partner_error.h"
#include "wire/url.h"

#define KEY_ID_BYTES	16
#define MAC_KEY_BYTES	32
#define DASH		62	/* of the base64url alphabet */

static struct view
server_url(const struct call *c, const struct server *s)
{
	const struct url_base base = { view_of(c->svc->conf->base_url), s->name };

	return url_directory(c->arena, &base);
}

int
action_list_servers(struct call *c, struct err *err)
{
	struct server *s;
	size_t i, n;

	if (server_list_of(c->svc->store->db, c->arena, c->reseller.id, &s, &n, err) != 0)
		return -1;
	jsonw_open(&c->w);
	jsonw_key(&c->w, "Servers");
	jsonw_open_array(&c->w);
	for (i = 0; i < n; i++) {
		jsonw_open(&c->w);
		jsonw_kv_str(&c->w, "serverUrl", server_url(c, &s[i]));
		jsonw_kv_int(&c->w, "productID", (int64_t)s[i].product_id);
		jsonw_kv_str(&c->w, "productDescription", s[i].product_description);
		jsonw_kv_cstr(&c->w, "certValidationType",
		    validation_type_name(s[i].validation_type));
		jsonw_close(&c->w);
	}
	jsonw_close_array(&c->w);
	jsonw_close(&c->w);
	return 0;
}

static int
find_server(struct call *c, uint64_t *id, struct err *err)
{
	struct server *s;
	size_t i, n;

	if (server_list_of(c->svc->store->db, c->arena, c->reseller.id, &s, &n, err) != 0)
		return -1;
	for (i = 0; i < n; i++)
		if (view_eq(server_url(c, &s[i]), c->values[PREREGISTER_SERVER_URL])) {
			*id = s[i].id;
			return 0;
		}
	return partner_error_arg(err, E3, VIEW("serverUrl"));
}

/* People give these to programs as arguments: their base64url does not begin with "-". */
static void
random_argument(uint8_t *p, size_t n)
{
	do
		random_bytes(p, n);
	while (p[0] >> 2 == DASH);
}

/* A MAC key and its id; the key leaves this function in base64url only. */
static int
make_key(struct call *c, struct binding *b, char mac_b64[B64U_LEN(MAC_KEY_BYTES) + 1],
    struct err *err)
{
	uint8_t id[KEY_ID_BYTES], key[MAC_KEY_BYTES];
	char *key_id = arena_alloc(c->arena, B64U_LEN(KEY_ID_BYTES) + 1);
	uint8_t *wrapped = arena_alloc(c->arena, MAC_KEY_BYTES + WRAP_OVERHEAD);
	int rc;

	random_argument(id, sizeof(id));
	random_argument(key, sizeof(key));
	b64u_encode(id, sizeof(id), key_id);
	b64u_encode(key, sizeof(key), mac_b64);
	b->key_id = view_of(key_id);
	rc = wrap(c->svc->wrap_keys, b->key_id, view_from(key, sizeof(key)), wrapped, err);
	secret_wipe(key, sizeof(key));
	b->mac_key = view_from(wrapped, MAC_KEY_BYTES + WRAP_OVERHEAD);
	b->mac_key_version = wrap_version(c->svc->wrap_keys);
	return rc;
}

/* What one PREREGISTER comes to. */
struct preregistration {
	struct call	*call;
	struct binding	 binding;
	char		 mac_b64[B64U_LEN(MAC_KEY_BYTES) + 1];
	uint64_t	 ids[3];	/* binding, account, audit */
};

static int
preregister(struct db *db, void *arg, struct err *err)
{
	const struct preregistration *p = arg;
	const struct binding *b = &p->binding;
	struct audit audit = args_audit(p->call, p->ids[2], "partner.preregister", b->id,
	    b->key_id);

	return binding_preregister(db, b, p->ids[1], &audit, err);
}

static void
answer(struct call *c, const void *arg)
{
	const struct preregistration *p = arg;

	jsonw_open(&c->w);
	jsonw_key(&c->w, "Accounts");
	jsonw_open_array(&c->w);
	jsonw_open(&c->w);
	jsonw_kv_str(&c->w, "acmeAccountID", p->binding.key_id);
	jsonw_kv_cstr(&c->w, "accountStatus", account_status_name(ACCOUNT_PENDING));
	jsonw_kv_cstr(&c->w, "eabMACKeyb64url", p->mac_b64);
	jsonw_kv_str(&c->w, "eabMACIDb64url", p->binding.key_id);
	jsonw_close(&c->w);
	jsonw_close_array(&c->w);
	jsonw_close(&c->w);
}

int
action_preregister(struct call *c, struct err *err)
{
	struct preregistration p = { .call = c, .binding.reseller_id = c->reseller.id };
	struct binding *b = &p.binding;
	int rc;

	if (args_term(c->svc->conf->subscription_rules, c->values[PREREGISTER_YEARS],
	    c->values[PREREGISTER_DAYS], &b->term_years, err) != 0 ||
	    find_server(c, &b->server_id, err) != 0 ||
	    writer_ids(c->svc->store->writer, p.ids, NITEMS(p.ids), err) != 0 ||
	    make_key(c, b, p.mac_b64, err) != 0)
		return -1;
	b->id = p.ids[0];
	rc = change_run(c, preregister, answer, &p, err);
	secret_wipe(p.mac_b64, sizeof(p.mac_b64));
	return rc;
}

static int
rows(struct listing *l, size_t *n, struct err *err)
{
	struct call *c = l->call;
	struct listed_binding *b;
	size_t i;

	if (report_bindings(c->svc->store->db, c->arena, c->reseller.id, &l->part, &b, n,
	    err) != 0)
		return -1;
	for (i = 0; i < *n; i++) {
		jsonw_open(&c->w);
		jsonw_kv_bool(&c->w, "reusable", b[i].is_reusable);
		args_put_time(c, "lastActivity", b[i].activity_at);
		if (args_put_credential(c, &b[i].credential, err) != 0)
			return -1;
		jsonw_close(&c->w);
		l->part.from = b[i].id + 1;
	}
	return 0;
}

int
action_list_bindings(struct call *c, struct err *err)
{
	const struct page all = { .limit = UINT64_MAX };

	return listing_put(c, "Bindings", &all, rows, NULL, err);
}
