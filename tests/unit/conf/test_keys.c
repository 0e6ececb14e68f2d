/* SPDX-License-Identifier: BSD-2-Clause */
/* The keys of caas.conf: defaults, ranges, what must be set, and printing. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "conf/keys.h"
#include "conffile.h"
#include "tap.h"

static struct conf *
load_with(const char *line, struct err *err)
{
	char text[4096];

	(void)snprintf(text, sizeof(text), CONFFILE_HEAD "%s\n", line);
	return conffile_load(view_of(text), err);
}

static void
test_defaults(void)
{
	struct conf *conf = load_with("", NULL);
	char host[256] = "";

	(void)gethostname(host, sizeof(host) - 1);
	tap_is_view(view_of(conf->base_url), VIEW("https://ca.example.net"), "a key that is set");
	tap_ok(conf->caa_identities.n == 1 &&
	    strcmp(conf->caa_identities.v[0], "ca.example.net") == 0, "a list that is set");
	tap_is_view(view_of(conf->website), VIEW(""), "default: an empty text");
	tap_is_int(conf->workers, 8, "default: a number");
	tap_ok(!conf->allow_special_names && conf->wildcard_covers_names, "default: no and yes");
	tap_is_int(conf->subscription_rules, CONF_RULES_V2, "default: a choice");
	tap_ok(conf->queues.n == 5 && strcmp(conf->queues.v[0], "http-01") == 0 &&
	    strcmp(conf->queues.v[1], "dns-01") == 0, "default: a list");
	tap_is_int((int64_t)conf->resolver.n, 0, "default: an empty list");
	tap_is_view(view_of(conf->host), view_of(host), "default: the system's host name");
	tap_is_view(view_of(conf->listen), VIEW("/run/caas/caas.sock"),
	    "default: socket in run_dir");
	conf_free(conf);
	conf = load_with("run_dir = /tmp/x\nhost = h", NULL);
	tap_is_view(view_of(conf->listen), VIEW("/tmp/x/caas.sock"),
	    "default: made of another key");
	tap_is_view(view_of(conf->host), VIEW("h"), "host name that is set");
	conf_free(conf);
	conf_free(NULL);
}

/* Does this line load, and is its number stored? */
static bool
takes(const struct conf_key *key, int64_t n)
{
	struct conf *conf;
	struct err err;
	char line[128];
	bool ok;

	(void)snprintf(line, sizeof(line), "%s = %lld", key->name, (long long)n);
	conf = load_with(line, &err);
	ok = conf != NULL && *(int64_t *)(void *)((char *)conf + key->offset) == n;
	if (conf == NULL && !view_starts(conffile_complaint(&err), VIEW(":3: '")))
		tap_diag("%s", err.detail);
	conf_free(conf);
	return ok;
}

static void
test_ranges(void)
{
	const struct conf_key *key;

	for (key = conf_keys; key < conf_keys + conf_nkeys; key++) {
		if (key->type != CONF_INT)
			continue;
		tap_ok(takes(key, key->min) && takes(key, key->max), "range: %s: both ends",
		    key->name);
		tap_ok((key->min == 0 || !takes(key, key->min - 1)) && !takes(key, key->max + 1),
		    "range: %s: beyond them", key->name);
		if (strcmp(key->name, "order_ttl") == 0)
			tap_ok(key->max <= INT64_C(30) * 86400,
			    "HTT-13, ALP-10: a token that waits lives 30 days at most");
	}
}

