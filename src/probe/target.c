/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing among the addresses of a host. */
#include "probe/target.h"

#include "probe/address.h"

bool
target_is_allowed(const struct conf *conf, const struct address *a)
{
	if (!address_is_special(a))
		return true;
	return conf->allow_special_addresses && address_is_loopback(a);
}

static const struct address *
first_allowed(const struct conf *conf, const struct address *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (target_is_allowed(conf, &v[i]))
			return &v[i];
	return NULL;
}

int
target_choose(const struct conf *conf, struct view name, const struct host *host,
    struct target *out, struct err *err)
{
	const struct address *v6 = first_allowed(conf, host->v6, host->nv6);
	const struct address *v4 = first_allowed(conf, host->v4, host->nv4);
	char text[ADDRESS_TEXT_MAX];

	if (v6 == NULL && v4 == NULL) {
		address_text(host->nv6 != 0 ? host->v6 : host->v4, text);
		return err_set(err, ERR_CONNECTION,
		    "%.*s has the address %s, which is not public", VIEW_ARG(name), text);
	}
	out->first = v6 != NULL ? v6 : v4;
	out->fallback = v6 != NULL ? v4 : NULL;
	return 0;
}

int64_t
target_connect_ms(const struct conf *conf, const struct target *t, int64_t left_ms)
{
	int64_t ms = conf->http_connect_timeout_ms;

	if (t->fallback != NULL && ms > left_ms / 2)
		ms = left_ms / 2;
	return ms;
}
