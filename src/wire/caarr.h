/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * caarr: the contents of CAA resource records (RFC 8659 s4, RFC 8657).
 */
#ifndef CAAS_WIRE_CAARR_H
#define CAAS_WIRE_CAARR_H

#include "base/arena.h"

#define CAA_FLAG_CRITICAL	128

struct caarr {
	uint8_t		flags;
	struct view	tag;		/* lower case */
	struct view	value;
};

/* RDATA in wire format; -1 when it is not a CAA record. */
MUST_USE int	caarr_parse(struct arena *, struct view rdata, struct caarr *out);

struct caa_param {
	struct view	tag;		/* lower case */
	struct view	value;
};

/* The value of issue and issuewild: issuer-domain *( ";" tag "=" value ). */
struct caa_issue {
	struct view		 issuer;	/* lower case, no trailing dot; empty forbids */
	struct caa_param	*params;
	size_t			 nparams;
};

/* -1 when the value does not follow the grammar: it then permits nobody (CAA-05). */
MUST_USE int	caa_issue_parse(struct arena *, struct view value, struct caa_issue *out);
/*
 * The only parameter of that name (lower case): 1 and *out, 0 when absent, -1
 * when it stands twice (then the property cannot be satisfied; CAA-12, CAA-13).
 */
MUST_USE int	caa_issue_param(const struct caa_issue *, const char *tag, struct view *out);

#endif
