/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ident: identifiers as they stand in orders: DNS names in A-label form, with
 * wildcards (RFC 8555 s9.7.7, s7.1.3), and IP addresses (RFC 8738).  Syntax
 * only; what may be issued for is policy/names' to say.
 */
#ifndef CAAS_WIRE_IDENT_H
#define CAAS_WIRE_IDENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "wire/limits.h"

enum ident_type { IDENT_DNS = 1, IDENT_IP = 2 };	/* stored in SQL */

struct ident {
	enum ident_type	type;
	bool		wildcard;	/* value was written with "*." */
	struct view	value;		/* lower case, without "*." */
};

/* "dns", "ip" */
const char	*ident_type_name(enum ident_type);

/*
 * Parse and normalise (lower case).  The value of out lives in the arena.
 * ERR_UNSUPPORTED_IDENTIFIER for another type; ERR_MALFORMED for bad syntax:
 * NAM-01, NAM-02 (the "--" rule; Punycode itself is policy's), NAM-07, NAM-09,
 * NAM-11, IPI-01.
 */
MUST_USE int	ident_parse(struct arena *, struct view type, struct view value,
		    struct ident *out, struct err *);
/* The same for a DNS name from anywhere else (partner API, CSR). */
MUST_USE int	ident_parse_dns(struct arena *, struct view value,
		    struct ident *out, struct err *);

/* As the order shows it: "*.example.com". */
struct view	ident_text(struct arena *, const struct ident *);
bool		ident_eq(const struct ident *, const struct ident *);
/* Is a name in lower case below a domain: "a.b.example" below "b.example", not "b.example" itself? */
bool		ident_is_below(struct view name, struct view domain);
/* By type, value, wildcard; for qsort. */
int		ident_cmp(const void *, const void *);
/* Sort and drop equal ones; returns how many are left. */
size_t		ident_uniq(struct ident *, size_t n);

/* Orders keep their identifiers packed: one "dns:*.example.com" a line. */
void		ident_pack(struct buf *, const struct ident *, size_t n);
/* The reverse, for a text of our own; ERR_INTERNAL when it is not one. */
MUST_USE int	ident_unpack(struct arena *, struct view packed,
		    struct ident **out, size_t *n, struct err *);

#endif
