/* SPDX-License-Identifier: BSD-2-Clause */
/* Collecting an answer. */
#include "web/reply.h"

#include <stdarg.h>

#include "base/log.h"

static void
free_body(void *p)
{
	buf_release(p);
}

void
reply_init(struct reply *r, struct arena *a)
{
	*r = (struct reply){ .arena = a, .status = 200 };
	buf_init(&r->body, REPLY_BODY_MAX);
	arena_defer(a, free_body, &r->body);
}

void
reply_clear(struct reply *r)
{
	r->status = 200;
	r->headers = r->last = NULL;
	r->more = NULL;
	buf_reset(&r->body);
}

void
reply_header(struct reply *r, const char *name, struct view value)
{
	struct reply_header *h;

	if (view_has(value, '\r') || view_has(value, '\n') || view_has(value, '\0')) {
		log_event(LOG_ERR, "reply.header", LOGF_S("name", name),
		    LOGF_V("value", value));
		return;
	}
	h = arena_alloc(r->arena, sizeof(*h));
	h->name = name;
	h->value = value;
	if (r->last == NULL)
		r->headers = h;
	else
		r->last->next = h;
	r->last = h;
}

void
reply_header_printf(struct reply *r, const char *name, const char *fmt, ...)
{
	char text[2048];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(text)) {
		log_event(LOG_ERR, "reply.header", LOGF_S("name", name));
		return;
	}
	reply_header(r, name, arena_view(r->arena, view_of(text)));
}

void
reply_type(struct reply *r, const char *type)
{
	reply_header(r, "Content-Type", view_of(type));
}

const char *
reply_header_name(const struct reply *r, const struct reply_header *h, const char *location)
{
	if (location == NULL || r->status != 200 || strcmp(h->name, "Location") != 0)
		return h->name;
	return location;
}

const char *
reply_reason(unsigned status)
{
	static const struct {
		unsigned	 status;
		const char	*reason;
	} reasons[] = {
		{ 200, "OK" }, { 201, "Created" }, { 204, "No Content" },
		{ 302, "Found" }, { 304, "Not Modified" }, { 400, "Bad Request" },
		{ 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 406, "Not Acceptable" },
		{ 409, "Conflict" }, { 411, "Length Required" },
		{ 413, "Content Too Large" }, { 415, "Unsupported Media Type" },
		{ 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" }, { 500, "Internal Server Error" },
		{ 503, "Service Unavailable" },
	};
	size_t i;

	for (i = 0; i < NITEMS(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Unknown";
}
