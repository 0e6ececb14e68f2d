/* SPDX-License-Identifier: BSD-2-Clause */
/* Which identifiers may be in a certificate: public suffixes, special-use names, IDNA2008. */
#include <arpa/inet.h>
#include <idn2.h>
#include <libpsl.h>
#include <stdarg.h>

#include "policy/names.h"
#include "policy/ipspecial.h"

struct names_policy {
	psl_ctx_t	*psl;
	bool		 allow_special;
	bool		 allow_loopback;
	struct arena	*arena;
	struct ident	*refused;
	size_t		 nrefused;
};

/* Top-level domains outside of the public DNS, or not for hosts (NAM-08, NAM-12, OTH-01). */
static const struct special {
	const char	*tld;
	bool		 may_allow;	/* by allow_special */
	const char	*why;
} specials[] = {
	{ "alt",	false,	"is for names outside of the DNS (RFC 9476)" },
	{ "arpa",	false,	"is for the infrastructure of the Internet (RFC 3172)" },
	{ "example",	true,	"is for documentation (RFC 6761)" },
	{ "internal",	false,	"is for private networks, where names are not unique" },
	{ "invalid",	false,	"never exists (RFC 6761)" },
	{ "local",	false,	"is for the local network (RFC 6762)" },
	{ "localhost",	false,	"is every host's own (RFC 6761)" },
	{ "onion",	false,	"is for Tor (RFC 7686), which is not supported here" },
	{ "test",	true,	"is for testing (RFC 6761)" },
};

int
names_policy_new(bool allow_special, bool allow_loopback, struct names_policy **out,
    struct err *err)
{
	struct names_policy *policy;

	*out = NULL;
	if ((policy = calloc(1, sizeof(*policy))) == NULL)
		return err_internal(err, "out of memory");
	if ((policy->psl = psl_latest(NULL)) == NULL) {
		free(policy);
		return err_internal(err, "there is no public suffix list");
	}
	policy->arena = arena_new();
	policy->allow_special = allow_special;
	policy->allow_loopback = allow_loopback;
	*out = policy;
	return 0;
}

int
names_parse(struct arena *arena, bool addresses, struct view v, struct ident *out,
    struct err *err)
{
	struct err ignored = ERR_INIT;

	if (addresses && ident_parse(arena, VIEW("ip"), v, out, &ignored) == 0)
		return 0;
	if (view_ends(v, VIEW(".")))
		v.n--;
	return ident_parse_dns(arena, v, out, err);
}

int
names_policy_refuse(struct names_policy *policy, const struct conf_list *domains,
    struct err *err)
{
	struct ident *ids = arena_array(policy->arena, domains->n + 1, sizeof(*ids));
	size_t i;

	for (i = 0; i < domains->n; i++)
		if (ident_parse_dns(policy->arena, view_of(domains->v[i]), &ids[i], err) != 0 ||
		    ids[i].wildcard)
			return err_set(err, ERR_MALFORMED, "%s is no domain", domains->v[i]);
	policy->refused = ids;
	policy->nrefused = domains->n;
	return 0;
}

void
names_policy_free(struct names_policy *policy)
{
	if (policy == NULL)
		return;
	arena_free(policy->arena);
	psl_free(policy->psl);
	free(policy);
}

/* Only what the list names is a suffix; by default it takes every top-level domain for one. */
static bool
is_suffix(const struct names_policy *policy, const char *name, int sections)
{
	return psl_is_public_suffix2(policy->psl, name,
	    sections | PSL_TYPE_NO_STAR_RULE) != 0;
}

static const struct special *
special_of(const char *tld)
{
	size_t i;

	for (i = 0; i < NITEMS(specials); i++)
		if (strcmp(tld, specials[i].tld) == 0)
			return &specials[i];
	return NULL;
}

/* The reason; names_check() puts the name before it. */
static int PRINTF(2, 3)
reject(struct err *err, const char *why, ...)
{
	char text[ERR_DETAIL_MAX / 2];
	va_list ap;

	va_start(ap, why);
	(void)vsnprintf(text, sizeof(text), why, ap);
	va_end(ap);
	return err_set(err, ERR_REJECTED_IDENTIFIER, "%s", text);
}

/* NAM-04, NAM-08, NAM-12: the name must lie in the public DNS. */
static int
check_tld(const struct names_policy *policy, const char *name, struct err *err)
{
	const char *dot = strrchr(name, '.');
	const char *tld = dot != NULL ? dot + 1 : name;
	const struct special *special = special_of(tld);

	if (special != NULL && !(special->may_allow && policy->allow_special))
		return reject(err, "the top-level domain '%s' %s", tld, special->why);
	if (dot == NULL)
		return reject(err, "it has only one label");
	if (special == NULL && !is_suffix(policy, tld, PSL_TYPE_ICANN))
		return reject(err, "'%s' is no top-level domain of the public DNS", tld);
	return 0;
}

/*
 * NAM-05, NAM-06: a name must not be everybody's.  The private section lists
 * domains whose owners give names below them to others: the owner may have a
 * certificate for such a name, but not for all names below it.
 */
