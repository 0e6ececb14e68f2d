/* SPDX-License-Identifier: BSD-2-Clause */
/* What went wrong: kinds, texts, subproblems. */
#include "base/arena.h"
#include "base/err.h"
#include "tap.h"

static void
test_set(void)
{
	struct err err = ERR_INIT;

	tap_is_int(err_set(&err, ERR_MALFORMED, "bad %s", "thing"), -1,
	    "set: a failure is one line");
	tap_is_int(err.kind, ERR_MALFORMED, "set: the kind");
	tap_is_view(view_of(err.detail), VIEW("bad thing"), "set: the detail");
	tap_is_int(err_inner(&err, "errno %d", 5), -1, "inner: a failure is one line");
	tap_is_view(view_of(err.inner), VIEW("errno 5"), "inner: the cause");
	tap_is_view(view_of(err.detail), VIEW("bad thing"), "inner: the detail stays");
	err.retry_after_s = 9;
	(void)err_set(&err, ERR_DNS, "other");
	tap_ok(err.inner[0] == '\0' && err.retry_after_s == 0, "set: forgets what was there");
	tap_is_int(err_internal(&err, "disk %s", "full"), -1, "internal: a failure is one line");
	tap_is_int(err.kind, ERR_INTERNAL, "internal: the kind");
	tap_is_view(view_of(err.inner), VIEW("disk full"), "internal: the cause is for the log");
	tap_ok(strstr(err.detail, "disk") == NULL && err.detail[0] != '\0',
	    "internal: the client is told nothing of it");
	err_clear(&err);
	tap_ok(err.kind == ERR_NONE && err.detail[0] == '\0' && err.inner[0] == '\0',
	    "clear: forgets everything");
}

static void
test_own_text(void)
{
	struct err err = ERR_INIT;

	(void)err_set(&err, ERR_MALFORMED, "inside");
	(void)err_set(&err, ERR_DNS, "outside (%s)", err.detail);
	tap_is_view(view_of(err.detail), VIEW("outside (inside)"),
	    "set: its own detail as an argument");
	(void)err_inner(&err, "low");
	(void)err_inner(&err, "high: %s", err.inner);
	tap_is_view(view_of(err.inner), VIEW("high: low"), "inner: its own text as an argument");
	(void)err_internal(&err, "top: %s", err.inner);
	tap_is_view(view_of(err.inner), VIEW("top: high: low"),
	    "internal: its own text as an argument");
}

static void
test_cut(void)
{
	struct err err = ERR_INIT;
	char text[ERR_DETAIL_MAX * 2];
	size_t i, n;

	memset(text, 'x', sizeof(text));
	text[ERR_DETAIL_MAX - 1] = '\0';
	(void)err_set(&err, ERR_MALFORMED, "%s", text);
	tap_is_int((int64_t)strlen(err.detail), ERR_DETAIL_MAX - 1,
	    "cut: what just fits is whole");
	text[ERR_DETAIL_MAX - 1] = 'x';
	text[ERR_DETAIL_MAX] = '\0';
	(void)err_set(&err, ERR_MALFORMED, "%s", text);
	tap_is_int((int64_t)strlen(err.detail), ERR_DETAIL_MAX - 1, "cut: one byte too many");
	(void)err_inner(&err, "%s", text);
	tap_is_int((int64_t)strlen(err.inner), ERR_INNER_MAX - 1, "cut: a cause that is too long");
	for (i = 0; i < 3; i++) {
		/* Characters of three bytes meet the end in each of them. */
		memset(text, 'x', i);
		for (n = i; n + 3 < sizeof(text); n += 3)
			memcpy(text + n, "\xe2\x82\xac", 4);
		(void)err_set(&err, ERR_MALFORMED, "%s", text);
		n = strlen(err.detail);
		tap_ok((n - i) % 3 == 0 && n > ERR_DETAIL_MAX - 8,
		    "cut: between characters, shifted by %zu", i);
	}
}

static void
test_sub(void)
{
	struct arena *a = arena_new();
	struct err err = ERR_INIT;
	char name[] = "a.example";

	(void)err_set(&err, ERR_REJECTED_IDENTIFIER, "two names");
	err_sub(&err, a, "dns", view_of(name), ERR_CAA, "forbidden by %s", "CAA");
	name[0] = 'b';
	err_sub(&err, a, "ip", VIEW("192.0.2.1"), ERR_REJECTED_IDENTIFIER, "special");
	tap_is_int((int64_t)err.nsubs, 2, "sub: counted");
	tap_is_int(err.kind, ERR_REJECTED_IDENTIFIER, "sub: the kind of the whole stays");
	tap_is_view(view_of(err.detail), VIEW("two names"), "sub: the detail of the whole stays");
	tap_is_view(err.subs->ident_value, VIEW("a.example"), "sub: in order, the value copied");
	tap_ok(strcmp(err.subs->ident_type, "dns") == 0, "sub: the type");
	tap_is_int(err.subs->kind, ERR_CAA, "sub: a kind of its own");
	tap_is_view(view_of(err.subs->detail), VIEW("forbidden by CAA"),
	    "sub: a detail of its own");
	tap_is_view(err.subs->next->ident_value, VIEW("192.0.2.1"),
	    "sub: the second behind the first");
	tap_ok(err.subs->next->next == NULL, "sub: the list ends");
	(void)err_set(&err, ERR_DNS, "other");
	tap_ok(err.subs == NULL && err.nsubs == 0, "set: forgets the subproblems");
	err_sub(&err, a, "dns", VIEW("c"), ERR_DNS, "x");
	tap_is_view(err.subs->ident_value, VIEW("c"), "sub: begins again after that");
	arena_free(a);
}

static void
test_names(void)
{
	int i, j, bad = 0;

	for (i = 0; i < ERR__MAX; i++) {
		if (err_kind_name((enum err_kind)i) == NULL)
			bad++;
		for (j = 0; j < i; j++)
			bad += strcmp(err_kind_name((enum err_kind)i),
			    err_kind_name((enum err_kind)j)) == 0;
	}
	tap_is_int(bad, 0, "names: every kind has its own");
	tap_is_view(view_of(err_kind_name(ERR_BAD_NONCE)), VIEW("badNonce"),
	    "names: as ACME writes it");
	tap_is_view(view_of(err_kind_name(ERR__MAX)), VIEW("unknown"), "names: no such kind");
}

int
main(void)
{
	test_set();
	test_own_text();
	test_cut();
	test_sub();
	test_names();
	return tap_done();
}
