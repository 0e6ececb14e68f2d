# SPDX-License-Identifier: BSD-2-Clause
# For ./check and ./quickstart: named steps with their times.  Sourced by bash.
#
#	steps_init DIR		where the log of each step goes
#	step NAME COMMAND...	run it with its output in a log; shows name, result, time;
#				exit status 77 is shown as skipped
#	step_log		the log of the last step
#	elapsed			seconds since the program began, as text

step_dir= step_n=0 step_log=

if [ -t 1 ]; then
	bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' dim=$'\e[2m' plain=$'\e[0m'
else
	bold= green= red= dim= plain=
fi

steps_init() {
	step_dir=$1
	mkdir -p "$step_dir"
}

elapsed() {
	if [ $SECONDS -lt 60 ]; then
		echo "$SECONDS s"
	else
		echo "$((SECONDS / 60)) min $((SECONDS % 60)) s"
	fi
}

step() {
	local step_name=$1 start=$EPOCHREALTIME rc=0 took
	shift
	step_n=$((step_n + 1))
	step_log=$step_dir/$(printf '%02d-%s' $step_n "${step_name//[^A-Za-z0-9]/-}").log
	printf '%2d. %-64s' $step_n "$step_name"
	"$@" < /dev/null > "$step_log" 2>&1 || rc=$?
	took=$(((${EPOCHREALTIME/[.,]/} - ${start/[.,]/}) / 100000))
	if [ $rc = 0 ]; then
		printf '%sok%s %s%6d.%d s%s\n' "$green" "$plain" "$dim" $((took / 10)) $((took % 10)) "$plain"
	elif [ $rc = 77 ]; then
		echo skipped
	else
		printf '%sFAILED%s %d.%d s\n' "$red" "$plain" $((took / 10)) $((took % 10))
	fi
	return $rc
}
