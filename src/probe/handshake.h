/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * handshake: one TLS handshake for acme-tls/1 with one address that was checked
 * before (ALP-01, ALP-07, SEC-01); brings the certificate that was shown.  A
 * small vtable, as the fetcher is; handshaker_openssl() is the real one.
 */
#ifndef CAAS_PROBE_HANDSHAKE_H
#define CAAS_PROBE_HANDSHAKE_H

#include "probe/fetch.h"

/* Need not outlive start(). */
struct handshake_ask {
	struct view	server_name;	/* SNI */
	struct address	address;
	uint16_t	port;
	int64_t		connect_ms;	/* longest wait for the connection */
	int64_t		total_ms;	/* for all of it */
};

/* Valid only during the callback. */
struct handshake_reply {
	struct view	cert;		/* the first one, DER */
	bool		acme;		/* acme-tls/1 was selected */
};

/*
 * Called exactly once, from the loop, unless cancelled.  err is NULL, or
 * ERR_CONNECTION (refused, reset, timed out), ERR_TLS, ERR_UNAUTHORIZED (the far
 * end does not speak acme-tls/1), or ERR_INTERNAL; the reply is then NULL.
 * connected as for fetch_done.
 */
typedef void (*handshake_done)(void *arg, const struct handshake_reply *, const struct err *,
		    bool connected);

struct handshake;

struct handshaker {
	struct handshake	*(*start)(struct handshaker *, const struct handshake_ask *,
				    handshake_done, void *arg);	/* NULL as for resolver.ask */
	void			 (*cancel)(struct handshaker *, struct handshake *);
	void			 (*free)(struct handshaker *);
};

/* Free it outside of its callbacks; what is under way is forgotten. */
MUST_USE int	handshaker_openssl(struct loop *, struct handshaker **, struct err *);

#endif
