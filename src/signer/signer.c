/* SPDX-License-Identifier: BSD-2-Clause */
/* One order after the other; CRLs when something was revoked, and a look at them each minute. */
#include "signer/signer.h"

#include "base/log.h"
#include "signer/crl.h"

#define CRL_LOOK_MS	(60 * 1000)
#define CRL_SLOT_MS	100	/* until the slot is ours */
#define CRL_AGAIN_MS	2000	/* after a failure */
#define CRL_JOBS_MAX	64	/* revocations that one CRL answers */
#define CRL_RETRY_S	5

struct signer {
	struct signer_setup	 c;
	struct consumer		*consumer;
	struct consumer		*revocations;	/* of the queue "crl" */
	struct job		 revoked[CRL_JOBS_MAX];
	size_t			 nrevoked;
	struct loop_timer	 publish;	/* what was revoked */
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

/* Revocations that come at once share a CRL. */
static void
take_revocation(void *arg, const struct job *j)
{
	struct signer *s = arg;

	s->revoked[s->nrevoked++] = *j;
	loop_timer_set(s->c.loop, &s->publish, 0);
}

/* A job that cannot be ended now is found again, and then there is nothing to do. */
static void
end_revocation(struct signer *s, const struct job *j, bool done)
{
	const struct slot *slot = consumer_slot(s->revocations);
	int64_t now = clk_now(s->c.store->clk);
	struct err err;
	int rc;

	rc = done ? job_finish(s->c.store->db, slot, j->id, now, &err) :
	    job_retry(s->c.store->db, slot, j->id, now + CRL_RETRY_S, &err);
	if (rc < 0)
		log_err(LOG_WARNING, "crl.job", &err);
	consumer_done(s->revocations, j->id);
}

/* All that were revoked are committed by now, so one CRL an issuer tells of all of them. */
static void
on_publish(void *arg)
{
	struct signer *s = arg;
	uint64_t issuer = 0;
	bool done = false;
	struct err err;
	size_t i;

	for (i = 0; i < s->nrevoked; i++) {
		if (i == 0 || s->revoked[i].object_id != issuer) {
			issuer = s->revoked[i].object_id;
			done = crl_publish(s->c.authority, s->c.store, issuer, &err) == 0;
			if (!done)
				log_err(LOG_ERR, "crl.publish", &err);
		}
		end_revocation(s, &s->revoked[i], done);
	}
	s->nrevoked = 0;
}

int
signer_start(const struct signer_setup *setup, struct signer **out, struct err *err)
{
	struct consumer_conf cc = { setup->loop, setup->store, setup->conf, QUEUE_SIGN, 1,
	    take, NULL };
	struct consumer_conf rc = { setup->loop, setup->store, setup->conf, QUEUE_CRL,
	    CRL_JOBS_MAX, take_revocation, NULL };
	struct signer *s;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return err_internal(err, "out of memory");
	s->c = *setup;
	s->crl.fn = on_crl;
	s->crl.arg = s;
	s->publish.fn = on_publish;
	s->publish.arg = s;
	cc.arg = rc.arg = s;
	if (consumer_start(&cc, &s->consumer, err) != 0 ||
	    consumer_start(&rc, &s->revocations, err) != 0) {
		consumer_free(s->consumer);
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
	loop_timer_cancel(s->c.loop, &s->publish);
	consumer_free(s->consumer);
	consumer_free(s->revocations);
	free(s);
}

void
signer_drain(struct signer *s)
{
	consumer_drain(s->consumer);
	consumer_drain(s->revocations);
	loop_timer_cancel(s->c.loop, &s->crl);
}
