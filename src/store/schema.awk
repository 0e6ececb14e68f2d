# SPDX-License-Identifier: BSD-2-Clause
# Make schema.def from sql/schema/*.sql, and setup.def from other scripts, whose
# names have no number: MIGRATION(number, "name", "text").
function finish(    base, number) {
	if (file == "") return
	base = file; sub(/.*\//, "", base); sub(/\.sql$/, "", base)
	number = base; sub(/_.*/, "", number); sub(/^0+/, "", number)
	if (number !~ /^[0-9]+$/) number = 0
	printf "MIGRATION(%d, \"%s\",\n%s)\n", number, base, text
}
FNR == 1 { finish(); file = FILENAME; text = "" }
/^--/ || /^[ \t]*$/ { next }
{ line = $0; gsub(/\\/, "\\\\", line); gsub(/"/, "\\\"", line)
	text = text "    \"" line "\\n\"\n" }
END { finish() }
