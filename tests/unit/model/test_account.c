/* SPDX-License-Identifier: BSD-2-Clause */
/* model/account, model/partner: states and their names. */
#include "model/partner.h"
#include "tap.h"

static const struct {
	enum account_status	 status;
	const char		*name;
	bool			 open;
} accounts[] = {
	{ 0, "unknown", false },
	{ ACCOUNT_PENDING, "pending", false },
	{ ACCOUNT_VALID, "valid", true },
	{ ACCOUNT_SUSPENDED, "suspended", true },
	{ ACCOUNT_DEACTIVATED, "deactivated", false },
	{ ACCOUNT_REVOKED, "revoked", false },
	{ ACCOUNT__MAX, "unknown", false },
};

static const struct {
	struct view		 name;
	enum validation_type	 type;
} types[] = {
	{ VIEW("DV"), VALIDATION_DV }, { VIEW("OV"), VALIDATION_OV },
	{ VIEW("EV"), VALIDATION_EV }, { VIEW("dv"), VALIDATION__MAX },
	{ VIEW(""), VALIDATION__MAX }, { VIEW("DVX"), VALIDATION__MAX },
};

int
main(void)
{
	size_t i;

	for (i = 0; i < NITEMS(accounts); i++) {
		tap_is_view(view_of(account_status_name(accounts[i].status)),
		    view_of(accounts[i].name), "the name of an account that is %s",
		    accounts[i].name);
		tap_is_int(account_is_open(accounts[i].status), accounts[i].open,
		    "ACC-13, ACC-14: %s is %s", accounts[i].name,
		    accounts[i].open ? "served" : "refused");
	}
	for (i = 0; i < NITEMS(types); i++)
		tap_is_int(validation_type_find(types[i].name), types[i].type,
		    "the validation type '%.*s'", VIEW_ARG(types[i].name));
	tap_is_view(view_of(validation_type_name(VALIDATION_EV)), VIEW("EV"), "and back");
	tap_is_view(view_of(validation_type_name(VALIDATION__MAX)), VIEW(""), "or none");
	return tap_done();
}
