#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Is every include allowed by src/LAYERS?  TAP; the tree is $1, or srcdir, or here.
set -eu
cd "${1:-${srcdir:-.}}"
find src -name '*.[ch]' | sort | xargs awk '
function fail(why) { printf "not ok %d - %s:%d %s\n", ++n, FILENAME, FNR, why; bad = 1 }
BEGIN {
	while ((getline line < "src/LAYERS") > 0) {
		if (line ~ /^#/ || line !~ /:/) continue
		split(line, half, "|"); split(half[1], kv, ":")
		known[kv[1]] = 1; may[kv[1], kv[1]] = 1
		m = split(kv[2], a, " "); for (i = 1; i <= m; i++) may[kv[1], a[i]] = 1
		m = split(half[2], b, " "); for (i = 1; i <= m; i++) owner[b[i]] = owner[b[i]] " " kv[1] " "
	}
}
FNR == 1 { files++; split(FILENAME, part, "/"); from = part[2]
	if (!(from in known)) fail("folder " from " is not in src/LAYERS") }
/^#[ \t]*include[ \t]*"/ { split($0, q, "\""); split(q[2], t, "/")
	if (q[2] == "config.h") { if (FILENAME != "src/base/attr.h") fail("config.h comes through base/attr.h only") }
	else if (!((from, t[1]) in may)) fail(from " may not include " q[2]) }
/^#[ \t]*include[ \t]*</ { split($0, q, /[<>]/)
	for (h in owner) if (index(q[2], h) == 1 && index(owner[h], " " from " ") == 0)
		fail(from " may not include <" q[2] ">") }
END { if (!files) { fail("no source files"); } 
	if (!bad) { print "ok 1 - layering of " files " files"; n = 1 }
	print "1.." n; exit bad }'
