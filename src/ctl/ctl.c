/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of commands, and their options. */
#include "ctl/ctl.h"

#include <stdarg.h>

#include "wire/timefmt.h"

const struct ctl_command ctl_commands[] = {
	{ "setup", "[--db-user USER] [--db-password-file FILE]",
	    "make keys, database, users and schema; asks the database's administrator once", ctl_setup },
	{ "key init", "", "make the keys that are missing", ctl_key_init },
	{ "db prepare", "[--db-user USER] [--db-password-file FILE]",
	    "as the database's administrator: make the database and its users", ctl_db_prepare },
	{ "db migrate", "", "bring the schema and the rights up to date", ctl_db_migrate },
	{ "db status", "", "show which migrations were applied", ctl_db_status },
	{ "server add", "NAME [--type DV] [--product-id N] [--description TEXT] [--profile NAME]",
	    "add an ACME server, a directory URL", ctl_server_add },
	{ "server list", "", "list the ACME servers", ctl_server_list },
	{ "reseller add", "NAME [--server NAME]... [--currency CODE] [--credit-limit AMOUNT] [--password-file FILE]",
	    "add a reseller; without a password file one is made and shown", ctl_reseller_add },
	{ "reseller set", "NAME [--credit-limit AMOUNT] [--lock] [--unlock] [--network NETWORK]... [--new-password] [--password-file FILE] [--password-expires DAY] [--add-server NAME]... [--remove-server NAME]...",
	    "change a reseller; a day is written 2026-12-31, or never", ctl_reseller_set },
	{ "reseller show", "NAME", "show a reseller", ctl_reseller_show },
	{ "reseller credit", "NAME AMOUNT [--reason TEXT]",
	    "add to a balance, or take from it", ctl_reseller_credit },
	{ "reseller list", "", "list the resellers with their balances", ctl_reseller_list },
	{ "price set", "RESELLER SERVER fqdn|wildcard YEARS AMOUNT",
	    "set what a name costs for a term of 1, 2 or 3 years", ctl_price_set },
	{ "price show", "RESELLER", "show what a reseller pays", ctl_price_show },
	{ "import", "RESELLER ACCOUNT FILE [--report FILE]",
	    "add the names in a file, one a line, to a customer's subscription", ctl_import },
	{ "statement", "RESELLER MONTH",
	    "write a month of a reseller's money, 2026-11, as CSV", ctl_statement },
	{ "limits show", "ACCOUNT", "show what an account used of its rate limits, and its failing names",
	    ctl_limits_show },
	{ "limits unpause", "ACCOUNT NAME", "forget the failed validations of a name", ctl_limits_unpause },
	{ "ca init", "NAME --root-dir DIR --http-base-url URL [--organization TEXT] [--country CC] [--root-name CN] [--issuing-name CN]",
	    "make a two-level CA and the signer's configuration", ctl_ca_init },
	{ "ca show", "", "show the issuers", ctl_ca_show },
	{ "ca chain", "NAME FILE", "offer another chain with the certificates of an issuer",
	    ctl_ca_chain },
	{ "ca unchain", "NAME NUMBER", "offer a chain no more", ctl_ca_unchain },
	{ "conf show", "", "show the configuration that is in force, as a file", ctl_conf_show },
	{ "validation show", "ID", "show all that is known of an authorization: an id, or a URL that a client saw",
	    ctl_validation_show },
	{ "renewal pull", "--issued-from TIME --issued-to TIME [--issuer NAME] [--profile NAME] [--name NAME] [--now] [--within-hours N] [--explanation-url URL]",
	    "let clients renew certificates earlier than they would", ctl_renewal_pull },
	{ "audit", "[--actor TEXT] [--event TEXT] [--from TIME] [--to TIME] [--last N]",
	    "show who changed what, and what was refused", ctl_audit },
	{ "doctor", "", "look for what should not be", ctl_doctor },
	{ "housekeeping", "", "forget what is too old to matter; to be run once an hour",
	    ctl_housekeeping },
	{ "status", "", "show the processes of the pool", ctl_status },
	{ "reload", "", "let caasd read its configuration again, and wait until it is in force",
	    ctl_reload },
};
const size_t ctl_ncommands = NITEMS(ctl_commands);

int
ctl_open(struct ctl *c, struct err *err)
{
	if (db_new(c->conf, DB_ADMIN, &c->store.db, err) != 0)
		return -1;
	c->store.clk = c->clk;
	c->store.writer = writer_new(c->store.db, c->clk);
	return db_connect(c->store.db, err);
}

int
ctl_usage(struct err *err, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(err, ERR_MALFORMED, "%s", text);
}

/* Take n words out of argv at i. */
static void
take_out(struct ctl *c, int i, int n)
{
	memmove(&c->argv[i], &c->argv[i + n],
	    (size_t)(c->argc - i - n + 1) * sizeof(*c->argv));
	c->argc -= n;
}

const char *
ctl_option(struct ctl *c, const char *name)
{
	const char *value;
	int i;

	for (i = 0; i + 1 < c->argc; i++)
		if (strncmp(c->argv[i], "--", 2) == 0 && strcmp(c->argv[i] + 2, name) == 0) {
			value = c->argv[i + 1];
			take_out(c, i, 2);
			return value;
		}
	return NULL;
}

bool
ctl_flag(struct ctl *c, const char *name)
{
	int i;

	for (i = 0; i < c->argc; i++)
		if (strncmp(c->argv[i], "--", 2) == 0 && strcmp(c->argv[i] + 2, name) == 0) {
			take_out(c, i, 1);
			return true;
		}
	return false;
}

int
ctl_args(struct ctl *c, int n, struct err *err)
{
	int i;

	for (i = 0; i < c->argc; i++)
		if (strncmp(c->argv[i], "--", 2) == 0)
			return ctl_usage(err, "the option %s is not known here, or has no value",
			    c->argv[i]);
	if (c->argc != n)
		return ctl_usage(err, "%d arguments were expected, not %d", n, c->argc);
	return 0;
}

int
ctl_time(const char *text, int64_t *at, struct err *err)
{
	return rfc3339_parse(view_of(text), at) == 0 ? 0 :
	    ctl_usage(err, "%s is no time, as 2026-12-31T23:59:59Z", text);
}
