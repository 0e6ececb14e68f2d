/* SPDX-License-Identifier: BSD-2-Clause */
/* Events with fields: escaping (SEC-09), levels, files that are rotated. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "tap.h"

#define MARK	" event=e"

static struct {
	char	dir[64];
	char	path[96];
	char	old[96];
	char	text[65536];
} t;

/* What the file holds, which is emptied. */
static struct view
taken(const char *path)
{
	ssize_t n = 0;
	int fd;

	if ((fd = open(path, O_RDONLY)) < 0)
		return VIEW_NONE;
	n = read(fd, t.text, sizeof(t.text));
	(void)close(fd);
	if (truncate(path, 0) != 0 || n < 0)
		return VIEW_NONE;
	return view_from(t.text, (size_t)n);
}

/* The fields of the one line that was written; "?" when it is not one line. */
static struct view
fields(void)
{
	struct view v = taken(t.path);
	size_t i;

	if (!view_ends(v, VIEW("\n")) || memchr(v.p, '\n', v.n - 1) != NULL)
		return VIEW("?");
	for (i = 0; i < v.n; i++)
		if (view_starts(view_sub(v, i, v.n), VIEW(MARK)))
			return view_sub(v, i + strlen(MARK), v.n - i - strlen(MARK) - 1);
	return VIEW("?");
}

static void
test_escape(void)
{
	static const struct {
		const char	*rule;
		struct view	 value;
		const char	*want;
	} cases[] = {
		{ "plain stays plain", VIEW("abc-1.2/x:y"), " k=abc-1.2/x:y" },
		{ "blank is quoted", VIEW("a b"), " k=\"a b\"" },
		{ "empty is quoted", VIEW(""), " k=\"\"" },
		{ "newline", VIEW("a\nlevel=info"), " k=\"a\\x0alevel=info\"" },
		{ "carriage return", VIEW("a\rb"), " k=\"a\\x0db\"" },
		{ "quote", VIEW("a\" x=\"b"), " k=\"a\\\" x=\\\"b\"" },
		{ "backslash", VIEW("a\\"), " k=\"a\\\\\"" },
		{ "backslash before quote", VIEW("\\\""), " k=\"\\\\\\\"\"" },
		{ "equals sign", VIEW("a=b"), " k=\"a=b\"" },
		{ "NUL", VIEW("a\0b"), " k=\"a\\x00b\"" },
		{ "escape sequence of a terminal", VIEW("\x1b[2J"), " k=\"\\x1b[2J\"" },
		{ "delete", VIEW("\x7f"), " k=\"\\x7f\"" },
		{ "C1 control and high bytes", VIEW("\x9b\xff"), " k=\"\\x9b\\xff\"" },
		{ "UTF-8", VIEW("\xc3\xa9"), " k=\"\\xc3\\xa9\"" },
		{ "tab", VIEW("\t"), " k=\"\\x09\"" },
	};
	size_t i;

	for (i = 0; i < NITEMS(cases); i++) {
		log_event(LOG_INFO, "e", LOGF_V("k", cases[i].value));
		tap_is_view(fields(), view_of(cases[i].want), "SEC-09: %s", cases[i].rule);
	}
}

static void
test_fields(void)
{
	struct err err = ERR_INIT;

	log_event(LOG_INFO, "e", LOGF_U("u", UINT64_MAX), LOGF_I("i", INT64_MIN),
	    LOGF_S("s", "x"), LOGF_S("none", NULL));
	tap_is_view(fields(), VIEW(" u=18446744073709551615 i=-9223372036854775808 s=x none=\"\""),
	    "fields: all kinds, in order");
	log_event(LOG_INFO, "e");
	tap_is_view(fields(), VIEW(""), "fields: none");
	(void)err_set(&err, ERR_BAD_NONCE, "nonce is \"old\"");
	(void)err_inner(&err, "row 7");
	log_err(LOG_WARNING, "e", &err);
	tap_is_view(fields(),
	    VIEW(" error=badNonce detail=\"nonce is \\\"old\\\"\" inner=\"row 7\""),
	    "fields: an error");
}

