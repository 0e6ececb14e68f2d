/* SPDX-License-Identifier: BSD-2-Clause */
/* TLS handshakes without waiting: a socket, OpenSSL, and the loop (RFC 8737 s3). */
#include "probe/handshake.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include "base/clock.h"
#include "probe/fault.h"

#define CERT_LIST_MAX	(64 * 1024)	/* bytes of certificates that are taken */

/* As TLS writes it: the length, then the name (RFC 7301 s3.1). */
static const unsigned char acme_alpn[] = "\x0a" "acme-tls/1";
#define ACME_ALPN_LEN	(sizeof(acme_alpn) - 1)

struct openssl_handshaker {
	struct handshaker	 base;
	struct loop		*loop;
	SSL_CTX			*ctx;
	struct handshake	*handshakes;	/* under way */
};

struct handshake {
	struct openssl_handshaker	*h;
	struct handshake		*next;
	struct handshake		**prevp;
	int				 fd;
	SSL				*ssl;
	struct loop_watch		 watch;
	struct loop_timer		 timer;
	int				 failed;	/* errno of connect(2) */
	bool				 connected;
	int64_t				 deadline;	/* mono_ms() */
	handshake_done			 done;
	void				*arg;
};

/* What an alert or OpenSSL says, for the owner of the site. */
static const struct {
	int		 reason;
	enum err_kind	 kind;
	const char	*text;
} reasons[] = {
	{ SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL, ERR_UNAUTHORIZED,
	    "The server does not speak acme-tls/1" },
	{ SSL_R_TLSV1_UNRECOGNIZED_NAME, ERR_TLS, "The server does not know the name" },
	{ SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, ERR_TLS, "No TLS version in common" },
	{ SSL_R_UNSUPPORTED_PROTOCOL, ERR_TLS, "The server speaks no TLS of 1.2 or later" },
	{ SSL_R_WRONG_VERSION_NUMBER, ERR_TLS, "The answer is not TLS" },
	{ SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE, ERR_TLS,
	    "TLS handshake failed: the server gave up" },
	{ SSL_R_UNEXPECTED_EOF_WHILE_READING, ERR_CONNECTION,
	    "Connection closed during the TLS handshake" },
	{ SSL_R_EXCESSIVE_MESSAGE_SIZE, ERR_TLS, "The server's certificates are too large" },
};

static void
handshake_free(struct handshake *s)
{
	struct loop *loop = s->h->loop;

	if (s->next != NULL)
		s->next->prevp = s->prevp;
	*s->prevp = s->next;
	loop_timer_cancel(loop, &s->timer);
	loop_unwatch(loop, &s->watch);
	SSL_free(s->ssl);
	if (s->fd >= 0)
		(void)close(s->fd);
	free(s);
}

static void
fail(struct handshake *s, const struct err *err)
{
	s->done(s->arg, NULL, err, s->connected);
	handshake_free(s);
}

static void
explain(int ssl_error, int number, struct err *err)
{
	unsigned long code = ERR_peek_error();
	const char *why = ERR_reason_error_string(code);
	size_t i;

	if (ssl_error == SSL_ERROR_SYSCALL)
		err_set(err, ERR_CONNECTION, "Connection reset during the TLS handshake");
	else
		err_set(err, ERR_TLS, "TLS handshake failed");
	for (i = 0; i < NITEMS(reasons); i++)
		if (code != 0 && ERR_GET_REASON(code) == reasons[i].reason)
			err_set(err, reasons[i].kind, "%s", reasons[i].text);
	err_inner(err, "TLS: %s, errno %d", why != NULL ? why : "no reason given", number);
	ERR_clear_error();
}

static void
succeed(struct handshake *s)
{
	struct handshake_reply reply = { .acme = false };
	unsigned char *der = NULL;
	const unsigned char *alpn;
	unsigned alpn_len;
	int n = 0;

	SSL_get0_alpn_selected(s->ssl, &alpn, &alpn_len);
	reply.acme = view_eq(view_from(alpn, alpn_len),
	    view_from(acme_alpn + 1, ACME_ALPN_LEN - 1));
	if (SSL_get0_peer_certificate(s->ssl) != NULL)
		n = i2d_X509(SSL_get0_peer_certificate(s->ssl), &der);
	reply.cert = view_from(der, n > 0 ? (size_t)n : 0);
	/* Nothing is said but good-bye (ALP-07). */
	(void)SSL_shutdown(s->ssl);
	s->done(s->arg, &reply, NULL, true);
	OPENSSL_free(der);
	handshake_free(s);
	ERR_clear_error();
}

/* As far as it goes without waiting. */
static void
step(struct handshake *s)
{
	struct err err = ERR_INIT;
	int rc, number, what;

	ERR_clear_error();
	errno = 0;
	rc = SSL_connect(s->ssl);
	number = errno;
	if (rc == 1) {
		succeed(s);
		return;
	}
	what = SSL_get_error(s->ssl, rc);
	if (what != SSL_ERROR_WANT_READ && what != SSL_ERROR_WANT_WRITE)
		explain(what, number, &err);
	else if (loop_watch(s->h->loop, &s->watch, s->fd,
	    what == SSL_ERROR_WANT_READ ? EPOLLIN : EPOLLOUT) != 0)
		err_internal(&err, "epoll: errno %d", errno);
	if (err.kind != ERR_NONE)
		fail(s, &err);
}

