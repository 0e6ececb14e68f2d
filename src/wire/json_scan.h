/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json_scan: is a text one JSON value of the strict kind that json.h promises?
 * All but the duplicate members, which need the names side by side.
 */
#ifndef CAAS_WIRE_JSON_SCAN_H
#define CAAS_WIRE_JSON_SCAN_H

#include "base/err.h"

/*
 * *members gets how many members all objects of the text have together.
 * ERR_MALFORMED says what is wrong and where; what names the text in it.
 */
MUST_USE int	json_scan(struct view text, const char *what, size_t *members,
		    struct err *);

#endif
