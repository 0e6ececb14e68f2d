/* SPDX-License-Identifier: BSD-2-Clause */
/* reply: the answer to one request; lives in its arena. */
#ifndef CAAS_WEB_REPLY_H
#define CAAS_WEB_REPLY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define REPLY_BODY_MAX	((size_t)8 * 1024 * 1024)

struct reply_header {
	const struct reply_header	*next;
	const char			*name;
	struct view			 value;
};

struct req;

/*
 * The next piece of a body, appended to the reply's, which was emptied: 1 when there is
 * more after it, 0 when it was the last, -1 when it cannot be made.
 */
typedef int (*reply_more_fn)(struct req *, void *arg, struct err *);

struct reply {
	struct arena			*arena;
	unsigned			 status;
	const struct reply_header	*headers;	/* in order */
	struct reply_header		*last;
	struct buf			 body;
	reply_more_fn			 more;		/* NULL: body is all */
	void				*more_arg;
};

/* An empty 200; its body is freed with the arena. */
void	reply_init(struct reply *, struct arena *);
/* Forget headers and body. */
void	reply_clear(struct reply *);
/* One header line; a value with CR, LF or NUL is a fault of ours and left out (TRN-16). */
void	reply_header(struct reply *, const char *name, struct view value);
void	reply_header_printf(struct reply *, const char *name, const char *fmt, ...) PRINTF(3, 4);
/* Content-Type. */
void	reply_type(struct reply *, const char *type);
/* "Not Found" of 404 (RFC 9110 s15). */
const char	*reply_reason(unsigned status);

/*
 * The name to send a field under.  mod_fcgid turns a 200 with Location into a redirect
 * (RFC 3875 s6.3), and RFC 8555 has such answers: its configuration says what Location
 * is called there; NULL: Location.
 */
const char	*reply_header_name(const struct reply *, const struct reply_header *,
		    const char *location);

#endif
