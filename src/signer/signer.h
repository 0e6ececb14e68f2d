/* SPDX-License-Identifier: BSD-2-Clause */
/* signer: works the sign queue, and keeps CRLs fresh. */
#ifndef CAAS_SIGNER_SIGNER_H
#define CAAS_SIGNER_SIGNER_H

#include "queue/consumer.h"
#include "signer/issue.h"

struct signer_setup {
	struct loop		*loop;
	const struct conf	*conf;
	struct store		*store;
	struct authority	*authority;
	const struct token_keys	*url_keys;
};

struct signer;

MUST_USE int	signer_start(const struct signer_setup *, struct signer **, struct err *);
void		signer_free(struct signer *);
/* Take no more orders; none is in flight between two events. */
void		signer_drain(struct signer *);

#endif
