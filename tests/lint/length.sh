#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Nothing too long to read: .c up to 400 lines, .h up to 150, functions up to 80.
# TAP; the tree is $1, or srcdir, or here.
set -eu
cd "${1:-${srcdir:-.}}"
find src -name '*.[ch]' | sort | xargs awk '
function fail(where, what, n, max) {
	printf "not ok %d - %s: %s has %d lines, %d at most\n", ++bad, where, what, n, max
}
function finish(    max) {
	max = file ~ /\.h$/ ? 150 : 400
	if (lines > max) fail(file, "it", lines, max)
}
FNR == 1 { if (file != "") finish(); file = FILENAME; files++; start = 0 }
{ lines = FNR }
/^\{/ { start = FNR; functions++ }
/^\}/ && start { if (FNR - start + 1 > 80) fail(file ":" start, "a function", FNR - start + 1, 80)
	start = 0 }
END {
	finish()
	if (files < 100 || functions < 500) { printf "not ok %d - the sources are not there\n", ++bad }
	if (!bad) printf "ok 1 - %d files and %d functions are short enough\n", files, functions
	print "1.." (bad ? bad : 1); exit bad != 0
}'