static void
on_connected(struct handshake *s)
{
	struct err err = ERR_INIT;
	socklen_t n = sizeof(s->failed);

	if (getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &s->failed, &n) != 0)
		s->failed = errno;
	if (s->failed != 0) {
		fault_connect(s->failed, &err);
		fail(s, &err);
		return;
	}
	s->connected = true;
	loop_timer_set(s->h->loop, &s->timer, s->deadline - mono_ms());
	step(s);
}

static void
on_event(void *arg, uint32_t events UNUSED)
{
	struct handshake *s = arg;

	if (s->connected)
		step(s);
	else
		on_connected(s);
}

/* Time is up, or connect(2) failed at once. */
static void
on_timer(void *arg)
{
	struct handshake *s = arg;
	struct err err = ERR_INIT;

	if (s->failed != 0)
		fault_connect(s->failed, &err);
	else
		err_set(&err, ERR_CONNECTION, s->connected ?
		    "Timeout during the TLS handshake" :
		    "Timeout during connect (likely firewall problem)");
	fail(s, &err);
}

static int
connect_to(const struct handshake *s, const struct address *a, uint16_t port)
{
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(port) };

	if (a->family == AF_INET6) {
		memcpy(&v6.sin6_addr, a->bytes, sizeof(v6.sin6_addr));
		return connect(s->fd, (struct sockaddr *)&v6, sizeof(v6));
	}
	memcpy(&v4.sin_addr, a->bytes, sizeof(v4.sin_addr));
	return connect(s->fd, (struct sockaddr *)&v4, sizeof(v4));
}

/* 0, or -1 without resources. */
static int
prepare(struct handshake *s, const struct handshake_ask *ask)
{
	char name[NAME_MAX_BYTES + 1];

	if (view_copy(ask->server_name, name, sizeof(name)) != 0 ||
	    (s->ssl = SSL_new(s->h->ctx)) == NULL ||
	    SSL_set_tlsext_host_name(s->ssl, name) != 1)
		return -1;
	s->fd = socket(ask->address.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0 || SSL_set_fd(s->ssl, s->fd) != 1)
		return -1;
	return 0;
}

static struct handshake *
start(struct handshaker *base, const struct handshake_ask *ask, handshake_done done, void *arg)
{
	struct openssl_handshaker *h = (struct openssl_handshaker *)base;
	struct handshake *s;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		return NULL;
	s->h = h;
	s->fd = -1;
	s->done = done;
	s->arg = arg;
	s->deadline = mono_ms() + ask->total_ms;
	s->watch.fn = on_event;
	s->timer.fn = on_timer;
	s->watch.arg = s->timer.arg = s;
	if ((s->next = h->handshakes) != NULL)
		s->next->prevp = &s->next;
	s->prevp = &h->handshakes;
	h->handshakes = s;
	if (prepare(s, ask) != 0) {
		handshake_free(s);
		return NULL;
	}
	if (connect_to(s, &ask->address, ask->port) != 0 && errno != EINPROGRESS)
		s->failed = errno;
	else if (loop_watch(h->loop, &s->watch, s->fd, EPOLLOUT) != 0) {
		handshake_free(s);
		return NULL;
	}
	loop_timer_set(h->loop, &s->timer, s->failed != 0 ? 0 :
	    ask->connect_ms < ask->total_ms ? ask->connect_ms : ask->total_ms);
	return s;
}

static void
cancel(struct handshaker *base UNUSED, struct handshake *s)
{
	handshake_free(s);
}

static void
handshaker_free(struct handshaker *base)
{
	struct openssl_handshaker *h = (struct openssl_handshaker *)base;

	if (h == NULL)
		return;
	while (h->handshakes != NULL)
		handshake_free(h->handshakes);
	SSL_CTX_free(h->ctx);
	free(h);
}

int
handshaker_openssl(struct loop *loop, struct handshaker **out, struct err *err)
{
	struct openssl_handshaker *h;

	*out = NULL;
	if ((h = calloc(1, sizeof(*h))) == NULL)
		return err_internal(err, "out of memory");
	h->base = (struct handshaker){ start, cancel, handshaker_free };
	h->loop = loop;
	if ((h->ctx = SSL_CTX_new(TLS_client_method())) == NULL ||
	    SSL_CTX_set_min_proto_version(h->ctx, TLS1_2_VERSION) != 1 ||
	    SSL_CTX_set_alpn_protos(h->ctx, acme_alpn, ACME_ALPN_LEN) != 0) {
		handshaker_free(&h->base);
		return err_internal(err, "OpenSSL takes no TLS client");
	}
	/* The extension in the certificate is the proof; any key may sign it (ALP-09). */
	SSL_CTX_set_verify(h->ctx, SSL_VERIFY_NONE, NULL);
	SSL_CTX_set_security_level(h->ctx, 0);
	SSL_CTX_set_max_cert_list(h->ctx, CERT_LIST_MAX);
	(void)SSL_CTX_set_session_cache_mode(h->ctx, SSL_SESS_CACHE_OFF);
	*out = &h->base;
	return 0;
}
