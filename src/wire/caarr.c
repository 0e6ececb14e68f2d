/* SPDX-License-Identifier: BSD-2-Clause */
/* CAA records: RDATA, and the grammar of issue values (RFC 8659 s4.1, s4.2). */
#include "wire/caarr.h"

#include "wire/ascii.h"

int
caarr_parse(struct arena *arena, struct view rdata, struct caarr *out)
{
	size_t i, taglen;

	if (rdata.n < 2)
		return -1;
	taglen = (unsigned char)rdata.p[1];
	if (taglen == 0 || taglen > rdata.n - 2)
		return -1;
	for (i = 0; i < taglen; i++)
		if (!ascii_is_alnum(rdata.p[2 + i]))
			return -1;
	out->flags = (uint8_t)rdata.p[0];
	out->tag = ascii_lower(arena, view_sub(rdata, 2, taglen));
	out->value = arena_view(arena, view_sub(rdata, 2 + taglen, rdata.n));
	return 0;
}

/* (ALPHA / DIGIT) *( *("-") (ALPHA / DIGIT)): a label, and a tag too. */
static bool
is_label(struct view v)
{
	size_t i;

	if (v.n == 0 || v.p[0] == '-' || v.p[v.n - 1] == '-')
		return false;
	for (i = 0; i < v.n; i++)
		if (!ascii_is_alnum(v.p[i]) && v.p[i] != '-')
			return false;
	return true;
}

/* label *("." label), or nothing. */
static bool
is_issuer(struct view v)
{
	if (v.n == 0)
		return true;
	do {
		if (!is_label(view_cut(&v, '.')))
			return false;
	} while (v.p != NULL);
	return true;
}

/* *(%x21-3A / %x3C-7E) */
static bool
is_param_value(struct view v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if (v.p[i] < '!' || v.p[i] > '~' || v.p[i] == ';')
			return false;
	return true;
}

static size_t
count_params(struct view v)
{
	size_t i, n = 1;

	for (i = 0; i < v.n; i++)
		n += v.p[i] == ';';
	return n;
}

/* tag *WSP "=" *WSP value */
static int
parse_param(struct arena *arena, struct view v, struct caa_param *out)
{
	struct view tag = view_cut(&v, '=');

	tag = view_trim(tag);
	if (v.p == NULL || !is_label(tag))
		return -1;
	v = view_trim(v);
	if (!is_param_value(v))
		return -1;
	out->tag = ascii_lower(arena, tag);
	out->value = arena_view(arena, v);
	return 0;
}

int
caa_issue_parse(struct arena *arena, struct view value, struct caa_issue *out)
{
	struct view issuer = view_trim(view_cut(&value, ';'));

	*out = (struct caa_issue){ .nparams = 0 };
	if (!is_issuer(issuer))
		return -1;
	out->issuer = ascii_lower(arena, issuer);
	value = view_trim(value);
	if (value.n == 0)
		return 0;
	out->params = arena_array(arena, count_params(value), sizeof(out->params[0]));
	do {
		if (parse_param(arena, view_cut(&value, ';'),
		    &out->params[out->nparams++]) != 0)
			return -1;
	} while (value.p != NULL);
	return 0;
}

int
caa_issue_param(const struct caa_issue *issue, const char *tag, struct view *out)
{
	size_t i;
	int found = 0;

	for (i = 0; i < issue->nparams; i++)
		if (view_is(issue->params[i].tag, tag)) {
			*out = issue->params[i].value;
			found++;
		}
	return found <= 1 ? found : -1;
}
