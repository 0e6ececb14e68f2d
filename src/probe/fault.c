/* SPDX-License-Identifier: BSD-2-Clause */
/* Why a transfer failed, in words for the owner of the site. */
#include "probe/fault.h"

#include <errno.h>

/*
 * Faults of the far end as the client is told.  curl's own text goes to the log
 * only.
 */
static const struct {
	CURLcode	 code;
	enum err_kind	 kind;
	const char	*text;
} faults[] = {
	{ CURLE_SEND_ERROR, ERR_CONNECTION, "Connection reset while sending the request" },
	{ CURLE_RECV_ERROR, ERR_CONNECTION, "Connection reset while reading the answer" },
	{ CURLE_GOT_NOTHING, ERR_CONNECTION, "Connection closed without an answer" },
	{ CURLE_PARTIAL_FILE, ERR_CONNECTION, "Connection closed in the middle of the answer" },
	{ CURLE_SSL_CONNECT_ERROR, ERR_TLS, "TLS handshake failed" },
	{ CURLE_SSL_CIPHER, ERR_TLS, "TLS handshake failed: no cipher in common" },
	{ CURLE_SSL_CERTPROBLEM, ERR_TLS, "TLS handshake failed" },
	{ CURLE_PEER_FAILED_VERIFICATION, ERR_TLS, "TLS handshake failed" },
	{ CURLE_UNSUPPORTED_PROTOCOL, ERR_INCORRECT_RESPONSE, "The answer is not HTTP/1" },
	{ CURLE_WEIRD_SERVER_REPLY, ERR_INCORRECT_RESPONSE, "The answer is not HTTP/1" },
	{ CURLE_BAD_CONTENT_ENCODING, ERR_INCORRECT_RESPONSE, "The answer is encoded" },
	{ CURLE_WRITE_ERROR, ERR_INCORRECT_RESPONSE, "The answer cannot be decoded" },
};

bool
fault_connected(CURL *easy)
{
	long port = 0;

	/* CURLINFO_CONNECT_TIME_T stays 0 until the TLS handshake is through too. */
	(void)curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
	return port != 0;
}

static void
timed_out(CURL *easy, struct err *err)
{
	curl_off_t tls_us = 0;
	char *scheme = NULL;

	(void)curl_easy_getinfo(easy, CURLINFO_APPCONNECT_TIME_T, &tls_us);
	(void)curl_easy_getinfo(easy, CURLINFO_SCHEME, &scheme);
	if (!fault_connected(easy))
		err_set(err, ERR_CONNECTION,
		    "Timeout during connect (likely firewall problem)");
	else if (scheme != NULL && view_ieq(view_of(scheme), VIEW("https")) && tls_us == 0)
		err_set(err, ERR_CONNECTION, "Timeout during the TLS handshake");
	else
		err_set(err, ERR_CONNECTION,
		    "Timeout after connect (your server may be slow or overloaded)");
}

void
fault_connect(int number, struct err *err)
{
	switch (number) {
	case ECONNREFUSED:
		err_set(err, ERR_CONNECTION, "Connection refused");
		break;
	case ENETUNREACH:
	case EHOSTUNREACH:
	case EADDRNOTAVAIL:
		err_set(err, ERR_CONNECTION, "No route to the host");
		break;
	case EMFILE:
	case ENFILE:
	case ENOBUFS:
	case ENOMEM:
		err_internal(err, "socket: errno %d", number);
		break;
	default:
		err_set(err, ERR_CONNECTION, "Connection failed");
		break;
	}
}

void
fault_explain(CURL *easy, CURLcode code, const char *why, struct err *err)
{
	long number = 0;
	size_t i;

	if (code == CURLE_OPERATION_TIMEDOUT) {
		timed_out(easy, err);
		return;
	}
	if (code == CURLE_COULDNT_CONNECT) {
		(void)curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
		fault_connect((int)number, err);
		return;
	}
	err_set(err, ERR_CONNECTION, "The transfer failed");
	for (i = 0; i < NITEMS(faults); i++)
		if (faults[i].code == code)
			err_set(err, faults[i].kind, "%s", faults[i].text);
	err_inner(err, "curl %d: %s", (int)code, why);
}
