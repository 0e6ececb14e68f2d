/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows of refused calls. */
#include "partner/refusal.h"

#include "base/log.h"
#include "store/audit.h"
#include "wire/partner_error.h"

#define DETAIL_MAX		1024	/* bytes */
#define STRANGERS_A_MINUTE	30

/* May one more caller whom nobody knows have a row?  *left_out did not since the last. */
static bool
may_put(struct strangers *s, int64_t now, unsigned *left_out)
{
	if (now / 60 != s->minute) {
		s->minute = now / 60;
		s->rows = 0;
	}
	if (s->rows >= STRANGERS_A_MINUTE) {
		s->left_out++;
		return false;
	}
	s->rows++;
	*left_out = s->left_out;
	s->left_out = 0;
	return true;
}

static struct view
describe(struct buf *b, const struct req *r, const struct call *c, const struct err *err,
    unsigned left_out)
{
	unsigned number = partner_error_number(err);
	bool is_login = err->kind == ERR_DEACTIVATED;

	buf_printf(b, "%s E%u", c != NULL && c->action != NULL ? c->action->name : "-", number);
	if (c != NULL && c->account.n != 0)
		buf_printf(b, " account=%.*s", VIEW_ARG(c->account));
	if (c != NULL && c->name.n != 0)
		buf_printf(b, " name=%.*s", VIEW_ARG(c->name));
	if (is_login && c != NULL && c->reseller.id != 0)
		buf_printf(b, " as=%.*s", VIEW_ARG(c->reseller.login_name));
	buf_printf(b, " addr=%.*s req=%s", VIEW_ARG(r->remote_addr), r->id);
	if (is_login && err->inner[0] != '\0')
		buf_printf(b, " why=%s", err->inner);
	if (left_out != 0)
		buf_printf(b, " left-out=%u", left_out);
	return buf_view(b);
}

static int
put(const struct req *r, const struct call *c, struct view detail, struct err *err)
{
	const struct store *st = service_of(r)->store;
	struct audit a = { .at = r->now, .event = "partner.refused", .detail = detail };

	if (writer_id(st->writer, &a.id, err) != 0)
		return -1;
	a.object_id = c != NULL ? c->reseller.id : 0;
	a.actor = r->who.n == 0 ? VIEW("unknown") :
	    view_of(arena_printf(r->arena, "reseller %.*s", VIEW_ARG(r->who)));
	return audit_put(st->db, &a, err);
}

void
refusal_put(const struct req *r, const struct call *c, const struct err *err)
{
	struct err failed = ERR_INIT;
	struct buf b = BUF_INIT(DETAIL_MAX);
	unsigned left_out = 0;

	if (partner_error_number(err) == 0 || (r->who.n == 0 &&
	    !may_put(&service_of(r)->strangers, r->now, &left_out)))
		return;
	if (put(r, c, describe(&b, r, c, err, left_out), &failed) != 0)
		log_err(LOG_ERR, "partner.audit", &failed);
	buf_release(&b);
}
