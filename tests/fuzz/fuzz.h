/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz: what the targets share.  A target takes any bytes and asserts a property
 * of what its parser made of them; libFuzzer calls it (configure --enable-fuzz),
 * or the replay of its corpus in make check.
 */
#ifndef CAAS_TESTS_FUZZ_FUZZ_H
#define CAAS_TESTS_FUZZ_FUZZ_H

#include "base/arena.h"

#include <stdlib.h>

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* A property; a broken one ends the program as a crash does. */
#define REQUIRE(what) do {						\
	if (!(what)) {							\
		(void)fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #what); \
		abort();						\
	}								\
} while (0)

#endif
