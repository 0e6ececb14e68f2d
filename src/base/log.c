/* SPDX-License-Identifier: BSD-2-Clause */
/* Events with fields, to standard error, a file or syslog. */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"

#define LINE_SIZE	4096	/* characters, the newline included */
#define VALUE_MAX	1024	/* characters of one value, so that a long one leaves room */

static struct {
	char	prog[32];
	char	path[256];	/* file, or empty */
	char	id[33];
	int	fd;
	int	level;
	bool	to_syslog;
} log_handle = { .fd = STDERR_FILENO, .level = LOG_INFO };

static const char *const level_names[] = {
	"emerg", "alert", "crit", "error", "warning", "notice", "info", "debug",
};

struct line {
	char	text[LINE_SIZE];
	size_t	n;
};

/* Room is kept for the newline; what does not fit is cut. */
static void
line_char(struct line *l, char c)
{
	if (l->n < sizeof(l->text) - 1)
		l->text[l->n++] = c;
}

static void
line_str(struct line *l, const char *s)
{
	for (; *s != '\0'; s++)
		line_char(l, *s);
}

static bool
is_plain(struct view v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if (v.p[i] <= ' ' || v.p[i] >= 0x7f || v.p[i] == '"' ||
		    v.p[i] == '=' || v.p[i] == '\\')
			return false;
	return v.n != 0;
}

/* One byte of a quoted value; returns how many characters it took. */
static size_t
line_escaped(struct line *l, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";

	if (c == '"' || c == '\\') {
		line_char(l, '\\');
		line_char(l, (char)c);
		return 2;
	}
	if (c >= ' ' && c < 0x7f) {
		line_char(l, (char)c);
		return 1;
	}
	line_str(l, "\\x");
	line_char(l, hex[c >> 4]);
	line_char(l, hex[c & 15]);
	return 4;
}

static void
line_value(struct line *l, struct view v)
{
	size_t i, shown = 0;

	if (is_plain(v) && v.n <= VALUE_MAX) {
		for (i = 0; i < v.n; i++)
			line_char(l, v.p[i]);
		return;
	}
	line_char(l, '"');
	for (i = 0; i < v.n && shown < VALUE_MAX; i++)
		shown += line_escaped(l, (unsigned char)v.p[i]);
	line_str(l, i < v.n ? "...\"" : "\"");
}

static void
line_field(struct line *l, const struct log_field *f)
{
	char number[24];

	line_char(l, ' ');
	line_str(l, f->key);
	line_char(l, '=');
	if (f->type == LOGF__VIEW) {
		line_value(l, f->v);
		return;
	}
	if (f->type == LOGF__U64)
		(void)snprintf(number, sizeof(number), "%llu",
		    (unsigned long long)f->u);
	else
		(void)snprintf(number, sizeof(number), "%lld",
		    (long long)f->i);
	line_str(l, number);
}

static void
line_time(struct line *l)
{
	int64_t ms = clk_now_ms(&clk_real);
	time_t t = (time_t)(ms / 1000);
	struct tm tm;
	char text[48];
	size_t n;

	if (gmtime_r(&t, &tm) == NULL)
		return;
	n = strftime(text, sizeof(text), "ts=%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(text + n, sizeof(text) - n, ".%03dZ ", (int)(ms % 1000));
	line_str(l, text);
}

static int
open_file(void)
{
	int fd;

	fd = open(log_handle.path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
	    0640);
	if (fd < 0)
		return -1;
	if (log_handle.fd != STDERR_FILENO)
		(void)close(log_handle.fd);
	log_handle.fd = fd;
	return 0;
}

/* Back to standard error. */
static void
close_target(void)
{
	if (log_handle.to_syslog)
		closelog();
	if (log_handle.fd != STDERR_FILENO)
		(void)close(log_handle.fd);
	log_handle.to_syslog = false;
	log_handle.fd = STDERR_FILENO;
	log_handle.path[0] = '\0';
}

int
log_open(const char *prog, const char *target)
{
	close_target();
	(void)snprintf(log_handle.prog, sizeof(log_handle.prog), "%s", prog);
	if (strcmp(target, "stderr") == 0)
		return 0;
	if (strcmp(target, "syslog") == 0) {
		openlog(log_handle.prog, LOG_PID, LOG_DAEMON);
		log_handle.to_syslog = true;
		return 0;
	}
	if (view_copy(view_of(target), log_handle.path,
	    sizeof(log_handle.path)) != 0) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return open_file();
}

int
log_reopen(void)
{
	return log_handle.path[0] != '\0' ? open_file() : 0;
}

void
log_level(int level)
{
	log_handle.level = level;
}

void
log_set_id(const char *id)
{
	(void)snprintf(log_handle.id, sizeof(log_handle.id), "%s", id);
}

void
log_write(int level, const char *event, const struct log_field *fields, size_t n)
{
	struct line l = { .n = 0 };
	int saved_errno = errno;
	size_t i;

	if (level > log_handle.level)
		return;
	if (!log_handle.to_syslog)
		line_time(&l);
	line_str(&l, "level=");
	line_str(&l, level_names[level & 7]);
	if (!log_handle.to_syslog) {
		line_field(&l, &(struct log_field)LOGF_S("prog", log_handle.prog));
		line_field(&l, &(struct log_field)LOGF_I("pid", getpid()));
	}
	line_field(&l, &(struct log_field)LOGF_S("event", event));
	if (log_handle.id[0] != '\0')
		line_field(&l, &(struct log_field)LOGF_S("req", log_handle.id));
	for (i = 0; i < n; i++)
		line_field(&l, &fields[i]);
	if (log_handle.to_syslog)
		syslog(level, "%.*s", (int)l.n, l.text);
	else {
		l.text[l.n++] = '\n';
		/* One write a line; a log that cannot be written stops nobody. */
		if (write(log_handle.fd, l.text, l.n) < 0)
			errno = 0;
	}
	errno = saved_errno;
}

void
log_err(int level, const char *event, const struct err *err)
{
	log_event(level, event,
	    LOGF_S("error", err_kind_name(err->kind)),
	    LOGF_S("detail", err->detail),
	    LOGF_S("inner", err->inner));
}
