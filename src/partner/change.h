/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * change: the transaction of a call that changes something, with its answer.  With an
 * Idempotency-Key header the answer is kept in that transaction, for a day: the call
 * made again gets it byte for byte and changes nothing, also while the first is still
 * under way (it waits).  The key is the caller's own; a call that was refused leaves it
 * free.  What is kept is wrapped as MAC keys are, for PREREGISTER answers one.
 */
#ifndef CAAS_PARTNER_CHANGE_H
#define CAAS_PARTNER_CHANGE_H

#include "partner/actions.h"
#include "store/tx.h"

/*
 * Take the header of a call that may change something, and look whether it was
 * answered: 1 it was, and the reply is there again; 0 go on; -1: E3 for what is no key,
 * E24 when the key is that of another call.
 */
MUST_USE int	change_repeated(struct call *, struct err *);

/*
 * Run fn as a transaction, and answer at its end, which writes the reply of what fn did.
 * Both may run again.  The reply may be that of a twin that was faster.
 */
typedef void (*change_answer_fn)(struct call *, const void *arg);
MUST_USE int	change_run(struct call *, tx_fn fn, change_answer_fn answer, void *arg,
		    struct err *);

#endif
