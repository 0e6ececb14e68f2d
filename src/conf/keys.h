/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keys: the tables of configuration keys.  They parse the files, print them
 * (caasctl conf show) and are held against the man pages by a test.
 */
#ifndef CAAS_CONF_KEYS_H
#define CAAS_CONF_KEYS_H

#include "base/attr.h"

/* Stored as const char *, int64_t, bool, struct conf_list, an enum that counts from 1. */
enum conf_type { CONF_STR, CONF_INT, CONF_BOOL, CONF_LIST, CONF_CHOICE };

struct conf_key {
	const char	*name;
	enum conf_type	 type;
	size_t		 offset;	/* in the struct that it fills */
	const char	*def;		/* as written in a file; NULL: must be set, not empty */
	int64_t		 min, max;	/* CONF_INT */
	const char	*unit;		/* "seconds", or what the text is */
	/* CONF_CHOICE: names, NULL-ended; value is 1 + index.  CONF_STR: or NULL for any. */
	const char	*const *choices;
	const char	*help;
};

/* caas.conf */
extern const struct conf_key	conf_keys[];
extern const size_t		conf_nkeys;
/* Its sections "profile NAME { ... }". */
extern const struct conf_key	offer_keys[];
extern const size_t		offer_nkeys;
/* caas-signer.conf: the top level and its named sections. */
extern const struct conf_key	signer_keys[], issuer_keys[], perspective_keys[], profile_keys[];
extern const size_t		signer_nkeys, issuer_nkeys, perspective_nkeys, profile_nkeys;

#endif
