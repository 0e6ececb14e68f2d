/* SPDX-License-Identifier: BSD-2-Clause */
/* Strict base64url: RFC 4648 s5 and s10, RFC 7515 s2 (TRN-05, TOP-13). */
#include "base/base64url.h"
#include "tap.h"

static const struct {
	const char	*rule;
	struct view	 bytes;
	const char	*text;
} pairs[] = {
	{ "RFC 4648 s10: nothing", VIEW(""), "" },
	{ "RFC 4648 s10: f", VIEW("f"), "Zg" },
	{ "RFC 4648 s10: fo", VIEW("fo"), "Zm8" },
	{ "RFC 4648 s10: foo", VIEW("foo"), "Zm9v" },
	{ "RFC 4648 s10: foob", VIEW("foob"), "Zm9vYg" },
	{ "RFC 4648 s10: fooba", VIEW("fooba"), "Zm9vYmE" },
	{ "RFC 4648 s10: foobar", VIEW("foobar"), "Zm9vYmFy" },
	{ "RFC 7515 app. C", VIEW("\x03\xec\xff\xe0\xc1"), "A-z_4ME" },
	{ "the two characters that base64 spells otherwise", VIEW("\xfb\xff\xbf"), "-_-_" },
	{ "zeros", VIEW("\0\0\0\0"), "AAAAAA" },
	{ "ones", VIEW("\xff\xff"), "__8" },
};

static const struct {
	const char	*rule;
	struct view	 text;
} refused[] = {
	{ "TRN-05: padding", VIEW("Zg==") },
	{ "TRN-05: one =", VIEW("Zm8=") },
	{ "TRN-05: padding of a whole block", VIEW("Zm9v=") },
	{ "TRN-05: only padding", VIEW("=") },
	{ "TRN-05: = in the middle", VIEW("Zg==Zg") },
	{ "TRN-05: + of base64", VIEW("++8A") },
	{ "TRN-05: / of base64", VIEW("//8A") },
	{ "TRN-05: blank before", VIEW(" Zm9v") },
	{ "TRN-05: blank behind", VIEW("Zm9v ") },
	{ "TRN-05: blank inside", VIEW("Zm 9v") },
	{ "TRN-05: tab", VIEW("Zm9vY\tg") },
	{ "TOP-13: newline behind", VIEW("Zm9v\n") },
	{ "TOP-13: newline that makes the length right", VIEW("Zm9\n") },
	{ "TOP-13: CR LF", VIEW("Zm9vZm\r\n") },
	{ "TOP-13: stray bits behind one byte (4 bits)", VIEW("Zh") },
	{ "TOP-13: the highest of these bits", VIEW("Zo") },
	{ "TOP-13: stray bits behind two bytes (2 bits)", VIEW("Zm9") },
	{ "TOP-13: the highest of those bits", VIEW("Zm-") },
	{ "TOP-13: stray bits behind a block", VIEW("Zm9vZh") },
	{ "one character is no byte", VIEW("Z") },
	{ "nor is one behind a block", VIEW("Zm9vY") },
	{ "one zero character", VIEW("A") },
	{ "NUL", VIEW("Zm9\0") },
	{ "before A", VIEW("@@@@") },
	{ "behind Z", VIEW("[[[[") },
	{ "before a", VIEW("````") },
	{ "behind z", VIEW("{{{{") },
	{ "behind 9", VIEW("::::") },
	{ "comma (of IMAP)", VIEW(",,,,") },
	{ "high byte", VIEW("\xc1\xc1\xc1\xc1") },
};