static void
test_head(void)
{
	struct view v;
	char pid[32];

	log_set_id("0123456789012345678901234567890123456789");
	log_event(LOG_WARNING, "e", LOGF_U("n", 1));
	v = taken(t.path);
	(void)snprintf(pid, sizeof(pid), " pid=%d ", (int)getpid());
	tap_ok(v.n > 28 && view_starts(v, VIEW("ts=20")) && v.p[22] == '.' && v.p[26] == 'Z',
	    "head: time in UTC with milliseconds");
	tap_ok(view_icontains(v, VIEW(" level=warning ")), "head: level");
	tap_ok(view_icontains(v, VIEW(" prog=test ")), "head: program");
	tap_ok(view_icontains(v, view_of(pid)), "head: process");
	tap_ok(view_icontains(v, VIEW(MARK " req=01234567890123456789012345678901 n=1\n")),
	    "head: request id, cut at 32");
	log_set_id("a b\n");
	log_event(LOG_INFO, "e", LOGF_U("n", 1));
	tap_is_view(fields(), VIEW(" req=\"a b\\x0a\" n=1"), "SEC-09: the request id is escaped");
	log_set_id("");
	log_event(LOG_INFO, "e", LOGF_U("n", 1));
	tap_is_view(fields(), VIEW(" n=1"), "head: no request id");
}

static void
test_level(void)
{
	log_event(LOG_DEBUG, "e", LOGF_U("n", 1));
	tap_is_int((int64_t)taken(t.path).n, 0, "level: debug is left out at start");
	log_level(LOG_DEBUG);
	log_event(LOG_DEBUG, "e", LOGF_U("n", 1));
	tap_is_view(fields(), VIEW(" n=1"), "level: debug when it is asked for");
	log_level(LOG_ERR);
	log_event(LOG_WARNING, "e", LOGF_U("n", 1));
	tap_is_int((int64_t)taken(t.path).n, 0, "level: less urgent is left out");
	log_event(LOG_ERR, "e", LOGF_U("n", 2));
	tap_is_view(fields(), VIEW(" n=2"), "level: as urgent is kept");
	log_level(LOG_INFO);
}

/* A hostile value must not push what stands behind it out of the line. */
static void
test_long(void)
{
	static char big[10000];
	struct log_field many[16];
	struct view v;
	size_t i;

	memset(big, '\n', sizeof(big));
	log_event(LOG_INFO, "e", LOGF_V("k", view_from(big, sizeof(big))), LOGF_U("after", 1));
	v = fields();
	tap_ok(view_starts(v, VIEW(" k=\"\\x0a\\x0a")) && view_ends(v, VIEW("\\x0a...\" after=1")),
	    "SEC-09: a long value is cut where it is shown, and leaves room");
	tap_is_int((int64_t)v.n, 1024 + 16, "long: 1024 characters of it");
	memset(big, 'x', sizeof(big));
	log_event(LOG_INFO, "e", LOGF_V("k", view_from(big, 1024)));
	tap_is_int((int64_t)fields().n, 1024 + 3, "long: 1024 characters are shown whole");
	for (i = 0; i < NITEMS(many); i++)
		many[i] = (struct log_field)LOGF_V("k", view_from(big, 1000));
	log_write(LOG_INFO, "e", many, NITEMS(many));
	v = taken(t.path);
	tap_is_int((int64_t)v.n, 4096, "long: a line has at most 4096 bytes");
	tap_ok(view_ends(v, VIEW("x\n")), "long: and ends in a newline");
	log_event(LOG_INFO, "e", LOGF_U("n", 1));
	tap_is_view(fields(), VIEW(" n=1"), "long: the next line is whole");
}

