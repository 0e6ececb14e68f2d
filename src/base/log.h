/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * log: events with fields, one line each, key=value.
 *
 *	log_event(LOG_INFO, "order.finalize", LOGF_U("order", id), LOGF_S("to", "processing"));
 *
 * Values are escaped here, so text from outside cannot forge a line (SEC-09).
 * Keys, MAC secrets, passwords and key authorizations are never logged.  The
 * log handle is the one mutable global of a process.
 */
#ifndef CAAS_BASE_LOG_H
#define CAAS_BASE_LOG_H

#include "base/view.h"

#include <syslog.h>

#include "base/err.h"

enum log_type { LOGF__U64, LOGF__I64, LOGF__VIEW };

struct log_field {
	const char	*key;
	enum log_type	 type;
	uint64_t	 u;
	int64_t		 i;
	struct view	 v;
};

#define LOGF_U(k, val)	{ .key = (k), .type = LOGF__U64, .u = (val) }
#define LOGF_I(k, val)	{ .key = (k), .type = LOGF__I64, .i = (val) }
#define LOGF_V(k, val)	{ .key = (k), .type = LOGF__VIEW, .v = (val) }
#define LOGF_S(k, val)	{ .key = (k), .type = LOGF__VIEW, .v = view_of(val) }

/*
 * Where lines go: "stderr", "syslog", or the path of a file to append to.
 * prog stands in every line.  May be called again.  -1 with errno when the file
 * cannot be opened: lines go to stderr then, and log_reopen() tries again.
 */
MUST_USE int	log_open(const char *prog, const char *target);
/* Open the file again after it was rotated; -1 keeps the old one. */
int	log_reopen(void);
/* Leave out what is less urgent than this syslog level; LOG_INFO at start. */
void	log_level(int level);
/* Stands as req= in every line until changed; "" for none.  Copied, cut at 32. */
void	log_set_id(const char *id);

void	log_write(int level, const char *event, const struct log_field *, size_t n);
/* The kind, detail and inner text of err. */
void	log_err(int level, const char *event, const struct err *);

#define log_event(level, event, ...) do {				\
	const struct log_field log_fields_[] = { __VA_ARGS__ };	\
	log_write((level), (event), log_fields_, NITEMS(log_fields_));	\
} while (0)

#endif
