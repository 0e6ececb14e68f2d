/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A libunbound context from conf.  Everything is set before the context is
 * finalized, and every return code is looked at: libunbound ignores what comes
 * later.
 */
#include "probe/unbound.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <arpa/inet.h>
#include <errno.h>
#include <unbound.h>
#include <unistd.h>

#include "base/buf.h"
#include "policy/ipspecial.h"
#include "probe/address.h"

#define SOCKETS_MAX		4096	/* questions on the wire at once */
#define SOCKETS_MIN		64
#define FORWARD_TRIES		3	/* waits for a forwarder within dns_timeout_ms */
#define FORWARD_WAIT_MAX	10000	/* ms; from 12000 on libunbound shuns a server */
#define FORWARD_CONFIG_MAX	4096	/* bytes */

struct setting {
	const char	*name;
	const char	*value;
};

static const struct setting always[] = {
	{ "edns-buffer-size:", "1232" },	/* DNS-07 */
	{ "outgoing-num-tcp:", "256" },
	{ "val-bogus-ttl:", "0" },
	{ "serve-expired:", "no" },
	/* A server that was down is asked again soon. */
	{ "infra-host-ttl:", "60" },
	{ "infra-keep-probing:", "yes" },
	{ NULL, NULL }
};

/*
 * A forwarder does its own retries, and answers late rather than never.
 */
static const struct setting forwarding[] = {
	{ "outbound-msg-retry:", "2" },
	{ "do-not-query-localhost:", "no" },
	{ NULL, NULL }
};

/* Names that libunbound would answer by itself (RFC 6761). */
static const struct setting special_names[] = {
	{ "local-zone:", "test. transparent" },
	{ "local-zone:", "example. transparent" },
	{ "local-zone:", "invalid. transparent" },
	{ "local-zone:", "localhost. transparent" },
	{ NULL, NULL }
};

static int
check(int rc, const char *what, const char *value, struct err *err)
{
	if (rc == 0)
		return 0;
	return err_internal(err, "libunbound refuses %s %s: %s", what, value,
	    ub_strerror(rc));
}

static int
set(struct ub_ctx *ctx, const char *name, const char *value, struct err *err)
{
	return check(ub_ctx_set_option(ctx, name, value), name, value, err);
}

static int
set_number(struct ub_ctx *ctx, const char *name, int64_t n, struct err *err)
{
	char value[24];

	(void)snprintf(value, sizeof(value), "%lld", (long long)n);
	return set(ctx, name, value, err);
}

static int
set_all(struct ub_ctx *ctx, const struct setting *s, struct err *err)
{
	for (; s->name != NULL; s++)
		if (set(ctx, s->name, s->value, err) != 0)
			return -1;
	return 0;
}

/* A socket for each question on the wire, and as many left for others. */
static int
set_sockets(struct ub_ctx *ctx, struct err *err)
{
	struct rlimit rl;
	int64_t n = SOCKETS_MAX;

	if (getrlimit(RLIMIT_NOFILE, &rl) == 0 && rl.rlim_cur / 2 < SOCKETS_MAX)
		n = (int64_t)(rl.rlim_cur / 2);
	if (n < SOCKETS_MIN)
		n = SOCKETS_MIN;
	if (set_number(ctx, "outgoing-range:", n, err) != 0)
		return -1;
	return set_number(ctx, "num-queries-per-thread:", n, err);
}

/* "ADDRESS" or "ADDRESS@PORT", and nothing that could end the line. */
static int
check_forwarder(const char *text, struct err *err)
{
	struct view rest = view_of(text), host = view_cut(&rest, '@');
	struct address a;
	uint64_t port;

	if (address_parse(host, &a) != 0 ||
	    (rest.p != NULL && view_u64(rest, UINT16_MAX, &port) != 0))
		return err_internal(err, "resolver %s is not ADDRESS or ADDRESS@PORT",
		    text);
	return 0;
}

static int
put_forwarders(struct buf *b, const struct conf *conf, struct err *err)
{
	size_t i;

	buf_str(b, "forward-zone:\n\tname: \".\"\n");
	for (i = 0; i < conf->resolver.n; i++) {
		if (check_forwarder(conf->resolver.v[i], err) != 0)
			return -1;
		buf_printf(b, "\tforward-addr: %s\n", conf->resolver.v[i]);
	}
	buf_printf(b, "\tforward-no-cache: %s\n",
	    conf->dns_cache_ttl == 0 ? "yes" : "no");
	if (buf_failed(b))
		return err_internal(err, "too many resolvers");
	return 0;
}

