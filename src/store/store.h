/* SPDX-License-Identifier: BSD-2-Clause */
/* store: what a process needs to read and write rows. */
#ifndef CAAS_STORE_STORE_H
#define CAAS_STORE_STORE_H

#include "store/tx.h"
#include "store/writer.h"

struct store {
	struct db		*db;
	struct writer		*writer;
	const struct clk	*clk;
};

#endif
