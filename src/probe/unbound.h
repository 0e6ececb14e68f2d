/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unbound: a libunbound context set up from conf and ready for questions.
 */
#ifndef CAAS_PROBE_UNBOUND_H
#define CAAS_PROBE_UNBOUND_H

#include "base/err.h"
#include "conf/conf.h"

struct ub_ctx;

/*
 * Forwarders (conf resolver: "ADDRESS" or "ADDRESS@PORT"), else the root hints;
 * the trust anchor; cache, sizes, ports.  Nothing can be changed afterwards.  The
 * caller deletes it with ub_ctx_delete().  ERR_INTERNAL, naming the setting that
 * was refused.
 */
MUST_USE int	unbound_new(const struct conf *, struct ub_ctx **, struct err *);

#endif
