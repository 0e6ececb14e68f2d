/* SPDX-License-Identifier: BSD-2-Clause */
/* One call, one change, one answer. */
#include "partner/change.h"

#include "base/log.h"
#include "crypto/digest.h"
#include "wire/ascii.h"
#include "wire/limits.h"
#include "wire/partner_error.h"

#define LABEL		"answer"	/* no key id of a binding has a blank */

/* A structured field's string, or the same without its quotes; the alphabet is ours. */
static int
parse_key(struct view header, struct view *out)
{
	size_t i;

	if (header.n >= 2 && header.p[0] == '"' && header.p[header.n - 1] == '"')
		header = view_sub(header, 1, header.n - 2);
	for (i = 0; i < header.n; i++)
		if (!ascii_is_alnum(header.p[i]) && strchr("-._~:+/=", header.p[i]) == NULL)
			return -1;
	*out = header;
	return header.n != 0 && header.n <= ANSWER_KEY_MAX ? 0 : -1;
}

static void
put_field(struct buf *b, struct view v)
{
	buf_printf(b, "%zu:", v.n);
	buf_put(b, v);
}

/* Of action and arguments, in the order of its table; who asks is not among them. */
static int
hash_params(const struct call *c, uint8_t out[SHA256_LEN], struct err *err)
{
	struct buf b = BUF_INIT(2 * PARTNER_BODY_MAX);
	const struct arg *args = c->action->args;
	bool failed;
	size_t i;

	put_field(&b, view_of(c->action->name));
	for (i = 0; args[i].name != NULL; i++)
		if (c->values[i].n != 0) {
			put_field(&b, view_of(args[i].name));
			put_field(&b, c->values[i]);
		}
	sha256(buf_view(&b), out);
	failed = buf_failed(&b);
	buf_release(&b);
	return failed ? err_internal(err, "arguments do not fit") : 0;
}

/* Additional data: an answer cannot be moved to another key, nor be taken for a MAC key. */
static struct view
label(const struct call *c)
{
	return view_of(arena_printf(c->arena, LABEL " %ju %.*s",
	    (uintmax_t)c->answer.reseller_id, VIEW_ARG(c->answer.idempotency_key)));
}

static int
keep(struct db *db, struct call *c, struct err *err)
{
	const struct wrap_keys *keys = c->svc->wrap_keys;
	struct view body = buf_view(&c->req->reply.body);
	uint8_t *wrapped = arena_alloc(c->arena, body.n + WRAP_OVERHEAD);

	if (wrap(keys, label(c), body, wrapped, err) != 0)
		return -1;
	c->answer.body = view_from(wrapped, body.n + WRAP_OVERHEAD);
	c->answer.body_key_version = wrap_version(keys);
	return answer_keep(db, &c->answer, err);
}

/* The kept answer of the key, if its call was this one: 1, 0, -1. */
static int
answer_again(struct call *c, struct err *err)
{
	struct answer kept = c->answer;
	uint8_t *body;
	size_t n;
	int rc;

	if ((rc = answer_get(c->svc->store->db, c->arena, &kept, err)) != 1)
		return rc;
	if (memcmp(kept.params_sha256, c->answer.params_sha256, SHA256_LEN) != 0)
		return err_set(err, ERR_KEY_REUSED, "the key is that of another call");
	if (kept.body.n <= WRAP_OVERHEAD)
		return err_internal(err, "an answer of %zu bytes", kept.body.n);
	n = kept.body.n - WRAP_OVERHEAD;
	body = arena_alloc(c->arena, n);
	if (unwrap(c->svc->wrap_keys, kept.body_key_version, label(c), kept.body, body,
	    err) != 0)
		return -1;
	buf_reset(&c->req->reply.body);
	buf_bytes(&c->req->reply.body, body, n);
	secret_wipe(body, n);
	log_event(LOG_INFO, "partner.repeated", LOGF_S("action", c->action->name),
	    LOGF_V("key", c->answer.idempotency_key));
	return 1;
}

int
change_repeated(struct call *c, struct err *err)
{
	struct view header = c->req->idempotency_key;

	if (header.p == NULL)
		return 0;
	c->answer = (struct answer){ .reseller_id = c->reseller.id, .created_at = c->req->now };
	if (parse_key(header, &c->answer.idempotency_key) != 0)
		return partner_error_arg(err, E3, VIEW("Idempotency-Key"));
	if (hash_params(c, c->answer.params_sha256, err) != 0)
		return -1;
	return answer_again(c, err);
}

/* A change on its way. */
struct change {
	struct call		*call;
	tx_fn			 fn;
	change_answer_fn	 answer;
	void			*arg;
};

static int
run(struct db *db, void *arg, struct err *err)
{
	const struct change *ch = arg;
	struct call *c = ch->call;

	if (ch->fn(db, ch->arg, err) != 0)
		return -1;
	buf_reset(&c->req->reply.body);
	jsonw_init(&c->w, &c->req->reply.body);
	ch->answer(c, ch->arg);
	return c->answer.id != 0 ? keep(db, c, err) : 0;
}

int
change_run(struct call *c, tx_fn fn, change_answer_fn answer, void *arg, struct err *err)
{
	struct change ch = { c, fn, answer, arg };
	struct param params[ANSWER_PARAMS];
	struct tx_once once;
	int rc;

	if (c->answer.idempotency_key.n == 0)
		return tx_run(c->svc->store->db, run, &ch, NULL, err);
	if (writer_id(c->svc->store->writer, &c->answer.id, err) != 0)
		return -1;
	once = answer_once(&c->answer, params);
	if (tx_run(c->svc->store->db, run, &ch, &once, err) == 0)
		return 0;
	if (err->kind != ERR_CONFLICT)
		return -1;
	err_clear(err);
	if ((rc = answer_again(c, err)) == 0)
		return err_set(err, ERR_UNAVAILABLE, "the first call of this key is under way");
	return rc == 1 ? 0 : -1;
}
