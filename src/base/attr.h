/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * attr: config.h, the feature macros and the attributes that every file uses.
 * Included first by every header and every main().
 */
#ifndef CAAS_BASE_ATTR_H
#define CAAS_BASE_ATTR_H

#include "config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/banned.h"

/* The caller must look at the result. */
#define MUST_USE	__attribute__((warn_unused_result))
/* Argument a is a printf format for the arguments from b on. */
#define PRINTF(a, b)	__attribute__((format(printf, a, b)))
#define NORETURN	__attribute__((noreturn))
#define UNUSED		__attribute__((unused))

#define NITEMS(a)	(sizeof(a) / sizeof((a)[0]))
#define BIT(n)		(1u << (n))

#endif
