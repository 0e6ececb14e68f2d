/* SPDX-License-Identifier: BSD-2-Clause */
/* GeneralNames to identifiers. */
#include "crypto/san.h"

#include <arpa/inet.h>

#include "crypto/der.h"

#define TAG_DNS_NAME	DER_CONTEXT(2)
#define TAG_IP_ADDRESS	DER_CONTEXT(7)
#define IPV4_LEN	4	/* octets */
#define IPV6_LEN	16

int
san_parse_dns(struct arena *a, struct view name, struct ident *out, struct err *err)
{
	char why[ERR_DETAIL_MAX];

	if (ident_parse_dns(a, name, out, err) == 0)
		return 0;
	memcpy(why, err->detail, sizeof(why));
	name = view_sub(name, 0, NAME_MAX_BYTES);
	return err_set(err, err->kind, "\"%.*s\": %s", VIEW_ARG(name), why);
}

static int
parse_ip(struct arena *a, struct view octets, struct ident *out, struct err *err)
{
	char text[INET6_ADDRSTRLEN];

	if (octets.n != IPV4_LEN && octets.n != IPV6_LEN)
		return err_set(err, ERR_MALFORMED, "An iPAddress has %zu octets", octets.n);
	if (inet_ntop(octets.n == IPV4_LEN ? AF_INET : AF_INET6, octets.p, text,
	    sizeof(text)) == NULL)
		return err_internal(err, "inet_ntop");
	return ident_parse(a, VIEW("ip"), view_of(text), out, err);
}

/* The number of names; -1 when the content is not a list of elements. */
static int
count_names(struct view content, size_t *out)
{
	struct der name;
	size_t n;

	for (n = 0; content.n != 0; n++)
		if (der_next(&content, &name) != 0)
			return -1;
	*out = n;
	return n != 0 ? 0 : -1;
}

int
san_parse(struct arena *a, struct view der, struct san *out, struct err *err)
{
	struct der names, name;
	size_t n;
	int rc = 0;

	*out = (struct san){ 0 };
	if (der_only(der, DER_SEQUENCE, &names) != 0 ||
	    count_names(names.content, &n) != 0)
		return err_set(err, ERR_MALFORMED,
		    "The subjectAltName extension is not a list of names in DER");
	out->idents = arena_array(a, n, sizeof(*out->idents));
	while (rc == 0 && der_next(&names.content, &name) == 0) {
		if (name.tag == TAG_DNS_NAME)
			rc = san_parse_dns(a, name.content, &out->idents[out->nidents++], err);
		else if (name.tag == TAG_IP_ADDRESS)
			rc = parse_ip(a, name.content, &out->idents[out->nidents++], err);
		else
			out->nothers++;
	}
	return rc;
}
