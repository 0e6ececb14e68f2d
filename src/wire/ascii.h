/* SPDX-License-Identifier: BSD-2-Clause */
/* ascii: letters and digits of protocols, whatever the locale. */
#ifndef CAAS_WIRE_ASCII_H
#define CAAS_WIRE_ASCII_H

#include "base/arena.h"

static inline bool
ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
ascii_is_alnum(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* One digit at least, and nothing else. */
bool		ascii_all_digits(struct view);
/* A copy with A to Z in lower case, NUL-terminated behind its end. */
struct view	ascii_lower(struct arena *, struct view);
/* A copy with '?' for all that is not a visible character or a blank, NUL-terminated too. */
struct view	ascii_printable(struct arena *, struct view);

#endif
