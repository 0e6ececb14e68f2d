/* SPDX-License-Identifier: BSD-2-Clause */
/* Prepared statements: binding parameters, running, fetching rows. */
#include "store/db_private.h"

/* The C side of one result column. */
struct cell {
	union {
		uint64_t	u;
		int64_t		i;
	}		num;
	unsigned long	len;
	my_bool		is_null;
	my_bool		truncated;
};

static void
bind_param(MYSQL_BIND *b, const struct param *p)
{
	memset(b, 0, sizeof(*b));
	switch (p->type) {
	case PARAM_NULL:
		b->buffer_type = MYSQL_TYPE_NULL;
		break;
	case PARAM_U64:
	case PARAM_I64:
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->is_unsigned = (my_bool)(p->type == PARAM_U64);
		b->buffer = (void *)(uintptr_t)(p->type == PARAM_U64 ?
		    (const void *)&p->u : (const void *)&p->i);
		break;
	case PARAM_TEXT:
	case PARAM_BYTES:
		b->buffer_type = p->type == PARAM_TEXT ? MYSQL_TYPE_STRING :
		    MYSQL_TYPE_BLOB;
		b->buffer = (void *)(uintptr_t)(p->v.n != 0 ? p->v.p : "");
		b->buffer_length = (unsigned long)p->v.n;
		break;
	}
}

int
db_stmt_failed(struct db *db, enum stmt s, struct err *err)
{
	return db_failed(db, stmt_texts[s].name, mysql_stmt_errno(db->stmts[s]),
	    mysql_stmt_error(db->stmts[s]), err);
}

int
db_ready(struct db *db, enum stmt s, size_t nparams, struct err *err)
{
	db->fault = DB_FAULT_NONE;
	if (db->my == NULL) {
		if (db->in_tx)
			return err_internal(err, "connection lost inside a transaction");
		if (db_connect(db, err) != 0) {
			db->fault = DB_FAULT_LOST;
			return -1;
		}
	}
	if (db->stmts[s] == NULL && db->role == DB_SETUP &&
	    db_prepare(db, s, err) != 0)
		return -1;
	if (db->stmts[s] == NULL || nparams != stmt_texts[s].nparams) {
		db->fault = DB_FAULT_OTHER;
		return err_internal(err, "%s: not prepared by role %s, or called with %zu parameters",
		    stmt_texts[s].name, db_role_name(db->role), nparams);
	}
	return 0;
}

static int
run(struct db *db, enum stmt s, const struct param *params, size_t n,
    struct err *err)
{
	MYSQL_BIND binds[PARAMS_MAX];
	size_t i;

	if (db_ready(db, s, n, err) != 0)
		return -1;
	for (i = 0; i < n; i++)
		bind_param(&binds[i], &params[i]);
	if (n != 0 && mysql_stmt_bind_param(db->stmts[s], binds) != 0)
		return db_stmt_failed(db, s, err);
	if (mysql_stmt_execute(db->stmts[s]) != 0)
		return db_stmt_failed(db, s, err);
	return 0;
}

int
db_exec(struct db *db, enum stmt s, const struct param *params, size_t n,
    uint64_t *affected, struct err *err)
{
	if (run(db, s, params, n, err) != 0)
		return -1;
	if (affected != NULL)
		*affected = mysql_stmt_affected_rows(db->stmts[s]);
	return 0;
}

int
db_insert(struct db *db, enum stmt s, const struct param *params, size_t n,
    struct err *err)
{
	if (run(db, s, params, n, err) == 0)
		return 1;
	if (db->fault != DB_FAULT_DUPLICATE)
		return -1;
	err_clear(err);
	return 0;
}

uint64_t
db_affected(const struct db *db, enum stmt s)
{
	return db->stmts[s] != NULL ? mysql_stmt_affected_rows(db->stmts[s]) : 0;
}

static void
bind_column(MYSQL_BIND *b, const struct column *c, struct cell *cell, char *scratch)
{
	memset(b, 0, sizeof(*b));
	b->is_null = &cell->is_null;
	b->error = &cell->truncated;
	b->length = &cell->len;
	switch (c->type) {
	case COL_U64:
	case COL_I64:
	case COL_ENUM:
	case COL_BOOL:
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->is_unsigned = (my_bool)(c->type != COL_I64);
		b->buffer = &cell->num;
		break;
	case COL_VIEW:
	case COL_B32:
	case COL_B64:
		b->buffer_type = MYSQL_TYPE_BLOB;
		b->buffer = scratch;
		b->buffer_length = SCRATCH_SIZE;
		break;
	}
}

/* The result's columns must be the table's, in the same order; looked at once a connection. */
static int
check_columns(struct db *db, enum stmt s, const struct column *cols, size_t n,
    struct err *err)
{
	MYSQL_RES *meta;
	MYSQL_FIELD *fields;
	size_t i;
	int rc = 0;

	if (db->checked[s])
		return 0;
	if ((meta = mysql_stmt_result_metadata(db->stmts[s])) == NULL)
		return err_internal(err, "%s: returns no rows", stmt_texts[s].name);
	fields = mysql_fetch_fields(meta);
	if (mysql_num_fields(meta) != n || n > COLUMNS_MAX)
		rc = err_internal(err, "%s: %u columns, not %zu", stmt_texts[s].name,
		    mysql_num_fields(meta), n);
	for (i = 0; rc == 0 && i < n; i++)
		if (strcmp(fields[i].name, cols[i].name) != 0)
			rc = err_internal(err, "%s: column %zu is %s, not %s",
			    stmt_texts[s].name, i, fields[i].name, cols[i].name);
	mysql_free_result(meta);
	db->checked[s] = rc == 0;
	return rc;
}