/* Have libunbound read the text; it takes a clause from a file only. */
static int
read_config(struct ub_ctx *ctx, struct view text, struct err *err)
{
	char path[40];
	int fd, rc;

	if ((fd = memfd_create("caas-unbound", MFD_CLOEXEC)) < 0)
		return err_internal(err, "memfd_create: errno %d", errno);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, text.p, text.n) == (ssize_t)text.n)
		rc = check(ub_ctx_config(ctx, path), "forward-zone", "", err);
	else
		rc = err_internal(err, "memfd: errno %d", errno);
	(void)close(fd);
	return rc;
}

/*
 * A forward-zone clause rather than ub_ctx_set_fwd(): only there can
 * forward-no-cache be said, without which a SERVFAIL stays for 5 seconds
 * (DNS-05).
 */
static int
set_forwarders(struct ub_ctx *ctx, const struct conf *conf, struct err *err)
{
	struct buf text = BUF_INIT(FORWARD_CONFIG_MAX);
	int rc = -1;

	if (put_forwarders(&text, conf, err) == 0)
		rc = read_config(ctx, buf_view(&text), err);
	buf_release(&text);
	return rc;
}

static int
set_forwarding(struct ub_ctx *ctx, const struct conf *conf, struct err *err)
{
	int64_t wait_ms = conf->dns_timeout_ms / FORWARD_TRIES;

	if (set_forwarders(ctx, conf, err) != 0 ||
	    set_all(ctx, forwarding, err) != 0 ||
	    set_number(ctx, "infra-cache-min-rtt:", wait_ms, err) != 0)
		return -1;
	return set_number(ctx, "infra-cache-max-rtt:", FORWARD_WAIT_MAX, err);
}

/* A delegation must not lead into anybody's private net either (SEC-01). */
static int
refuse_special(struct ub_ctx *ctx, struct err *err)
{
	char text[INET6_ADDRSTRLEN], value[INET6_ADDRSTRLEN + 8];
	struct ipspecial_net net;
	size_t i;

	for (i = 0; ipspecial_net(i, &net); i++) {
		(void)inet_ntop(net.n == 4 ? AF_INET : AF_INET6, net.bytes, text, sizeof(text));
		(void)snprintf(value, sizeof(value), "%s/%u", text, net.bits);
		if (set(ctx, "do-not-query-address:", value, err) != 0)
			return -1;
	}
	return set(ctx, "do-not-query-localhost:", "yes", err);
}

static int
set_recursion(struct ub_ctx *ctx, const struct conf *conf, struct err *err)
{
	/* libunbound would open it with the first question only. */
	if (access(conf->root_hints, R_OK) != 0)
		return err_internal(err, "root hints %s: errno %d", conf->root_hints,
		    errno);
	if (set(ctx, "root-hints:", conf->root_hints, err) != 0)
		return -1;
	return conf->allow_special_addresses ? 0 : refuse_special(ctx, err);
}

static int
set_up(struct ub_ctx *ctx, const struct conf *conf, struct err *err)
{
	if (set_all(ctx, always, err) != 0 || set_sockets(ctx, err) != 0 ||
	    set_number(ctx, "cache-max-ttl:", conf->dns_cache_ttl, err) != 0 ||
	    set_number(ctx, "cache-max-negative-ttl:", conf->dns_cache_ttl, err) != 0)
		return -1;
	if (conf->allow_special_names && set_all(ctx, special_names, err) != 0)
		return -1;
	if ((conf->resolver.n != 0 ? set_forwarding : set_recursion)(ctx, conf, err) != 0)
		return -1;
	if (conf->trust_anchor[0] != '\0' && check(ub_ctx_add_ta_file(ctx,
	    conf->trust_anchor), "trust anchor", conf->trust_anchor, err) != 0)
		return -1;
	if (check(ub_ctx_async(ctx, 1), "a thread", "", err) != 0)
		return -1;
	/* This finalizes the context, so that faults show now and not at the first question. */
	return check(ub_ctx_zone_remove(ctx, "caas.invalid."), "its settings", "", err);
}

int
unbound_new(const struct conf *conf, struct ub_ctx **out, struct err *err)
{
	*out = NULL;
	if ((*out = ub_ctx_create()) == NULL)
		return err_internal(err, "libunbound cannot start");
	if (set_up(*out, conf, err) == 0)
		return 0;
	ub_ctx_delete(*out);
	*out = NULL;
	return -1;
}
