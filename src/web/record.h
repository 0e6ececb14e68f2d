/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * record: has a whole FastCGI request arrived?  Looked at before libfcgi reads,
 * because its reading waits: a silent peer must not pin a worker.
 */
#ifndef CAAS_WEB_RECORD_H
#define CAAS_WEB_RECORD_H

#include "base/view.h"

enum record_state {
	RECORD_MORE,		/* not all of it is there */
	RECORD_COMPLETE,	/* up to the empty FCGI_STDIN record */
	RECORD_BAD,		/* not FastCGI */
};

/* bytes: what has arrived on the connection so far. */
enum record_state	record_scan(struct view bytes);

#endif
