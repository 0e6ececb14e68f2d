/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * migrate: preparing a database and moving its schema forward by numbered files,
 * each safe for the release before and after it (design.md 7).  For caasctl; the
 * connection is one of db_new_setup().
 */
#ifndef CAAS_STORE_MIGRATE_H
#define CAAS_STORE_MIGRATE_H

#include "store/db.h"

struct migration {
	unsigned	 number;
	const char	*name;
	const char	*sql;
};
extern const struct migration	migrations[];
extern const size_t		nmigrations;

/*
 * As an administrator of the server: the database, caas_admin and the roles'
 * users.  passwords are in the order of enum db_role.
 */
MUST_USE int	migrate_prepare(struct db *, const char *db_name,
		    const char *const passwords[DB__ROLES], struct err *);

/* Number of the newest migration that was applied; 0 for an empty database. */
MUST_USE int	migrate_version(struct db *, unsigned *version, struct err *);
/* Apply what is missing, done is called after each; then give every role its rights. */
MUST_USE int	migrate_run(struct db *, const struct clk *,
		    void (*done)(void *arg, const struct migration *), void *arg,
		    struct err *);

#endif
