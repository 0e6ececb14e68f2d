/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stage: what tests of the network code play on: a directory that goes away, the
 * servers of tests/fake as child processes, and a loop that runs for a bounded
 * time.
 */
#ifndef CAAS_TESTS_UNIT_PROBE_STAGE_H
#define CAAS_TESTS_UNIT_PROBE_STAGE_H

#include <sys/types.h>

#include "base/loop.h"
#include "conf/conf.h"

#define PATH_SIZE	256

struct stage {
	char		 dir[PATH_SIZE - 32];
	char		 dns_zone[PATH_SIZE];
	char		 dns_log[PATH_SIZE];
	char		 http_rules[PATH_SIZE];
	char		 http_log[PATH_SIZE];
	pid_t		 dns;			/* 0: not started */
	pid_t		 http;
	unsigned	 dns_port;
	unsigned	 http_port;
	unsigned	 https_port;
	char		 resolver[64];		/* "127.0.0.1@PORT" */
	const char	*resolvers[1];
	struct loop	*loop;
	struct conf	 conf;			/* short timeouts, loopback allowed */
};

/*
 * Make the directory and the loop; ends the program when it cannot, and in any case
 * after limit_s seconds.
 */
void	stage_open(struct stage *, unsigned limit_s);
/* Start the server with this zone or these rules; it is in conf from then on. */
void	stage_dns(struct stage *, const char *zone);
/* tls_max is NULL or the newest version, "1.1". */
void	stage_http(struct stage *, const char *rules, const char *tls_max);
/* Other contents for the running servers, from the next question on. */
void	stage_write(const char *path, const char *text);
/* How often the text stands in the file. */
size_t	stage_count(const char *path, const char *text);
/* Turn the loop until *n is at least want; false when that took over max_ms. */
bool	stage_run(struct stage *, const size_t *n, size_t want, int64_t max_ms);
/* End what was started and remove the directory. */
void	stage_close(struct stage *);

#endif
