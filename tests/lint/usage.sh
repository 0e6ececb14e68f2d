#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Do --help and the manual page of each program agree, both ways: synopsis, options,
# signals, exit status?  To be run where the programs were built.  TAP.
set -eu
build=$(pwd)
cd "${1:-${srcdir:-.}}"
n=0
bad=0

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# The synopsis of a page, written as --help writes it.
synopsis() {
	awk -v program="$1" '
		/^\.Sh / { on = $2 == "SYNOPSIS"; next }
		!on { next }
		/^\.Nm/ { printf "usage: %s", program; next }
		{ close_it = sub(/^\.Op /, ".") ? "]" : ""; word = close_it ? "[" : ""
		sub(/^\./, "", $1)
		for (i = 1; i <= NF; i++) {
			if ($i == "Fl") word = word (i > 1 ? " " : "") "-" $++i
			else if ($i == "Ar") word = word (i > 1 ? " " : "") toupper($++i)
			else word = word " " $i }
		printf " %s%s", word, close_it }
		END { print "" }' "man/$1.8"
}

section() { # PROGRAM NAME
	awk -v name="$2" '/^\.Sh / { on = substr($0, 5) == name; next } on' "man/$1.8"
}

# The letters of the options that a page lists, sorted, in a line.
letters() {
	sed -n '/^\.Sh DESCRIPTION/,/^\.Sh /s/^\.It Fl \([A-Za-z]\)\( .*\)*$/\1/p' "man/$1.8" | sort | tr -d '\n'
}

# The letters that the program knows: those of its getopt(3), or of its struct worker.
known() {
	sed -n 's/.*getopt_long(argc, argv, "\([^"]*\)".*/\1/p; s/.*options_parse(argc, argv, "[^"]*", "\([^"]*\)".*/\1/p
		s/.*struct worker me = { "[^"]*", "\([^"]*\)".*/\1/p' \
		"$2" | sed 's/[^A-Za-z]//g; s/./&\n/g' | sort | tr -d '\n'
}

# The signals that its loop gets; that of an ended child is its own affair.
signals() {
	sed -n 's/.*static const int list\[\] = { \(.*\), 0 };/\1/p' "$1" | tr -d ',' | tr ' ' '\n' |
		grep -v SIGCHLD | sort
}

exits() { # STATUS COMMAND...
	want=$1 got=0
	shift
	"$@" > "$tmp/out" 2>&1 < /dev/null || got=$?
	[ "$got" = "$want" ] || echo "# exit $got, not $want: $*" >> "$tmp/why"
}

same() { # WHAT EXPECTED FOUND
	[ "$2" = "$3" ] || printf '# %s:\n# program: %s\n# page:    %s\n' "$@" >> "$tmp/why"
}

check() { # PROGRAM SOURCE COMMAND-THAT-LOADS-THE-CONFIGURATION...
	program=$1 source=$2
	shift 2
	: > "$tmp/why"
	exits 0 "$build/$program" --help
	same synopsis "$(head -n 1 "$tmp/out")" "$(synopsis "$program")"
	section "$program" DESCRIPTION | sed -n 's/^\.It Fl .*Fl -\([a-z]*\)$/\1/p' > "$tmp/words"
	words='help version '
	[ "$program" != caasctl ] || words='help json version '
	same 'long options' "$words" "$(sort "$tmp/words" | tr '\n' ' ')"
	exits 0 "$build/$program" --version
	same options "$(known "$program" "$source")" "$(letters "$program")"
	# What --help explains, where it explains options.
	"$build/$program" -h | sed -n 's/^  -\([A-Za-z]\) .*/\1/p' | sort | tr -d '\n' > "$tmp/help"
	[ ! -s "$tmp/help" ] || same 'options of --help' "$(cat "$tmp/help")" "$(letters "$program")"
	same signals "$(signals "$source" | tr '\n' ' ')" "$(section "$program" SIGNALS |
		sed -n 's/^\.It Dv //p' | sed 's/ , /\n/g' | sort | tr '\n' ' ')"
	exits 64 "$build/$program" -%
	exits 78 "$build/$program" -c "$tmp/none.conf" "$@"
	same 'exit status' '0 1 64 78 ' "$(section "$program" 'EXIT STATUS' |
		grep -oE '(^|[ ;])[0-9]+ ' | tr -d ' ;' | sort -n | uniq | tr '\n' ' ')"
	n=$((n + 1))
	if [ -s "$tmp/why" ]; then
		echo "not ok $n - $program and its page agree"
		cat "$tmp/why"
		bad=1
	else
		echo "ok $n - $program and its page agree"
	fi
}

check caasd src/cmd/caasd.c -t
check caasctl src/cmd/caasctl.c status
check caas-responder src/cmd/responder.c -t
check caas-validator src/cmd/validator.c -t -q caa
check caas-signer src/cmd/signer.c -t

n=$((n + 1))
sed -n 's/^[a-z]*_PROGRAMS += \(.*caas.*\)/\1/p' src/cmd/local.mk | tr ' ' '\n' | sort > "$tmp/programs"
ls man/*.8 | sed 's|man/||; s|\.8$||' | sort > "$tmp/pages"
if [ -s "$tmp/programs" ] && diff "$tmp/programs" "$tmp/pages" > "$tmp/diff"; then
	echo "ok $n - $(grep -c . "$tmp/pages") programs, each with a page"
else
	echo "not ok $n - each program has a page"
	sed 's/^/# /' "$tmp/diff"
	bad=1
fi
echo "1..$n"
exit $bad
