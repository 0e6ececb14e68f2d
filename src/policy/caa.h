/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * caa: does a CAA record set permit this issuer, method and account
 * (RFC 8659 s4, RFC 8657; CAA-03..07, CAA-12, CAA-13)?
 */
#ifndef CAAS_POLICY_CAA_H
#define CAAS_POLICY_CAA_H

#include "base/err.h"
#include "wire/caarr.h"

/* The relevant record set of a name. */
struct caa_set {
	struct view		 found;		/* the name that has it; empty: none */
	const struct caarr	*rrs;
	size_t			 n;
	bool			 broken;	/* a record of it could not be parsed */
};

struct caa_ask {
	struct view		 name;		/* without "*." */
	bool			 wildcard;
	const struct view	*issuers;	/* our issuer domain names */
	size_t			 nissuers;
	struct view		 method;	/* "http-01" */
	struct view		 account_url;
};

/* 0: may issue.  -1 with ERR_CAA, the detail naming record set and reason. */
MUST_USE int	caa_permits(const struct caa_set *, const struct caa_ask *, struct err *);

#endif
