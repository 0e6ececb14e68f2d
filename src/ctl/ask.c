/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions on the terminal. */
#include "ctl/ask.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

bool
ask_can(void)
{
	return isatty(STDIN_FILENO) == 1;
}

/* Bytes up to the end of the line; -1 when there is no line, or a longer one. */
static ssize_t
read_line(int fd, char *line, size_t max)
{
	size_t n = 0;
	char c;

	while (read(fd, &c, 1) == 1) {
		if (c == '\n')
			return (ssize_t)n;
		if (n == max)
			return -1;
		line[n++] = c;
	}
	return -1;
}

int
ask_secret(struct arena *a, const char *prompt, size_t max, struct view *out,
    struct err *err)
{
	char *line = arena_alloc(a, max + 1);
	struct termios shown, hidden;
	ssize_t n;
	int fd;

	if ((fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) == -1 ||
	    tcgetattr(fd, &shown) != 0) {
		if (fd != -1)
			(void)close(fd);
		return err_set(err, ERR_MALFORMED, "there is no terminal to ask for a password");
	}
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	(void)tcsetattr(fd, TCSAFLUSH, &hidden);
	(void)dprintf(fd, "%s: ", prompt);
	n = read_line(fd, line, max);
	(void)tcsetattr(fd, TCSAFLUSH, &shown);
	(void)dprintf(fd, "\n");
	(void)close(fd);
	if (n == -1)
		return err_set(err, ERR_MALFORMED, "no password of at most %zu bytes was given",
		    max);
	*out = view_from(line, (size_t)n);
	return 0;
}
