/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * problem: the one place that turns a struct err into what goes on the wire:
 * problem documents of ACME (RFC 9457, RFC 8555 s6.7, section 0 of the
 * requirements) and the two-member errors of the partner API (partner-api 6).
 */
#ifndef CAAS_WIRE_PROBLEM_H
#define CAAS_WIRE_PROBLEM_H

#include "wire/json.h"

/* What a problem may carry beside the err. */
struct problem_extra {
	const char	*const *algorithms;	/* badSignatureAlgorithm; NULL-ended */
	struct view	 instance;		/* userActionRequired: terms URL */
};

/* The HTTP status of a kind in an ACME answer. */
unsigned	problem_status(enum err_kind);
/* "urn:ietf:params:acme:error:malformed" */
const char	*problem_type(enum err_kind);

/* Write the document as one JSON object; extra may be NULL. */
void	problem_put(struct jsonw *, const struct err *, const struct problem_extra *);

/*
 * The partner API: status and {"type","detail"}.  The detail is that of the err
 * for ERR_MALFORMED and ERR_UNAUTHORIZED only; the other kinds have one text
 * each (E5, E20 to E24), and a kind that is not of this API is a fault of ours.
 */
unsigned	problem_partner_status(enum err_kind);
void		problem_partner_put(struct jsonw *, const struct err *);

#endif
