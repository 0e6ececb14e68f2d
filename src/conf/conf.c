/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration files by libconfuse, driven by the key tables. */
#include <confuse.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "conf/conf.h"
#include "conf/keys.h"
#include "conf/scan.h"

#define CONF_FILE_MAX	((size_t)256 * 1024)
#define KEY_FILE_MAX	((size_t)64 * 1024)

/* libconfuse reports through a callback without an argument of ours. */
static struct err *parse_err;

static void PRINTF(2, 0)
on_error(cfg_t *cfg, const char *fmt, va_list ap)
{
	char text[ERR_DETAIL_MAX / 2];

	(void)vsnprintf(text, sizeof(text), fmt, ap);
	if (parse_err->kind == ERR_NONE)
		(void)err_set(parse_err, ERR_MALFORMED, "%s:%d: %s",
		    cfg->filename != NULL ? cfg->filename : "configuration",
		    cfg->line, text);
}

/* A table as libconfuse wants it: one more entry ends it. */
static cfg_opt_t *
options(struct arena *a, const struct conf_key *keys, size_t n, size_t extra)
{
	cfg_opt_t *opts = arena_array(a, n + extra + 1, sizeof(*opts));
	size_t i;

	for (i = 0; i < n; i++) {
		opts[i].name = keys[i].name;
		opts[i].type = CFGT_STR;
		opts[i].flags = keys[i].type == CONF_LIST ?
		    CFGF_LIST | CFGF_NODEFAULT : CFGF_NODEFAULT;
	}
	return opts;
}

static cfg_opt_t
section(struct arena *a, const char *name, const struct conf_key *keys, size_t n)
{
	cfg_opt_t opt = { .name = name, .type = CFGT_SEC,
	    .flags = CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES };

	opt.subopts = options(a, keys, n, 0);
	return opt;
}

static int
bad_value(const cfg_t *cfg, const struct conf_key *key, const char *value,
    const char *want, struct err *err)
{
	return err_set(err, ERR_MALFORMED, "%s: '%s' of '%s' is no value for it: %s",
	    cfg->filename, value, key->name, want);
}

static int
set_int(const cfg_t *cfg, const struct conf_key *key, const char *value,
    int64_t *out, struct err *err)
{
	uint64_t n;
	char want[96];

	if (view_u64(view_of(value), INT64_MAX, &n) != 0 ||
	    (int64_t)n < key->min || (int64_t)n > key->max) {
		(void)snprintf(want, sizeof(want), "a number from %lld to %lld (%s)",
		    (long long)key->min, (long long)key->max, key->unit);
		return bad_value(cfg, key, value, want, err);
	}
	*out = (int64_t)n;
	return 0;
}

static int
set_bool(const cfg_t *cfg, const struct conf_key *key, const char *value,
    bool *out, struct err *err)
{
	*out = strcmp(value, "yes") == 0 || strcmp(value, "on") == 0 ||
	    strcmp(value, "true") == 0;
	if (!*out && strcmp(value, "no") != 0 && strcmp(value, "off") != 0 &&
	    strcmp(value, "false") != 0)
		return bad_value(cfg, key, value, "yes or no", err);
	return 0;
}

static int
set_choice(const cfg_t *cfg, const struct conf_key *key, const char *value,
    void *out, struct err *err)
{
	int i;

	for (i = 0; key->choices[i] != NULL; i++)
		if (strcmp(value, key->choices[i]) == 0) {
			/* Every choice is an enum that counts from 1. */
			*(enum conf_rules *)out = (enum conf_rules)(i + 1);
			return 0;
		}
	return bad_value(cfg, key, value, key->unit, err);
}

/* "{a, b}" of a default. */
static struct conf_list
default_list(struct arena *a, const char *def)
{
	struct view rest = view_of(def);
	struct conf_list list = { NULL, 0 };
	struct view one;

	rest = view_sub(rest, 1, rest.n - 2);
	list.v = arena_array(a, rest.n + 1, sizeof(*list.v));
	while (rest.n != 0) {
		one = view_trim(view_cut(&rest, ','));
		list.v[list.n++] = arena_str(a, one);
	}
	return list;
}

