/* SPDX-License-Identifier: BSD-2-Clause */
/* csrcase: one request and what csr_parse() is to say of it. */
#ifndef CAAS_TESTS_UNIT_CRYPTO_CSRCASE_H
#define CAAS_TESTS_UNIT_CRYPTO_CSRCASE_H

#include "mkder.h"

/* A CN in UTF-8 and a SAN as general_names() takes it; NULL for none. */
struct csr_spec	spec_of(struct arena *, EVP_PKEY *, const char *cn, const char *san);

/* The names of a good request, packed; or '!' and why it was refused as badCSR. */
struct view	parsed(struct arena *, struct view der);
/* want: packed names, or '!' and some words of the reason. */
void		is_parsed(struct arena *, struct view der, const char *want, const char *rule);
void		is_made(struct arena *, const struct csr_spec *, const char *want,
		    const char *rule);

#endif
