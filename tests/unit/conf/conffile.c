/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration files that a test writes and loads. */
#include <unistd.h>

#include "conffile.h"
#include "tap.h"

static char path[64];

static void
put_file(struct view text)
{
	FILE *f;

	(void)snprintf(path, sizeof(path), "test_conf.%d", (int)getpid());
	if ((f = fopen(path, "w")) == NULL ||
	    (text.n != 0 && fwrite(text.p, 1, text.n, f) != text.n) || fclose(f) != 0)
		abort();
}

static void
check(int rc, bool have, const struct err *own, const struct err *asked)
{
	(void)unlink(path);
	if ((rc == 0) != have || (rc != 0 && own->kind != ERR_MALFORMED) ||
	    (rc != 0 && asked == NULL)) {
		tap_diag("%s", own->detail);
		abort();
	}
}

struct conf *
conffile_load(struct view text, struct err *err)
{
	struct err own = ERR_INIT;
	struct conf *conf;
	int rc;

	put_file(text);
	rc = conf_load(path, &conf, &own);
	check(rc, conf != NULL, &own, err);
	if (err != NULL)
		*err = own;
	return conf;
}

struct signer_conf *
conffile_load_signer(struct view text, struct err *err)
{
	struct err own = ERR_INIT;
	struct signer_conf *conf;
	int rc;

	put_file(text);
	rc = signer_conf_load(path, &conf, &own);
	check(rc, conf != NULL, &own, err);
	if (err != NULL)
		*err = own;
	return conf;
}

struct view
conffile_complaint(const struct err *err)
{
	struct view v = view_of(err->detail);

	if (!view_starts(v, view_of(path)))
		return VIEW("(no file name)");
	return view_sub(v, strlen(path), v.n);
}