static void
test_pairs(void)
{
	unsigned char out[16];
	char text[16];
	struct buf b = BUF_INIT(64);
	size_t i, n;

	for (i = 0; i < NITEMS(pairs); i++) {
		b64u_encode(pairs[i].bytes.p, pairs[i].bytes.n, text);
		tap_is_view(view_of(text), view_of(pairs[i].text), "encode: %s", pairs[i].rule);
		tap_is_int((int64_t)B64U_LEN(pairs[i].bytes.n), (int64_t)strlen(pairs[i].text),
		    "B64U_LEN: %s", pairs[i].rule);
		buf_reset(&b);
		b64u_put(&b, pairs[i].bytes);
		tap_is_view(buf_view(&b), view_of(pairs[i].text), "put: %s", pairs[i].rule);
		tap_is_int(b64u_decode(view_of(pairs[i].text), out, sizeof(out), &n), 0,
		    "decode: %s", pairs[i].rule);
		tap_is_view(view_from(out, n), pairs[i].bytes, "decode: %s: the bytes",
		    pairs[i].rule);
		tap_ok(b64u_alphabet(view_of(pairs[i].text)), "alphabet: %s", pairs[i].rule);
	}
	buf_release(&b);
}

static void
test_refused(void)
{
	unsigned char out[16];
	size_t i, n;

	for (i = 0; i < NITEMS(refused); i++)
		tap_is_int(b64u_decode(refused[i].text, out, sizeof(out), &n), -1,
		    "decode: %s", refused[i].rule);
}

/* Of all 65536 texts of two characters only 256 are some byte's. */
static void
test_one_text_a_byte(void)
{
	unsigned char out[1];
	char text[2];
	unsigned i;
	int accepted = 0;
	size_t n;

	for (i = 0; i < 65536; i++) {
		text[0] = (char)(i >> 8);
		text[1] = (char)(i & 0xff);
		accepted += b64u_decode(view_from(text, 2), out, 1, &n) == 0;
	}
	tap_is_int(accepted, 256, "TRN-05: every byte has one text, and no text is left");
}

static void
test_room(void)
{
	unsigned char out[4] = { 9, 9, 9, 9 };
	size_t n = 77;

	tap_is_int(b64u_decode(VIEW("Zm9v"), out, 2, &n), -1, "room: two bytes for three");
	tap_ok(out[0] == 9 && n == 77, "room: nothing was written");
	tap_is_int(b64u_decode(VIEW("Zm9v"), out, 3, &n), 0, "room: three bytes for three");
	tap_ok(n == 3 && out[3] == 9, "room: not one more");
	tap_is_int(b64u_decode(VIEW_NONE, out, 0, &n), 0, "room: none for nothing");
	tap_is_int(b64u_decode_exact(VIEW("Zm9v"), out, 3), 0, "exact: as many as asked for");
	tap_is_int(b64u_decode_exact(VIEW("Zm9v"), out, 4), -1, "exact: too few");
	tap_is_int(b64u_decode_exact(VIEW("Zm9v"), out, 2), -1, "exact: too many");
	tap_is_int(b64u_decode_exact(VIEW("Zm9vA"), out, 3), -1, "exact: a character too many");
	tap_is_int(b64u_decode_exact(VIEW("A"), out, 0), -1, "exact: no bytes are no characters");
	tap_ok(!b64u_alphabet(VIEW("Zg==")) && !b64u_alphabet(VIEW("a+b")) &&
	    b64u_alphabet(VIEW("A")) && b64u_alphabet(VIEW("Zh")),
	    "alphabet: the characters, not the length or the left-over bits");
}

static void
test_round_trip(void)
{
	unsigned char in[300], back[300];
	char text[B64U_LEN(sizeof(in)) + 1];
	size_t i, n, got, bad = 0;

	for (i = 0; i < sizeof(in); i++)
		in[i] = (unsigned char)(i * 7 + i / 256);
	for (n = 0; n <= sizeof(in); n++) {
		b64u_encode(in, n, text);
		if (strlen(text) != B64U_LEN(n) || B64U_DECODED_LEN(strlen(text)) != n ||
		    b64u_decode(view_of(text), back, sizeof(back), &got) != 0 ||
		    got != n || memcmp(in, back, n) != 0)
			bad++;
	}
	tap_is_int((int64_t)bad, 0, "round trip of every length to 300");
}

int
main(void)
{
	test_pairs();
	test_refused();
	test_one_text_a_byte();
	test_room();
	test_round_trip();
	return tap_done();
}
