/* SPDX-License-Identifier: BSD-2-Clause */
/* store: what an error of the database means for a transaction (design.md 7). */
#include "store/db_private.h"
#include "tap.h"

static const struct {
	const char	*rule;
	unsigned	 number;
	enum db_fault	 fault;
	enum err_kind	 kind;
} faults[] = {
	{ "a deadlock", 1213, DB_FAULT_AGAIN, ERR_UNAVAILABLE },
	{ "a lock that was waited for too long", 1205, DB_FAULT_AGAIN, ERR_UNAVAILABLE },
	{ "a record that changed", 1020, DB_FAULT_AGAIN, ERR_UNAVAILABLE },
	{ "a Galera node without quorum", 1047, DB_FAULT_AGAIN, ERR_UNAVAILABLE },
	{ "a table that was changed", 1615, DB_FAULT_AGAIN, ERR_UNAVAILABLE },
	{ "a server that shuts down", 1053, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "a connection that is gone", 2006, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "a connection that was lost", 2013, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "a connection that was killed", 1927, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "an old primary, read-only", 1290, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "an old primary, in read-only mode", 1836, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "no socket", 2002, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "no host", 2003, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "too many connections", 1040, DB_FAULT_LOST, ERR_UNAVAILABLE },
	{ "a unique key", 1062, DB_FAULT_DUPLICATE, ERR_INTERNAL },
	{ "a right that is missing", 1142, DB_FAULT_OTHER, ERR_INTERNAL },
	{ "a column that is missing", 1054, DB_FAULT_OTHER, ERR_INTERNAL },
	{ "a number that nobody knows", 9999, DB_FAULT_OTHER, ERR_INTERNAL },
};

int
main(void)
{
	struct db *db = calloc(1, sizeof(*db));
	struct err err = ERR_INIT;
	size_t i;

	for (i = 0; db != NULL && i < NITEMS(faults); i++) {
		tap_is_int(db_failed(db, "order_get", faults[i].number, "secret text", &err),
		    -1, "%s is an error", faults[i].rule);
		tap_ok(db->fault == faults[i].fault && err.kind == faults[i].kind,
		    "... of its kind (%u)", faults[i].number);
		tap_ok(err.retry_after_s == (err.kind == ERR_UNAVAILABLE ? 2 : 0),
		    "... with Retry-After where trying again helps");
		tap_ok(strstr(err.detail, "secret") == NULL &&
		    strstr(err.inner, "secret") != NULL, "... its text is for the log only");
	}
	free(db);
	return tap_done();
}
