/* SPDX-License-Identifier: BSD-2-Clause */
/* Options of the daemons. */
#include "cmd/options.h"

#include <getopt.h>

#include "base/log.h"
#include "proc/rundir.h"

#define EXIT_USAGE	64	/* sysexits(3) */
#define EXIT_CONFIG	78

static void
help(const struct options *o, const char *usage)
{
	(void)printf("usage: %s %s\n"
	    "  -c FILE   configuration, caas.conf(5); default %s\n", o->program, usage,
	    DEFAULT_CONF);
	if (strstr(usage, "-q") != NULL)
		(void)printf("  -q QUEUE  queue to work: a challenge type, or caa\n");
	if (strstr(usage, "-t") != NULL)
		(void)printf("  -t        check configuration and keys, and exit\n");
	(void)printf("  -h        this help, also --help\n"
	    "  -V        version, also --version\n");
}

void
options_parse(int argc, char **argv, const char *program, const char *flags,
    const char *usage, struct options *o)
{
	static const struct option words[] = {
		{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	*o = (struct options){ .program = program, .conf_path = DEFAULT_CONF };
	while ((c = getopt_long(argc, argv, flags, words, NULL)) != -1) {
		switch (c) {
		case 'c':
			o->conf_path = optarg;
			break;
		case 'q':
			o->queue = optarg;
			break;
		case 't':
			o->check = true;
			break;
		case 'h':
			help(o, usage);
			exit(0);
		case 'V':
			(void)printf("%s %s\n", program, PACKAGE_VERSION);
			exit(0);
		default:
			(void)fprintf(stderr, "usage: %s %s\n", program, usage);
			exit(EXIT_USAGE);
		}
	}
	if (optind != argc || (strchr(flags, 'q') != NULL && o->queue == NULL)) {
		(void)fprintf(stderr, "usage: %s %s\n", program, usage);
		exit(EXIT_USAGE);
	}
}

static int
level_of(const char *name)
{
	static const struct {
		const char	*name;
		int		 level;
	} levels[] = {
		{ "error", LOG_ERR }, { "warning", LOG_WARNING }, { "notice", LOG_NOTICE },
		{ "info", LOG_INFO }, { "debug", LOG_DEBUG },
	};
	size_t i;

	for (i = 0; i < NITEMS(levels); i++)
		if (strcmp(name, levels[i].name) == 0)
			return levels[i].level;
	/* The table of keys lets no other through. */
	return LOG_INFO;
}

void
options_log(const struct options *o, const struct conf *conf)
{
	struct arena *a = arena_new();
	const char *target = rundir_log_target(conf, a, o->program);

	log_level(level_of(conf->log_level));
	if (log_open(o->program, target) != 0)
		(void)fprintf(stderr, "%s: %s cannot be opened, logging to stderr\n",
		    o->program, target);
	arena_free(a);
}

struct conf *
options_start(const struct options *o)
{
	struct conf *conf;
	struct err err;

	if (conf_load(o->conf_path, &conf, &err) != 0) {
		(void)fprintf(stderr, "%s: %s\n", o->program, err.detail);
		exit(EXIT_CONFIG);
	}
	/* A check speaks to whoever asked for it. */
	if (!o->check)
		options_log(o, conf);
	return conf;
}

int
options_checked(const struct options *o, int rc, const struct err *err)
{
	if (rc == 0)
		return 0;
	(void)fprintf(stderr, "%s: %s\n", o->program,
	    err->inner[0] != '\0' ? err->inner : err->detail);
	return EXIT_CONFIG;
}

int
worker_main(int argc, char **argv, const struct worker *w)
{
	struct err err = ERR_INIT;
	struct options o;
	struct conf *conf;
	int rc;

	options_parse(argc, argv, w->program, w->flags, w->usage, &o);
	conf = options_start(&o);
	if (o.check)
		rc = options_checked(&o, w->check(conf, &o, &err), &err);
	else if ((rc = w->run(conf, &o, &err)) != 0) {
		log_err(LOG_CRIT, "start.failed", &err);
		rc = 1;
	}
	conf_free(conf);
	return rc;
}
