/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ctl: the commands of caasctl, one table, one file a noun.  A command says in out
 * what it did and returns 0, or fills err and returns -1.
 */
#ifndef CAAS_CTL_CTL_H
#define CAAS_CTL_CTL_H

#include "ctl/out.h"
#include "store/reseller.h"
#include "store/server.h"
#include "store/store.h"

struct ctl {
	struct conf		*conf;
	const char		*conf_path;
	const struct clk	*clk;
	struct arena		*arena;
	struct store		 store;		/* opened by ctl_open() */
	struct out		 out;		/* what it says */
	int			 argc;		/* arguments behind the command's words */
	char			**argv;
};

struct ctl_command {
	const char	*words;		/* "reseller add" */
	const char	*args;		/* "NAME [--server NAME]..." */
	const char	*help;		/* one line */
	int		(*run)(struct ctl *, struct err *);
};

extern const struct ctl_command	ctl_commands[];
extern const size_t		ctl_ncommands;

/* Connect as caas_admin. */
MUST_USE int	ctl_open(struct ctl *, struct err *);
/* Wrong use: ERR_MALFORMED; -1. */
int		ctl_usage(struct err *, const char *fmt, ...) PRINTF(2, 3);

/*
 * Options behind a command's words.  ctl_option() takes "--NAME VALUE" out of
 * argv and returns VALUE, NULL when it is not there (or no longer: repeatable
 * ones are taken one by one); ctl_flag() takes "--NAME".
 */
const char	*ctl_option(struct ctl *, const char *name);
bool		 ctl_flag(struct ctl *, const char *name);
/* What is left must be n arguments. */
MUST_USE int	 ctl_args(struct ctl *, int n, struct err *);

/* RFC 3339; ERR_MALFORMED. */
MUST_USE int	 ctl_time(const char *text, int64_t *at, struct err *);

/* By name; ERR_MALFORMED when there is none. */
MUST_USE int	 ctl_find_server(struct ctl *, const char *name, uint64_t *id, struct err *);
MUST_USE int	 ctl_find_reseller(struct ctl *, const char *name, struct reseller *,
		    struct err *);

/* The commands. */
int	ctl_setup(struct ctl *, struct err *);
int	ctl_key_init(struct ctl *, struct err *);
int	ctl_db_prepare(struct ctl *, struct err *);
int	ctl_db_migrate(struct ctl *, struct err *);
int	ctl_db_status(struct ctl *, struct err *);
int	ctl_server_add(struct ctl *, struct err *);
int	ctl_server_list(struct ctl *, struct err *);
int	ctl_reseller_add(struct ctl *, struct err *);
int	ctl_reseller_set(struct ctl *, struct err *);
int	ctl_reseller_show(struct ctl *, struct err *);
int	ctl_reseller_credit(struct ctl *, struct err *);
int	ctl_reseller_list(struct ctl *, struct err *);
int	ctl_price_set(struct ctl *, struct err *);
int	ctl_price_show(struct ctl *, struct err *);
int	ctl_import(struct ctl *, struct err *);
int	ctl_statement(struct ctl *, struct err *);
int	ctl_conf_show(struct ctl *, struct err *);
int	ctl_validation_show(struct ctl *, struct err *);
int	ctl_limits_show(struct ctl *, struct err *);
int	ctl_limits_unpause(struct ctl *, struct err *);
int	ctl_ca_init(struct ctl *, struct err *);
int	ctl_ca_show(struct ctl *, struct err *);
int	ctl_ca_chain(struct ctl *, struct err *);
int	ctl_ca_unchain(struct ctl *, struct err *);
int	ctl_renewal_pull(struct ctl *, struct err *);
int	ctl_audit(struct ctl *, struct err *);
int	ctl_doctor(struct ctl *, struct err *);
int	ctl_housekeeping(struct ctl *, struct err *);
int	ctl_status(struct ctl *, struct err *);
int	ctl_reload(struct ctl *, struct err *);

#endif
