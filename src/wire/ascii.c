/* SPDX-License-Identifier: BSD-2-Clause */
/* Letters and digits of protocols. */
#include "wire/ascii.h"

bool
ascii_all_digits(struct view v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if (!ascii_is_digit(v.p[i]))
			return false;
	return v.n != 0;
}

struct view
ascii_lower(struct arena *arena, struct view v)
{
	char *s = arena_str(arena, v);
	size_t i;

	for (i = 0; i < v.n; i++)
		if (s[i] >= 'A' && s[i] <= 'Z')
			s[i] = (char)(s[i] - 'A' + 'a');
	return (struct view){ s, v.n };
}

struct view
ascii_printable(struct arena *arena, struct view v)
{
	char *s = arena_str(arena, v);
	size_t i;

	for (i = 0; i < v.n; i++)
		if (s[i] < ' ' || s[i] > '~')
			s[i] = '?';
	return (struct view){ s, v.n };
}
