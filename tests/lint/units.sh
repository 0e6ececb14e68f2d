#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# TAP: the service manager understands the units that are installed.
top=$(cd "${srcdir:-.}" && pwd)
if ! command -v systemd-analyze > /dev/null; then
	echo '1..0 # SKIP there is no systemd-analyze'
	exit 0
fi
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
cp "$top"/systemd/*.socket "$top"/systemd/*.timer "$dir/"
for unit in caasd.service caas-housekeeping.service; do
	# The programs are not installed yet: any that is there will do.
	sed 's|@sbindir@/caas[a-z]*|/bin/true|' "$top/systemd/$unit.in" > "$dir/$unit"
done
n=0
for unit in "$dir"/*; do
	n=$((n + 1))
	said=$(cd "$dir" && systemd-analyze verify --man=no "./${unit##*/}" 2>&1)
	if [ $? -eq 0 ] && [ -z "$said" ]; then
		echo "ok $n - ${unit##*/}"
	else
		echo "not ok $n - ${unit##*/}"
		echo "$said" | sed 's/^/# /'
	fi
done
echo "1..$n"
