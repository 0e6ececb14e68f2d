/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names: which identifiers a certificate may be asked for, beyond their syntax
 * (BR 4.2.2, 3.2.2.6; NAM-02..06, NAM-08, NAM-10, NAM-12, OTH-01, SEC-08).
 */
#ifndef CAAS_POLICY_NAMES_H
#define CAAS_POLICY_NAMES_H

#include "conf/conf.h"
#include "wire/ident.h"

struct names_policy;

/*
 * Loads the public suffix list (the ICANN part decides; the system's file when
 * there is a newer one than libpsl was built with).  allow_special accepts the
 * special-use domains test and example, as if they were top-level domains;
 * allow_loopback accepts the addresses of this host.  ERR_INTERNAL.
 */
MUST_USE int	names_policy_new(bool allow_special, bool allow_loopback,
		    struct names_policy **, struct err *);
/* These domains, and all below them, are refused from now on (SEC-12).  ERR_MALFORMED. */
MUST_USE int	names_policy_refuse(struct names_policy *, const struct conf_list *,
		    struct err *);
void		names_policy_free(struct names_policy *);

/*
 * A name as resellers write it (partner-api A-24): lower case, one trailing dot dropped, a
 * wildcard; with addresses an address too, in its canonical text.  What its syntax
 * forbids is an error.
 */
MUST_USE int	names_parse(struct arena *, bool addresses, struct view, struct ident *,
		    struct err *);

/*
 * ERR_REJECTED_IDENTIFIER, with a text for the applicant: top-level domain that
 * is not delegated, refused domain, public suffix, wildcard directly below a public suffix
 * (the private section included), special-use domain, .arpa, bad Punycode or
 * code points that IDNA2008 refuses in an xn-- label, special-purpose address.
 */
MUST_USE int	names_check(const struct names_policy *, const struct ident *, struct err *);

/*
 * Do others register names below it: is it a public suffix (the private section
 * included), or a top-level domain?  Control of it is no control of those (SUB-02).
 */
bool	names_is_shared(const struct names_policy *, struct view name);

/*
 * Does a subscribed name (lower case, without "*.") entitle to an identifier?
 * The same name, or (covers) a subscribed wildcard *.x for a name exactly one
 * label below x; a wildcard identifier only by the same wildcard (partner-api 5,
 * An address is entitled to by itself only: no name is spelt like one.
 */
bool	names_entitle(struct view sub_name, bool sub_wildcard, const struct ident *, bool covers);

#endif
