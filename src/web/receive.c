/* SPDX-License-Identifier: BSD-2-Clause */
/* FastCGI parameters and body. */
#include "web/receive.h"

#include "base/hex.h"
#include "base/random.h"
#include "web/route.h"
#include "wire/ascii.h"

#define DRAIN_MAX	((size_t)1024 * 1024)	/* of a body that is too large */

static struct view
param(const FCGX_Request *fcgi, const char *name)
{
	return view_of(FCGX_GetParam(name, fcgi->envp));
}

void
receive_params(const FCGX_Request *fcgi, struct req *r)
{
	uint8_t id[REQ_ID_LEN / 2];
	struct view rest, agent;

	r->method_text = param(fcgi, "REQUEST_METHOD");
	r->method = route_method(r->method_text);
	r->uri = param(fcgi, "REQUEST_URI");
	rest = r->uri;
	r->path = view_cut(&rest, '?');
	r->has_query = r->path.n != r->uri.n;
	r->content_type = param(fcgi, "CONTENT_TYPE");
	r->accept = param(fcgi, "HTTP_ACCEPT");
	if ((agent = param(fcgi, "HTTP_USER_AGENT")).n != 0)
		r->user_agent = ascii_printable(r->arena, agent);
	r->remote_addr = param(fcgi, "REMOTE_ADDR");
	r->idempotency_key = param(fcgi, "HTTP_IDEMPOTENCY_KEY");
	r->https = view_is(param(fcgi, "HTTPS"), "on");
	random_bytes(id, sizeof(id));
	hex_encode(id, sizeof(id), r->id);
}

int
receive_body(FCGX_Request *fcgi, struct req *r, size_t max)
{
	size_t n = 0, dropped = 0;
	uint64_t length;
	char *p, rest[4096];
	bool is_told;
	int got;

	/* Not told of chunks by every web server: what comes is what counts then. */
	is_told = view_u64(param(fcgi, "CONTENT_LENGTH"), max, &length) == 0;
	if (!is_told)
		length = max;
	p = arena_alloc(r->arena, length + 1);
	while (n <= length && (got = FCGX_GetStr(p + n, (int)(length + 1 - n), fcgi->in)) > 0)
		n += (size_t)got;
	while (n > length && dropped < DRAIN_MAX &&
	    (got = FCGX_GetStr(rest, sizeof(rest), fcgi->in)) > 0)
		dropped += (size_t)got;
	r->body_too_large = n > length;
	r->body = view_from(p, r->body_too_large ? 0 : n);
	return is_told && n < length ? -1 : 0;
}
