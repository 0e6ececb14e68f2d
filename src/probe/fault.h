/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault: why a transfer failed, in words for the owner of the site (HTT-06,
 * HTT-10).
 */
#ifndef CAAS_PROBE_FAULT_H
#define CAAS_PROBE_FAULT_H

#include <curl/curl.h>

#include "base/err.h"

/*
 * Of a transfer that ended with this code: ERR_CONNECTION, ERR_TLS,
 * ERR_INCORRECT_RESPONSE, or ERR_INTERNAL when it was our fault.  why is curl's own
 * text, for the log.
 */
void	fault_explain(CURL *, CURLcode, const char *why, struct err *);
/* Why connect(2) failed, by its errno: ERR_CONNECTION, or ERR_INTERNAL. */
void	fault_connect(int number, struct err *err);
/* Did the connection stand? */
bool	fault_connected(CURL *);

#endif
