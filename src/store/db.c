/* SPDX-License-Identifier: BSD-2-Clause */
/* Connecting to MariaDB, and what its errors mean. */
#include "store/db_private.h"

#include <mysqld_error.h>
#include <errmsg.h>

#include "base/log.h"

#define SETUP_READ_S	300	/* seconds that a change of the schema may take */

static const char *const role_names[] = { "web", "va", "sign", "admin", "setup" };

const struct stmt_text stmt_texts[STMT__MAX] = {
#define STMT(name, nparams, roles, text)	{ #name, nparams, roles, text },
#include "store/stmt.def"
#undef STMT
};

#define STMT(name, nparams, roles, text) \
	_Static_assert((nparams) <= PARAMS_MAX, "too many parameters: " #name);
#include "store/stmt.def"
#undef STMT

const char *
db_role_name(enum db_role role)
{
	return role_names[role];
}

int
db_new(const struct conf *conf, enum db_role role, struct db **out, struct err *err)
{
	struct arena *a = arena_new();
	struct view text;
	struct db *db;
	int rc = -1;

	*out = NULL;
	if ((db = calloc(1, sizeof(*db))) == NULL) {
		(void)err_internal(err, "out of memory");
		goto out;
	}
	db->conf = conf;
	db->role = role;
	db->db_name = conf->db_name;
	(void)snprintf(db->user, sizeof(db->user), "caas_%s", role_names[role]);
	if (conf_read_key(conf, a, role_names[role], "db.password", &text, err) != 0)
		goto out;
	text = view_cut(&text, '\n');
	if (view_copy(text, db->password, sizeof(db->password)) != 0) {
		(void)err_internal(err, "%s/%s/db.password: too long", conf->key_dir,
		    role_names[role]);
		goto out;
	}
	*out = db;
	db = NULL;
	rc = 0;
 out:
	free(db);
	arena_free(a);
	return rc;
}

int
db_new_setup(const struct conf *conf, const char *user, const char *password,
    const char *db_name, struct db **out, struct err *err)
{
	struct db *db;

	*out = NULL;
	if ((db = calloc(1, sizeof(*db))) == NULL)
		return err_internal(err, "out of memory");
	db->conf = conf;
	db->role = DB_SETUP;
	db->db_name = db_name;
	if (view_copy(view_of(user), db->user, sizeof(db->user)) != 0 ||
	    view_copy(view_of(password), db->password, sizeof(db->password)) != 0) {
		db_free(db);
		return err_set(err, ERR_MALFORMED, "user or password is too long");
	}
	if (db_connect(db, err) != 0) {
		db_free(db);
		return -1;
	}
	*out = db;
	return 0;
}

void
db_free(struct db *db)
{
	if (db == NULL)
		return;
	db_drop(db);
	explicit_bzero(db->password, sizeof(db->password));
	free(db);
}

void
db_drop(struct db *db)
{
	int i;

	for (i = 0; i < STMT__MAX; i++) {
		if (db->stmts[i] != NULL)
			(void)mysql_stmt_close(db->stmts[i]);
		db->stmts[i] = NULL;
	}
	if (db->my != NULL)
		mysql_close(db->my);
	db->my = NULL;
	db->in_tx = false;
}

bool
db_is_connected(const struct db *db)
{
	return db->my != NULL;
}

static enum db_fault
fault_of(unsigned number)
{
	switch (number) {
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_CHECKREAD:		/* 1020: record changed since last read */
	case ER_UNKNOWN_COM_ERROR:	/* 1047: a Galera node without quorum */
	case ER_NEED_REPREPARE:
		return DB_FAULT_AGAIN;
	case CR_CONNECTION_ERROR:
	case CR_CONN_HOST_ERROR:
	case CR_SERVER_GONE_ERROR:
	case CR_SERVER_LOST:
	case ER_SERVER_SHUTDOWN:
	case ER_CONNECTION_KILLED:
	case ER_NEW_ABORTING_CONNECTION:
	case ER_CON_COUNT_ERROR:
	case ER_OPTION_PREVENTS_STATEMENT:	/* an old primary, read-only now */
	case ER_READ_ONLY_MODE:
		return DB_FAULT_LOST;
	case ER_CONSTRAINT_FAILED:
		return DB_FAULT_CONSTRAINT;
	case ER_DUP_ENTRY:
		return DB_FAULT_DUPLICATE;
	default:
		return DB_FAULT_OTHER;
	}
}

int
db_failed(struct db *db, const char *what, unsigned number, const char *text,
    struct err *err)
{
	db->fault = fault_of(number);
	if (db->fault == DB_FAULT_OTHER || db->fault == DB_FAULT_DUPLICATE ||
	    db->fault == DB_FAULT_CONSTRAINT)
		return err_internal(err, "database: %s: %u %s", what, number, text);
	(void)err_set(err, ERR_UNAVAILABLE,
	    "The service cannot reach its database; try again soon");
	err->retry_after_s = 2;
	(void)err_inner(err, "database: %s: %u %s", what, number, text);
	if (db->fault == DB_FAULT_LOST)
		db_drop(db);
	return -1;
}

bool
db_broke_constraint(const struct db *db)
{
	return db->fault == DB_FAULT_CONSTRAINT;
}

int
db_text(struct db *db, enum stmt s, struct err *err)
{
	const struct stmt_text *t = &stmt_texts[s];

	if (mysql_real_query(db->my, t->text, (unsigned long)strlen(t->text)) != 0)
		return db_failed(db, t->name, mysql_errno(db->my),
		    mysql_error(db->my), err);
	return 0;
}

int
db_script(struct db *db, const char *what, const char *sql, struct err *err)
{
	int rc;

	if (mysql_real_query(db->my, sql, (unsigned long)strlen(sql)) != 0)
		return db_failed(db, what, mysql_errno(db->my), mysql_error(db->my), err);
	/* Every statement of the text has a result of its own to be read. */
	do
		mysql_free_result(mysql_store_result(db->my));
	while ((rc = mysql_next_result(db->my)) == 0);
	return rc < 0 ? 0 :
	    db_failed(db, what, mysql_errno(db->my), mysql_error(db->my), err);
}

int
db_prepare(struct db *db, enum stmt s, struct err *err)
{
	const struct stmt_text *t = &stmt_texts[s];
	MYSQL_STMT *st;

	if ((t->roles & BIT(db->role)) == 0)
		return err_internal(err, "%s is not for role %s", t->name,
		    db_role_name(db->role));
	if ((st = mysql_stmt_init(db->my)) == NULL)
		return err_internal(err, "out of memory");
	db->stmts[s] = st;
	if (mysql_stmt_prepare(st, t->text, (unsigned long)strlen(t->text)) != 0)
		return db_failed(db, t->name, mysql_stmt_errno(st),
		    mysql_stmt_error(st), err);
	if (mysql_stmt_param_count(st) != t->nparams)
		return err_internal(err, "%s: %lu parameters, not %u", t->name,
		    mysql_stmt_param_count(st), t->nparams);
	return 0;
}

static int
prepare_all(struct db *db, struct err *err)
{
	int i;

	if (db->role == DB_SETUP)
		return 0;
	for (i = 0; i < STMT__MAX; i++)
		if ((stmt_texts[i].roles & BIT(db->role)) != 0 &&
		    db_prepare(db, (enum stmt)i, err) != 0)
			return -1;
	return 0;
}

/* Wrong password, or none where one is wanted; a user that only the socket lets in. */
static bool
is_denied(unsigned code)
{
	return code == ER_ACCESS_DENIED_ERROR || code == ER_ACCESS_DENIED_NO_PASSWORD_ERROR;
}

/* host NULL: the socket. */
static int
connect_to(struct db *db, const char *host, struct err *err)
{
	const struct conf *c = db->conf;
	unsigned long flags = CLIENT_FOUND_ROWS;
	unsigned connect_s = (unsigned)c->db_connect_timeout_s;
	/* A change of the schema takes as long as it takes. */
	unsigned read_s = db->role == DB_SETUP ? SETUP_READ_S : (unsigned)c->db_read_timeout_s;

	if ((db->my = mysql_init(NULL)) == NULL)
		return err_internal(err, "out of memory");
	(void)mysql_options(db->my, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
	(void)mysql_options(db->my, MYSQL_OPT_READ_TIMEOUT, &read_s);
	(void)mysql_options(db->my, MYSQL_OPT_WRITE_TIMEOUT, &read_s);
	(void)mysql_options(db->my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	/* Only scripts hold more than one statement. */
	flags |= db->role == DB_SETUP ? CLIENT_MULTI_STATEMENTS : 0;
	if (mysql_real_connect(db->my, host, db->user, db->password, db->db_name,
	    (unsigned)c->db_port, host == NULL ? c->db_socket : NULL, flags) == NULL) {
		(void)db_failed(db, "connect", mysql_errno(db->my),
		    mysql_error(db->my), err);
		/* Whatever refuses a connection may pass: it is not our statement. */
		if (db->role == DB_SETUP && is_denied(mysql_errno(db->my)))
			err->kind = ERR_UNAUTHORIZED;
		else if (err->kind == ERR_INTERNAL)
			err->kind = ERR_UNAVAILABLE;
		return -1;
	}
	if (db_text(db, STMT_SESSION_INIT, err) != 0 || prepare_all(db, err) != 0)
		return -1;
	return 0;
}

int
db_connect(struct db *db, struct err *err)
{
	size_t i, n = db->conf->db_hosts.n;

	if (db->my != NULL)
		return 0;
	memset(db->checked, 0, sizeof(db->checked));
	if (n == 0) {
		if (connect_to(db, NULL, err) == 0)
			return 0;
		db_drop(db);
		return -1;
	}
	/* From the one that served last, in the order of the configuration. */
	for (i = 0; i < n; i++) {
		if (connect_to(db, db->conf->db_hosts.v[db->host], err) == 0)
			return 0;
		db_drop(db);
		if (err->kind != ERR_UNAVAILABLE)
			break;
		db->host = (db->host + 1) % n;
	}
	return -1;
}
