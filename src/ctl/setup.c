/* SPDX-License-Identifier: BSD-2-Clause */
/* setup, key init, db prepare, db migrate, db status. */
#include "ctl/ctl.h"

#include "base/base64url.h"
#include "base/hex.h"
#include "base/random.h"
#include "crypto/key.h"
#include "ctl/ask.h"
#include "ctl/file.h"
#include "store/migrate.h"

#define SECRET_MAX	256

/* Who owns the folder of a role. */
static const char *
owner_of(const struct ctl *c, enum db_role role)
{
	switch (role) {
	case DB_WEB:
		return c->conf->user_web;
	case DB_VA:
		return c->conf->user_va;
	case DB_SIGN:
		return c->conf->user_sign;
	case DB_ADMIN:
	case DB_SETUP:
		break;
	}
	return NULL;
}

static const char *
key_path(struct ctl *c, enum db_role role, const char *name)
{
	return arena_printf(c->arena, "%s/%s/%s", c->conf->key_dir, db_role_name(role), name);
}

static int
put_key(struct ctl *c, enum db_role role, const char *name, const char *text,
    struct err *err)
{
	const char *path = key_path(c, role, name);
	int rc;

	rc = file_create(path, view_of(text), 0400, owner_of(c, role), err);
	if (rc == 1)
		out_did(&c->out, "made", path);
	return rc < 0 ? -1 : 0;
}

/* "PREFIX HEX\n" of n random bytes. */
static void
random_line(char *out, size_t outsz, const char *prefix, size_t n)
{
	uint8_t raw[32];
	char hex[2 * sizeof(raw) + 1];

	random_bytes(raw, n);
	hex_encode(raw, n, hex);
	(void)snprintf(out, outsz, "%s%s\n", prefix, hex);
	secret_wipe(raw, sizeof(raw));
	secret_wipe(hex, sizeof(hex));
}

/* The same key for several roles: what one has already, the others get too. */
static int
shared_key(struct ctl *c, const char *name, const enum db_role *who, size_t n,
    const char *prefix, size_t bytes, struct err *err)
{
	char text[SECRET_MAX];
	struct view have;
	size_t i;

	random_line(text, sizeof(text), prefix, bytes);
	for (i = 0; i < n; i++)
		if (file_exists(key_path(c, who[i], name))) {
			if (conf_read_key(c->conf, c->arena, db_role_name(who[i]), name, &have,
			    err) != 0)
				return -1;
			if (view_copy(have, text, sizeof(text)) != 0)
				return err_internal(err, "%s is longer than expected", name);
			break;
		}
	for (i = 0; i < n; i++)
		if (put_key(c, who[i], name, text, err) != 0)
			return -1;
	secret_wipe(text, sizeof(text));
	return 0;
}

static int
attest_key(struct ctl *c, struct err *err)
{
	struct buf pem = BUF_INIT(4096);
	struct key *key = NULL;
	int rc = -1;

	if (file_exists(key_path(c, DB_VA, "attest.key")))
		return 0;
	if (key_new_ed25519(&key, err) == 0 && key_private_pem(key, &pem, err) == 0)
		rc = put_key(c, DB_VA, "attest.key", pem.p, err);
	key_free(key);
	if (pem.p != NULL)
		secret_wipe(pem.p, pem.n);
	buf_release(&pem);
	return rc;
}

static int
db_passwords(struct ctl *c, struct err *err)
{
	char text[SECRET_MAX];
	int role;

	for (role = 0; role < DB__ROLES; role++) {
		random_line(text, sizeof(text), "", 24);
		if (put_key(c, (enum db_role)role, "db.password", text, err) != 0)
			return -1;
	}
	secret_wipe(text, sizeof(text));
	return 0;
}

int
ctl_key_init(struct ctl *c, struct err *err)
{
	static const enum db_role url[] = { DB_WEB, DB_SIGN, DB_ADMIN };
	static const enum db_role eab[] = { DB_WEB, DB_ADMIN };
	static const enum db_role nonce[] = { DB_WEB };
	int role;

	if (ctl_args(c, 0, err) != 0 || file_make_dir(c->conf->key_dir, 0755, NULL, err) != 0)
		return -1;
	for (role = 0; role < DB__ROLES; role++)
		if (file_make_dir(arena_printf(c->arena, "%s/%s", c->conf->key_dir,
		    db_role_name((enum db_role)role)), 0700,
		    owner_of(c, (enum db_role)role), err) != 0)
			return -1;
	if (shared_key(c, "url.key", url, NITEMS(url), "0 ", 16, err) != 0 ||
	    shared_key(c, "eab.key", eab, NITEMS(eab), "1 ", 32, err) != 0 ||
	    shared_key(c, "nonce.key", nonce, NITEMS(nonce), "", 16, err) != 0)
		return -1;
	return attest_key(c, err) != 0 || db_passwords(c, err) != 0 ? -1 : 0;
}

