/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lintcase: a CA and a certificate of it that is as it should be, for tests that
 * spoil one thing.
 */
#ifndef CAAS_TESTS_UNIT_SIGNER_LINTCASE_H
#define CAAS_TESTS_UNIT_SIGNER_LINTCASE_H

#include "signer/lint.h"

#include <openssl/x509v3.h>

#define NOW	INT64_C(1795824000)	/* 2026-11-28 */

/* Which CA, and which key the subscriber has. */
enum { CASE_P384 = 1, CASE_RSA = 2 };

struct lintcase {
	struct arena		*arena;
	struct ca		 ca;
	struct backend		 backend;
	struct ident		 idents[3];	/* a.test, *.b.test, 192.0.2.1 */
	struct proven		 proven;
	struct signer_profile	 profile;
	struct lint_ask		 q;
	uint8_t			 serial[16];
	X509			*good;
};

/* A certificate for 90 days that is issued now; fails the test when it cannot be made. */
void	lintcase_init(struct lintcase *, unsigned flags, int64_t now);
void	lintcase_release(struct lintcase *);

/* Replace an extension; value in OpenSSL's notation, NULL: leave it out. */
void	lintcase_extension(X509 *, int nid, const char *value);
/* Signed by the dummy key as it is, in DER; digest NULL: the one that fits. */
struct view	lintcase_der(struct lintcase *, X509 *, const EVP_MD *);
/* One check: these bytes are refused by this rule ("names (PRO-04)"), or, NULL, pass. */
void	lintcase_is(struct lintcase *, struct view der, const char *rule, const char *what);

#endif
