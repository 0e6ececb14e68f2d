/* SPDX-License-Identifier: BSD-2-Clause */
/* Arguments that several actions take. */
#include "partner/args.h"

#include "partner/texts.h"
#include "policy/pricing.h"
#include "store/binding.h"

int
args_term(struct view years, struct view days, unsigned *out, struct err *err)
{
	uint64_t n = 1;

	if (years.n != 0) {
		if (view_u64(years, PRICING_YEARS_MAX, &n) != 0 || n == 0)
			return partner_error_arg(err, E3, VIEW("years"));
	} else if (days.n != 0) {
		if (view_u64(days, PRICING_YEARS_MAX * DAYS_A_YEAR, &n) != 0 || n == 0 ||
		    n % DAYS_A_YEAR != 0)
			return partner_error_arg(err, E3, VIEW("days"));
		n /= DAYS_A_YEAR;
	}
	*out = (unsigned)n;
	return 0;
}

int
args_domain(struct call *c, struct view v, struct ident *out, struct err *err)
{
	struct err why;

	if (view_ends(v, VIEW(".")))
		v.n--;
	if (ident_parse_dns(c->arena, v, out, &why) != 0 ||
	    names_check(c->svc->names, out, &why) != 0) {
		(void)partner_error_arg(err, E3, VIEW("domainName"));
		return err_inner(err, "%s", why.detail);
	}
	return 0;
}

int
args_binding(struct call *c, struct view acme_account_id, struct binding *out,
    struct err *err)
{
	int rc;

	rc = binding_of_account(c->svc->store->db, c->arena, acme_account_id,
	    c->reseller.id, out, err);
	if (rc == 0)
		return partner_error_arg(err, E3, VIEW("acmeAccountID"));
	return rc < 0 ? -1 : 0;
}
