/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration files by libconfuse, driven by the key tables. */
#include "conf/conf.h"

#include <confuse.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/buf.h"
#include "conf/keys.h"
#include "conf/scan.h"
#include "conf/signer_conf.h"
#include "conf/value.h"

#define CONF_FILE_MAX	((size_t)256 * 1024)
#define KEY_FILE_MAX	((size_t)64 * 1024)

/* A file that is being read; its arena goes when that is done. */
struct source {
	struct arena		*arena;
	const char		*path;
	struct conf_scan	 scan;
	cfg_t			*cfg;
};

/* A section of it, or the top level. */
struct part {
	cfg_t		*cfg;
	const char	*kind;	/* "" at the top */
	unsigned	 nth;
};

/* While a file is parsed: libconfuse reports to a callback that gets nothing of ours. */
static struct {
	const char	*path;
	struct err	*err;
} reading;

static void PRINTF(2, 0)
on_error(cfg_t *cfg, const char *fmt, va_list ap)
{
	char text[ERR_DETAIL_MAX / 2];

	(void)vsnprintf(text, sizeof(text), fmt, ap);
	if (reading.err->kind == ERR_NONE)
		(void)err_set(reading.err, ERR_MALFORMED, "%s:%d: %s",
		    reading.path, cfg->line, text);
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
section(struct arena *a, const char *kind, const struct conf_key *keys, size_t n)
{
	cfg_opt_t opt = { .name = kind, .type = CFGT_SEC,
	    .flags = CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES };

	opt.subopts = options(a, keys, n, 0);
	return opt;
}

static struct conf_list
texts_of(struct arena *a, cfg_t *cfg, const char *name)
{
	struct conf_list texts;
	unsigned i;

	texts.n = cfg_size(cfg, name);
	texts.v = arena_array(a, texts.n + 1, sizeof(*texts.v));
	for (i = 0; i < texts.n; i++)
		texts.v[i] = cfg_getnstr(cfg, name, i);
	return texts;
}

static int
missing(const struct source *src, const struct part *part, const struct conf_key *key,
    struct err *err)
{
	const struct conf_place *head = conf_scan_find(&src->scan, part->kind, part->nth, "");

	if (head == NULL)
		return err_set(err, ERR_MALFORMED, "%s: the key '%s' (%s) must be set",
		    src->path, key->name, key->unit);
	return err_set(err, ERR_MALFORMED, "%s:%u: the key '%s' (%s) must be set in %s '%s'",
	    src->path, head->line, key->name, key->unit, part->kind, cfg_title(part->cfg));
}

/* Give every key of the table its value, in arena a. */
static int
fill(const struct source *src, const struct part *part, const struct conf_key *keys,
    size_t n, struct arena *a, void *base, struct err *err)
{
	const struct conf_place *place;
	const struct conf_key *key;
	struct conf_list texts;

	for (key = keys; key < keys + n; key++) {
		place = conf_scan_find(&src->scan, part->kind, part->nth, key->name);
		if (place == NULL && key->def == NULL)
			return missing(src, part, key, err);
		texts = place != NULL ? texts_of(src->arena, part->cfg, key->name) :
		    conf_value_default(src->arena, key);
		if (conf_value_set(a, key, texts, base, err) != 0)
			return err_set(err, ERR_MALFORMED, "%s:%u: %s", src->path,
			    place != NULL ? place->line : 0, err->detail);
	}
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
			(void)err_internal(err, "%s: %s", path, strerror(errno));
			(void)close(fd);
			return -1;
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

/* Read, scan and parse; to be closed in any case. */
static int
source_open(struct source *src, const char *path, cfg_opt_t *opts, struct err *err)
{
	struct view text = VIEW_NONE;
	int rc;

	src->path = path;
	if (conf_read_file(src->arena, path, CONF_FILE_MAX, &text, err) != 0)
		return err_set(err, ERR_MALFORMED, "%s", err->inner);
	if (conf_scan(src->arena, path, text, &src->scan, err) != 0)
		return -1;
	if ((src->cfg = cfg_init(opts, CFGF_NONE)) == NULL)
		return err_set(err, ERR_MALFORMED, "%s: out of memory", path);
	(void)cfg_set_error_function(src->cfg, on_error);
	err_clear(err);
	reading.path = path;
	reading.err = err;
	rc = cfg_parse_buf(src->cfg, src->scan.text);
	reading.path = NULL;
	reading.err = NULL;
	if (err->kind != ERR_NONE)
		return -1;
	if (rc != CFG_SUCCESS)
		return err_set(err, ERR_MALFORMED, "%s: cannot be parsed", path);
	return 0;
}

static void
source_close(struct source *src)
{
	if (src->cfg != NULL)
		(void)cfg_free(src->cfg);
	arena_free(src->arena);
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

/* What single keys cannot say. */
static int
check_together(const struct source *src, const struct conf *conf, struct err *err)
{
	/* Whoever asks the DNS for a CA validates (DSE-01), and no oversight ends that (DSE-02). */
	if (conf->trust_anchor[0] == '\0' && !conf->allow_no_dnssec)
		return err_set(err, ERR_MALFORMED, "%s: trust_anchor is empty, so DNSSEC would not "
		    "be validated; only tests may do that, with allow_no_dnssec", src->path);
	return 0;
}

/*
 * All sections of one kind as an array of structs of that size, whose first
 * member is the name.  NULL is an error; none at all is one too if it is needed.
 */
static void *
sections(const struct source *src, const char *kind, const struct conf_key *keys,
    size_t nkeys, struct arena *a, size_t size, bool needed, size_t *nout,
    struct err *err)
{
	unsigned i, n = cfg_size(src->cfg, kind);
	char *rows = arena_array(a, n + 1, size), *row = rows;
	struct part part = { .kind = kind };

	for (i = 0; i < n; i++, row += size) {
		part.cfg = cfg_getnsec(src->cfg, kind, i);
		part.nth = i;
		*(const char **)(void *)row = arena_str(a, view_of(cfg_title(part.cfg)));
		if (fill(src, &part, keys, nkeys, a, row, err) != 0)
			return NULL;
	}
	if (n == 0 && needed) {
		(void)err_set(err, ERR_MALFORMED,
		    "%s: at least one section '%s NAME { ... }' is needed", src->path, kind);
		return NULL;
	}
	*nout = n;
	return rows;
}

int
conf_load(const char *path, struct conf **out, struct err *err)
{
	struct source src = { .arena = arena_new() };
	struct arena *a = arena_new();
	struct conf *conf = arena_alloc(a, sizeof(*conf));
	cfg_opt_t *opts = options(src.arena, conf_keys, conf_nkeys, 1);
	struct part top;
	int rc = -1;

	*out = NULL;
	conf->arena = a;
	opts[conf_nkeys] = section(src.arena, "profile", offer_keys, offer_nkeys);
	if (source_open(&src, path, opts, err) != 0)
		goto out;
	top = (struct part){ src.cfg, "", 0 };
	if (fill(&src, &top, conf_keys, conf_nkeys, a, conf, err) != 0 ||
	    (conf->profiles = sections(&src, "profile", offer_keys, offer_nkeys, a,
	    sizeof(*conf->profiles), false, &conf->nprofiles, err)) == NULL ||
	    derive(conf, err) != 0 || check_together(&src, conf, err) != 0)
		goto out;
	*out = conf;
	rc = 0;
 out:
	source_close(&src);
	if (rc != 0)
		arena_free(a);
	return rc;
}

void
conf_free(struct conf *conf)
{
	if (conf != NULL)
		arena_free(conf->arena);
}

static void
print_keys(struct buf *b, const char *before, const struct conf_key *keys, size_t n,
    const void *base)
{
	size_t i;

	for (i = 0; i < n; i++) {
		buf_printf(b, "%s%s = ", before, keys[i].name);
		conf_value_put(b, &keys[i], base);
		buf_char(b, '\n');
	}
}

void
conf_print(const struct conf *conf, struct buf *b)
{
	size_t i;

	print_keys(b, "", conf_keys, conf_nkeys, conf);
	for (i = 0; i < conf->nprofiles; i++) {
		buf_printf(b, "\nprofile %s {\n", conf->profiles[i].name);
		print_keys(b, "\t", offer_keys, offer_nkeys, &conf->profiles[i]);
		buf_str(b, "}\n");
	}
}

static int
signer_fill(const struct source *src, struct signer_conf *conf, struct err *err)
{
	struct part top = { src->cfg, "", 0 };
	struct arena *a = conf->arena;

	if (fill(src, &top, signer_keys, signer_nkeys, a, conf, err) != 0)
		return -1;
	conf->issuers = sections(src, "issuer", issuer_keys, issuer_nkeys, a,
	    sizeof(*conf->issuers), true, &conf->nissuers, err);
	if (conf->issuers == NULL)
		return -1;
	conf->perspectives = sections(src, "perspective", perspective_keys,
	    perspective_nkeys, a, sizeof(*conf->perspectives), true, &conf->nperspectives, err);
	if (conf->perspectives == NULL)
		return -1;
	conf->profiles = sections(src, "profile", profile_keys, profile_nkeys, a,
	    sizeof(*conf->profiles), true, &conf->nprofiles, err);
	return conf->profiles != NULL ? 0 : -1;
}

int
signer_conf_load(const char *path, struct signer_conf **out, struct err *err)
{
	struct source src = { .arena = arena_new() };
	struct arena *a = arena_new();
	struct signer_conf *conf = arena_alloc(a, sizeof(*conf));
	cfg_opt_t *opts = options(src.arena, signer_keys, signer_nkeys, 3);
	int rc = -1;

	*out = NULL;
	conf->arena = a;
	opts[signer_nkeys] = section(src.arena, "issuer", issuer_keys, issuer_nkeys);
	opts[signer_nkeys + 1] = section(src.arena, "perspective", perspective_keys,
	    perspective_nkeys);
	opts[signer_nkeys + 2] = section(src.arena, "profile", profile_keys, profile_nkeys);
	if (source_open(&src, path, opts, err) != 0 || signer_fill(&src, conf, err) != 0)
		goto out;
	*out = conf;
	rc = 0;
 out:
	source_close(&src);
	if (rc != 0)
		arena_free(a);
	return rc;
}

void
signer_conf_free(struct signer_conf *conf)
{
	if (conf != NULL)
		arena_free(conf->arena);
}
