#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Do the manual pages name the keys that there are, in their order, with their
# defaults, ranges and what they are for, and the commands of caasctl with their
# options?  Is every page installed, and does mandoc -Tlint find nothing?  TAP.
set -eu
cd "${1:-${srcdir:-.}}"
n=0
bad=0

# Lines "KEY DEFAULT" of a table of src/conf/keys.c; - for none, ? where it is a macro.
table() {
	sed -n "/^const struct conf_key $1\[\]/,/^};/p" src/conf/keys.c | tr '\n' ' ' | tr -s '\t ' ' ' |
		sed -E 's/ (STR|INT|YESNO|LIST)\([a-z_]+, /\n/g; s/ \{ "/\n/g' |
		sed -E '1d; s/^([a-z0-9_]+)"?, (CONF_[A-Z]+, AT\([^)]*\), )?(NULL|CAAS_[A-Z]+|"[^"]*")( "[^"]*")?.*/\1 \3/
			s/ (NULL|""|"\{\}")$/ -/; s/ CAAS_.*/ ?/; s/"//g; s/, /,/g'
}

page() { # FILE SECTION-PATTERN: the same lines of a page
	awk -v section="$2" '
		/^\.S[hs] / { on = $0 ~ section }
		on && /^\.It Ic / { if (key) print key, def; key = $3; def = "-" }
		on && sub(/^default /, "") { sub(/\.$/, ""); if ($0 != "") def = $0 }
		on && /^\.Li / && last ~ /default$/ { def = $0; sub(/^\.Li /, "", def); sub(/ \.$/, "", def)
			gsub(/,\\ /, ",", def) }
		{ last = $0 }
		END { if (key) print key, def }' "man/$1" |
		sed -E 's| /.*| ?|'
}

# Lines "KEY: HELP. [In UNIT, MIN to MAX;]" of a table.
helps() {
	{ sed -n "/^const struct conf_key $1\[\]/,/^};/p" src/conf/keys.c | tr '\n' ' ' | tr -s '\t ' ' ' |
		sed -E 's/ (STR|INT|YESNO|LIST)\([a-z_]+, /\n/g; s/ \{ "/\n/g' |
		sed -E '1d; s/ \};? *$//
			s/^([a-z0-9_]+), "[^"]*", ([0-9A-Z* ]+), ([0-9A-Z* ]+), "([^"]*)", "([^"]*)".*/\1|\5|\4|\2|\3/
			s/^([a-z0-9_]+)"?, .*"([^"]*)"[^"]*$/\1|\2/
			s/HOUR/3600/g; s/DAY/86400/g'
		echo; } | sed '/^$/d' |
		while IFS='|' read -r key help unit min max; do
			printf '%s: %s.' "$key" "$help"
			[ -z "$unit" ] || printf ' In %s, %d to %d;' "$unit" $(($min)) $(($max))
			echo
		done | sed -E 's/^([a-z0-9_]+: )(.)/\1\u\2/'
}

page_helps() { # FILE SECTION-PATTERN: the same lines of a page
	awk -v section="$2" '
		function put() { if (key) print key ":" text }
		/^\.S[hs] / { on = $0 ~ section }
		/^\.El/ { on = 0 }
		!on { next }
		/^\.It Ic / { put(); key = $3; text = ""; next }
		{ sub(/^\.[A-Z][a-z] /, ""); text = text " " $0 }
		END { put() }' "man/$1" |
		sed -E 's/\. In ([^;]*;).*/. In \1/; t
			s/(\.) [^.]*; (must be set|empty by default|default .*)\.?$/\1/'
}

same() { # TABLE FILE SECTION
	n=$((n + 1))
	{ table "$1"; echo; } | sed -E 's| /.*| ?|; /^$/d' > "$tmp/table"
	page "$2" "$3" > "$tmp/page"
	if [ -s "$tmp/table" ] && diff "$tmp/table" "$tmp/page" > "$tmp/diff"; then
		echo "ok $n - $2 lists $1, $(grep -c . "$tmp/table") keys"
	else
		echo "not ok $n - $2 lists $1"
		sed 's/^/# /' "$tmp/diff"
		bad=1
	fi
	n=$((n + 1))
	helps "$1" > "$tmp/table"
	page_helps "$2" "$3" > "$tmp/page"
	if [ -s "$tmp/table" ] && diff "$tmp/table" "$tmp/page" > "$tmp/diff"; then
		echo "ok $n - $2 says what $1 says of each"
	else
		echo "not ok $n - $2 says what $1 says of each"
		sed 's/^/# /' "$tmp/diff"
		bad=1
	fi
}

# Lines "COMMAND [--OPTION]...": of the table of src/ctl/ctl.c, and of its page.
commands() {
	sed -n '/^const struct ctl_command/,/^};/p' src/ctl/ctl.c | tr -s '\t\n ' ' ' | sed 's/ { "/\n/g' |
		awk -F'", "?' 'NR > 1 { line = $1; while (match($2, /--[a-z-]+/)) {
			line = line " " substr($2, RSTART, RLENGTH); $2 = substr($2, RSTART + RLENGTH) }
			print line }'
}