static struct conf_list
list_of(struct arena *a, cfg_t *cfg, const char *name)
{
	struct conf_list list;
	unsigned i;

	list.n = cfg_size(cfg, name);
	list.v = arena_array(a, list.n + 1, sizeof(*list.v));
	for (i = 0; i < list.n; i++)
		list.v[i] = arena_str(a, view_of(cfg_getnstr(cfg, name, i)));
	return list;
}

static int
fill_one(struct arena *a, cfg_t *cfg, const struct conf_key *key, void *base,
    struct err *err)
{
	void *field = (char *)base + key->offset;
	bool set = cfg_size(cfg, key->name) != 0;
	const char *value;

	if (!set && key->def == NULL)
		return err_set(err, ERR_MALFORMED, "%s: the key '%s' (%s) must be set%s%s",
		    cfg->filename, key->name, key->unit,
		    cfg_title(cfg) != NULL ? " in section " : "",
		    cfg_title(cfg) != NULL ? cfg_title(cfg) : "");
	if (key->type == CONF_LIST) {
		/* An empty list in the file counts as set. */
		if (set || cfg_opt_getcomment(cfg_getopt(cfg, key->name)) != NULL)
			*(struct conf_list *)field = list_of(a, cfg, key->name);
		else
			*(struct conf_list *)field = default_list(a, key->def);
		return 0;
	}
	value = set ? cfg_getstr(cfg, key->name) : key->def;
	switch (key->type) {
	case CONF_INT:
		return set_int(cfg, key, value, field, err);
	case CONF_BOOL:
		return set_bool(cfg, key, value, field, err);
	case CONF_CHOICE:
		return set_choice(cfg, key, value, field, err);
	case CONF_STR:
	case CONF_LIST:
		break;
	}
	*(const char **)field = arena_str(a, view_of(value));
	return 0;
}

static int
fill(struct arena *a, cfg_t *cfg, const struct conf_key *keys, size_t n,
    void *base, struct err *err)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (fill_one(a, cfg, &keys[i], base, err) != 0)
			return -1;
	return 0;
}

int
conf_read_file(struct arena *a, const char *path, size_t max, struct view *out,
    struct err *err)
{
	char *p = arena_alloc(a, max + 1);
	size_t n = 0;
	ssize_t got;
	int fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return err_internal(err, "%s: %s", path, strerror(errno));
	while (n <= max && (got = read(fd, p + n, max + 1 - n)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			(void)close(fd);
			return err_internal(err, "%s: %s", path, strerror(errno));
		}
		n += (size_t)got;
	}
	(void)close(fd);
	if (n > max)
		return err_internal(err, "%s: larger than %zu bytes", path, max);
	*out = (struct view){ p, n };
	return 0;
}

int
conf_read_key(const struct conf *conf, struct arena *a, const char *role,
    const char *name, struct view *out, struct err *err)
{
	return conf_read_file(a, arena_printf(a, "%s/%s/%s", conf->key_dir, role,
	    name), KEY_FILE_MAX, out, err);
}

/* Read, scan and parse; *cfg is the caller's to free when 0 is returned. */
static int
parse(struct arena *a, const char *path, cfg_opt_t *opts, cfg_t **cfg,
    struct err *err)
{
	struct view text;

	if (conf_read_file(a, path, CONF_FILE_MAX, &text, err) != 0)
		return err_set(err, ERR_MALFORMED, "%s",
		    arena_str(a, view_of(err->inner)));
	if (conf_scan(a, path, text, err) != 0)
		return -1;
	if ((*cfg = cfg_init(opts, CFGF_NONE)) == NULL)
		return err_set(err, ERR_MALFORMED, "%s: out of memory", path);
	(void)cfg_set_error_function(*cfg, on_error);
	err_clear(err);
	parse_err = err;
	free((*cfg)->filename);
	(*cfg)->filename = strdup(path);
	if (cfg_parse_buf(*cfg, arena_str(a, text)) != CFG_SUCCESS) {
		if (err->kind == ERR_NONE)
			(void)err_set(err, ERR_MALFORMED, "%s: cannot be parsed", path);
		(void)cfg_free(*cfg);
		return -1;
	}
	return 0;
}

