/* SPDX-License-Identifier: BSD-2-Clause */
/* Sized strings: comparing, cutting, numbers. */
#include "base/view.h"

static unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

struct view
view_of(const char *s)
{
	return (struct view){ s, s != NULL ? strlen(s) : 0 };
}

struct view
view_from(const void *p, size_t n)
{
	return (struct view){ n != 0 ? p : NULL, n };
}

bool
view_eq(struct view a, struct view b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
view_is(struct view v, const char *s)
{
	return view_eq(v, view_of(s));
}

bool
view_ieq(struct view a, struct view b)
{
	size_t i;

	if (a.n != b.n)
		return false;
	for (i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool
view_starts(struct view v, struct view prefix)
{
	return v.n >= prefix.n && view_eq(view_sub(v, 0, prefix.n), prefix);
}

bool
view_ends(struct view v, struct view suffix)
{
	return v.n >= suffix.n &&
	    view_eq(view_sub(v, v.n - suffix.n, suffix.n), suffix);
}

int
view_cmp(struct view a, struct view b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n != 0 ? memcmp(a.p, b.p, n) : 0;

	if (c != 0)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool
view_has(struct view v, char c)
{
	return v.n != 0 && memchr(v.p, c, v.n) != NULL;
}

bool
view_icontains(struct view v, struct view needle)
{
	size_t i;

	for (i = 0; i + needle.n <= v.n; i++)
		if (view_ieq(view_sub(v, i, needle.n), needle))
			return true;
	return false;
}

struct view
view_sub(struct view v, size_t start, size_t n)
{
	if (start >= v.n)
		return VIEW_NONE;
	if (n > v.n - start)
		n = v.n - start;
	return view_from(v.p + start, n);
}

struct view
view_trim(struct view v)
{
	while (v.n != 0 && (v.p[0] == ' ' || v.p[0] == '\t')) {
		v.p++;
		v.n--;
	}
	while (v.n != 0 && (v.p[v.n - 1] == ' ' || v.p[v.n - 1] == '\t'))
		v.n--;
	return v;
}

struct view
view_cut(struct view *rest, char c)
{
	struct view head = *rest;
	const char *at = head.n != 0 ? memchr(head.p, c, head.n) : NULL;

	if (at == NULL) {
		*rest = VIEW_NONE;
		return head;
	}
	head.n = (size_t)(at - head.p);
	rest->p = at + 1;
	rest->n -= head.n + 1;
	return head;
}

int
view_u64(struct view v, uint64_t max, uint64_t *out)
{
	uint64_t n = 0, digit;
	size_t i;

	if (v.n == 0 || (v.n > 1 && v.p[0] == '0'))
		return -1;
	for (i = 0; i < v.n; i++) {
		if (v.p[i] < '0' || v.p[i] > '9')
			return -1;
		digit = (uint64_t)(v.p[i] - '0');
		if (n > (UINT64_MAX - digit) / 10)
			return -1;
		n = n * 10 + digit;
	}
	if (n > max)
		return -1;
	*out = n;
	return 0;
}

int
view_copy(struct view v, char *out, size_t outsz)
{
	if (v.n >= outsz || view_has(v, '\0'))
		return -1;
	if (v.n != 0)
		memcpy(out, v.p, v.n);
	out[v.n] = '\0';
	return 0;
}
