/* SPDX-License-Identifier: BSD-2-Clause */
/* send: a reply to the web server, and the rest of one that is made piece by piece. */
#ifndef CAAS_WEB_SEND_H
#define CAAS_WEB_SEND_H

#include <fcgiapp.h>

#include "web/req.h"

/*
 * -1: the peer went away, or the rest of the body could not be made.  What was sent must
 * then not look whole: the connection is to be closed without the end of the request, and
 * a body is such that its end tells.
 */
MUST_USE int	send_reply(FCGX_Request *, struct req *);

#endif
