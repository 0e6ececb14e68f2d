/* SPDX-License-Identifier: BSD-2-Clause */
/* Which addresses a validation may reach, and their text form. */
#include "probe/address.h"

#include <arpa/inet.h>

#include "policy/ipspecial.h"

bool
address_is_special(const struct address *a)
{
	return ipspecial(a->bytes, a->family == AF_INET ? 4 : 16);
}

bool
address_is_loopback(const struct address *a)
{
	static const uint8_t v6[16] = { [15] = 1 };

	if (a->family == AF_INET)
		return a->bytes[0] == 127;
	return memcmp(a->bytes, v6, sizeof(v6)) == 0;
}

void
address_text(const struct address *a, char out[ADDRESS_TEXT_MAX])
{
	if (inet_ntop(a->family, a->bytes, out, ADDRESS_TEXT_MAX) == NULL)
		out[0] = '\0';
}

int
address_parse(struct view v, struct address *out)
{
	char text[ADDRESS_TEXT_MAX];

	*out = (struct address){ .family = AF_INET };
	if (view_copy(v, text, sizeof(text)) != 0)
		return -1;
	if (view_has(v, ':'))
		out->family = AF_INET6;
	return inet_pton(out->family, text, out->bytes) == 1 ? 0 : -1;
}