/* A text longer than the scratch area is fetched again, whole. */
static int
long_cell(MYSQL_STMT *st, unsigned i, const struct cell *cell, struct arena *a,
    struct view *out)
{
	unsigned long len;
	MYSQL_BIND b;
	char *p = arena_alloc(a, cell->len + 1);

	memset(&b, 0, sizeof(b));
	b.buffer_type = MYSQL_TYPE_BLOB;
	b.buffer = p;
	b.buffer_length = cell->len;
	b.length = &len;
	if (mysql_stmt_fetch_column(st, &b, i, 0) != 0)
		return -1;
	*out = (struct view){ p, cell->len };
	return 0;
}

static int
store_cell(struct db *db, enum stmt s, unsigned i, const struct column *c,
    const struct cell *cell, void *row, struct arena *a, struct err *err)
{
	void *field = (char *)row + c->offset;
	size_t want = c->type == COL_B64 ? 64 : 32;
	struct view v;

	switch (c->type) {
	case COL_U64:
		*(uint64_t *)field = cell->is_null ? 0 : cell->num.u;
		return 0;
	case COL_I64:
		*(int64_t *)field = cell->is_null ? 0 : cell->num.i;
		return 0;
	case COL_ENUM:
		*(unsigned *)field = cell->is_null ? 0 : (unsigned)cell->num.u;
		return 0;
	case COL_BOOL:
		*(bool *)field = !cell->is_null && cell->num.u != 0;
		return 0;
	case COL_VIEW:
		if (cell->is_null)
			*(struct view *)field = VIEW_NONE;
		else if (cell->len > SCRATCH_SIZE) {
			if (long_cell(db->stmts[s], i, cell, a, field) != 0)
				return db_stmt_failed(db, s, err);
		} else {
			v = (struct view){ db->scratch[i], cell->len };
			*(struct view *)field = arena_view(a, v);
		}
		return 0;
	case COL_B32:
	case COL_B64:
		if (cell->is_null)
			memset(field, 0, want);
		else if (cell->len != want)
			return err_internal(err, "%s: %s has %lu bytes",
			    stmt_texts[s].name, c->name, cell->len);
		else
			memcpy(field, db->scratch[i], want);
		return 0;
	}
	return err_internal(err, "%s: unknown column type", stmt_texts[s].name);
}

/* Rows being read; finished by rows_end() whatever happens. */
struct reading {
	struct db		*db;
	enum stmt		 s;
	const struct column	*cols;
	size_t			 ncols;
	struct cell		 cells[COLUMNS_MAX];
	MYSQL_BIND		 binds[COLUMNS_MAX];
};

static int
rows_begin(struct reading *r, const struct param *params, size_t n, struct err *err)
{
	struct db *db = r->db;
	bool stood = db->my != NULL && !db->in_tx;
	size_t i;
	int rc;

	rc = run(db, r->s, params, n, err);
	/* A read outside a transaction may ask again on a new connection. */
	if (rc != 0 && stood && db->fault == DB_FAULT_LOST)
		rc = run(db, r->s, params, n, err);
	if (rc != 0)
		return -1;
	if (check_columns(db, r->s, r->cols, r->ncols, err) != 0)
		return -1;
	for (i = 0; i < r->ncols; i++)
		bind_column(&r->binds[i], &r->cols[i], &r->cells[i], db->scratch[i]);
	if (mysql_stmt_bind_result(db->stmts[r->s], r->binds) != 0)
		return db_stmt_failed(db, r->s, err);
	return 0;
}

static int
rows_next(struct reading *r, void *row, struct arena *a, struct err *err)
{
	struct db *db = r->db;
	unsigned i;
	int rc;

	rc = mysql_stmt_fetch(db->stmts[r->s]);
	if (rc == MYSQL_NO_DATA)
		return 0;
	if (rc != 0 && rc != MYSQL_DATA_TRUNCATED)
		return db_stmt_failed(db, r->s, err);
	for (i = 0; i < r->ncols; i++)
		if (store_cell(db, r->s, i, &r->cols[i], &r->cells[i], row, a, err) != 0)
			return -1;
	return 1;
}

static void
rows_end(struct reading *r)
{
	/* Reads what is left on the wire, so that the next statement may run. */
	if (r->db->stmts[r->s] != NULL)
		(void)mysql_stmt_free_result(r->db->stmts[r->s]);
}

int
db_row(struct db *db, enum stmt s, const struct param *params, size_t n,
    const struct column *cols, size_t ncols, void *row, struct arena *a,
    struct err *err)
{
	struct reading r = { .db = db, .s = s, .cols = cols, .ncols = ncols };
	int rc;

	if (rows_begin(&r, params, n, err) != 0)
		rc = -1;
	else
		rc = rows_next(&r, row, a, err);
	rows_end(&r);
	return rc;
}

int
db_rows(struct db *db, enum stmt s, const struct param *params, size_t n,
    const struct column *cols, size_t ncols, size_t size, size_t max,
    struct arena *a, void *rows, size_t *nrows, struct err *err)
{
	struct reading r = { .db = db, .s = s, .cols = cols, .ncols = ncols };
	size_t cap = 16, count = 0;
	char *grown, *out = arena_array(a, cap, size);
	int rc;

	if ((rc = rows_begin(&r, params, n, err)) == 0)
		while ((rc = rows_next(&r, out + count * size, a, err)) == 1) {
			if (++count > max) {
				rc = err_internal(err, "%s: more than %zu rows",
				    stmt_texts[s].name, max);
				break;
			}
			if (count == cap) {
				grown = arena_array(a, cap * 2, size);
				memcpy(grown, out, count * size);
				out = grown;
				cap *= 2;
			}
		}
	rows_end(&r);
	*(void **)rows = out;
	*nrows = count;
	return rc;
}
