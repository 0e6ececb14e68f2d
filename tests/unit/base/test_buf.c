/* SPDX-License-Identifier: BSD-2-Clause */
/* Growing bytes: growth, the maximum, failing once and for all. */
#include "base/buf.h"
#include "tap.h"

static void
test_append(void)
{
	struct buf b = BUF_INIT(100);

	tap_ok(buf_view(&b).n == 0 && !buf_failed(&b), "new: empty and well");
	buf_str(&b, "a");
	buf_char(&b, 'b');
	buf_put(&b, VIEW("c\0d"));
	buf_bytes(&b, "efX", 2);
	buf_printf(&b, "%d-%s", 12, "x");
	tap_is_view(buf_view(&b), VIEW("abc\0def12-x"), "append: all kinds, in order");
	tap_ok(b.p[b.n] == '\0', "append: a NUL behind");
	buf_reset(&b);
	tap_ok(buf_view(&b).n == 0 && b.p[0] == '\0', "reset: empty");
	buf_str(&b, "again");
	tap_is_view(buf_view(&b), VIEW("again"), "reset: may be used again");
	buf_release(&b);
	tap_ok(b.p == NULL && b.max == 100, "release: memory gone, maximum kept");
	buf_str(&b, "anew");
	tap_is_view(buf_view(&b), VIEW("anew"), "release: may be used again");
	buf_release(&b);
}

static void
test_nothing(void)
{
	struct buf b = BUF_INIT(0);

	buf_put(&b, VIEW_NONE);
	buf_str(&b, "");
	buf_printf(&b, "%s", "");
	tap_ok(!buf_failed(&b) && b.n == 0 && b.p[0] == '\0',
	    "maximum 0: nothing fits, and is a string");
	buf_char(&b, 'x');
	tap_ok(buf_failed(&b) && b.n == 0, "maximum 0: one byte does not fit");
	buf_release(&b);
}

static void
test_growth(void)
{
	struct buf b = BUF_INIT(1000000);
	size_t i, bad = 0;

	for (i = 0; i < 300000; i++)
		buf_char(&b, (char)('a' + i % 26));
	for (i = 0; i < b.n; i++)
		bad += b.p[i] != (char)('a' + i % 26);
	tap_ok(b.n == 300000 && bad == 0 && b.p[b.n] == '\0', "growth: keeps what was written");
	buf_reset(&b);
	buf_printf(&b, "%700000d", 7);
	tap_ok(b.n == 700000 && b.p[b.n - 1] == '7', "growth: by one large piece");
	buf_release(&b);
}

/* Each way to write, to the maximum and one byte over it. */
static void
put_n(struct buf *b, int way, size_t n)
{
	char text[64] = "";

	memset(text, 'x', n);
	switch (way) {
	case 0:
		buf_put(b, view_from(text, n));
		break;
	case 1:
		buf_bytes(b, text, n);
		break;
	case 2:
		buf_str(b, text);
		break;
	default:
		buf_printf(b, "%s", text);
		break;
	}
}

static void
test_maximum(void)
{
	static const char *const ways[] = { "put", "bytes", "str", "printf" };
	struct buf b;
	int i;

	for (i = 0; i < (int)NITEMS(ways); i++) {
		buf_init(&b, 10);
		buf_str(&b, "abc");
		put_n(&b, i, 7);
		tap_ok(!buf_failed(&b) && b.n == 10, "%s: the maximum fits", ways[i]);
		put_n(&b, i, 0);
		tap_ok(!buf_failed(&b), "%s: nothing fits when it is full", ways[i]);
		buf_release(&b);
		buf_str(&b, "abc");
		put_n(&b, i, 8);
		tap_ok(buf_failed(&b), "%s: one byte over the maximum fails", ways[i]);
		tap_is_view(buf_view(&b), VIEW("abc"), "%s: and changes nothing", ways[i]);
		put_n(&b, i, 1);
		tap_ok(buf_failed(&b) && b.n == 3, "%s: nor does anything later", ways[i]);
		buf_reset(&b);
		put_n(&b, i, 10);
		tap_ok(!buf_failed(&b) && b.n == 10, "%s: a reset forgives", ways[i]);
		buf_release(&b);
	}
}

int
main(void)
{
	test_append();
	test_nothing();
	test_growth();
	test_maximum();
	return tap_done();
}
