/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dns-persist-01: a TXT record that stays names issuer and account
 * (draft-ietf-acme-dns-persist; DPE-02, DPE-09..12).
 */
#include "probe/txtprobe.h"

#include "policy/persist.h"
#include "probe/excerpt.h"

#define METHOD	"dns-persist-01"

static struct persist_ask
question(const struct prober *pr, struct arena *arena, const struct probe_ask *ask)
{
	const struct conf_list *ids = &pr->conf->caa_identities;
	struct view *issuers = arena_array(arena, ids->n + 1, sizeof(*issuers));
	size_t i;

	for (i = 0; i < ids->n; i++)
		issuers[i] = view_of(ids->v[i]);
	/* One policy widens to both (DPE-12). */
	return (struct persist_ask){ ask->ident.value, ask->ident.wildcard || ask->subdomains,
	    issuers, ids->n, pr->conf->dns_persist_draft, ask->account_url,
	    ask->account_hash_prefix, ask->thumbprints, ask->nthumbprints, ask->now };
}

/* Any one good record will do; of bad ones the nearest is told (DPE-10). */
static bool
is_proven(const struct prober *pr, struct arena *arena, const struct probe_ask *ask,
    const struct txt_seen *seen, struct verdict *verdict)
{
	struct persist_ask q = question(pr, arena, ask);
	enum persist_ruling one, best = PERSIST_MALFORMED;
	char shown[EXCERPT_MAX];
	size_t i, at = 0;

	for (i = 0; i < seen->n; i++) {
		one = persist_judge(arena, &q, seen->values[i], &verdict->until);
		if (one == PERSIST_PERMITTED)
			return true;
		if (one > best) {
			best = one;
			at = i;
		}
	}
	verdict->until = 0;
	if (seen->n == 0) {
		err_set(&verdict->err, ERR_UNAUTHORIZED, "No TXT record found at %.*s",
		    VIEW_ARG(seen->owner));
		return false;
	}
	excerpt(seen->values[at], shown, sizeof(shown));
	err_set(&verdict->err, ERR_UNAUTHORIZED, "TXT record \"%s\"%s at %.*s does not "
	    "permit issuance: %s", shown, seen->n > 1 ? " (and others)" : "",
	    VIEW_ARG(seen->owner), persist_ruling_text(best));
	return false;
}

static struct probe *
start(const struct prober *pr, struct arena *arena, const struct probe_ask *ask,
    probe_done done, void *arg)
{
	static const struct txt_rule rule = { METHOD, is_proven };
	struct view owner = view_of(arena_printf(arena, PERSIST_LABEL "%.*s",
	    VIEW_ARG(ask->ident.value)));

	return txtprobe_start(&rule, owner, pr, arena, ask, done, arg);
}

const struct probe_method probe_dnspersist01 = { METHOD, start, txtprobe_cancel };
