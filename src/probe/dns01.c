/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dns-01: a TXT record below _acme-challenge is the digest of the key
 * authorization (RFC 8555 s8.4; DNS-01..08, DNS-11).  dns-account-01: the same
 * below a label of the account (draft-ietf-acme-dns-account-label; DAC-01..05).
 */
#include "probe/probe.h"

#include "base/base32.h"
#include "base/base64url.h"
#include "crypto/digest.h"
#include "probe/excerpt.h"
#include "probe/txt.h"
#include "wire/json.h"

#define OWNER_LABEL	"_acme-challenge."
#define ACCOUNT_HASH	10	/* octets of the account URL's hash in a label (DAC-02) */
#define RECORD_MAX	((size_t)8192)	/* bytes */
#define RECORD_VALUES	10		/* of the values that were seen */

struct probe {
	const struct prober	*pr;
	struct arena		*arena;
	const struct probe_ask	*ask;
	probe_done		 done;
	void			*arg;
	struct loop_timer	 timer;		/* to begin */
	struct resolver_query	*query;		/* under way */
	const char		*method;
	struct view		 owner;
	struct view		 expected;
	const struct view	*values;	/* what was there */
	size_t			 n;
	struct verdict		 verdict;
};

static struct view
record(const struct probe *p)
{
	struct buf b = BUF_INIT(RECORD_MAX);
	char shown[EXCERPT_MAX];
	struct view out;
	struct jsonw w;
	size_t i;

	jsonw_init(&w, &b);
	jsonw_open(&w);
	jsonw_kv_str(&w, "name", p->owner);
	jsonw_kv_cstr(&w, "type", "TXT");
	jsonw_kv_int(&w, "count", (int64_t)p->n);
	jsonw_key(&w, "values");
	jsonw_open_array(&w);
	for (i = 0; i < p->n && i < RECORD_VALUES; i++) {
		excerpt(p->values[i], shown, sizeof(shown));
		jsonw_str(&w, view_of(shown));
	}
	jsonw_close_array(&w);
	jsonw_kv_cstr(&w, "dnssec", dnssec_state_name(p->verdict.dnssec));
	if (!p->verdict.ok)
		jsonw_kv_cstr(&w, "error", p->verdict.err.detail);
	jsonw_close(&w);
	out = buf_failed(&b) ? VIEW("{}") : arena_view(p->arena, buf_view(&b));
	buf_release(&b);
	return out;
}

static void
end(struct probe *p)
{
	p->verdict.adn = p->ask->ident.value;
	p->verdict.record = record(p);
	p->done(p->arg, &p->verdict);
}

static void
keep_values(struct probe *p, const struct dns_answer *answer)
{
	struct view *v = arena_array(p->arena, answer->n, sizeof(*v));
	size_t i;

	for (i = 0; i < answer->n; i++)
		if (txt_parse(p->arena, answer->rdata[i], &v[p->n]) == 0)
			p->n++;
	p->values = v;
}

/* Any one record will do (DNS-02), but it must be the value exactly (DNS-04). */
static bool
proven(const struct probe *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (view_eq(p->values[i], p->expected))
			return true;
	return false;
}

/* What is not there yet may be there soon: names take their time to spread. */
static void
explain(struct probe *p, bool nxdomain)
{
	struct err *err = &p->verdict.err;
	char shown[EXCERPT_MAX];

	p->verdict.transient = true;
	if (nxdomain)
		err_set(err, ERR_DNS, "DNS problem: NXDOMAIN looking up TXT for %.*s - "
		    "check that a DNS record exists for this domain", VIEW_ARG(p->owner));
	else if (p->n == 0)
		err_set(err, ERR_UNAUTHORIZED, "No TXT record found at %.*s",
		    VIEW_ARG(p->owner));
	else {
		excerpt(p->values[0], shown, sizeof(shown));
		err_set(err, ERR_INCORRECT_RESPONSE, "Incorrect TXT record \"%s\"%s "
		    "found at %.*s", shown, p->n > 1 ? " (and others)" : "",
		    VIEW_ARG(p->owner));
	}
}

