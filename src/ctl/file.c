/* SPDX-License-Identifier: BSD-2-Clause */
/* Files with an owner, written whole or not at all. */
#include "ctl/file.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

static int
failed(struct err *err, const char *path)
{
	return err_internal(err, "%s: %s", path, strerror(errno));
}

/* Only root can give files away; otherwise every role is the same user. */
static int
owner_of(const char *owner, uid_t *uid, gid_t *gid, struct err *err)
{
	const struct passwd *pw;

	*uid = (uid_t)-1;
	*gid = (gid_t)-1;
	if (owner == NULL || geteuid() != 0)
		return 0;
	if ((pw = getpwnam(owner)) == NULL)
		return err_internal(err, "user %s: there is none of that name", owner);
	*uid = pw->pw_uid;
	*gid = pw->pw_gid;
	return 0;
}

int
file_make_dir(const char *path, unsigned mode, const char *owner, struct err *err)
{
	char part[512];
	uid_t uid;
	gid_t gid;
	size_t i;

	if (view_copy(view_of(path), part, sizeof(part)) != 0)
		return err_internal(err, "%s: the path is too long", path);
	for (i = 1; part[i] != '\0'; i++)
		if (part[i] == '/') {
			part[i] = '\0';
			if (mkdir(part, 0755) != 0 && errno != EEXIST)
				return failed(err, part);
			part[i] = '/';
		}
	if (mkdir(path, (mode_t)mode) != 0)
		return errno == EEXIST ? 0 : failed(err, path);
	if (owner_of(owner, &uid, &gid, err) != 0)
		return -1;
	if (chown(path, uid, gid) != 0 || chmod(path, (mode_t)mode) != 0)
		return failed(err, path);
	return 0;
}

static int
write_all(int fd, struct view v)
{
	ssize_t n;

	while (v.n != 0) {
		n = write(fd, v.p, v.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		v = view_sub(v, (size_t)n, v.n);
	}
	return fsync(fd);
}

int
file_create(const char *path, struct view content, unsigned mode, const char *owner,
    struct err *err)
{
	char tmp[512];
	uid_t uid;
	gid_t gid;
	int fd, rc;

	if (owner_of(owner, &uid, &gid, err) != 0)
		return -1;
	(void)snprintf(tmp, sizeof(tmp), "%s.%ld.new", path, (long)getpid());
	if ((fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0)
		return failed(err, tmp);
	rc = write_all(fd, content);
	if (rc == 0 && (fchown(fd, uid, gid) != 0 || fchmod(fd, (mode_t)mode) != 0))
		rc = -1;
	(void)close(fd);
	if (rc != 0) {
		(void)failed(err, tmp);
		(void)unlink(tmp);
		return -1;
	}
	/* link(2) never replaces: a key that is there is never lost. */
	rc = link(tmp, path) == 0 ? 1 : errno == EEXIST ? 0 : failed(err, path);
	(void)unlink(tmp);
	return rc;
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}
