/* SPDX-License-Identifier: BSD-2-Clause */
/* serve: one request, from read to reply: match, gate, handle, settle, finish, log. */
#ifndef CAAS_WEB_SERVE_H
#define CAAS_WEB_SERVE_H

#include "web/route.h"

/*
 * Serve a request whose body was read.  When it returns with hold.key set, the
 * reply is not there yet: serve_resume() makes it.
 */
void	serve(struct req *, const struct site *sites, size_t n);
/* Go on with a held request: its reply is there and logged, or it is held again. */
void	serve_resume(struct req *, const struct site *sites, size_t n);
/* The most bytes of body that this path takes; before the body is read. */
size_t	serve_body_max(struct req *, const struct site *sites, size_t n);

#endif
