/* SPDX-License-Identifier: BSD-2-Clause */
/* Walking FastCGI record headers (FastCGI specification 1.0, s3.3). */
#include "web/record.h"

#define HEADER_LEN	8
#define VERSION_1	1
#define TYPE_BEGIN	1
#define TYPE_ABORT	2
#define TYPE_PARAMS	4
#define TYPE_STDIN	5
#define TYPE_MAX	11

enum record_state
record_scan(struct view v)
{
	const unsigned char *h;
	size_t content, at = 0;
	bool begun = false;

	while (v.n - at >= HEADER_LEN) {
		h = (const unsigned char *)v.p + at;
		content = (size_t)h[4] << 8 | h[5];
		if (h[0] != VERSION_1 || h[1] == 0 || h[1] > TYPE_MAX)
			return RECORD_BAD;
		if (h[1] == TYPE_BEGIN)
			begun = true;
		else if (!begun && (h[1] == TYPE_PARAMS || h[1] == TYPE_STDIN))
			return RECORD_BAD;
		/* An abort before the end: libfcgi sees it and gives up. */
		if (h[1] == TYPE_ABORT || (h[1] == TYPE_STDIN && content == 0))
			return RECORD_COMPLETE;
		if (v.n - at - HEADER_LEN < content + h[6])
			return RECORD_MORE;
		at += HEADER_LEN + content + h[6];
	}
	if (v.n != at && (unsigned char)v.p[at] != VERSION_1)
		return RECORD_BAD;
	return RECORD_MORE;
}
