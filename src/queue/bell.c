/* SPDX-License-Identifier: BSD-2-Clause */
/* Unix datagram sockets under RUN_DIR/bell. */
#include "queue/bell.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct bell {
	int			fd;
	char			dir[80];
	struct sockaddr_un	own;
};

static int
address(const char *dir, const char *name, struct sockaddr_un *out)
{
	int n;

	memset(out, 0, sizeof(*out));
	out->sun_family = AF_UNIX;
	n = snprintf(out->sun_path, sizeof(out->sun_path), "%s/%s", dir, name);
	return n > 0 && (size_t)n < sizeof(out->sun_path) ? 0 : -1;
}

int
bell_open(const char *run_dir, const char *name, struct bell **out, struct err *err)
{
	struct bell *b;
	int n;

	*out = NULL;
	if ((b = calloc(1, sizeof(*b))) == NULL)
		return err_internal(err, "out of memory");
	b->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	n = snprintf(b->dir, sizeof(b->dir), "%s/bell", run_dir);
	if (b->fd < 0 || n < 0 || (size_t)n >= sizeof(b->dir) ||
	    address(b->dir, name, &b->own) != 0) {
		(void)err_internal(err, "bell %s/bell/%s: %s", run_dir, name,
		    b->fd < 0 ? strerror(errno) : "path too long");
		bell_close(b);
		return -1;
	}
	(void)unlink(b->own.sun_path);
	if (bind(b->fd, (struct sockaddr *)&b->own, sizeof(b->own)) != 0) {
		(void)err_internal(err, "%s: %s", b->own.sun_path, strerror(errno));
		b->own.sun_path[0] = '\0';
		bell_close(b);
		return -1;
	}
	*out = b;
	return 0;
}

void
bell_close(struct bell *b)
{
	if (b == NULL)
		return;
	if (b->fd >= 0)
		(void)close(b->fd);
	/* A successor may have bound the name by now; then this one is not ours. */
	free(b);
}

int
bell_fd(const struct bell *b)
{
	return b->fd;
}

void
bell_name_of(uint64_t process, char out[BELL_NAME_MAX])
{
	(void)snprintf(out, BELL_NAME_MAX, "p%llu", (unsigned long long)process);
}

size_t
bell_read(struct bell *b, uint64_t *ids, size_t max)
{
	size_t n = 0;

	/* A datagram of another length is not one of ours and is dropped. */
	while (n < max) {
		switch (recv(b->fd, &ids[n], sizeof(ids[n]), MSG_TRUNC)) {
		case sizeof(ids[n]):
			n++;
			break;
		case -1:
			if (errno != EINTR)
				return n;
			break;
		default:
			break;
		}
	}
	return n;
}

void
bell_ring(struct bell *b, const char *name, uint64_t id)
{
	struct sockaddr_un to;

	if (address(b->dir, name, &to) != 0)
		return;
	(void)sendto(b->fd, &id, sizeof(id), MSG_DONTWAIT | MSG_NOSIGNAL,
	    (struct sockaddr *)&to, sizeof(to));
}
