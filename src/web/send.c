/* SPDX-License-Identifier: BSD-2-Clause */
/* Writing replies. */
#include "web/send.h"

#include "base/log.h"

static int
send_body(FCGX_Stream *out, const struct buf *b)
{
	return b->n == 0 || FCGX_PutStr(b->p, (int)b->n, out) == (int)b->n ? 0 : -1;
}

static int
send_rest(FCGX_Stream *out, struct req *r)
{
	struct reply *reply = &r->reply;
	struct err err = ERR_INIT;
	int rc;

	do {
		buf_reset(&reply->body);
		rc = reply->more(r, reply->more_arg, &err);
		if (rc >= 0 && buf_failed(&reply->body))
			rc = err_internal(&err, "a piece of a reply is too large");
		if (rc < 0) {
			log_err(LOG_ERR, "reply.broken", &err);
			return -1;
		}
		if (send_body(out, &reply->body) != 0)
			return -1;
	} while (rc == 1);
	return 0;
}

int
send_reply(FCGX_Request *fcgi, struct req *r)
{
	const struct reply *reply = &r->reply;
	const struct reply_header *h;
	FCGX_Stream *out = fcgi->out;
	bool has_body = reply->status != 204 && reply->status != 304;
	int rc = 0;

	FCGX_FPrintF(out, "Status: %u %s\r\n", reply->status, reply_reason(reply->status));
	for (h = reply->headers; h != NULL; h = h->next)
		if (has_body || strcmp(h->name, "Content-Type") != 0)
			FCGX_FPrintF(out, "%s: %.*s\r\n", reply_header_name(reply, h,
			    FCGX_GetParam("CAAS_LOCATION_NAME", fcgi->envp)),
			    VIEW_ARG(h->value));
	/* The length of a body that is still being made is not known. */
	if (has_body && reply->more == NULL)
		FCGX_FPrintF(out, "Content-Length: %lu\r\n", (unsigned long)reply->body.n);
	FCGX_PutS("\r\n", out);
	if (!has_body || r->method == HEAD)
		return 0;
	log_set_id(r->id);
	if (send_body(out, &reply->body) != 0 ||
	    (reply->more != NULL && send_rest(out, r) != 0))
		rc = -1;
	log_set_id("");
	return rc;
}