static void
test_reopen(void)
{
	struct stat st;

	log_event(LOG_INFO, "e", LOGF_U("n", 1));
	tap_ok(rename(t.path, t.old) == 0, "reopen: the file is moved");
	log_event(LOG_INFO, "e", LOGF_U("n", 2));
	tap_ok(stat(t.path, &st) != 0, "reopen: lines go on to the moved one");
	tap_is_int(log_reopen(), 0, "reopen: works");
	log_event(LOG_INFO, "e", LOGF_U("n", 3));
	tap_is_view(fields(), VIEW(" n=3"), "reopen: lines go to the new file");
	tap_ok(stat(t.path, &st) == 0 && (st.st_mode & 07) == 0,
	    "reopen: not for everybody to read");
	tap_ok(view_ends(taken(t.old), VIEW("n=2\n")), "reopen: and no more to the old one");
	/* A directory in its place cannot be opened. */
	tap_ok(rename(t.path, t.old) == 0 && mkdir(t.path, 0700) == 0,
	    "reopen: a directory in the way");
	tap_is_int(log_reopen(), -1, "reopen: fails");
	log_event(LOG_INFO, "e", LOGF_U("n", 4));
	tap_ok(view_ends(taken(t.old), VIEW("n=4\n")), "reopen: and keeps the old file");
	tap_ok(rmdir(t.path) == 0 && log_reopen() == 0, "reopen: until it works again");
	log_event(LOG_INFO, "e", LOGF_U("n", 5));
	tap_is_view(fields(), VIEW(" n=5"), "reopen: then to the new one");
}

/* Standard error is a file here, for as long as this test runs. */
static void
test_targets(void)
{
	char none[sizeof(t.dir) + 16], name[400];
	int fd, saved = dup(STDERR_FILENO);

	(void)snprintf(none, sizeof(none), "%s/none/x", t.dir);
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	fd = open(t.old, O_RDWR | O_APPEND);
	if (fd < 0 || dup2(fd, STDERR_FILENO) < 0)
		return;
	errno = 0;
	tap_ok(log_open("test", none) == -1 && errno == ENOENT, "open: no such directory");
	log_event(LOG_INFO, "e", LOGF_U("n", 6));
	tap_ok(view_ends(taken(t.old), VIEW(MARK " n=6\n")),
	    "open: lines go to standard error then");
	tap_ok(log_open("test", name) == -1 && errno == ENAMETOOLONG,
	    "open: a name that is too long is not cut");
	tap_is_int(log_open("test", t.path), 0, "open: a file again");
	tap_is_int(log_open("test", "stderr"), 0, "open: standard error");
	log_event(LOG_INFO, "e", LOGF_U("n", 7));
	tap_ok(view_ends(taken(t.old), VIEW(MARK " n=7\n")), "open: lines go to standard error");
	tap_is_int((int64_t)taken(t.path).n, 0, "open: and not to the file");
	tap_is_int(log_reopen(), 0, "reopen: nothing to do for standard error");
	errno = EXDEV;
	log_event(LOG_INFO, "e", LOGF_U("n", 8));
	tap_is_int(errno, EXDEV, "errno stays");
	(void)dup2(saved, STDERR_FILENO);
	(void)close(saved);
	(void)close(fd);
}

int
main(void)
{
	(void)snprintf(t.dir, sizeof(t.dir), "test_log.XXXXXX");
	if (mkdtemp(t.dir) == NULL)
		return 1;
	(void)snprintf(t.path, sizeof(t.path), "%s/log", t.dir);
	(void)snprintf(t.old, sizeof(t.old), "%s/old", t.dir);
	tap_is_int(log_open("test", t.path), 0, "open: a file");
	test_escape();
	test_fields();
	test_head();
	test_level();
	test_long();
	test_reopen();
	test_targets();
	(void)unlink(t.path);
	(void)unlink(t.old);
	(void)rmdir(t.dir);
	return tap_done();
}
