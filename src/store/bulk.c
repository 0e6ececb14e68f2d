/* SPDX-License-Identifier: BSD-2-Clause */
/* Many rows in one round trip. */
#include "store/db_private.h"

/* Column j of all rows as the arrays that a bulk call wants. */
static void
bind_many(MYSQL_BIND *b, struct arena *a, const struct param *params, size_t n,
    size_t nrows, size_t j)
{
	const struct param *p;
	uint64_t *nums = arena_array(a, nrows, sizeof(*nums));
	const char **texts = arena_array(a, nrows, sizeof(*texts));
	unsigned long *lens = arena_array(a, nrows, sizeof(*lens));
	char *marks = arena_array(a, nrows, sizeof(*marks));
	size_t r;

	memset(b, 0, sizeof(*b));
	for (r = 0; r < nrows; r++) {
		p = &params[r * n + j];
		marks[r] = p->type == PARAM_NULL ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
		nums[r] = p->type == PARAM_I64 ? (uint64_t)p->i : p->u;
		texts[r] = p->v.n != 0 ? p->v.p : "";
		lens[r] = (unsigned long)p->v.n;
		if (p->type == PARAM_U64 || p->type == PARAM_I64) {
			b->buffer_type = MYSQL_TYPE_LONGLONG;
			b->is_unsigned = (my_bool)(p->type == PARAM_U64);
		} else if (p->type != PARAM_NULL)
			b->buffer_type = p->type == PARAM_TEXT ?
			    MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
	}
	b->buffer = b->buffer_type == MYSQL_TYPE_LONGLONG ? (void *)nums : (void *)texts;
	b->length = lens;
	b->u.indicator = marks;
}

int
db_insert_rows(struct db *db, enum stmt s, const struct param *params, size_t n,
    size_t nrows, struct err *err)
{
	unsigned count = (unsigned)nrows, none = 0;
	MYSQL_BIND binds[PARAMS_MAX];
	struct arena *a;
	MYSQL_STMT *st;
	size_t j;
	int rc = -1;

	if (nrows == 0)
		return 0;
	if (nrows == 1)
		return db_exec(db, s, params, n, NULL, err);
	if (db_ready(db, s, n, err) != 0)
		return -1;
	st = db->stmts[s];
	a = arena_new();
	for (j = 0; j < n; j++)
		bind_many(&binds[j], a, params, n, nrows, j);
	if (mysql_stmt_attr_set(st, STMT_ATTR_ARRAY_SIZE, &count) != 0 ||
	    mysql_stmt_bind_param(st, binds) != 0 || mysql_stmt_execute(st) != 0)
		(void)db_stmt_failed(db, s, err);
	else
		rc = 0;
	/* A lost connection took the statement with it. */
	if (db->stmts[s] != NULL)
		(void)mysql_stmt_attr_set(st, STMT_ATTR_ARRAY_SIZE, &none);
	arena_free(a);
	return rc;
}
