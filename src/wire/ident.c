/* SPDX-License-Identifier: BSD-2-Clause */
/* Identifiers: syntax, one spelling for each, and lists of them. */
#include "wire/ident.h"

#include <arpa/inet.h>

#include "wire/ascii.h"

const char *
ident_type_name(enum ident_type type)
{
	return type == IDENT_IP ? "ip" : "dns";
}

static bool
is_ldh(char c)
{
	return ascii_is_alnum(c) || c == '-';
}

/* NAM-01, NAM-02: a label in lower case. */
static int
check_label(struct view label, struct err *err)
{
	size_t i;

	if (label.n == 0)
		return err_set(err, ERR_MALFORMED,
		    "The DNS name has an empty label, or a dot at its start or end");
	if (label.n > LABEL_MAX_BYTES)
		return err_set(err, ERR_MALFORMED,
		    "The DNS name has a label of more than %d characters", LABEL_MAX_BYTES);
	if (view_has(label, '*'))
		return err_set(err, ERR_MALFORMED, "A '*' may only be the whole first label "
		    "of a DNS name, and only once");
	for (i = 0; i < label.n; i++)
		if (!is_ldh(label.p[i]))
			return err_set(err, ERR_MALFORMED, "The DNS name has a character "
			    "other than letters, digits, hyphens and dots; write "
			    "international names as A-labels (xn--)");
	if (label.p[0] == '-' || label.p[label.n - 1] == '-')
		return err_set(err, ERR_MALFORMED,
		    "The DNS name has a label that starts or ends with a hyphen");
	if (view_eq(view_sub(label, 2, 2), VIEW("--")) && !view_starts(label, VIEW("xn--")))
		return err_set(err, ERR_MALFORMED, "The DNS name has a label with '--' in "
		    "third place that is no A-label (xn--)");
	return 0;
}

/* A name in lower case, without "*.". */
static int
check_name(struct view name, struct err *err)
{
	struct view rest = name, label;
	size_t labels = 0;

	do {
		label = view_cut(&rest, '.');
		if (check_label(label, err) != 0)
			return -1;
		labels++;
	} while (rest.p != NULL);
	if (labels < 2)
		return err_set(err, ERR_MALFORMED,
		    "The DNS name needs two labels at least, not counting a '*'");
	if (labels > LABELS_MAX)
		return err_set(err, ERR_MALFORMED,
		    "The DNS name has more than %d labels", LABELS_MAX);
	/* No top-level domain is a number, addresses are (RFC 1123 s2.1; NAM-09). */
	if (ascii_all_digits(label))
		return err_set(err, ERR_MALFORMED,
		    "An IP address is no DNS name; its identifier type is 'ip'");
	return 0;
}

int
ident_parse_dns(struct arena *arena, struct view value, struct ident *out,
    struct err *err)
{
	*out = (struct ident){ .type = IDENT_DNS };
	if (value.n > NAME_MAX_BYTES)
		return err_set(err, ERR_MALFORMED,
		    "The DNS name has more than %d characters", NAME_MAX_BYTES);
	out->wildcard = view_starts(value, VIEW("*."));
	out->value = ascii_lower(arena, view_sub(value, out->wildcard ? 2 : 0, value.n));
	return check_name(out->value, err);
}

/* IPI-01: the one spelling of an address that inet_ntop() writes (RFC 5952). */
static int
parse_ip(struct arena *arena, struct view value, struct ident *out, struct err *err)
{
	char text[INET6_ADDRSTRLEN], canonical[INET6_ADDRSTRLEN];
	int family = view_has(value, ':') ? AF_INET6 : AF_INET;
	unsigned char address[16];

	*out = (struct ident){ .type = IDENT_IP };
	if (view_copy(value, text, sizeof(text)) != 0 ||
	    inet_pton(family, text, address) != 1)
		return err_set(err, ERR_MALFORMED, "The identifier is no IP address");
	if (inet_ntop(family, address, canonical, sizeof(canonical)) == NULL)
		return err_internal(err, "inet_ntop");
	if (!view_is(value, canonical))
		return err_set(err, ERR_MALFORMED, "The IP address is not in its canonical "
		    "text form (RFC 5952), which is %s", canonical);
	out->value = arena_view(arena, value);
	return 0;
}

int
ident_parse(struct arena *arena, struct view type, struct view value,
    struct ident *out, struct err *err)
{
	if (view_is(type, "dns"))
		return ident_parse_dns(arena, value, out, err);
	if (view_is(type, "ip"))
		return parse_ip(arena, value, out, err);
	return err_set(err, ERR_UNSUPPORTED_IDENTIFIER,
	    "Identifiers must have the type 'dns' or 'ip'");
}

struct view
ident_text(struct arena *arena, const struct ident *id)
{
	if (!id->wildcard)
		return id->value;
	return view_of(arena_printf(arena, "*.%.*s", VIEW_ARG(id->value)));
}

bool
ident_eq(const struct ident *a, const struct ident *b)
{
	return ident_cmp(a, b) == 0;
}

bool
ident_is_below(struct view name, struct view domain)
{
	return domain.n != 0 && name.n > domain.n + 1 && view_ends(name, domain) &&
	    name.p[name.n - domain.n - 1] == '.';
}

int
ident_cmp(const void *pa, const void *pb)
{
	const struct ident *a = pa, *b = pb;
	int c;

	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	if ((c = view_cmp(a->value, b->value)) != 0)
		return c;
	return (int)a->wildcard - (int)b->wildcard;
}

size_t
ident_uniq(struct ident *ids, size_t n)
{
	size_t i, kept = 0;

	if (n == 0)
		return 0;
	qsort(ids, n, sizeof(ids[0]), ident_cmp);
	for (i = 1; i < n; i++)
		if (!ident_eq(&ids[i], &ids[kept]))
			ids[++kept] = ids[i];
	return kept + 1;
}

void
ident_pack(struct buf *b, const struct ident *ids, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_printf(b, "%s:%s%.*s\n", ident_type_name(ids[i].type),
		    ids[i].wildcard ? "*." : "", VIEW_ARG(ids[i].value));
}

/* One packed line without its end; it must be what ident_pack() writes. */
static int
unpack_line(struct arena *arena, struct view line, struct ident *out, struct err *err)
{
	struct view value = line, type;
	struct err why;

	type = view_cut(&value, ':');
	if (ident_parse(arena, type, value, out, &why) != 0)
		return err_internal(err, "packed identifier: %s", why.detail);
	if (!view_ends(value, out->value))
		return err_internal(err, "packed identifier in upper case");
	return 0;
}

static size_t
count_lines(struct view text)
{
	size_t i, n = 0;

	for (i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

int
ident_unpack(struct arena *arena, struct view packed, struct ident **out, size_t *n,
    struct err *err)
{
	size_t i, lines = count_lines(packed);
	struct ident *ids;

	if (packed.n != 0 && packed.p[packed.n - 1] != '\n')
		return err_internal(err, "packed identifiers are cut off");
	ids = arena_array(arena, lines, sizeof(ids[0]));
	for (i = 0; i < lines; i++)
		if (unpack_line(arena, view_cut(&packed, '\n'), &ids[i], err) != 0)
			return -1;
	*out = ids;
	*n = lines;
	return 0;
}