static void
test_values(void)
{
	static const struct { const char *rule, *line, *want; } bad[] = {
		{ "number: sign", "workers = -1",
		    ":3: '-1' is no value of 'workers': it takes a number from 0 to 256 (" },
		{ "number: leading zero", "workers = 08", ":3: '08' is no value" },
		{ "number: hexadecimal", "workers = 0x8", ":3: '0x8' is no value" },
		{ "number: unit", "nonce_ttl = 1h", ":3: '1h' is no value" },
		{ "number: blank", "workers = \" 8\"", ":3: ' 8' is no value" },
		{ "number: empty", "workers = \"\"", ":3: '' is no value" },
		{ "number: too large for any", "workers = 99999999999999999999", ":3: '9999" },
		{ "yes or no: another word", "allow_special_names = maybe",
		    ":3: 'maybe' is no value of 'allow_special_names': it takes yes or no" },
		{ "yes or no: case counts", "allow_special_names = Yes", ":3: 'Yes' is no value" },
		{ "yes or no: a number", "allow_special_names = 1", ":3: '1' is no value" },
		{ "choice: another word", "subscription_rules = v3",
		    ":3: 'v3' is no value of 'subscription_rules': it takes v1 or v2" },
		{ "choice: a number", "subscription_rules = 2", ":3: '2' is no value" },
		{ "choice of text", "log_level = loud", ":3: 'loud' is no value of 'log_level'" },
		{ "list: an empty value", "queues = {a, \"\"}", ":3: '' is no value of 'queues'" },
		{ "the line is that of the key", "\n\nworkers\n=\n257", ":5: '257' is no value" },
	};
	static const struct { const char *text; bool want; } words[] = {
		{ "yes", true }, { "on", true }, { "true", true }, { "\"yes\"", true },
		{ "no", false }, { "off", false }, { "false", false },
	};
	struct conf *conf;
	struct err err;
	char line[128];
	size_t i;

	for (i = 0; i < NITEMS(bad); i++) {
		conf = load_with(bad[i].line, &err);
		if (!tap_ok(conf == NULL &&
		    view_starts(conffile_complaint(&err), view_of(bad[i].want)),
		    "%s", bad[i].rule))
			tap_diag("%s", err.detail);
		conf_free(conf);
	}
	for (i = 0; i < NITEMS(words); i++) {
		(void)snprintf(line, sizeof(line),
		    "allow_special_names = %s\nwildcard_covers_names = %s",
		    words[i].text, words[i].text);
		conf = load_with(line, NULL);
		tap_ok(conf->allow_special_names == words[i].want &&
		    conf->wildcard_covers_names == words[i].want, "yes or no: %s", words[i].text);
		conf_free(conf);
	}
	conf = load_with("subscription_rules = v1\nlog_level = debug", NULL);
	tap_is_int(conf->subscription_rules, CONF_RULES_V1, "choice: the first");
	tap_is_view(view_of(conf->log_level), VIEW("debug"), "choice of text: the last");
	conf_free(conf);
}

static void
test_lists(void)
{
	static const struct { const char *rule, *line; size_t n; const char *last; } cases[] = {
		{ "empty where the default is not", "queues = {}", 0, NULL },
		{ "empty with a blank and a comment", "queues = { /* none */ }", 0, NULL },
		{ "one value", "queues = {a}", 1, "a" },
		{ "one value without braces", "queues = a", 1, "a" },
		{ "comma behind the last", "queues = {a, b,}", 2, "b" },
		{ "strings", "queues = {\"a, b\", 'c}'}", 2, "c}" },
		{ "the same value twice", "queues = {a, a}", 2, "a" },
	};
	struct conf *conf;
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		conf = load_with(cases[i].line, NULL);
		tap_ok(conf->queues.n == cases[i].n && (cases[i].n == 0 ||
		    strcmp(conf->queues.v[cases[i].n - 1], cases[i].last) == 0),
		    "list: %s", cases[i].rule);
		conf_free(conf);
	}
}

static void
test_required(void)
{
	static const struct { const char *rule, *text, *want; } cases[] = {
		{ "nothing is set", "", ": the key 'base_url' (URL) must be set" },
		{ "a list is not set", "base_url = x",
		    ": the key 'caa_identities' (domain names) must be set" },
		{ "an empty list", "base_url = x\ncaa_identities = {}", ":2: '{}' is no value" },
		{ "an empty text", "base_url = \"\"\ncaa_identities = {x}",
		    ":1: '' is no value of 'base_url'" },
	};
	struct conf *conf;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		conf = conffile_load(view_of(cases[i].text), &err);
		tap_is_view(view_sub(conffile_complaint(&err), 0, strlen(cases[i].want)),
		    view_of(cases[i].want), "must be set: %s", cases[i].rule);
		conf_free(conf);
	}
}

