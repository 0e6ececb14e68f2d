/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * db: one connection to MariaDB for one role, with all statements of that role
 * prepared.  Not for two threads at once.
 *
 * A lost connection is made again by the next call; what was under way then is
 * ERR_UNAVAILABLE.  SQL text lives in sql/query, one statement a file.
 */
#ifndef CAAS_STORE_DB_H
#define CAAS_STORE_DB_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "conf/conf.h"

enum db_role {
	DB_WEB, DB_VA, DB_SIGN, DB_ADMIN,
	DB__ROLES,		/* each of these has a database user of its own */
	DB_SETUP = DB__ROLES,	/* whoever prepares the database */
};

enum {
	USED_BY_NONE = 0,	/* not prepared: sent as text */
	USED_BY_WEB = BIT(DB_WEB), USED_BY_VA = BIT(DB_VA),
	USED_BY_SIGN = BIT(DB_SIGN), USED_BY_ADMIN = BIT(DB_ADMIN),
	USED_BY_SETUP = BIT(DB_SETUP),
};

enum stmt {
#define STMT(name, nparams, roles, text)	STMT_##name,
#include "store/stmt.def"
#undef STMT
	STMT__MAX
};

struct db;

/* "web", "va", "sign", "admin": as in "used by", key folders and database users. */
const char	*db_role_name(enum db_role);

/* Does not connect.  The password is read from key_dir/ROLE/db.password. */
MUST_USE int	db_new(const struct conf *, enum db_role, struct db **, struct err *);
void		db_free(struct db *);
/*
 * A connection for preparing a server or changing a schema: any user, any
 * database (NULL: none), its few statements prepared when they are used first.
 * Connects; ERR_UNAUTHORIZED when the server does not let the user in.
 */
MUST_USE int	db_new_setup(const struct conf *, const char *user, const char *password,
		    const char *db_name, struct db **, struct err *);
/* Run statements separated by ';' on such a connection; what names them in errors. */
MUST_USE int	db_script(struct db *, const char *what, const char *sql, struct err *);

/*
 * Connect unless connected.  ERR_UNAVAILABLE when the database cannot be
 * reached; ERR_INTERNAL when it can, but a statement cannot be prepared: the
 * schema or a grant is wrong, and trying again will not help.
 */
MUST_USE int	db_connect(struct db *, struct err *);
bool		db_is_connected(const struct db *);

/* A parameter of a statement. */
enum param_type { PARAM_NULL, PARAM_U64, PARAM_I64, PARAM_TEXT, PARAM_BYTES };
struct param {
	enum param_type	type;
	uint64_t	u;
	int64_t		i;
	struct view	v;
};
#define P_NULL		{ .type = PARAM_NULL }
#define P_U(x)		{ .type = PARAM_U64, .u = (x) }
#define P_I(x)		{ .type = PARAM_I64, .i = (x) }
#define P_T(x)		{ .type = PARAM_TEXT, .v = (x) }
#define P_B(x)		{ .type = PARAM_BYTES, .v = (x) }
/* NULL for an absent view or a zero time. */
#define P_T_OR_NULL(x)	{ .type = (x).p != NULL ? PARAM_TEXT : PARAM_NULL, .v = (x) }
#define P_U_OR_NULL(x)	{ .type = (x) != 0 ? PARAM_U64 : PARAM_NULL, .u = (x) }
#define P_I_OR_NULL(x)	{ .type = (x) != 0 ? PARAM_I64 : PARAM_NULL, .i = (x) }
/* PARAMS(P_U(id), P_I(now)): array and count. */
#define PARAMS(...)	(const struct param[]){ __VA_ARGS__ }, \
	NITEMS(((const struct param[]){ __VA_ARGS__ }))
#define NO_PARAMS	NULL, 0

/* Where a column of a row goes; SQL NULL becomes 0, false or VIEW_NONE. */
enum column_type {
	COL_U64, COL_I64,	/* uint64_t, int64_t */
	COL_ENUM,		/* an enum or unsigned: 4 bytes */
	COL_BOOL,
	COL_VIEW,		/* text or bytes, in the arena */
	COL_B32, COL_B64,	/* uint8_t[32], [64]; another length is an error */
};
struct column {
	const char		*name;		/* must be the column's name in the result */
	enum column_type	 type;
	size_t			 offset;
};
#define COLUMN(T, field, ct, ctype) { #field, ct, offsetof(struct T, field) + \
	0 * sizeof((__typeof__(ctype) *)0 == &((struct T *)0)->field) }

/* Run a statement that returns nothing; affected (NULL: not wanted) counts matched rows. */
MUST_USE int	db_exec(struct db *, enum stmt, const struct param *, size_t n,
		    uint64_t *affected, struct err *);
/* An insert that may meet a row with the same unique key: 1 inserted, 0 there already, -1. */
MUST_USE int	db_insert(struct db *, enum stmt, const struct param *, size_t n, struct err *);
/* Rows that the statement matched when it last ran. */
uint64_t	db_affected(const struct db *, enum stmt);
/* The same insert for nrows rows of n parameters each, in one round trip. */
MUST_USE int	db_insert_rows(struct db *, enum stmt, const struct param *, size_t n,
		    size_t nrows, struct err *);
/* Did the last call fail because a CHECK of the table does not hold? */
bool		db_broke_constraint(const struct db *);
/* The first row: 1, 0 when there is none, -1. */
MUST_USE int	db_row(struct db *, enum stmt, const struct param *, size_t n,
		    const struct column *, size_t ncols, void *row, struct arena *,
		    struct err *);
/*
 * All rows, at most max, as an array of structs of size bytes in the arena.
 * One more row than max is an error.
 */
MUST_USE int	db_rows(struct db *, enum stmt, const struct param *, size_t n,
		    const struct column *, size_t ncols, size_t size, size_t max,
		    struct arena *, void *rows, size_t *nrows, struct err *);

#endif
