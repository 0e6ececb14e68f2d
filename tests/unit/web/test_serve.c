/* SPDX-License-Identifier: BSD-2-Clause */
/* web/serve: the order of a site's hooks, and what an answer is made of. */
#include "web/serve.h"
#include "base/log.h"
#include "tap.h"

/* What was called, in order, and how each hook is to end. */
static struct {
	struct buf	 calls;
	int		 gate_rc, handler_rc, settle_rc;
	bool		 settle_keeps;	/* what came before stands */
	bool		 hold, hold_again;
	bool		 flood;		/* the body does not fit the reply */
} act;

static int
gate(struct req *r, struct err *err)
{
	buf_str(&act.calls, "gate ");
	reply_header(&r->reply, "X-Gate", VIEW("1"));
	return act.gate_rc == 0 ? 0 : err_set(err, ERR_UNAUTHORIZED, "gate");
}

static int
resume(struct req *r, void *arg, struct err *err)
{
	buf_str(&act.calls, "resume ");
	if (act.hold_again) {
		act.hold_again = false;
		r->hold = (struct hold){ HOLD_NO_ROW, 5, NULL, resume, arg };
		return 0;
	}
	if (act.handler_rc != 0)
		return err_set(err, ERR_MALFORMED, "late");
	buf_str(&r->reply.body, arg);
	return 0;
}

static char late[] = "late";

static int
handler(struct req *r, struct err *err)
{
	size_t i;

	buf_str(&act.calls, "handler ");
	if (act.hold)
		r->hold = (struct hold){ .key = 7, .hold_ms = 100, .resume = resume,
		    .arg = late };
	for (i = 0; act.flood && i < REPLY_BODY_MAX / 16 + 1; i++)
		buf_str(&r->reply.body, "0123456789abcdef");
	buf_str(&r->reply.body, "half");
	reply_header(&r->reply, "X-Handler", VIEW("1"));
	return act.handler_rc == 0 ? 0 : err_set(err, ERR_MALFORMED, "handler");
}

static int
settle(struct req *r UNUSED, int rc, struct err *err)
{
	buf_printf(&act.calls, "settle(%d) ", rc);
	if (act.settle_keeps)
		return rc;
	return act.settle_rc == 0 ? 0 : err_set(err, ERR_UNAVAILABLE, "settle");
}

static void
fail(struct req *r, const struct err *err)
{
	buf_printf(&act.calls, "fail(%s) ", err_kind_name(err->kind));
	r->reply.status = err->kind == ERR_UNAVAILABLE ? 503 : 400;
	buf_str(&r->reply.body, err->detail);
}

static void
finish(struct req *r)
{
	buf_str(&act.calls, "finish");
	reply_header(&r->reply, "X-Site", VIEW("1"));
}

static const struct route routes[] = {
	{ POST, "/a/*", 0, 0, 1000, handler },
	{ GET, "/a/*", 0, 0, 10, handler },
};
static const struct site sites[] = {
	{ "/a/", routes, NITEMS(routes), true, gate, settle, fail, finish },
	{ "/", routes, NITEMS(routes), false, gate, settle, fail, finish },
};

static void
start(struct req *r, struct arena *arena, unsigned method, const char *path)
{
	buf_reset(&act.calls);
	*r = (struct req){ .arena = arena, .method = method, .path = view_of(path) };
	reply_init(&r->reply, arena);
	(void)snprintf(r->id, sizeof(r->id), "0123456789abcdef");
}

static struct view
headers(const struct req *r)
{
	const struct reply_header *h;
	const char *text = "";

	for (h = r->reply.headers; h != NULL; h = h->next)
		text = arena_printf(r->arena, "%s%s=%.*s ", text, h->name,
		    VIEW_ARG(h->value));
	return view_of(text);
}

#define ID	"X-Request-Id=0123456789abcdef "
static const struct {
	const char	*rule;
	unsigned	 method;
	const char	*path;
	int		 gate_rc, handler_rc, settle_rc;
	bool		 settle_keeps;
	const char	*calls;
	unsigned	 status;
	const char	*body;
	const char	*headers;
} serves[] = {
	{ "gate, handler, settle, finish", POST, "/a/1", 0, 0, 0, true,
	    "gate handler settle(0) finish", 200, "half",
	    "X-Gate=1 X-Handler=1 X-Site=1 " ID },
	{ "whom the gate refuses never reaches the handler", POST, "/a/1", -1, 0, 0, true,
	    "gate settle(-1) fail(unauthorized) finish", 400, "gate", "X-Site=1 " ID },
	{ "an error drops what was written before it", POST, "/a/1", 0, -1, 0, true,
	    "gate handler settle(-1) fail(malformed) finish", 400, "handler", "X-Site=1 " ID },
	{ "settle may fail what went well", POST, "/a/1", 0, 0, -1, false,
	    "gate handler settle(0) fail(unavailable) finish", 503, "settle", "X-Site=1 " ID },
	{ "settle may change the error", POST, "/a/1", 0, -1, -1, false,
	    "gate handler settle(-1) fail(unavailable) finish", 503, "settle", "X-Site=1 " ID },
	{ "TRN-10: an unknown path meets no gate", POST, "/a/1/2", 0, 0, 0, true,
	    "fail(notFound) finish", 400, "There is no such resource", "X-Site=1 " ID },
	{ "TRN-07: a method that the path does not take meets none either, and is told",
	    HEAD, "/a/1", 0, 0, 0, true, "fail(methodNotAllowed) finish", 400,
	    "This resource does not take this method",
	    "Allow=GET, POST, OPTIONS X-Site=1 " ID },
	{ "OPTIONS of a site for scripts is answered without the gate", OPTIONS, "/a/1",
	    0, 0, 0, true, "finish", 204, "", "Allow=GET, POST, OPTIONS X-Site=1 " ID },
	{ "OPTIONS of a path that is not there", OPTIONS, "/a/1/2", 0, 0, 0, true,
	    "fail(notFound) finish", 400, "There is no such resource", "X-Site=1 " ID },
};

