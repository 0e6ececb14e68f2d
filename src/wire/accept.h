/* SPDX-License-Identifier: BSD-2-Clause */
/* accept: which media type a client likes best (RFC 9110 s12.5.1). */
#ifndef CAAS_WIRE_ACCEPT_H
#define CAAS_WIRE_ACCEPT_H

#include "base/view.h"

/*
 * The weight in thousandths that an Accept header gives to a type ("text/plain"):
 * that of the most specific range it is in, 0 when it is in none.  Parameters but q
 * are not looked at; a range whose q is no weight weighs nothing.
 */
unsigned	accept_weight(struct view header, const char *type);

#endif
