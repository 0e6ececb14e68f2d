/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * import: names from a file into a binding.  Nothing is remembered but the names that
 * are there: started again, it goes on where it was.
 */
#include "ctl/ctl.h"

#include <errno.h>

#include "billing/batch.h"
#include "ctl/csv.h"
#include "ctl/progress.h"
#include "policy/pricing.h"
#include "store/binding.h"

#define FILE_MAX	((size_t)16 * 1024 * 1024)
#define LINE_MAX_BYTES	300	/* more than a name can have; the rest is not looked at */
#define REPORT_MAX	((size_t)1024 * 1024)	/* bytes of a batch */
#define REPORT_HEAD	"line,name,outcome,orderNumber,cost,why"
#define BOM		"\xef\xbb\xbf"

/* A line, and what became of it. */
struct line {
	size_t			number;
	struct view		text;
	bool			is_name;
	struct ident		name;
	enum batch_outcome	outcome;
	struct view		why;		/* it was refused */
	uint64_t		order;		/* that added it */
	int64_t			cents;
};

struct import {
	struct ctl		*ctl;
	struct reseller		 reseller;
	struct binding		 binding;
	struct names_policy	*policy;
	struct line		*lines;
	size_t			 n;
	struct batch_name	 batch[BATCH_MAX];
	struct arena		*arena;		/* of a batch */
	FILE			*report;	/* NULL: none is wanted */
	struct progress		 progress;
	size_t			 count[BATCH__MAX];
	int64_t			 cents;
};

static const char *const outcomes[] = {
	[BATCH_ADDED] = "added", [BATCH_PRESENT] = "present", [BATCH_REFUSED] = "failed",
};
_Static_assert(NITEMS(outcomes) == BATCH__MAX, "a word for every outcome");

/* ---- the file */

static void
check_line(struct import *m, struct line *l)
{
	struct err why = ERR_INIT;

	l->is_name = names_parse(m->ctl->arena, m->ctl->conf->ip_identifiers, l->text, &l->name,
	    &why) == 0 && names_check(m->policy, &l->name, &why) == 0;
	if (l->is_name)
		return;
	l->outcome = BATCH_REFUSED;
	l->why = arena_view(m->ctl->arena, view_of(why.detail));
}

/* One name a line; blank lines and those with "#" in front are left out. */
static int
read_lines(struct import *m, const char *path, struct err *err)
{
	struct view rest, text;
	size_t i, number = 0, max = 1;

	if (conf_read_file(m->ctl->arena, path, FILE_MAX, &rest, err) != 0)
		return -1;
	for (i = 0; i < rest.n; i++)
		max += rest.p[i] == '\n';
	m->lines = arena_array(m->ctl->arena, max, sizeof(*m->lines));
	if (view_starts(rest, VIEW(BOM)))
		rest = view_sub(rest, sizeof(BOM) - 1, rest.n);
	while (rest.n != 0) {
		text = view_cut(&rest, '\n');
		if (view_ends(text, VIEW("\r")))
			text.n--;
		text = view_sub(view_trim(text), 0, LINE_MAX_BYTES);
		number++;
		if (text.n == 0 || text.p[0] == '#')
			continue;
		m->lines[m->n] = (struct line){ .number = number, .text = text };
		check_line(m, &m->lines[m->n++]);
	}
	return m->n != 0 ? 0 : ctl_usage(err, "there is no name in %s", path);
}

/* ---- what is said */

static void
put_failure(struct import *m, const struct line *l)
{
	struct jsonw *w = &m->ctl->out.w;

	jsonw_open(w);
	jsonw_kv_int(w, "line", (int64_t)l->number);
	jsonw_kv_str(w, "name", l->text);
	jsonw_kv_str(w, "why", l->why);
	jsonw_close(w);
}

static void
put_report(struct csv *csv, struct arena *arena, const struct line *l)
{
	char cost[CENTS_TEXT_MAX];

	csv_put(csv, view_of(arena_printf(arena, "%zu", l->number)));
	csv_put(csv, l->text);
	csv_put(csv, view_of(outcomes[l->outcome]));
	if (l->outcome == BATCH_ADDED) {
		cents_format(l->cents, cost);
		csv_put(csv, view_of(arena_printf(arena, "%ju", (uintmax_t)l->order)));
		csv_put(csv, view_of(cost));
	} else
		csv_skip(csv, 2);
	csv_put(csv, l->why);
	csv_end(csv);
}

static int
write_report(struct import *m, struct buf *b, struct err *err)
{
	struct view v = buf_view(b);

	if (buf_failed(b))
		return err_internal(err, "a batch is too much for the report");
	if (m->report != NULL && (fwrite(v.p, 1, v.n, m->report) != v.n ||
	    fflush(m->report) != 0))
		return err_internal(err, "report: %s", strerror(errno));
	return 0;
}

/* What the batch made of a name. */
static void
take_outcome(struct line *l, const struct batch_name *b)
{
	l->outcome = b->outcome;
	l->why = b->outcome == BATCH_REFUSED ? b->why : VIEW("");
	l->order = b->addition.number;
	l->cents = b->addition.cents;
}