static int
check_suffix(const struct names_policy *policy, const char *name, bool wildcard,
    struct err *err)
{
	if (is_suffix(policy, name, PSL_TYPE_ICANN))
		return reject(err, "'%s' is a public suffix, below which others register names",
		    name);
	if (wildcard && is_suffix(policy, name, PSL_TYPE_ANY))
		return reject(err,
		    "it would cover the names of others, which they have below '%s'", name);
	return 0;
}

bool
names_is_shared(const struct names_policy *policy, struct view name)
{
	char text[NAME_MAX_BYTES + 1];

	return view_copy(name, text, sizeof(text)) != 0 || !view_has(name, '.') ||
	    is_suffix(policy, text, PSL_TYPE_ANY);
}

/* NAM-02, NAM-03: Punycode that decodes, is valid in IDNA2008 and encodes to the same. */
static int
check_label(struct view label, struct err *err)
{
	char text[LABEL_MAX_BYTES + 1];
	uint8_t *again = NULL;
	int rc;

	if (!view_starts(label, VIEW("xn--")))
		return 0;
	if (view_copy(label, text, sizeof(text)) != 0)
		return reject(err, "a label is too long");
	rc = idn2_register_u8(NULL, (const uint8_t *)text, &again, 0);
	idn2_free(again);
	switch (rc) {
	case IDN2_OK:
		return 0;
	case IDN2_MALLOC:
		return err_internal(err, "idn2: out of memory");
	case IDN2_INVALID_ALABEL:
	case IDN2_PUNYCODE_BAD_INPUT:
	case IDN2_PUNYCODE_BIG_OUTPUT:
	case IDN2_PUNYCODE_OVERFLOW:
		return reject(err, "the label '%s' is not the Punycode of any text", text);
	default:
		return reject(err,
		    "the label '%s' stands for a text that IDNA2008 does not allow", text);
	}
}

/* Is it one that *.domain stands for? */
static bool
is_one_below(struct view name, struct view domain)
{
	return ident_is_below(name, domain) &&
	    !view_has(view_sub(name, 0, name.n - domain.n - 1), '.');
}

/* SEC-12: what the operator does not certify, whoever proves it. */
static bool
is_refused(const struct names_policy *policy, const struct ident *id)
{
	struct view refused;
	size_t i;

	for (i = 0; i < policy->nrefused; i++) {
		refused = policy->refused[i].value;
		if (view_eq(id->value, refused) || ident_is_below(id->value, refused) ||
		    (id->wildcard && is_one_below(refused, id->value)))
			return true;
	}
	return false;
}

static int
check_name(const struct names_policy *policy, const struct ident *id, struct err *err)
{
	char name[NAME_MAX_BYTES + 1];
	struct view rest = id->value;

	if (view_copy(id->value, name, sizeof(name)) != 0)
		return reject(err, "it is too long");
	if (is_refused(policy, id))
		return reject(err, "this CA issues none for it; ask your provider");
	if (check_tld(policy, name, err) != 0 ||
	    check_suffix(policy, name, id->wildcard, err) != 0)
		return -1;
	while (rest.n != 0)
		if (check_label(view_cut(&rest, '.'), err) != 0)
			return -1;
	return 0;
}

static bool
is_loopback(const uint8_t *bytes, bool v6)
{
	static const uint8_t one[16] = { [15] = 1 };

	return v6 ? memcmp(bytes, one, sizeof(one)) == 0 : bytes[0] == 127;
}

/* NAM-10, IPI-02. */
static int
check_address(const struct names_policy *policy, struct view value, struct err *err)
{
	char text[INET6_ADDRSTRLEN];
	uint8_t bytes[16];
	bool v6 = view_has(value, ':');

	if (view_copy(value, text, sizeof(text)) != 0 ||
	    inet_pton(v6 ? AF_INET6 : AF_INET, text, bytes) != 1)
		return reject(err, "it is no IP address");
	if (policy->allow_loopback && is_loopback(bytes, v6))
		return 0;
	if (ipspecial(bytes, v6 ? 16 : 4))
		return reject(err, "it is in a block for special purposes (RFC 6890)");
	return 0;
}

int
names_check(const struct names_policy *policy, const struct ident *id, struct err *err)
{
	int rc;

	rc = id->type == IDENT_IP ? check_address(policy, id->value, err) :
	    check_name(policy, id, err);
	if (rc == 0 || err->kind != ERR_REJECTED_IDENTIFIER)
		return rc;
	return err_set(err, ERR_REJECTED_IDENTIFIER,
	    "No certificate can be issued for '%s%.*s': %s",
	    id->wildcard ? "*." : "", VIEW_ARG(view_sub(id->value, 0, NAME_MAX_BYTES)),
	    err->detail);
}

bool
names_entitle(struct view sub_name, bool sub_wildcard, const struct ident *id, bool covers)
{
	struct view parent = id->value;

	if (sub_name.n == 0)
		return false;
	if (sub_wildcard == id->wildcard && view_eq(sub_name, id->value))
		return true;
	if (!covers || !sub_wildcard || id->wildcard || id->type != IDENT_DNS)
		return false;
	return view_cut(&parent, '.').n != 0 && view_eq(parent, sub_name);
}