static void
test_serve(struct arena *arena)
{
	struct req r;
	size_t i;

	for (i = 0; i < NITEMS(serves); i++) {
		act.gate_rc = serves[i].gate_rc;
		act.handler_rc = serves[i].handler_rc;
		act.settle_rc = serves[i].settle_rc;
		act.settle_keeps = serves[i].settle_keeps;
		start(&r, arena, serves[i].method, serves[i].path);
		serve(&r, sites, NITEMS(sites));
		tap_is_view(buf_view(&act.calls), view_of(serves[i].calls), "%s",
		    serves[i].rule);
		tap_is_int(r.reply.status, serves[i].status, "... its status");
		tap_is_view(buf_view(&r.reply.body), view_of(serves[i].body), "... its body");
		tap_is_view(headers(&r), view_of(serves[i].headers), "... its headers");
		arena_reset(arena);
	}
	act.gate_rc = act.handler_rc = act.settle_rc = 0;
	act.settle_keeps = true;
}

static void
test_hold(struct arena *arena)
{
	struct req r;

	act.hold = true;
	start(&r, arena, POST, "/a/1");
	serve(&r, sites, NITEMS(sites));
	tap_is_view(buf_view(&act.calls), VIEW("gate handler settle(0) "),
	    "a held request is settled, not finished");
	tap_ok(r.hold.key == 7, "and is seen to be held");
	buf_reset(&r.reply.body);
	buf_reset(&act.calls);
	act.hold_again = true;
	serve_resume(&r, sites, NITEMS(sites));
	tap_is_view(buf_view(&act.calls), VIEW("resume "), "later it goes on");
	tap_ok(r.hold.key == HOLD_NO_ROW, "and may be held again");
	serve_resume(&r, sites, NITEMS(sites));
	tap_is_view(buf_view(&act.calls), VIEW("resume resume finish"), "until it is done");
	tap_ok(r.hold.key == 0, "and held no longer");
	tap_is_view(buf_view(&r.reply.body), VIEW("late"), "with what is there by then");
	arena_reset(arena);

	start(&r, arena, POST, "/a/1");
	serve(&r, sites, NITEMS(sites));
	buf_reset(&act.calls);
	act.handler_rc = -1;
	serve_resume(&r, sites, NITEMS(sites));
	tap_is_view(buf_view(&act.calls), VIEW("resume fail(malformed) finish"),
	    "what fails later is told as what fails at once");
	act.handler_rc = 0;
	arena_reset(arena);

	act.settle_keeps = false;
	act.settle_rc = -1;
	start(&r, arena, POST, "/a/1");
	serve(&r, sites, NITEMS(sites));
	tap_is_view(buf_view(&act.calls),
	    VIEW("gate handler settle(0) fail(unavailable) finish"),
	    "a request that fails after its handler is not held");
	tap_ok(r.hold.key == 0, "and is answered at once");
	act.settle_keeps = true;
	act.settle_rc = 0;
	act.hold = false;
	arena_reset(arena);
}

static void
test_rest(struct arena *arena)
{
	struct req r;

	start(&r, arena, OPTIONS, "/b");
	serve(&r, sites, NITEMS(sites));
	tap_is_view(buf_view(&act.calls), VIEW("fail(notFound) finish"),
	    "the last site serves what no prefix fits");
	arena_reset(arena);
	start(&r, arena, POST, "/a/1");
	tap_is_int((int64_t)serve_body_max(&r, sites, NITEMS(sites)), 1000,
	    "TRN-13: the body limit is that of the route");
	r.method = GET;
	tap_is_int((int64_t)serve_body_max(&r, sites, NITEMS(sites)), 10,
	    "... and of the method");
	r.path = VIEW("/a/1/2");
	tap_is_int((int64_t)serve_body_max(&r, sites, NITEMS(sites)), 0,
	    "... and 0 where there is no route");
	arena_reset(arena);
	act.flood = true;
	start(&r, arena, POST, "/a/1");
	serve(&r, sites, NITEMS(sites));
	tap_ok(r.reply.status == 500 && r.reply.body.n == 0 && r.reply.headers == NULL,
	    "a reply over its maximum is an empty 500, not a cut one");
	act.flood = false;
	arena_reset(arena);
}

int
main(void)
{
	struct arena *arena = arena_new();

	buf_init(&act.calls, 1000);
	log_level(LOG_EMERG);
	test_serve(arena);
	test_hold(arena);
	test_rest(arena);
	buf_release(&act.calls);
	arena_free(arena);
	return tap_done();
}
