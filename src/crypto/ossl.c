/* SPDX-License-Identifier: BSD-2-Clause */
/* OpenSSL's error queue as our errors. */
#include "crypto/ossl.h"

#include <openssl/err.h>

int
ossl_err(struct err *err, const char *what)
{
	const char *reason = ERR_reason_error_string(ERR_peek_last_error());

	(void)err_internal(err, "%s: %s", what,
	    reason != NULL ? reason : "no reason given");
	ERR_clear_error();
	return -1;
}

void
ossl_die(const char *what)
{
	(void)fprintf(stderr, "caas: OpenSSL failed: %s\n", what);
	abort();
}

int
ossl_no_passphrase(char *buf UNUSED, int size UNUSED, int writing UNUSED, void *arg UNUSED)
{
	return -1;
}
