/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tbs: the to-be-signed certificate of a DV profile (BR 7.1.2.7; PRO-01..22),
 * and putting the signature on it.
 */
#ifndef CAAS_SIGNER_TBS_H
#define CAAS_SIGNER_TBS_H

#include "signer/evidence.h"

#define SERIAL_BYTES	16

struct tbs_ask {
	const struct ca			*ca;
	const struct signer_profile	*profile;
	const struct proven		*proven;
	uint8_t				 serial[SERIAL_BYTES];
	int64_t				 now;
};

/* A fresh serial: positive, no leading zero octet, 126 random bits. */
void		tbs_new_serial(uint8_t out[SERIAL_BYTES]);
/* The bytes, and a copy of the certificate under a key that means nothing, for lint. */
MUST_USE int	tbs_build(struct arena *, const struct tbs_ask *, struct view *tbs,
		    struct view *lint_copy, struct err *);
/* The lint copy of bytes that were stored. */
MUST_USE int	tbs_lint_copy(struct arena *, const struct ca *, struct view tbs,
		    struct view *lint_copy, struct err *);
/* Sign the bytes unchanged; the certificate is checked against the CA's key. */
MUST_USE int	tbs_sign(struct arena *, const struct ca *, struct view tbs,
		    struct view *der, struct err *);

#endif
