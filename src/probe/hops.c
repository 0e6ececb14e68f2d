/* SPDX-License-Identifier: BSD-2-Clause */
/* The way that one attempt took. */
#include "probe/hops.h"

#include "probe/address.h"
#include "wire/json.h"

#define RECORD_MAX	((size_t)128 * 1024)	/* bytes; 11 URLs of 2000 fit well */
#define RECORD_ADDRESSES	16		/* of each family */

struct hop *
hops_add(struct hops *hops)
{
	return hops->n < NITEMS(hops->v) ? &hops->v[hops->n++] : NULL;
}

bool
hops_seen(const struct hops *hops, struct view text)
{
	size_t i;

	for (i = 0; i < hops->n; i++)
		if (view_eq(hops->v[i].text, text))
			return true;
	return false;
}

static void
put_addresses(struct jsonw *w, const struct address *v, size_t n)
{
	char text[ADDRESS_TEXT_MAX];
	size_t i;

	for (i = 0; i < n && i < RECORD_ADDRESSES; i++) {
		address_text(&v[i], text);
		jsonw_str(w, view_of(text));
	}
}

static void
put_hop(struct jsonw *w, const struct hop *hop, const struct err *err)
{
	char text[ADDRESS_TEXT_MAX];

	jsonw_open(w);
	if (hop->text.n != 0)
		jsonw_kv_str(w, "url", hop->text);
	jsonw_kv_str(w, "hostname", hop->url.host);
	jsonw_kv_int(w, "port", hop->port);
	if (hop->host != NULL) {
		jsonw_key(w, "addressesResolved");
		jsonw_open_array(w);
		put_addresses(w, hop->host->v6, hop->host->nv6);
		put_addresses(w, hop->host->v4, hop->host->nv4);
		jsonw_close_array(w);
		jsonw_kv_cstr(w, "dnssec", dnssec_state_name(hop->host->dnssec));
	}
	if (hop->ntried > 1) {
		jsonw_key(w, "addressesTried");
		jsonw_open_array(w);
		put_addresses(w, hop->tried, hop->ntried - 1);
		jsonw_close_array(w);
	}
	if (hop->ntried != 0) {
		address_text(&hop->tried[hop->ntried - 1], text);
		jsonw_kv_cstr(w, "addressUsed", text);
	}
	if (hop->status != 0)
		jsonw_kv_int(w, "status", hop->status);
	if (err != NULL)
		jsonw_kv_cstr(w, "error", err->detail);
	jsonw_close(w);
}

struct view
hops_record(struct arena *arena, const struct hops *hops, const struct err *err)
{
	struct buf b = BUF_INIT(RECORD_MAX);
	struct view record;
	struct jsonw w;
	size_t i;

	jsonw_init(&w, &b);
	jsonw_open(&w);
	jsonw_key(&w, "hops");
	jsonw_open_array(&w);
	for (i = 0; i < hops->n; i++)
		put_hop(&w, &hops->v[i], i + 1 == hops->n ? err : NULL);
	jsonw_close_array(&w);
	jsonw_close(&w);
	record = buf_failed(&b) ? VIEW("{}") : arena_view(arena, buf_view(&b));
	buf_release(&b);
	return record;
}
