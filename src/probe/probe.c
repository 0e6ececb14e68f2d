/* SPDX-License-Identifier: BSD-2-Clause */
/* The methods by which control of an identifier is proven. */
#include "probe/probe.h"

const struct probe_method *
probe_method_find(struct view name)
{
	static const struct probe_method *const methods[] = {
		&probe_http01,
		&probe_dns01,
		&probe_tlsalpn01,
		&probe_dnsaccount01,
		&probe_dnspersist01,
	};
	size_t i;

	for (i = 0; i < NITEMS(methods); i++)
		if (view_is(name, methods[i]->name))
			return methods[i];
	return NULL;
}
