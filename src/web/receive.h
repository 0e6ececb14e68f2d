/* SPDX-License-Identifier: BSD-2-Clause */
/* receive: a request from the web server, once libfcgi has read its parameters. */
#ifndef CAAS_WEB_RECEIVE_H
#define CAAS_WEB_RECEIVE_H

#include <fcgiapp.h>

#include "web/req.h"

/* The members that tell of the request; its id is made here. */
void	receive_params(const FCGX_Request *, struct req *);
/*
 * The body, of at most max bytes; of a longer one nothing is kept (body_too_large).  -1:
 * it ended before it was as long as the web server said, and means nothing.
 */
MUST_USE int	receive_body(FCGX_Request *, struct req *, size_t max);

#endif
