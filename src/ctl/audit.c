/* SPDX-License-Identifier: BSD-2-Clause */
/* audit: who changed what, and what was refused. */
#include "ctl/ctl.h"

#include "store/audit.h"

#define LAST		100	/* rows, unless told */
#define LAST_MAX	10000

static struct view
text_of(const char *option)
{
	return option != NULL ? view_of(option) : VIEW("");
}

static int
parse_query(struct ctl *c, struct audit_query *q, uint64_t *last, struct err *err)
{
	const char *from = ctl_option(c, "from"), *to = ctl_option(c, "to");
	const char *n = ctl_option(c, "last");

	*q = (struct audit_query){ .to = INT64_MAX };
	q->actor = text_of(ctl_option(c, "actor"));
	q->event = text_of(ctl_option(c, "event"));
	*last = LAST;
	if ((from != NULL && ctl_time(from, &q->from, err) != 0) ||
	    (to != NULL && ctl_time(to, &q->to, err) != 0))
		return -1;
	if (n != NULL && (view_u64(view_of(n), LAST_MAX, last) != 0 || *last == 0))
		return ctl_usage(err, "%s is not 1 to %d rows", n, LAST_MAX);
	return ctl_args(c, 0, err);
}

static void
put_row(struct ctl *c, const struct audit_row *r)
{
	struct jsonw *w = &c->out.w;

	jsonw_open(w);
	out_time(w, "at", r->at);
	jsonw_kv_str(w, "actor", r->actor);
	jsonw_kv_str(w, "event", r->event);
	/* No number: JSON's are not exact for so many digits. */
	jsonw_kv_cstr(w, "object", arena_printf(c->arena, "%ju", (uintmax_t)r->object_id));
	jsonw_kv_str(w, "detail", r->detail);
	jsonw_close(w);
}

int
ctl_audit(struct ctl *c, struct err *err)
{
	struct audit_query q;
	struct audit_row *rows;
	uint64_t last;
	size_t n;

	if (parse_query(c, &q, &last, err) != 0 || ctl_open(c, err) != 0 ||
	    audit_list(c->store.db, c->arena, &q, last, &rows, &n, err) != 0)
		return -1;
	jsonw_open_array(&c->out.w);
	while (n-- > 0)
		put_row(c, &rows[n]);
	jsonw_close_array(&c->out.w);
	return 0;
}
