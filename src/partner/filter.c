/* SPDX-License-Identifier: BSD-2-Clause */
/* Filters. */
#include "partner/filter.h"

#include "base/clock.h"
#include "wire/timefmt.h"

/* The longer ones first: "=" is the end of some. */
static const struct {
	const char	*text;
	enum filter_op	 op;
	unsigned	 fields;
} ops[] = {
	{ "!=", FILTER_IS_NOT, BIT(FILTER_NAME) | BIT(FILTER_NOT_AFTER) },
	{ "!?", FILTER_HAS_NOT, BIT(FILTER_NAME) },
	{ ">=", FILTER_AT_LEAST, BIT(FILTER_NOT_AFTER) },
	{ "<=", FILTER_AT_MOST, BIT(FILTER_NOT_AFTER) },
	{ "=", FILTER_IS, BIT(FILTER_NAME) | BIT(FILTER_NOT_AFTER) },
	{ "?", FILTER_HAS, BIT(FILTER_NAME) },
	{ ">", FILTER_MORE, BIT(FILTER_NOT_AFTER) },
	{ "<", FILTER_LESS, BIT(FILTER_NOT_AFTER) },
};

static const char *const fields[] = {
	[FILTER_NAME] = "domainName",
	[FILTER_NOT_AFTER] = "validNotAfter",
};

/* What stands before the first " AND " and behind it; false: there is none. */
static bool
cut_and(struct view *rest, struct view *first)
{
	static const struct view word = VIEW(" AND ");
	size_t i;

	*first = *rest;
	for (i = 0; i + word.n <= first->n; i++)
		if (view_starts(view_sub(*first, i, word.n), word)) {
			*rest = view_sub(*first, i + word.n, first->n);
			*first = view_sub(*first, 0, i);
			return true;
		}
	return false;
}

static int
parse_field(struct view *text, struct filter *f)
{
	unsigned i;

	for (i = 0; i < NITEMS(fields); i++)
		if (view_starts(*text, view_of(fields[i]))) {
			f->field = (enum filter_field)i;
			*text = view_trim(view_sub(*text, strlen(fields[i]), text->n));
			return 0;
		}
	return -1;
}

static int
parse_op(struct view *text, struct filter *f)
{
	size_t i;

	for (i = 0; i < NITEMS(ops); i++)
		if (view_starts(*text, view_of(ops[i].text))) {
			f->op = ops[i].op;
			*text = view_trim(view_sub(*text, strlen(ops[i].text), text->n));
			return (ops[i].fields & BIT(f->field)) != 0 ? 0 : -1;
		}
	return -1;
}

static int
parse_time(struct view text, struct filter *f)
{
	int64_t date;

	if (rfc3339_parse(text, &f->first) == 0) {
		f->last = f->first;
		return 0;
	}
	if (date_parse(text, &date) != 0)
		return -1;
	f->first = date * DAY_S;
	f->last = f->first + DAY_S - 1;
	return 0;
}

static int
parse_one(struct view text, struct filter *f)
{
	text = view_trim(text);
	if (parse_field(&text, f) != 0 || parse_op(&text, f) != 0 || text.n == 0)
		return -1;
	f->text = text;
	return f->field == FILTER_NOT_AFTER ? parse_time(text, f) : 0;
}

int
filters_parse(struct filters *s, struct view text)
{
	struct view one;
	bool more;

	do {
		more = cut_and(&text, &one);
		if (s->n == FILTERS_MAX || parse_one(one, &s->v[s->n++]) != 0)
			return -1;
	} while (more);
	return 0;
}

static bool
match_name(const struct filter *f, struct view name)
{
	switch (f->op) {
	case FILTER_IS:		return view_ieq(name, f->text);
	case FILTER_IS_NOT:	return !view_ieq(name, f->text);
	case FILTER_HAS:	return view_icontains(name, f->text);
	default:		return !view_icontains(name, f->text);
	}
}

static bool
match_time(const struct filter *f, int64_t at)
{
	switch (f->op) {
	case FILTER_IS:		return at >= f->first && at <= f->last;
	case FILTER_IS_NOT:	return at < f->first || at > f->last;
	case FILTER_MORE:	return at > f->last;
	case FILTER_LESS:	return at < f->first;
	case FILTER_AT_LEAST:	return at >= f->first;
	default:		return at <= f->last;
	}
}

bool
filters_match(const struct filters *s, struct view name, int64_t not_after_at)
{
	const struct filter *f;
	size_t i;

	for (i = 0; i < s->n; i++) {
		f = &s->v[i];
		if (f->field == FILTER_NAME ? !match_name(f, name) :
		    not_after_at == 0 || !match_time(f, not_after_at))
			return false;
	}
	return true;
}

/* The text of the first filter on the name with that operator. */
static struct view
name_text(const struct filters *s, enum filter_op op)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->v[i].field == FILTER_NAME && s->v[i].op == op)
			return s->v[i].text;
	return VIEW_NONE;
}

struct view
filters_name(const struct filters *s)
{
	return name_text(s, FILTER_IS);
}

struct view
filters_part(const struct filters *s)
{
	return name_text(s, FILTER_HAS);
}
