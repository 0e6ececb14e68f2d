/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * refusal: the audit row of a call that was refused, "partner.refused".  It is written
 * after all that the call had begun was rolled back, and tells action, error number,
 * what the call was about, and the request's id in the log; never a password, nor
 * anything else that a caller may have put where it does not belong.
 *
 * A caller who logged in has a row for every refusal.  The others, whom nobody knows,
 * have no more than some a minute from each process: anybody could fill the table.  What
 * was left out is counted in the next one.  Of a login that was refused the row says
 * why, if the inner text of the error does.
 */
#ifndef CAAS_PARTNER_REFUSAL_H
#define CAAS_PARTNER_REFUSAL_H

#include "partner/actions.h"

/*
 * call is NULL for a request that did not become one.  A fault of ours is no refusal and
 * has no row; a row that cannot be written is an error in the log, and the answer stays.
 */
void	refusal_put(const struct req *, const struct call *, const struct err *);

#endif
