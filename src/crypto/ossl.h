/* SPDX-License-Identifier: BSD-2-Clause */
/* ossl: what to do when OpenSSL says no; for crypto/ and signer/. */
#ifndef CAAS_CRYPTO_OSSL_H
#define CAAS_CRYPTO_OSSL_H

#include "base/err.h"

/*
 * ERR_INTERNAL with what was tried and OpenSSL's reason for the log; -1.
 * Empties the error queue of the thread.
 */
int		ossl_err(struct err *, const char *what);
/* For calls that fail only without memory or without a provider. */
NORETURN void	ossl_die(const char *what);
/*
 * A pem_password_cb(3): keys in our files have no passphrase, and nobody is asked
 * for one, as OpenSSL itself would do at the terminal.
 */
int		ossl_no_passphrase(char *buf, int size, int writing, void *arg);

#endif
