/* SPDX-License-Identifier: BSD-2-Clause */
/* proc/control: the lines that caasd's control socket takes. */
#include "proc/control.h"
#include "tap.h"

static const struct {
	const char		*rule;
	struct view		 line;
	enum control_command	 is;
} cases[] = {
	{ "a command", VIEW("status"), CONTROL_STATUS },
	{ "a command", VIEW("reload"), CONTROL_RELOAD },
	{ "nothing is no command", VIEW(""), CONTROL_NONE },
	{ "commands are small letters", VIEW("Status"), CONTROL_NONE },
	{ "a command takes no argument", VIEW("reload now"), CONTROL_NONE },
	{ "no blank before", VIEW(" status"), CONTROL_NONE },
	{ "no blank behind", VIEW("status "), CONTROL_NONE },
	{ "no carriage return", VIEW("status\r"), CONTROL_NONE },
	{ "no zero byte", VIEW("status\0"), CONTROL_NONE },
	{ "no beginning of a command", VIEW("statu"), CONTROL_NONE },
};

int
main(void)
{
	size_t i;

	for (i = 0; i < NITEMS(cases); i++)
		tap_ok(control_parse(cases[i].line) == cases[i].is, "%s: '%.*s'",
		    cases[i].rule, (int)strcspn(cases[i].line.p, "\r"), cases[i].line.p);
	tap_ok(control_parse(VIEW_NONE) == CONTROL_NONE, "no bytes at all");
	return tap_done();
}
