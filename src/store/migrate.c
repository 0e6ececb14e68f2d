/* SPDX-License-Identifier: BSD-2-Clause */
/* Users and database, forward-only migrations, grants. */
#include "store/migrate.h"
#include "store/db_private.h"

const struct migration migrations[] = {
#define MIGRATION(number, name, text)	{ number, name, text },
#include "store/schema.def"
#undef MIGRATION
};
const size_t nmigrations = NITEMS(migrations);

/* sql/setup and sql/grants.sql, by file name. */
static const struct {
	const char	*name;
	const char	*sql;
} scripts[] = {
#define MIGRATION(number, name, text)	{ name, text },
#include "store/setup.def"
#undef MIGRATION
};

static int
run_script(struct db *db, const char *name, struct err *err)
{
	size_t i;

	for (i = 0; i < NITEMS(scripts); i++)
		if (strcmp(scripts[i].name, name) == 0)
			return db_script(db, name, scripts[i].sql, err);
	return err_internal(err, "no script %s", name);
}

int
migrate_prepare(struct db *db, const char *db_name,
    const char *const passwords[DB__ROLES], struct err *err)
{
	char user[16];
	int role;

	for (role = 0; role < DB__ROLES; role++) {
		(void)snprintf(user, sizeof(user), "caas_%s", db_role_name(role));
		if (db_exec(db, STMT_SETUP_NAMES, PARAMS(P_T(view_of(db_name)),
		    P_T(view_of(user)), P_T(view_of(passwords[role]))), NULL,
		    err) != 0)
			return -1;
		if (role == 0 && run_script(db, "database", err) != 0)
			return -1;
		if (run_script(db, "user", err) != 0)
			return -1;
	}
	return run_script(db, "admin", err);
}

int
migrate_version(struct db *db, unsigned *version, struct err *err)
{
	static const struct column cols[] = { { "number", COL_ENUM, 0 } };
	struct arena *a = arena_new();
	int rc;

	*version = 0;
	/* The first file makes the table of versions, if it is not there. */
	rc = db_script(db, migrations[0].name, migrations[0].sql, err);
	if (rc == 0)
		rc = db_row(db, STMT_SCHEMA_VERSION, NO_PARAMS, cols, 1, version, a, err);
	arena_free(a);
	return rc < 0 ? -1 : 0;
}

int
migrate_run(struct db *db, const struct clk *clk,
    void (*done)(void *arg, const struct migration *), void *arg, struct err *err)
{
	const struct migration *m;
	unsigned version;
	size_t i;

	if (migrate_version(db, &version, err) != 0)
		return -1;
	for (i = 1; i < nmigrations; i++) {
		m = &migrations[i];
		if (m->number <= version)
			continue;
		if (db_script(db, m->name, m->sql, err) != 0 ||
		    db_exec(db, STMT_SCHEMA_NOTE, PARAMS(P_U(m->number),
		    P_T(view_of(m->name)), P_I(clk_now(clk))), NULL, err) != 0)
			return -1;
		done(arg, m);
	}
	return run_script(db, "grants", err);
}
