/* SPDX-License-Identifier: BSD-2-Clause */
/* service: what every request of a responder needs; made once at start. */
#ifndef CAAS_AUTH_SERVICE_H
#define CAAS_AUTH_SERVICE_H

#include "crypto/token.h"
#include "crypto/wrap.h"
#include "policy/names.h"
#include "store/store.h"
#include "web/route.h"

struct bell;
struct keycache;
struct logins;
struct servers;

/* Audit rows of refused callers whom nobody knows, counted within a minute. */
struct strangers {
	int64_t		minute;
	unsigned	rows;
	unsigned	left_out;	/* since the last row */
};

struct service {
	const struct conf	*conf;
	const struct clk	*clk;
	struct store		*store;
	struct token_keys	*url_keys;
	struct nonce_keys	*nonce_keys;
	struct wrap_keys	*wrap_keys;
	struct names_policy	*names;
	unsigned		 challenges;	/* BIT(chall_type) of those that are offered */
	struct keycache		*keys;		/* account keys, ready to verify */
	struct logins		*logins;	/* of partners */
	struct servers		*servers;	/* the ACME servers */
	uint64_t		 nonce_counter;	/* next one, from a random start */
	struct bell		*bell;		/* wakes consumers; theirs wake us */
	uint64_t		 process;	/* our number in jobs */
	struct strangers	 strangers;
};

/* The service of a request. */
static inline struct service *
service_of(const struct req *r)
{
	return r->app;
}

#endif
