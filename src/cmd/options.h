/* SPDX-License-Identifier: BSD-2-Clause */
/* options: the command line that the daemons have in common. */
#ifndef CAAS_CMD_OPTIONS_H
#define CAAS_CMD_OPTIONS_H

#include "conf/conf.h"

#define DEFAULT_CONF	CAAS_SYSCONFDIR "/caas.conf"

struct options {
	const char	*program;
	const char	*conf_path;
	const char	*queue;		/* -q; NULL when not given */
	bool		 check;		/* -t: only check the configuration */
};

/*
 * Parse; ends the process for -h, -V and wrong use.  usage is the line that -h
 * prints; flags are those of getopt(3) that the program takes.
 */
void	options_parse(int argc, char **argv, const char *program, const char *flags,
	    const char *usage, struct options *);
/* Load the configuration and open the log; ends the process with a message when that fails. */
struct conf	*options_start(const struct options *);
/* Log as the configuration says. */
void	options_log(const struct options *, const struct conf *);
/* -t: say how a check of what the process needs went; the exit status. */
int	options_checked(const struct options *, int rc, const struct err *);

/* A program that caasd starts. */
struct worker {
	const char	*program, *flags, *usage;	/* as options_parse() takes them */
	/* -t: what must be there without a database. */
	int		(*check)(const struct conf *, const struct options *, struct err *);
	/* Its work, until it is told to end; why it could not begin is logged. */
	int		(*run)(const struct conf *, const struct options *, struct err *);
};
/* Its main(). */
int	worker_main(int argc, char **argv, const struct worker *);

#endif
