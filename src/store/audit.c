/* SPDX-License-Identifier: BSD-2-Clause */
/* Audit rows. */
#include "store/audit.h"

int
audit_put(struct db *db, const struct audit *a, struct err *err)
{
	return db_exec(db, STMT_AUDIT_PUT, PARAMS(P_U(a->id), P_I(a->at),
	    P_T(view_sub(a->actor, 0, 96)), P_T(view_of(a->event)), P_U(a->object_id),
	    P_T(a->detail)), NULL, err);
}
