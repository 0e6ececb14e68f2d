/* SPDX-License-Identifier: BSD-2-Clause */
/* One order after the other, and a look at the CRLs each minute. */
#include "signer/signer.h"

#include "base/log.h"
#include "signer/crl.h"

#define CRL_LOOK_MS	(60 * 1000)
#define CRL_SLOT_MS	100	/* until the slot is ours */
#define CRL_AGAIN_MS	2000	/* after a failure */

struct signer {
	struct signer_setup	 c;
	struct consumer		*consumer;
	struct loop_timer	 crl;
};

static void
take(void *arg, const struct job *j)
{
	struct signer *s = arg;
	const struct issuer_context ic = { s->c.authority, s->c.store, s->c.url_keys,
	    consumer_slot(s->consumer) };
	struct err err;

	if (issue(&ic, j, &err) != 0)
		log_err(LOG_WARNING, "sign.later", &err);
	else
		consumer_ring(s->consumer, j->ring, j->object_id);
	consumer_done(s->consumer, j->id);
}

static void
on_crl(void *arg)
{
	struct signer *s = arg;
	int64_t next = CRL_LOOK_MS;
	struct err err;

	/* A predecessor that is still at work looks after them. */
	if (consumer_slot(s->consumer)->id == 0)
		next = CRL_SLOT_MS;
	else if (crl_renew(s->c.authority, s->c.store, &err) != 0) {
		log_err(LOG_WARNING, "crl.later", &err);
		next = CRL_AGAIN_MS;
	}
	loop_timer_set(s->c.loop, &s->crl, next);
}

int
signer_start(const struct signer_setup *setup, struct signer **out, struct err *err)
{
	struct consumer_conf cc = { setup->loop, setup->store, setup->conf, QUEUE_SIGN, 1,
	    take, NULL };
	struct signer *s;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return err_internal(err, "out of memory");
	s->c = *setup;
	s->crl.fn = on_crl;
	s->crl.arg = s;
	cc.arg = s;
	if (consumer_start(&cc, &s->consumer, err) != 0) {
		free(s);
		return -1;
	}
	loop_timer_set(setup->loop, &s->crl, 0);
	*out = s;
	return 0;
}

void
signer_free(struct signer *s)
{
	if (s == NULL)
		return;
	loop_timer_cancel(s->c.loop, &s->crl);
	consumer_free(s->consumer);
	free(s);
}

void
signer_drain(struct signer *s)
{
	consumer_drain(s->consumer);
	loop_timer_cancel(s->c.loop, &s->crl);
}
