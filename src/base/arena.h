/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * arena: memory that dies together, and things to be done then.
 *
 * Everything that lives as long as one request or one job comes from its arena;
 * one reset frees all.  Allocation never returns NULL: out of memory ends the
 * process, and the master starts another.
 */
#ifndef CAAS_BASE_ARENA_H
#define CAAS_BASE_ARENA_H

#include "base/view.h"

struct arena;

struct arena	*arena_new(void);
/* Run what was deferred, newest first, and free all but the first block. */
void	arena_reset(struct arena *);
/* Reset and free the arena itself; NULL is allowed. */
void	arena_free(struct arena *);

/* n zeroed bytes, aligned for any type. */
void	*arena_alloc(struct arena *, size_t n);
/* nmemb * size zeroed bytes; an overflow ends the process. */
void	*arena_array(struct arena *, size_t nmemb, size_t size);
/* A NUL-terminated copy. */
char	*arena_str(struct arena *, struct view);
/* A copy of the bytes, NUL-terminated behind its end. */
struct view	 arena_view(struct arena *, struct view);
char	*arena_printf(struct arena *, const char *, ...) PRINTF(2, 3);

/* Call fn(p) at the next reset: for library objects with a destructor. */
void	arena_defer(struct arena *, void (*fn)(void *), void *p);

#endif
