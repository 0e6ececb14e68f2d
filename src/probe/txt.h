/* SPDX-License-Identifier: BSD-2-Clause */
/* txt: the contents of TXT records (RFC 1035 s3.3.14). */
#ifndef CAAS_PROBE_TXT_H
#define CAAS_PROBE_TXT_H

#include "base/arena.h"

/* The character-strings of one record, joined; -1 when it is not a TXT record. */
MUST_USE int	txt_parse(struct arena *, struct view rdata, struct view *out);

#endif