/* Printing, loading that and printing again gives the same text. */
static void
test_print(void)
{
	static const char *const lines[] = {
		"",
		"queues = {}\ndb_hosts = {a, b}\nsubscription_rules = v1\n"
		    "allow_special_names = yes\nworkers = 3",
		"website = \"a\\\"b\\\\c\\x01\\n\\x7f\\xff \\x24{x} $ #//\"\n"
		    "queues = {\"a, b\", \"}\", \"\\\"\", 'it\\'s'}",
	};
	struct buf one = BUF_INIT(65536), two = BUF_INIT(65536);
	struct conf *conf, *again;
	size_t i, key;
	struct view rest;

	for (i = 0; i < NITEMS(lines); i++) {
		buf_reset(&one);
		buf_reset(&two);
		conf = load_with(lines[i], NULL);
		conf_print(conf, &one);
		again = conffile_load(buf_view(&one), NULL);
		conf_print(again, &two);
		tap_is_view(buf_view(&two), buf_view(&one), "print: round trip %zu", i);
		tap_is_view(view_of(again->website), view_of(conf->website),
		    "print: the same text %zu", i);
		tap_is_int((int64_t)again->queues.n, (int64_t)conf->queues.n,
		    "print: the same list %zu", i);
		conf_free(conf);
		conf_free(again);
	}
	tap_ok(!view_has(buf_view(&one), '\x7f') && !view_has(buf_view(&one), '\x01') &&
	    !view_icontains(buf_view(&one), VIEW("${")),
	    "print: control characters and ${ are escaped");
	rest = buf_view(&one);
	for (key = 0; key < conf_nkeys; key++)
		if (!view_starts(view_cut(&rest, '\n'), view_of(conf_keys[key].name)))
			break;
	tap_ok(key == conf_nkeys && rest.n == 0, "print: every key, in the order of the table");
	tap_ok(view_icontains(buf_view(&one), VIEW("\nlisten = \"/run/caas/caas.sock\"\n")) &&
	    view_icontains(buf_view(&one), VIEW("\nworkers = 8\n")) &&
	    view_icontains(buf_view(&one), VIEW("\nresolver = {}\n")) &&
	    view_icontains(buf_view(&one), VIEW("\nsubscription_rules = v2\n")),
	    "print: also what is not set, as it is in force");
	buf_release(&one);
	buf_release(&two);
}

static void
test_files(void)
{
	struct conf conf = { .key_dir = "test_conf.keys" };
	struct arena *a = arena_new();
	struct view v;
	struct err err = ERR_INIT;
	struct conf *none;
	FILE *f;

	tap_ok(conf_load("test_conf.none", &none, &err) == -1 && none == NULL &&
	    err.kind == ERR_MALFORMED && view_is(view_of(err.detail),
	    "test_conf.none: No such file or directory"), "no such file");
	tap_ok(conf_load(".", &none, &err) == -1 &&
	    view_is(view_of(err.detail), ".: Is a directory"),
	    "a directory");
	if (mkdir("test_conf.keys", 0700) != 0 || mkdir("test_conf.keys/web", 0700) != 0 ||
	    (f = fopen("test_conf.keys/web/k", "w")) == NULL || fwrite("a\0b", 1, 3, f) != 3 ||
	    fclose(f) != 0)
		abort();
	tap_ok(conf_read_key(&conf, a, "web", "k", &v, &err) == 0 && view_eq(v, VIEW("a\0b")),
	    "key file: its bytes");
	tap_is_int(conf_read_file(a, "test_conf.keys/web/k", 3, &v, &err), 0,
	    "file: just as large as allowed");
	tap_ok(conf_read_file(a, "test_conf.keys/web/k", 2, &v, &err) == -1 &&
	    err.kind == ERR_INTERNAL,
	    "file: one byte larger");
	tap_ok(conf_read_key(&conf, a, "web", "none", &v, &err) == -1 &&
	    err.kind == ERR_INTERNAL &&
	    strstr(err.inner, "test_conf.keys/web/none") != NULL &&
	    strstr(err.detail, "keys") == NULL,
	    "key file: none; its name is for the log only");
	(void)unlink("test_conf.keys/web/k");
	(void)rmdir("test_conf.keys/web");
	(void)rmdir("test_conf.keys");
	arena_free(a);
}

int
main(void)
{
	test_defaults();
	test_ranges();
	test_values();
	test_lists();
	test_required();
	test_print();
	test_files();
	return tap_done();
}
