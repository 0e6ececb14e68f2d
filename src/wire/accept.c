/* SPDX-License-Identifier: BSD-2-Clause */
/* Accept headers. */
#include "wire/accept.h"

#include "wire/ascii.h"

#define WEIGHT_MAX	1000
#define WEIGHT_CHARS	5	/* "0.125" */

/* How closely a range describes the type; 0: not at all. */
static unsigned
closeness(struct view range, struct view type)
{
	struct view subtype = type, kind = view_cut(&subtype, '/'), rest = range;

	if (view_ieq(range, type))
		return 3;
	if (!view_ieq(view_cut(&rest, '/'), kind))
		return view_is(range, "*/*") ? 1 : 0;
	return view_is(rest, "*") ? 2 : 0;
}

static unsigned
read_weight(struct view text)
{
	unsigned weight, unit = WEIGHT_MAX / 10;
	size_t i;

	if (text.n == 0 || text.n > WEIGHT_CHARS || (text.p[0] != '0' && text.p[0] != '1') ||
	    (text.n > 1 && text.p[1] != '.'))
		return 0;
	weight = text.p[0] == '1' ? WEIGHT_MAX : 0;
	for (i = 2; i < text.n; i++, unit /= 10) {
		if (!ascii_is_digit(text.p[i]))
			return 0;
		weight += unit * (unsigned)(text.p[i] - '0');
	}
	return weight <= WEIGHT_MAX ? weight : 0;
}

static unsigned
weight_of(struct view params)
{
	struct view param;

	while (params.n != 0) {
		param = view_trim(view_cut(&params, ';'));
		if (view_ieq(view_sub(param, 0, 2), VIEW("q=")))
			return read_weight(view_sub(param, 2, param.n));
	}
	return WEIGHT_MAX;
}

unsigned
accept_weight(struct view header, const char *type)
{
	unsigned best = 0, weight = 0, close;
	struct view params;

	while (header.n != 0) {
		params = view_cut(&header, ',');
		close = closeness(view_trim(view_cut(&params, ';')), view_of(type));
		if (close <= best)
			continue;
		best = close;
		weight = weight_of(params);
	}
	return weight;
}