/* What became of some lines, those that are no names in between. */
static int
tell(struct import *m, struct line *lines, size_t n, struct err *err)
{
	const struct batch_name *next = m->batch;
	struct buf text = BUF_INIT(REPORT_MAX);
	struct csv csv;
	size_t i;
	int rc;

	csv_init(&csv, &text);
	for (i = 0; i < n; i++) {
		if (lines[i].is_name)
			take_outcome(&lines[i], next++);
		m->count[lines[i].outcome]++;
		if (lines[i].outcome == BATCH_ADDED)
			m->cents += lines[i].cents;
		if (lines[i].outcome == BATCH_REFUSED)
			put_failure(m, &lines[i]);
		put_report(&csv, m->arena, &lines[i]);
	}
	rc = write_report(m, &text, err);
	buf_release(&text);
	return rc;
}

/* ---- the work */

/* At most BATCH_MAX lines from here on. */
static int
add_lines(struct import *m, struct line *lines, size_t n, struct err *err)
{
	const struct ctl *c = m->ctl;
	size_t i, k = 0;

	arena_reset(m->arena);
	for (i = 0; i < n; i++)
		if (lines[i].is_name)
			m->batch[k++] = (struct batch_name){ .addition = { .conf = c->conf,
			    .policy = m->policy, .arena = m->arena, .now = clk_now(c->clk),
			    .reseller_id = m->reseller.id, .name = lines[i].name,
			    .binding = m->binding } };
	if (batch_add(&m->ctl->store, VIEW("operator"), m->batch, k, err) != 0)
		return -1;
	return tell(m, lines, n, err);
}

static int
add_all(struct import *m, struct err *err)
{
	struct err why;
	size_t at, n;

	progress_begin(&m->progress, m->n);
	for (at = 0; at < m->n; at += n) {
		n = m->n - at < BATCH_MAX ? m->n - at : BATCH_MAX;
		if (add_lines(m, &m->lines[at], n, err) != 0) {
			progress_end(&m->progress);
			why = *err;
			(void)err_set(err, why.kind, "it ended after %zu of %zu names: the same "
			    "command goes on from there", at, m->n);
			return err_inner(err, "%s", why.inner[0] != '\0' ? why.inner : why.detail);
		}
		progress_at(&m->progress, at + n);
	}
	progress_end(&m->progress);
	return 0;
}

static int
import(struct import *m, struct err *err)
{
	struct jsonw *w = &m->ctl->out.w;

	jsonw_open(w);
	jsonw_key(w, "failures");
	jsonw_open_array(w);
	if (add_all(m, err) != 0)
		return -1;
	jsonw_close_array(w);
	jsonw_kv_int(w, "names", (int64_t)m->n);
	jsonw_kv_int(w, "added", (int64_t)m->count[BATCH_ADDED]);
	jsonw_kv_int(w, "present", (int64_t)m->count[BATCH_PRESENT]);
	jsonw_kv_int(w, "failed", (int64_t)m->count[BATCH_REFUSED]);
	out_cents(w, "cost", m->cents);
	jsonw_kv_str(w, "currency", m->reseller.currency);
	jsonw_close(w);
	return m->count[BATCH_REFUSED] == 0 ? 0 : err_set(err, ERR_CONFLICT,
	    "%zu of %zu names could not be added", m->count[BATCH_REFUSED], m->n);
}

/* A binding of this reseller, on a server that needs no validated organisation. */
static int
find_binding(struct import *m, const char *account, struct err *err)
{
	struct ctl *c = m->ctl;
	struct server *s;
	size_t i, n;
	int rc;

	rc = binding_of_account(c->store.db, c->arena, view_of(account), m->reseller.id,
	    &m->binding, err);
	if (rc == 0)
		return ctl_usage(err, "%.*s has no account %s", VIEW_ARG(m->reseller.login_name),
		    account);
	if (rc < 0 || server_list(c->store.db, c->arena, &s, &n, err) != 0)
		return -1;
	for (i = 0; i < n; i++)
		if (s[i].id == m->binding.server_id && s[i].validation_type != VALIDATION_DV)
			return ctl_usage(err, "names of %.*s need a validated organisation",
			    VIEW_ARG(s[i].name));
	return 0;
}

static int
open_report(struct import *m, const char *path, struct err *err)
{
	if (path == NULL)
		return 0;
	if ((m->report = fopen(path, "we")) == NULL ||
	    fputs(REPORT_HEAD "\r\n", m->report) == EOF || fflush(m->report) != 0)
		return err_internal(err, "%s: %s", path, strerror(errno));
	return 0;
}

int
ctl_import(struct ctl *c, struct err *err)
{
	struct import *m = arena_alloc(c->arena, sizeof(*m));
	const char *report = ctl_option(c, "report");
	int rc;

	*m = (struct import){ .ctl = c };
	if (ctl_args(c, 3, err) != 0 || ctl_open(c, err) != 0 ||
	    ctl_find_reseller(c, c->argv[0], &m->reseller, err) != 0 ||
	    find_binding(m, c->argv[1], err) != 0 ||
	    names_policy_new(c->conf->allow_special_names, c->conf->allow_special_addresses,
	    &m->policy, err) != 0)
		return -1;
	m->arena = arena_new();
	rc = names_policy_refuse(m->policy, &c->conf->refused_names, err);
	if (rc == 0)
		rc = read_lines(m, c->argv[2], err);
	if (rc == 0)
		rc = open_report(m, report, err);
	if (rc == 0)
		rc = import(m, err);
	if (m->report != NULL)
		(void)fclose(m->report);	/* flushed after every batch */
	names_policy_free(m->policy);
	arena_free(m->arena);
	return rc;
}
