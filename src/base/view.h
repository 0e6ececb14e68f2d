/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * view: sized strings.  Input is never assumed to end in NUL; a view borrows
 * its bytes and never owns them.
 */
#ifndef CAAS_BASE_VIEW_H
#define CAAS_BASE_VIEW_H

#include "base/attr.h"

#include <limits.h>

struct view {
	const char	*p;	/* not NUL-terminated; NULL only when n == 0 */
	size_t		 n;	/* bytes */
};

/* A view of a string literal, usable in static initialisers. */
#define VIEW(lit)	((struct view){ "" lit, sizeof(lit) - 1 })
#define VIEW_NONE	((struct view){ NULL, 0 })
/* printf("%.*s", VIEW_ARG(v)); what printf cannot count is cut. */
#define VIEW_ARG(v)							\
	(int)((v).n < INT_MAX ? (v).n : INT_MAX), (v).n ? (v).p : ""

/* A view of a C string; NULL gives the empty view. */
struct view	view_of(const char *);
struct view	view_from(const void *, size_t);

bool	view_eq(struct view, struct view);
bool	view_is(struct view, const char *);
/* ASCII case-insensitive. */
bool	view_ieq(struct view, struct view);
bool	view_starts(struct view, struct view prefix);
bool	view_ends(struct view, struct view suffix);
/* Three-way compare of bytes, shorter first on a tie. */
int	view_cmp(struct view, struct view);
bool	view_has(struct view, char c);
/* true if needle stands in the view, ASCII case-insensitive. */
bool	view_icontains(struct view, struct view needle);

/* n bytes from start, clipped to what is there. */
struct view	view_sub(struct view, size_t start, size_t n);
/* Without the blanks and tabs at both ends. */
struct view	view_trim(struct view);

/*
 * Cut *rest at the first c: the part before it is returned and *rest becomes
 * the part behind it.  Without a c all of *rest is returned and *rest is empty
 * with p == NULL.
 */
struct view	view_cut(struct view *rest, char c);

/*
 * Decimal digits only, no sign, no blanks, no leading zero but "0" itself;
 * the whole view.  0, or -1 when it is no such number or over max.
 */
MUST_USE int	view_u64(struct view, uint64_t max, uint64_t *out);

/* A NUL-terminated copy in out; -1 when it does not fit or holds a NUL. */
MUST_USE int	view_copy(struct view, char *out, size_t outsz);

#endif