/*
 * A connection as whoever may make databases: root over the socket if nobody else is
 * named.  When the server wants a password and there is somebody to ask, it is asked for.
 */
static int
open_as_administrator(struct ctl *c, struct db **db, struct err *err)
{
	const char *user = ctl_option(c, "db-user");
	const char *file = ctl_option(c, "db-password-file");
	struct view text = VIEW("");
	char *password;
	int rc;

	if (ctl_args(c, 0, err) != 0)
		return -1;
	if (user == NULL)
		user = "root";
	if (file != NULL &&
	    conf_read_file(c->arena, file, SECRET_MAX, &text, err) != 0)
		return -1;
	password = arena_str(c->arena, view_cut(&text, '\n'));
	rc = db_new_setup(c->conf, user, password, NULL, db, err);
	if (rc == 0 || err->kind != ERR_UNAUTHORIZED || file != NULL || !ask_can())
		return rc;
	if (ask_secret(c->arena, arena_printf(c->arena, "Password of the database's %s", user),
	    SECRET_MAX, &text, err) != 0)
		return -1;
	password = arena_str(c->arena, text);
	rc = db_new_setup(c->conf, user, password, NULL, db, err);
	secret_wipe(password, text.n);
	return rc;
}

int
ctl_db_prepare(struct ctl *c, struct err *err)
{
	const char *passwords[DB__ROLES];
	struct view text;
	struct db *db;
	int role, rc;

	for (role = 0; role < DB__ROLES; role++) {
		if (conf_read_key(c->conf, c->arena, db_role_name((enum db_role)role),
		    "db.password", &text, err) != 0)
			return -1;
		passwords[role] = arena_str(c->arena, view_cut(&text, '\n'));
	}
	if (open_as_administrator(c, &db, err) != 0)
		return -1;
	rc = migrate_prepare(db, c->conf->db_name, passwords, err);
	db_free(db);
	if (rc == 0)
		out_did(&c->out, "prepared", arena_printf(c->arena, "database %s and its users",
		    c->conf->db_name));
	return rc;
}

static int
open_as_admin(struct ctl *c, struct db **db, struct err *err)
{
	struct view text;

	if (ctl_args(c, 0, err) != 0 ||
	    conf_read_key(c->conf, c->arena, "admin", "db.password", &text, err) != 0)
		return -1;
	return db_new_setup(c->conf, "caas_admin",
	    arena_str(c->arena, view_cut(&text, '\n')), c->conf->db_name, db, err);
}

static void
migrated(void *out, const struct migration *m)
{
	out_did(out, "applied", m->name);
}

int
ctl_db_migrate(struct ctl *c, struct err *err)
{
	struct db *db;
	int rc;

	if (open_as_admin(c, &db, err) != 0)
		return -1;
	rc = migrate_run(db, c->clk, migrated, &c->out, err);
	db_free(db);
	if (rc == 0)
		out_did(&c->out, "reached", arena_printf(c->arena, "schema version %u",
		    migrations[nmigrations - 1].number));
	return rc;
}

int
ctl_db_status(struct ctl *c, struct err *err)
{
	unsigned version = 0;
	struct db *db;
	size_t i;
	int rc;

	if (open_as_admin(c, &db, err) != 0)
		return -1;
	rc = migrate_version(db, &version, err);
	db_free(db);
	jsonw_open_array(&c->out.w);
	for (i = 1; rc == 0 && i < nmigrations; i++) {
		jsonw_open(&c->out.w);
		jsonw_kv_cstr(&c->out.w, "migration", migrations[i].name);
		jsonw_kv_bool(&c->out.w, "applied", migrations[i].number <= version);
		jsonw_close(&c->out.w);
	}
	jsonw_close_array(&c->out.w);
	return rc;
}

int
ctl_setup(struct ctl *c, struct err *err)
{
	char *none[] = { NULL };
	char **argv = c->argv;
	int argc = c->argc;

	/* The options are those of db prepare. */
	c->argc = 0;
	c->argv = none;
	if (ctl_key_init(c, err) != 0)
		return -1;
	c->argc = argc;
	c->argv = argv;
	if (ctl_db_prepare(c, err) != 0)
		return -1;
	c->argc = 0;
	return ctl_db_migrate(c, err);
}
