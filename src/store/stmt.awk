# SPDX-License-Identifier: BSD-2-Clause
# Make stmt.def from sql/query/*.sql: STMT(NAME, parameters, roles, "text").
# A file holds comment lines, one of them "-- used by: ROLE...", and one statement.
function finish(    name, n, i, roles, who) {
	if (file == "") return
	name = file; sub(/.*\//, "", name); sub(/\.sql$/, "", name)
	if (used == "" || text == "") {
		printf "%s: needs a line '-- used by:' and a statement\n", file > "/dev/stderr"
		exit failed = 1
	}
	n = gsub(/\?/, "?", text)
	roles = ""
	split(used, who, " ")
	for (i = 1; i in who; i++) roles = roles (i > 1 ? " | " : "") "USED_BY_" toupper(who[i])
	gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text)
	printf "STMT(%s, %d, %s, \"%s\")\n", toupper(name), n, roles, text
}
FNR == 1 { finish(); file = FILENAME; text = used = "" }
/^-- used by:/ { used = $0; sub(/^-- used by: */, "", used); next }
/^--/ { next }
{ line = $0; sub(/[ \t]*--.*/, "", line); gsub(/[ \t]+/, " ", line); sub(/^ /, "", line); sub(/ $/, "", line); sub(/;$/, "", line)
	if (line != "") text = text (text != "" ? " " : "") line }
END { if (!failed) finish(); exit failed }
