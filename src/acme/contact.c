/* SPDX-License-Identifier: BSD-2-Clause */
/* Contact URLs: mailto with one plain address. */
#include "acme/contact.h"

#include "wire/ident.h"

static bool
is_atext(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || view_has(VIEW("!$&'*+-/=^_`{|}~."), c);
}

/* Names that no mail server of anybody's has (RFC 2606). */
static bool
is_reserved(struct view domain)
{
	static const struct view reserved[] = {
		{ "example.com", 11 }, { "example.net", 11 }, { "example.org", 11 },
		{ "example", 7 }, { "test", 4 }, { "invalid", 7 }, { "localhost", 9 },
	};
	size_t i;

	for (i = 0; i < NITEMS(reserved); i++)
		if (view_eq(domain, reserved[i]) || (view_ends(domain, reserved[i]) &&
		    domain.p[domain.n - reserved[i].n - 1] == '.'))
			return true;
	return false;
}

static int
check_mailto(struct arena *a, struct view contact, bool allow_special, struct err *err)
{
	struct view rest = view_sub(contact, 7, contact.n), local;
	struct err why;
	struct ident domain;
	size_t i;

	local = view_cut(&rest, '@');
	if (local.n == 0 || local.n > 64 || rest.p == NULL)
		return err_set(err, ERR_INVALID_CONTACT,
		    "A contact is not one mail address");
	for (i = 0; i < local.n; i++)
		if (!is_atext(local.p[i]))
			return err_set(err, ERR_INVALID_CONTACT,
			    "A contact's mail address has characters that are not allowed");
	if (ident_parse_dns(a, rest, &domain, &why) != 0 || domain.wildcard)
		return err_set(err, ERR_INVALID_CONTACT,
		    "A contact's mail address has no valid domain");
	if (!allow_special && is_reserved(domain.value))
		return err_set(err, ERR_INVALID_CONTACT,
		    "A contact's mail address is in a domain that is reserved for examples");
	return 0;
}

static int
check_one(struct arena *a, const struct json *v, bool allow_special, struct view *out,
    struct err *err)
{
	struct view contact = json_str(v);

	if (json_kind(v) != JSON_STR)
		return err_set(err, ERR_MALFORMED, "'contact' is not an array of strings");
	if (contact.n > CONTACT_MAX_BYTES)
		return err_set(err, ERR_INVALID_CONTACT,
		    "A contact is longer than %d bytes", CONTACT_MAX_BYTES);
	if (!view_ieq(view_sub(contact, 0, 7), VIEW("mailto:")))
		return err_set(err, contact.n == 0 ? ERR_INVALID_CONTACT :
		    ERR_UNSUPPORTED_CONTACT, "Contacts must be mailto URLs");
	*out = contact;
	return check_mailto(a, contact, allow_special, err);
}

int
contact_parse(struct arena *a, const struct json *payload, bool allow_special,
    struct view **contacts, size_t *n, struct err *err)
{
	const struct json *v = json_member(payload, "contact");
	size_t i;

	*n = 0;
	*contacts = NULL;
	/* certbot sends null when it deactivates (CLI-07). */
	if (v == NULL || json_kind(v) == JSON_NULL)
		return 0;
	if (json_kind(v) != JSON_ARRAY)
		return err_set(err, ERR_MALFORMED, "'contact' is not an array of strings");
	if (json_len(v) > CONTACTS_MAX)
		return err_set(err, ERR_MALFORMED, "More than %d contacts", CONTACTS_MAX);
	*contacts = arena_array(a, json_len(v) + 1, sizeof(**contacts));
	for (i = 0; i < json_len(v); i++)
		if (check_one(a, json_at(v, i), allow_special, &(*contacts)[i], err) != 0)
			return -1;
	*n = json_len(v);
	return 0;
}
