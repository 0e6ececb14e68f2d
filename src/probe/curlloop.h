/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * curlloop: curl's multi interface in the loop: its sockets are watched, its one
 * timer is set, and each transfer that ends is told of.
 */
#ifndef CAAS_PROBE_CURLLOOP_H
#define CAAS_PROBE_CURLLOOP_H

#include <curl/curl.h>

#include "base/loop.h"

struct curlloop;

/* The handle is out of the loop already; arg is what it was added with. */
typedef void (*curlloop_end)(void *arg, CURLcode);

/* NULL when out of memory. */
struct curlloop	*curlloop_new(struct loop *, curlloop_end);
/* Only when nothing is under way; NULL is allowed. */
void		 curlloop_free(struct curlloop *);

/*
 * Start a transfer.  end is called once, from the loop, unless it is removed
 * before.  The handle stays the caller's.
 */
MUST_USE int	curlloop_add(struct curlloop *, CURL *, void *arg);
void		curlloop_remove(struct curlloop *, CURL *);

#endif
