#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What must not stand in the sources, and the compiler cannot refuse.  TAP.
set -eu
cd "${1:-${srcdir:-.}}"
n=0
bad=0

# refuse WHY PATTERN EXCEPT PATH...: no line of the paths may match.
refuse() {
	why=$1 pattern=$2 except=$3
	shift 3
	n=$((n + 1))
	found=$(grep -rnE --include='*.[ch]' --include='*.sql' "$pattern" "$@" | grep -vE "$except" || true)
	if [ -z "$found" ]; then
		echo "ok $n - $why"
	else
		echo "not ok $n - $why"
		echo "$found" | sed 's/^/# /'
		bad=1
	fi
}

refuse 'no unsafe or unpredictable functions' \
	'\b(rand|rand_r|drand48|strcpy|strncpy|alloca|gets|tmpnam|mktemp|strtol|strtoul|sscanf)\(' '^$' src
refuse 'one clock: the time of day is read in base/clock.c only' \
	'\b(time\(NULL|time\(0|gettimeofday\(|clock_gettime\()' '^src/base/clock\.c:' src
refuse 'SQL does not ask the database for the time' \
	'(NOW\(|CURRENT_TIMESTAMP|UNIX_TIMESTAMP|CURDATE|SYSDATE)' '^$' sql
refuse 'no SQL text in C' \
	'"(SELECT|INSERT|UPDATE|DELETE|REPLACE|GRANT|START TRANSACTION) ' '^$' src
refuse 'SQL names its columns' 'SELECT +\*' '^$' sql
refuse 'secrets are not compared with memcmp' \
	'memcmp\(.*(mac|secret|password|hmac|token)' '^$' src
refuse 'no // comments' '(^|[^:"])//' '(https?|"//|//")' src
refuse 'no catch-all files' '.' '^$' $(find src -name 'util*' -o -name 'common*' -o -name 'misc*' -o -name 'helpers*') /dev/null
n=$((n + 1))
missing=$(find src tests -name '*.[ch]' -exec grep -L 'SPDX-License-Identifier: BSD-2-Clause' {} +)
if [ -z "$missing" ]; then
	echo "ok $n - every source file names its licence"
else
	echo "not ok $n - every source file names its licence"
	echo "$missing" | sed 's/^/# /'
	bad=1
fi
echo "1..$n"
exit $bad