static void
on_answer(void *arg, const struct dns_answer *answer, const struct err *err)
{
	struct probe *p = arg;

	p->query = NULL;
	p->verdict.dnssec = answer->dnssec;
	if (err != NULL) {
		p->verdict.transient = true;
		p->verdict.err = *err;
		end(p);
		return;
	}
	keep_values(p, answer);
	p->verdict.ok = proven(p);
	if (!p->verdict.ok)
		explain(p, answer->nxdomain);
	end(p);
}

static void
begin(void *arg)
{
	struct probe *p = arg;
	struct resolver *r = p->pr->resolver;

	if (p->ask->ident.type != IDENT_DNS) {
		err_set(&p->verdict.err, ERR_MALFORMED,
		    "%s does not prove control of addresses", p->method);
		end(p);
	} else if (p->owner.n > NAME_MAX_BYTES) {
		err_set(&p->verdict.err, ERR_DNS, "The name is too long for %s: "
		    "with its labels it has %zu octets", p->method, p->owner.n);
		end(p);
	} else if ((p->query = r->ask(r, p->owner, DNS_TYPE_TXT, on_answer, p)) == NULL) {
		p->verdict.transient = true;
		err_internal(&p->verdict.err, "the resolver takes no question");
		end(p);
	}
}

/* base64url of the SHA-256 of the key authorization (DNS-01). */
static struct view
digest_of(struct arena *arena, struct view key_authz)
{
	uint8_t digest[SHA256_LEN];
	char *text = arena_alloc(arena, B64U_LEN(sizeof(digest)) + 1);

	sha256(key_authz, digest);
	b64u_encode(digest, sizeof(digest), text);
	return view_of(text);
}

static struct probe *
start_at(struct view owner, const char *method, const struct prober *pr,
    struct arena *arena, const struct probe_ask *ask, probe_done done, void *arg)
{
	struct probe *p = arena_alloc(arena, sizeof(*p));

	p->pr = pr;
	p->arena = arena;
	p->ask = ask;
	p->done = done;
	p->arg = arg;
	p->method = method;
	p->owner = owner;
	p->expected = digest_of(arena, ask->key_authz);
	p->timer.fn = begin;
	p->timer.arg = p;
	loop_timer_set(pr->loop, &p->timer, 0);
	return p;
}

static struct probe *
start_dns01(const struct prober *pr, struct arena *arena, const struct probe_ask *ask,
    probe_done done, void *arg)
{
	struct view owner = view_of(arena_printf(arena, OWNER_LABEL "%.*s",
	    VIEW_ARG(ask->ident.value)));

	return start_at(owner, "dns-01", pr, arena, ask, done, arg);
}

/* The label is a hash of the account URL, so that accounts do not meet (DAC-02). */
static struct probe *
start_dnsaccount01(const struct prober *pr, struct arena *arena, const struct probe_ask *ask,
    probe_done done, void *arg)
{
	char label[BASE32_LEN(ACCOUNT_HASH) + 1];
	uint8_t hash[SHA256_LEN];
	struct view owner;

	sha256(ask->account_url, hash);
	base32_encode(hash, ACCOUNT_HASH, label);
	owner = view_of(arena_printf(arena, "_%s." OWNER_LABEL "%.*s", label,
	    VIEW_ARG(ask->ident.value)));
	return start_at(owner, "dns-account-01", pr, arena, ask, done, arg);
}

static void
cancel(struct probe *p)
{
	struct resolver *r = p->pr->resolver;

	loop_timer_cancel(p->pr->loop, &p->timer);
	if (p->query != NULL)
		r->cancel(r, p->query);
}

const struct probe_method probe_dns01 = { "dns-01", start_dns01, cancel };
const struct probe_method probe_dnsaccount01 = { "dns-account-01", start_dnsaccount01, cancel };