/* Defaults that are made of other keys. */
static int
derive(struct conf *conf, struct err *err)
{
	char host[256];

	if (conf->host[0] == '\0') {
		if (gethostname(host, sizeof(host)) != 0)
			return err_set(err, ERR_MALFORMED, "host name: %s", strerror(errno));
		host[sizeof(host) - 1] = '\0';
		conf->host = arena_str(conf->arena, view_of(host));
	}
	if (conf->listen[0] == '\0')
		conf->listen = arena_printf(conf->arena, "%s/caas.sock", conf->run_dir);
	return 0;
}

int
conf_load(const char *path, struct conf **out, struct err *err)
{
	struct arena *a = arena_new();
	struct conf *conf = arena_alloc(a, sizeof(*conf));
	cfg_t *cfg;
	int rc;

	*out = NULL;
	conf->arena = a;
	if (parse(a, path, options(a, conf_keys, conf_nkeys, 0), &cfg, err) != 0) {
		arena_free(a);
		return -1;
	}
	rc = fill(a, cfg, conf_keys, conf_nkeys, conf, err);
	if (rc == 0)
		rc = derive(conf, err);
	(void)cfg_free(cfg);
	if (rc != 0) {
		arena_free(a);
		return -1;
	}
	*out = conf;
	return 0;
}

void
conf_free(struct conf *conf)
{
	if (conf != NULL)
		arena_free(conf->arena);
}

/*
 * All sections of one kind into an array of structs of that size, whose first
 * member is the name.
 */
static int
sections(struct arena *a, cfg_t *cfg, const char *kind,
    const struct conf_key *keys, size_t nkeys, size_t size, void *out,
    size_t *nout, struct err *err)
{
	unsigned i, n = cfg_size(cfg, kind);
	char *rows = arena_array(a, n + 1, size);
	cfg_t *sec;

	for (i = 0; i < n; i++) {
		sec = cfg_getnsec(cfg, kind, i);
		*(const char **)(void *)(rows + i * size) =
		    arena_str(a, view_of(cfg_title(sec)));
		if (fill(a, sec, keys, nkeys, rows + i * size, err) != 0)
			return -1;
	}
	if (n == 0)
		return err_set(err, ERR_MALFORMED, "%s: at least one section '%s NAME { ... }' is needed",
		    cfg->filename, kind);
	*(void **)out = rows;
	*nout = n;
	return 0;
}

int
signer_conf_load(const char *path, struct signer_conf **out, struct err *err)
{
	struct arena *a = arena_new();
	struct signer_conf *conf = arena_alloc(a, sizeof(*conf));
	cfg_opt_t *opts = options(a, signer_keys, signer_nkeys, 3);
	cfg_t *cfg;
	int rc;

	*out = NULL;
	conf->arena = a;
	opts[signer_nkeys] = section(a, "issuer", issuer_keys, issuer_nkeys);
	opts[signer_nkeys + 1] = section(a, "perspective", perspective_keys, perspective_nkeys);
	opts[signer_nkeys + 2] = section(a, "profile", profile_keys, profile_nkeys);
	if (parse(a, path, opts, &cfg, err) != 0) {
		arena_free(a);
		return -1;
	}
	rc = fill(a, cfg, signer_keys, signer_nkeys, conf, err) != 0 ||
	    sections(a, cfg, "issuer", issuer_keys, issuer_nkeys,
		sizeof(*conf->issuers), &conf->issuers, &conf->nissuers, err) != 0 ||
	    sections(a, cfg, "perspective", perspective_keys, perspective_nkeys,
		sizeof(*conf->perspectives), &conf->perspectives,
		&conf->nperspectives, err) != 0 ||
	    sections(a, cfg, "profile", profile_keys, profile_nkeys,
		sizeof(*conf->profiles), &conf->profiles, &conf->nprofiles, err) != 0
	    ? -1 : 0;
	(void)cfg_free(cfg);
	if (rc != 0) {
		arena_free(a);
		return -1;
	}
	*out = conf;
	return 0;
}

void
signer_conf_free(struct signer_conf *conf)
{
	if (conf != NULL)
		arena_free(conf->arena);
}
