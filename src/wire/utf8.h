/* SPDX-License-Identifier: BSD-2-Clause */
/* utf8: is it UTF-8 (RFC 3629)?  No overlong forms, no surrogates, at most U+10FFFF. */
#ifndef CAAS_WIRE_UTF8_H
#define CAAS_WIRE_UTF8_H

#include "base/view.h"

/* Bytes of the character at the start; 0 when there is no well-formed one. */
size_t	utf8_len(struct view);
/* Is the whole view UTF-8?  The empty one is. */
bool	utf8_valid(struct view);

#endif
