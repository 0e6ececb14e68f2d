/* SPDX-License-Identifier: BSD-2-Clause */
/* conf: a configuration that is taken prints as one that is taken and prints the same. */
#include "conf/conf.h"
#include "base/buf.h"
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

static int
load(struct view text, struct conf **conf, struct err *err)
{
	int fd = memfd_create("conf", MFD_CLOEXEC), rc;
	char path[64];

	REQUIRE(fd >= 0 && write(fd, text.n != 0 ? text.p : "", text.n) == (ssize_t)text.n);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	rc = conf_load(path, conf, err);
	(void)close(fd);
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct buf first = BUF_INIT((size_t)1024 * 1024), second = BUF_INIT((size_t)1024 * 1024);
	struct err err = ERR_INIT;
	struct conf *conf;

	if (load(view_from(p, n), &conf, &err) != 0)
		REQUIRE(conf == NULL && err.kind == ERR_MALFORMED && err.detail[0] != '\0');
	else {
		conf_print(conf, &first);
		conf_free(conf);
		REQUIRE(load(buf_view(&first), &conf, &err) == 0);
		conf_print(conf, &second);
		conf_free(conf);
		REQUIRE(view_eq(buf_view(&first), buf_view(&second)));
	}
	buf_release(&first);
	buf_release(&second);
	return 0;
}