page_commands() {
	sed -n 's/^\.It Ic //p' man/caasctl.8 | sed -E 's/ Fl Fl ([a-z-]+)/ --\1/g' |
		awk '{ line = ""; is_name = 1; for (i = 1; i <= NF; i++) {
			if ($i == "Ar" || $i == "Op" || $i ~ /^--/) is_name = 0
			if (is_name || $i ~ /^--/) line = line (line ? " " : "") $i }
			print line }'
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
same conf_keys caas.conf.5 '^.Sh KEYS'
same offer_keys caas.conf.5 '^.Ss profile '
same signer_keys caas-signer.conf.5 '^.Sh KEYS'
same issuer_keys caas-signer.conf.5 '^.Ss issuer '
same perspective_keys caas-signer.conf.5 '^.Ss perspective '
same profile_keys caas-signer.conf.5 '^.Ss profile '
n=$((n + 1))
commands | sort > "$tmp/table"
page_commands | sort > "$tmp/page"
if [ -s "$tmp/table" ] && diff "$tmp/table" "$tmp/page" > "$tmp/diff"; then
	echo "ok $n - caasctl.8 lists $(grep -c . "$tmp/table") commands with their options"
else
	echo "not ok $n - caasctl.8 lists the commands of caasctl"
	sed 's/^/# /' "$tmp/diff"
	bad=1
fi

n=$((n + 1))
ls man/* | sort > "$tmp/page"
sed -e ':a' -e '/\\$/N; s/\\\n//; ta' Makefile.am | sed -n 's/^dist_man_MANS = //p' | tr -s '\t ' '\n' | sort > "$tmp/table"
if diff "$tmp/table" "$tmp/page" > "$tmp/diff"; then
	echo "ok $n - $(grep -c . "$tmp/page") pages, all of them installed"
else
	echo "not ok $n - every page is installed"
	sed 's/^/# /' "$tmp/diff"
	bad=1
fi

# What is said of pages that are not installed is left out for those that are ours.
n=$((n + 1))
if ! command -v mandoc > /dev/null; then
	echo "ok $n - mandoc -Tlint # SKIP no mandoc"
else
	mandoc -Tlint man/* 2> /dev/null | while read -r line; do
		xr=$(echo "$line" | sed -n 's/.*referenced manual not found: Xr \([^ ]*\) \([0-9]\).*/\1.\2/p')
		case $xr in
		caas*) [ -f "man/$xr" ] || echo "# $line" ;;
		'') echo "# $line" ;;
		esac
	done > "$tmp/lint"
	if [ -s "$tmp/lint" ]; then
		echo "not ok $n - mandoc -Tlint"
		cat "$tmp/lint"
		bad=1
	else
		echo "ok $n - mandoc -Tlint"
	fi
fi
echo "1..$n"
exit $bad
