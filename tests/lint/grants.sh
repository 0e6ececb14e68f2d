#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Do sql/grants.sql, sql/grants.md and the statements that each role prepares agree?
# TAP; the tree is $1, or srcdir, or here.  Of columns that are read it is only asked whether a
# statement names them: what a right is to MariaDB, tests/e2e/test_grants.py sees.
set -eu
cd "${1:-${srcdir:-.}}"
export LC_ALL=C
AWK=${AWK:-awk}
rc=0

made=$($AWK -f sql/grants.awk sql/schema/*.sql sql/grants.sql)
if [ "$made" = "$(cat sql/grants.md)" ]; then
	echo "ok 1 - sql/grants.md is sql/grants.sql"
else
	echo "not ok 1 - sql/grants.md is not sql/grants.sql: make grants"
	rc=1
fi

$AWK '
function fail(why) { print "# " why; bad++ }
function need(role, table, kind, col) {
	asked[role, table, kind, col] = 1
	if (!((role, table, kind, col) in granted))
		fail(file ": " role " may not " kind " " table (col ? "." col : ""))
}
function grant(s,    on, table, role, kind, cols, list, i, k) {
	on = match(s, / ON [a-z_]+ TO caas_[a-z]+$/)
	k = split(substr(s, on), list, " ")
	table = list[2]; role = substr(list[4], 6); s = substr(s, 7, on - 7)
	while (match(s, /^(SELECT|INSERT|UPDATE|DELETE)( \([^)]*\))?(, )?/)) {
		cols = substr(s, 1, RLENGTH); s = substr(s, RLENGTH + 1)
		kind = substr(cols, 1, 6)
		granted[role, table, kind, ""] = 1
		if (!sub(/^[A-Z]+ \(/, "", cols)) continue
		sub(/\).*/, "", cols)
		k = split(cols, list, /, */)
		for (i = 1; i <= k; i++) granted[role, table, kind, list[i]] = ++rights
	}
	if (s != "") fail("sql/grants.sql: not understood: " s)
}
# The columns and tables that one statement writes and reads.
function query(role, s,    list, i, k, table, cols, rest) {
	rest = s
	sub(/^INSERT IGNORE /, "INSERT ", s)
	if (match(s, /^INSERT INTO [a-z_]+ \([^)]*\)/)) {
		cols = substr(s, 1, RLENGTH); rest = substr(s, RLENGTH + 1)
		split(cols, list, " "); table = list[3]; need(role, table, "INSERT", "")
		sub(/^[^(]*\(/, "", cols); sub(/\)$/, "", cols)
		k = split(cols, list, /, */)
		for (i = 1; i <= k; i++) need(role, table, "INSERT", list[i])
		# MariaDB wants the right to update every column that is inserted.
		if (match(rest, / ON DUPLICATE KEY UPDATE .*/)) {
			need(role, table, "UPDATE", "")
			for (i = 1; i <= k; i++) need(role, table, "UPDATE", list[i])
			cols = substr(rest, RSTART + 25); reads(role, table, cols)
			assigned(role, table, cols)
		}
	} else if (match(s, /^UPDATE [a-z_]+ ([a-z] JOIN .* )?SET .* WHERE /)) {
		# With joins the first table is the one that changes.
		cols = substr(s, 1, RLENGTH); rest = substr(s, 1)
		split(cols, list, " "); table = list[2]; need(role, table, "UPDATE", "")
		sub(/^UPDATE .*SET /, "", cols)
		assigned(role, table, cols)
		reads(role, table, s)
	} else if (s ~ /^DELETE FROM /) {
		split(s, list, " "); need(role, list[3], "DELETE", "")
	} else if (s !~ /^SELECT /) fail(file ": not understood")
	while (match(rest, /(FROM|JOIN) [a-z_]+/)) {
		split(substr(rest, RSTART, RLENGTH), list, " ")
		rest = substr(rest, RSTART + RLENGTH)
		reads(role, list[2], s)
	}
}
function assigned(role, table, cols,    k) {
	while (match(cols, /(^|, )([a-z]\.)?[a-z_]+ = /)) {
		k = substr(cols, RSTART, RLENGTH); cols = substr(cols, RSTART + RLENGTH)
		sub(/[a-z]\./, "", k); gsub(/[^a-z_]/, "", k); need(role, table, "UPDATE", k)
	}
}
function reads(role, table, s,    list, i, k) {
	need(role, table, "SELECT", "")
	k = split(s, list, /[^a-z0-9_]+/)
	for (i = 1; i <= k; i++) asked[role, table, "SELECT", list[i]] = 1
}
function finish(    i, k, who) {
	gsub(/[ \t]+/, " ", text); sub(/^ /, "", text); sub(/;? *$/, "", text)
	k = split(used, who, " ")
	for (i = 1; i <= k; i++)
		if (who[i] ~ /^(web|va|sign)$/) { query(who[i], text); statements++ }
		else if (who[i] !~ /^(admin|setup|none)$/) fail(file ": nobody is called " who[i])
	text = used = ""
}
FILENAME == "sql/grants.sql" {
	if (/^--/) next
	text = text " " $0
	if (/;$/) { gsub(/[ \t]+/, " ", text); sub(/^ /, "", text); sub(/;$/, "", text); grant(text); text = "" }
	next
}
FNR == 1 { finish(); file = FILENAME }
/^-- used by:/ { used = $0; sub(/^-- used by: */, "", used) }
/^--/ { next }
{ text = text " " $0 }
END {
	finish()
	for (g in granted) if (!(g in asked)) {
		split(g, part, SUBSEP)
		fail("sql/grants.sql: no statement of " part[1] " needs to " part[3] " " part[2] "." part[4])
	}
	if (rights < 100 || statements < 50) fail("the rights or the statements are not there")
	if (!bad) print "ok 2 - " rights " rights on columns and " statements " statements of roles agree"
	else print "not ok 2 - " bad " rights and statements do not agree"
	exit bad != 0
}' sql/grants.sql sql/query/*.sql || rc=1
echo 1..2
exit $rc
