/* SPDX-License-Identifier: BSD-2-Clause */
/* renewal pull: clients shall come back earlier than they would (RFC 9773 s4.2). */
#include "ctl/ctl.h"

#include "store/cert.h"
#include "store/renewal.h"
#include "wire/ident.h"

#define WITHIN_H	24	/* hours that clients have, unless told */
#define WITHIN_MAX_H	(90 * 24)
#define EXPLANATION_MAX		255
#define PAST_S		3600	/* --now: a window that is over */

static int
parse_window(struct ctl *c, struct renewal_pull *p, struct err *err)
{
	const char *within = ctl_option(c, "within-hours");
	uint64_t hours = WITHIN_H;
	int64_t now = clk_now(c->clk);

	if (ctl_flag(c, "now")) {
		p->start = now - PAST_S;
		p->end = now - 1;
		return within == NULL ? 0 :
		    ctl_usage(err, "--now and --within-hours exclude each other");
	}
	if (within != NULL && (view_u64(view_of(within), WITHIN_MAX_H, &hours) != 0 ||
	    hours == 0))
		return ctl_usage(err, "%s is not 1 to %d hours", within, WITHIN_MAX_H);
	p->start = now;
	p->end = now + (int64_t)hours * 3600;
	return 0;
}

/* Who else is to be pulled: all that were issued is never meant by leaving a word out. */
static int
parse_set(struct ctl *c, struct renewal_pull *p, struct err *err)
{
	const char *from = ctl_option(c, "issued-from"), *to = ctl_option(c, "issued-to");
	const char *name = ctl_option(c, "name"), *profile = ctl_option(c, "profile");
	const char *url = ctl_option(c, "explanation-url");
	struct ident id;

	if (from == NULL || to == NULL)
		return ctl_usage(err, "--issued-from and --issued-to must be given");
	if (ctl_time(from, &p->issued_from, err) != 0 ||
	    ctl_time(to, &p->issued_to, err) != 0)
		return -1;
	if (p->issued_to < p->issued_from)
		return ctl_usage(err, "--issued-to is before --issued-from");
	if (name != NULL && (ident_parse_dns(c->arena, view_of(name), &id, err) != 0 ||
	    id.wildcard))
		return ctl_usage(err, "%s is no name", name);
	if (url != NULL && (strlen(url) > EXPLANATION_MAX || strncmp(url, "https://", 8) != 0))
		return ctl_usage(err, "an explanation is at an https URL of at most %d bytes",
		    EXPLANATION_MAX);
	p->name = name != NULL ? id.value : VIEW("");
	p->profile = view_of(profile != NULL ? profile : "");
	p->explanation_url = url != NULL ? view_of(url) : VIEW_NONE;
	return 0;
}

int
ctl_renewal_pull(struct ctl *c, struct err *err)
{
	const char *issuer = ctl_option(c, "issuer");
	struct renewal_pull p = { .issuer_id = 0 };
	struct issuer row;
	uint64_t seen, pulled;
	int rc;

	if (parse_window(c, &p, err) != 0 || parse_set(c, &p, err) != 0 ||
	    ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0)
		return -1;
	if (issuer != NULL) {
		rc = issuer_by_name(c->store.db, c->arena, view_of(issuer), &row, err);
		if (rc <= 0)
			return rc < 0 ? -1 : ctl_usage(err, "there is no issuer %s", issuer);
		p.issuer_id = row.id;
	}
	if (renewal_pull(&c->store, c->arena, &p, &seen, &pulled, err) != 0)
		return -1;
	jsonw_open(&c->out.w);
	jsonw_kv_int(&c->out.w, "issuedThen", (int64_t)seen);
	jsonw_kv_int(&c->out.w, "pulled", (int64_t)pulled);
	out_time(&c->out.w, "windowStart", p.start);
	out_time(&c->out.w, "windowEnd", p.end);
	jsonw_close(&c->out.w);
	return 0;
}
