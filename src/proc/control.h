/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control: caasd's socket for caasctl, RUN_DIR/control.
 *
 * Only root and caasd's own user are listened to.  A client sends one line, gets
 * an answer and the end:
 *
 *	status	a line "ROLE QUEUE PID STATE SINCE RESTARTS" for each process ("-":
 *		no queue; PID 0: waits to be started again; SINCE: seconds since 1970),
 *		then "ok"
 *	reload	when it is over: "ok", or "error TEXT" and nothing was changed
 *
 * Anything else is answered with "error TEXT".
 */
#ifndef CAAS_PROC_CONTROL_H
#define CAAS_PROC_CONTROL_H

#include "proc/pool.h"

#define CONTROL_SOCKET	"control"	/* in run_dir */
#define CONTROL_LINE_MAX 64		/* bytes of a request, its newline included */

enum control_command { CONTROL_NONE, CONTROL_STATUS, CONTROL_RELOAD };

/* A request's line without its newline; CONTROL_NONE when it is no command. */
enum control_command	control_parse(struct view line);

struct control;

MUST_USE int	control_open(struct loop *, const char *run_dir, struct control **, struct err *);
/* From here on clients are heard. */
void		control_serve(struct control *, struct pool *);
void		control_close(struct control *);
/* A reload ended: answer those who wait for it. */
void		control_reloaded(struct control *);

#endif
