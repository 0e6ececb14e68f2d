/* SPDX-License-Identifier: BSD-2-Clause */
/* caasctl: what the operator does. */
#include "ctl/ctl.h"

#include <errno.h>
#include <getopt.h>

#include "base/log.h"

#define DEFAULT_CONF	CAAS_SYSCONFDIR "/caas.conf"
#define EXIT_USAGE	64	/* sysexits(3) */
#define EXIT_CONFIG	78

static void
usage(FILE *out)
{
	size_t i;

	(void)fprintf(out, "usage: caasctl [-hjV] [-c FILE] COMMAND ...\n");
	for (i = 0; i < ctl_ncommands; i++)
		(void)fprintf(out, "  %s%s%s\n      %s\n", ctl_commands[i].words,
		    ctl_commands[i].args[0] != '\0' ? " " : "", ctl_commands[i].args,
		    ctl_commands[i].help);
}

/* How many words of argv the command's name takes; 0 when it is another. */
static int
match(const char *words, int argc, char **argv)
{
	struct view rest = view_of(words), word;
	int n = 0;

	while (rest.p != NULL) {
		word = view_cut(&rest, ' ');
		if (n >= argc || !view_is(word, argv[n]))
			return 0;
		n++;
	}
	return n;
}

static int
run(struct ctl *c, const struct ctl_command *command)
{
	struct err err = ERR_INIT;
	bool is_bad;
	int rc;

	out_init(&c->out, ctl_flag(c, "json") || c->out.as_json);
	rc = conf_load(c->conf_path, &c->conf, &err);
	is_bad = rc != 0;
	if (rc == 0)
		rc = command->run(c, &err);
	/* What was done before it failed, too; half of a value is none. */
	if (rc == 0 || c->out.is_steps || err.kind == ERR_CONFLICT)
		out_print(&c->out, c->arena);
	out_release(&c->out);
	/* What nobody could read was not said. */
	if (fflush(stdout) != 0 && rc == 0)
		rc = err_internal(&err, "standard output: %s", strerror(errno));
	if (rc != 0) {
		(void)fprintf(stderr, "caasctl %s: %s%s%s\n", command->words, err.detail,
		    err.inner[0] != '\0' ? ": " : "", err.inner);
		if (err.kind == ERR_MALFORMED && c->conf != NULL)
			(void)fprintf(stderr, "usage: caasctl %s %s\n", command->words,
			    command->args);
	}
	writer_free(c->store.writer);
	db_free(c->store.db);
	conf_free(c->conf);
	if (rc == 0)
		return 0;
	return is_bad ? EXIT_CONFIG : err.kind == ERR_MALFORMED ? EXIT_USAGE : 1;
}

int
main(int argc, char **argv)
{
	static const struct option words[] = {
		{ "help", no_argument, NULL, 'h' }, { "json", no_argument, NULL, 'j' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct ctl c = { .conf_path = DEFAULT_CONF, .clk = &clk_real };
	int o, n, rc = EXIT_USAGE;
	size_t i;

	log_level(LOG_WARNING);
	/* '+': options behind the command are the command's. */
	while ((o = getopt_long(argc, argv, "+c:hjV", words, NULL)) != -1) {
		switch (o) {
		case 'c':
			c.conf_path = optarg;
			break;
		case 'h':
			usage(stdout);
			return 0;
		case 'j':
			c.out.as_json = true;
			break;
		case 'V':
			(void)printf("caasctl %s\n", PACKAGE_VERSION);
			return 0;
		default:
			usage(stderr);
			return EXIT_USAGE;
		}
	}
	for (i = 0; i < ctl_ncommands; i++)
		if ((n = match(ctl_commands[i].words, argc - optind, argv + optind)) != 0)
			break;
	if (i == ctl_ncommands) {
		usage(stderr);
		return EXIT_USAGE;
	}
	c.argc = argc - optind - n;
	c.argv = argv + optind + n;
	c.arena = arena_new();
	rc = run(&c, &ctl_commands[i]);
	arena_free(c.arena);
	return rc;
}
