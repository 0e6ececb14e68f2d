# SPDX-License-Identifier: BSD-2-Clause
# Make grants.md from sql/schema/*.sql and then sql/grants.sql:
#	awk -f sql/grants.awk sql/schema/*.sql sql/grants.sql > sql/grants.md
# A right names its columns there unless it is for all of them.
function trim(s) { gsub(/^[ \t\n]+|[ \t\n]+$/, "", s); return s }

# "a right (columns), ..., ON table TO role" of one statement into cell[].
function grant(s,    on, table, role, kind, cols, k) {
	on = match(s, / ON [a-z_]+ TO [a-z_]+$/)
	if (!on) bad("no table or no role: " s)
	split(substr(s, on + 1), words, " ")
	table = words[2]; role = words[4]; s = substr(s, 1, on - 1)
	if (!(table in width)) bad("there is no table " table)
	if (!((role, "seen") in cell)) { roles[++nroles] = role; cell[role, "seen"] = 1 }
	if ((role, table) in cell) bad("two statements for " role " and " table)
	sub(/^GRANT /, "", s)
	while (match(s, /^(SELECT|INSERT|UPDATE|DELETE)( \([a-z0-9_, ]+\))?(, |$)/)) {
		cols = substr(s, 1, RLENGTH); s = substr(s, RLENGTH + 1)
		sub(/, $/, "", cols)
		kind = tolower(cols); sub(/ .*/, "", kind)
		k = sub(/^[A-Z]+ \(/, "", cols) ? split(cols, list, /, /) : width[table]
		sub(/\)$/, "", cols)
		kind = "**" kind "**" (k < width[table] ? " " cols : "")
		cell[role, table] = cell[role, table] (cell[role, table] ? "<br>" : "") kind
	}
	if (s != "") bad("not understood: " s)
}
function bad(why) { print FILENAME ": " why > "/dev/stderr"; failed = 1; exit 1 }

/^--/ { next }
FILENAME ~ /schema/ {
	if (/^CREATE TABLE/) { table = $3 == "IF" ? $6 : $3; tables[++ntables] = table; width[table] = 0 }
	else if (/^\t[a-z]/) width[table]++
	else if (/^ALTER TABLE/) table = $3
	else if (/^\tADD COLUMN/) width[table]++
	else if (/^\tDROP COLUMN/) width[table]--
	next
}
{ text = text " " trim($0) }
/;$/ { gsub(/ +/, " ", text); text = trim(text); sub(/;$/, "", text); grant(text); text = "" }

END {
	if (failed) exit 1
	if (!nroles || !ntables) bad("nothing to tell of")
	print "# Who may do what in the database\n"
	print "The rights of `sql/grants.sql`, made from it by `sql/grants.awk`: `make grants` writes this file"
	print "anew, and `make check` compares it.  Columns are named where a right is not for all of them;"
	print "a delete is always of whole rows.  What is not here is refused.  `caas_admin` (caasctl) has all"
	print "rights in this database and hands these on.  Tables that no role may touch stand here too.\n"
	line = "| table |"; rule = "| --- |"
	for (r = 1; r <= nroles; r++) { line = line " " roles[r] " |"; rule = rule " --- |" }
	print line; print rule
	for (t = 1; t <= ntables; t++) {
		line = "| `" tables[t] "` |"
		for (r = 1; r <= nroles; r++) line = line " " cell[roles[r], tables[t]] " |"
		gsub(/  /, " ", line)
		print line
	}
}
