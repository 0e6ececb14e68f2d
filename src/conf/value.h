/* SPDX-License-Identifier: BSD-2-Clause */
/* value: from the texts of a key to the member that it fills, and back. */
#ifndef CAAS_CONF_VALUE_H
#define CAAS_CONF_VALUE_H

#include "base/buf.h"
#include "conf/conf.h"
#include "conf/keys.h"

/* The key's default as texts; there must be one. */
struct conf_list	conf_value_default(struct arena *, const struct conf_key *);
/*
 * Check the texts and store them in the key's member of the struct at base; every
 * kind of key but a list has one text.  Strings are copied.  ERR_MALFORMED.
 */
MUST_USE int	conf_value_set(struct arena *, const struct conf_key *, struct conf_list texts,
		    void *base, struct err *);
/* As it may stand behind "KEY = ". */
void	conf_value_put(struct buf *, const struct conf_key *, const void *base);

#endif
