/* SPDX-License-Identifier: BSD-2-Clause */
/* limits: the size of everything that comes from outside, with its source. */
#ifndef CAAS_WIRE_LIMITS_H
#define CAAS_WIRE_LIMITS_H

#define ACME_BODY_MAX		65536	/* bytes of a JWS (TRN-13) */
#define PARTNER_BODY_MAX	131072	/* bytes of a form (partner-api 1) */
#define JSON_DEPTH_MAX		16	/* nested values (TRN-17) */
#define URL_MAX			1024	/* bytes of a URL of ours, NUL included */
#define NAME_MAX_BYTES		253	/* a DNS name in text (NAM-01) */
#define LABEL_MAX_BYTES		63
#define LABELS_MAX		10	/* labels of a name (NAM-11) */
#define ORDER_IDENTS_MAX	100	/* identifiers of one order (ORD-04) */
#define CONTACTS_MAX		10	/* ACC-08 */
#define CONTACT_MAX_BYTES	254
#define CSR_DER_MAX		49152	/* bytes; 100 names and RSA-8192 fit (TRN-13) */
#define RSA_BITS_MIN		2048	/* account and leaf keys (JWS-13, KEY-01) */
#define RSA_BITS_MAX		4096
#define JWK_CANONICAL_MAX	768	/* bytes of a thumbprint input, RSA-4096 fits */
#define HTTP01_BODY_MAX		512	/* bytes (HTT-08); ours are 87 */
#define HTTP01_HEADERS_MAX	16384	/* bytes (HTT-08) */
#define HTTP01_REDIRECT_MAX	10	/* hops (HTT-04) */
#define REDIRECT_PATH_MAX	2000	/* bytes (HTT-05) */

#endif
