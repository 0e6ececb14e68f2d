/* SPDX-License-Identifier: BSD-2-Clause */
/* Partner logins. */
#include "auth/partner_auth.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "crypto/password.h"
#include "store/reseller.h"

#define HASH_WAIT_MS	1000
#define HASH_STEP_MS	20

/*
 * Hold the host's one place for hashing: wrong logins must not take the pool from
 * ACME.  The descriptor, or -1.
 */
static int
take_place(const struct conf *conf, struct err *err)
{
	struct timespec ts = { 0, HASH_STEP_MS * 1000000 };
	int64_t until = mono_ms() + HASH_WAIT_MS;
	char path[256];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/web/login.lock", conf->run_dir);
	if ((fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) < 0)
		return err_internal(err, "%s: %s", path, strerror(errno));
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (mono_ms() >= until) {
			(void)close(fd);
			(void)err_set(err, ERR_RATE_LIMITED, "another password is being checked");
			err->retry_after_s = 2;
			return -1;
		}
		(void)nanosleep(&ts, NULL);
	}
	return fd;
}

int
partner_auth(struct req *r, struct view login_name, struct view password,
    struct reseller *out, struct err *err)
{
	struct service *svc = service_of(r);
	const char *why;
	bool good;
	int fd, rc;

	rc = reseller_get(svc->store->db, r->arena, login_name, out, err);
	if (rc < 0 || (fd = take_place(svc->conf, err)) < 0)
		return -1;
	good = password_verify(password, rc == 1 ?
	    arena_str(r->arena, out->password_hash) : NULL);
	(void)close(fd);
	why = rc == 0 ? "unknown name" : !good ? "wrong password" :
	    out->is_locked ? "locked" :
	    out->password_expires_at != 0 && out->password_expires_at <= r->now ?
	    "password expired" : NULL;
	if (why == NULL) {
		r->who = out->login_name;
		return 0;
	}
	log_event(LOG_NOTICE, "partner.login-refused", LOGF_V("name", login_name),
	    LOGF_V("addr", r->remote_addr), LOGF_S("why", why));
	return err_set(err, ERR_DEACTIVATED, "the login was refused");
}
