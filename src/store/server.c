/* SPDX-License-Identifier: BSD-2-Clause */
/* ACME servers. */
#include "store/server.h"

#include "store/audit.h"

static const struct column columns[] = {
	COLUMN(server, id, COL_U64, uint64_t),
	COLUMN(server, name, COL_VIEW, struct view),
	COLUMN(server, product_id, COL_U64, uint64_t),
	COLUMN(server, product_description, COL_VIEW, struct view),
	COLUMN(server, validation_type, COL_ENUM, enum validation_type),
	COLUMN(server, profile, COL_VIEW, struct view),
};

int
server_list(struct db *db, struct arena *a, struct server **rows, size_t *n,
    struct err *err)
{
	return db_rows(db, STMT_SERVER_LIST, NO_PARAMS, columns, NITEMS(columns),
	    sizeof(**rows), SERVERS_MAX, a, rows, n, err);
}

int
server_list_of(struct db *db, struct arena *a, uint64_t reseller_id,
    struct server **rows, size_t *n, struct err *err)
{
	return db_rows(db, STMT_RESELLER_SERVERS, PARAMS(P_U(reseller_id)), columns,
	    NITEMS(columns), sizeof(**rows), SERVERS_MAX, a, rows, n, err);
}

int
server_put(struct store *st, struct server *s, struct err *err)
{
	if (writer_id(st->writer, &s->id, err) != 0)
		return -1;
	return audit_insert(st, STMT_SERVER_PUT, PARAMS(P_U(s->id), P_T(s->name),
	    P_U(s->product_id), P_T(s->product_description), P_U(s->validation_type),
	    P_T(s->profile), P_I(clk_now(st->clk))), "server.add", s->id, s->name, err);
}
