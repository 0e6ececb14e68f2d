/* SPDX-License-Identifier: BSD-2-Clause */
/* assemble: putting a signed object together around bytes that must stay as they are. */
#ifndef CAAS_SIGNER_ASSEMBLE_H
#define CAAS_SIGNER_ASSEMBLE_H

#include "base/arena.h"

/* SEQUENCE { tbs, algorithm, BIT STRING signature }: certificates and CRLs. */
struct view	assemble(struct arena *, struct view tbs, struct view algorithm,
		    struct view signature);

#endif
