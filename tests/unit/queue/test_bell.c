/* SPDX-License-Identifier: BSD-2-Clause */
/* queue/bell: datagrams that wake, and are never waited for (design.md 4). */
#include "queue/bell.h"
#include "base/buf.h"
#include "tap.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char dir[] = "/tmp/caas-bell.XXXXXX";

static struct bell *
must_open(const char *name)
{
	struct bell *b;
	struct err err;

	if (bell_open(dir, name, &b, &err) != 0)
		tap_diag("%s", err.inner);
	return b;
}

/* Everything that was rung, as decimal numbers. */
static struct view
rung(struct bell *b, struct buf *out)
{
	uint64_t ids[3];
	size_t n, i;

	buf_reset(out);
	while ((n = bell_read(b, ids, NITEMS(ids))) != 0)
		for (i = 0; i < n; i++)
			buf_printf(out, "%llu ", (unsigned long long)ids[i]);
	return buf_view(out);
}

static void
test_ring(void)
{
	struct bell *web = must_open("p17"), *va = must_open("http-01");
	struct buf out = BUF_INIT(100000);
	uint64_t one;
	size_t i;

	tap_is_view(rung(va, &out), VIEW(""), "nothing was rung, and nobody waits for it");
	bell_ring(web, "http-01", 1);
	bell_ring(web, "http-01", UINT64_MAX);
	bell_ring(web, "http-01", 3);
	bell_ring(web, "http-01", 4);
	tap_is_view(rung(va, &out), VIEW("1 18446744073709551615 3 4 "),
	    "ids come as they were rung, in their order");
	bell_ring(va, "p17", 5);
	bell_ring(va, "p17", 6);
	tap_ok(bell_read(web, &one, 1) == 1 && one == 5, "at most as many as asked for");
	tap_ok(bell_read(web, &one, 1) == 1 && one == 6, "the rest comes later");
	bell_ring(web, "nobody", 7);
	bell_ring(web, "a-name-that-is-far-too-long-for-a-unix-socket-"
	    "because-these-take-108-bytes-with-the-NUL-at-their-end", 7);
	tap_ok(true, "ringing where nobody listens returns");
	for (i = 0; i < 10000; i++)
		bell_ring(web, "http-01", 8);
	tap_ok(view_starts(rung(va, &out), VIEW("8 8 ")),
	    "a full socket holds nobody up: what was lost is found by polling");
	bell_close(web);
	bell_close(va);
	bell_close(NULL);
	buf_release(&out);
}

static void
test_strange(void)
{
	struct bell *b = must_open("sign");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct buf out = BUF_INIT(1000);
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	uint64_t id = 9;

	(void)snprintf(to.sun_path, sizeof(to.sun_path), "%s/bell/sign", dir);
	(void)sendto(fd, "", 0, 0, (struct sockaddr *)&to, sizeof(to));
	(void)sendto(fd, "short", 5, 0, (struct sockaddr *)&to, sizeof(to));
	(void)sendto(fd, "far too long for an id", 22, 0, (struct sockaddr *)&to, sizeof(to));
	(void)sendto(fd, &id, sizeof(id), 0, (struct sockaddr *)&to, sizeof(to));
	tap_is_view(rung(b, &out), VIEW("9 "), "a datagram of another length is dropped");
	(void)close(fd);
	bell_close(b);
	buf_release(&out);
}

static void
test_successor(void)
{
	struct bell *first = must_open("dns-01"), *second = must_open("dns-01");
	struct bell *web = must_open("p17"), *none;
	struct buf out = BUF_INIT(1000);
	struct err err;

	bell_ring(web, "dns-01", 1);
	tap_is_view(rung(second, &out), VIEW("1 "), "a successor takes the name over");
	bell_close(first);
	bell_ring(web, "dns-01", 2);
	tap_is_view(rung(second, &out), VIEW("2 "),
	    "... and keeps it when its predecessor ends");
	bell_close(second);
	bell_close(web);
	tap_ok(bell_open("/tmp/caas-bell-is-not-here", "x", &none, &err) == -1 &&
	    none == NULL && err.kind == ERR_INTERNAL, "no directory: an error");
	buf_release(&out);
}

int
main(void)
{
	char path[100], name[BELL_NAME_MAX];
	const char *left[] = { "p17", "http-01", "sign", "dns-01" };
	size_t i;

	if (mkdtemp(dir) == NULL)
		return 99;
	(void)snprintf(path, sizeof(path), "%s/bell", dir);
	(void)mkdir(path, 0700);
	bell_name_of(17, name);
	tap_is_view(view_of(name), VIEW("p17"), "the bell of a process");
	bell_name_of(UINT64_MAX, name);
	tap_is_view(view_of(name), VIEW("p18446744073709551615"), "of the greatest number");
	test_ring();
	test_strange();
	test_successor();
	for (i = 0; i < NITEMS(left); i++) {
		(void)snprintf(path, sizeof(path), "%s/bell/%s", dir, left[i]);
		(void)unlink(path);
	}
	(void)snprintf(path, sizeof(path), "%s/bell", dir);
	(void)rmdir(path);
	return rmdir(dir) == 0 ? tap_done() : 1;
}
