/* SPDX-License-Identifier: BSD-2-Clause */
/* web/record: has a whole FastCGI request arrived (design.md 4; FastCGI 1.0 s3.3)? */
#include "web/record.h"
#include "tap.h"

#define BEGIN		"\1\1\0\1\0\10\0\0" "\0\1\0\0\0\0\0\0"
#define PARAMS_END	"\1\4\0\1\0\0\0\0"
#define STDIN_END	"\1\5\0\1\0\0\0\0"

static const struct {
	const char		*rule;
	struct view		 bytes;
	enum record_state	 state;
} scans[] = {
	{ "a silent peer has sent nothing yet", VIEW(""), RECORD_MORE },
	{ "nor has one that sent one byte of it", VIEW("\1"), RECORD_MORE },
	{ "half a header", VIEW("\1\1\0\1"), RECORD_MORE },
	{ "a header without its content", VIEW("\1\1\0\1\0\10\0\0"), RECORD_MORE },
	{ "a request that only began", VIEW(BEGIN), RECORD_MORE },
	{ "parameters, no body yet", VIEW(BEGIN PARAMS_END), RECORD_MORE },
	{ "the end of the parameters is not that of the request",
	    VIEW(BEGIN "\1\4\0\1\0\3\0\0" "\1\0A" PARAMS_END), RECORD_MORE },
	{ "an empty request", VIEW(BEGIN PARAMS_END STDIN_END), RECORD_COMPLETE },
	{ "a body and its end", VIEW(BEGIN PARAMS_END "\1\5\0\1\0\2\0\0" "hi" STDIN_END),
	    RECORD_COMPLETE },
	{ "a body without its end", VIEW(BEGIN PARAMS_END "\1\5\0\1\0\2\0\0" "hi"),
	    RECORD_MORE },
	{ "half the header of the end", VIEW(BEGIN PARAMS_END "\1\5\0\1"), RECORD_MORE },
	{ "padding belongs to a record", VIEW(BEGIN PARAMS_END "\1\5\0\1\0\2\6\0"
	    "hi" "\0\0\0\0\0\0" STDIN_END), RECORD_COMPLETE },
	{ "padding that is under way", VIEW(BEGIN PARAMS_END "\1\5\0\1\0\2\6\0"
	    "hi" "\0\0\0\0\0"), RECORD_MORE },
	{ "what looks like an end inside a body is body", VIEW(BEGIN PARAMS_END
	    "\1\5\0\1\0\20\0\0" STDIN_END STDIN_END), RECORD_MORE },
	{ "a length's high byte counts", VIEW(BEGIN PARAMS_END "\1\5\0\1\1\0\0\0"
	    STDIN_END), RECORD_MORE },
	{ "an abort: libfcgi sees it and gives up", VIEW(BEGIN "\1\2\0\1\0\0\0\0"),
	    RECORD_COMPLETE },
	{ "an unknown but possible type is passed over", VIEW(BEGIN "\1\10\0\1\0\0\0\0"
	    PARAMS_END STDIN_END), RECORD_COMPLETE },
	{ "parameters before a beginning", VIEW(PARAMS_END), RECORD_BAD },
	{ "a body before a beginning", VIEW(STDIN_END), RECORD_BAD },
	{ "another version", VIEW("\2\1\0\1\0\10\0\0"), RECORD_BAD },
	{ "another version, by the first byte", VIEW("G"), RECORD_BAD },
	{ "HTTP", VIEW("GET / HTTP/1.1\r\n\r\n"), RECORD_BAD },
	{ "type 0", VIEW("\1\0\0\1\0\0\0\0"), RECORD_BAD },
	{ "type 12", VIEW("\1\14\0\1\0\0\0\0"), RECORD_BAD },
	{ "a bad record behind a good one", VIEW(BEGIN "\0\4\0\1\0\0\0\0"), RECORD_BAD },
	{ "the first byte of a bad one behind a good one", VIEW(BEGIN "\0"), RECORD_BAD },
};

/* However a request is cut, it is complete at its last header only. */
static void
test_cuts(void)
{
	struct view all = VIEW(BEGIN "\1\4\0\1\0\4\4\0" "\1\1AB\0\0\0\0" PARAMS_END
	    "\1\5\0\1\0\3\5\0" "abc\0\0\0\0\0" STDIN_END);
	size_t n, wrong = 0;

	for (n = 0; n <= all.n; n++)
		if (record_scan(view_sub(all, 0, n)) !=
		    (n == all.n ? RECORD_COMPLETE : RECORD_MORE))
			wrong++;
	tap_is_int((int64_t)wrong, 0, "cut at any of %zu places there is more to come", all.n);
}

int
main(void)
{
	size_t i;

	for (i = 0; i < NITEMS(scans); i++)
		tap_is_int(record_scan(scans[i].bytes), scans[i].state, "%s", scans[i].rule);
	test_cuts();
	return tap_done();
}
