/* SPDX-License-Identifier: BSD-2-Clause */
/* The map of the ACME server. */
#include "acme/routes.h"

#include "acme/account.h"
#include "acme/accountkey.h"
#include "acme/authz.h"
#include "acme/cert.h"
#include "acme/directory.h"
#include "acme/finalize.h"
#include "acme/limit.h"
#include "acme/order.h"
#include "acme/renewal.h"
#include "acme/repository.h"
#include "acme/revoke.h"
#include "auth/gate.h"
#include "wire/limits.h"

#define BODY	ACME_BODY_MAX
#define READ	ROUTE_POST_AS_GET

static const struct route acme_routes[] = {
	/* methods	path				auth		flags		body	handler */
	{ GET | HEAD | POST, "/v2/*",			AUTH_NONE,	READ,		BODY,	directory_get },
	{ GET | HEAD,	"/v2/*/",			AUTH_NONE,	0,		0,	directory_elsewhere },
	{ GET | HEAD,	"/v2/*/directory",		AUTH_NONE,	0,		0,	directory_elsewhere },
	{ GET | HEAD | POST, "/v2/*/newNonce",		AUTH_NONE,	READ,		BODY,	newnonce_get },
	{ POST,		"/v2/*/newAccount",		AUTH_JWK,	ROUTE_WRITES,	BODY,	account_new },
	{ POST,		"/v2/*/account/*",			AUTH_KID,	ROUTE_WRITES,	BODY,	account_post },
	{ POST,		"/v2/*/account/*/orders",		AUTH_KID,	READ,		BODY,	account_orders },
	{ POST,		"/v2/*/account/*/limits",		AUTH_KID,	ROUTE_WRITES,	BODY,	limit_post },
	{ POST,		"/v2/*/keyChange",		AUTH_KID,	ROUTE_WRITES,	BODY,	accountkey_change },
	{ POST,		"/v2/*/revokeCert",		AUTH_EITHER,	ROUTE_WRITES,	BODY,	revoke },
	{ POST,		"/v2/*/newOrder",		AUTH_KID,	ROUTE_WRITES,	BODY,	order_new },
	{ POST,		"/v2/*/order/*",		AUTH_KID,	READ,		BODY,	order_read },
	{ POST,		"/v2/*/order/*/finalize",	AUTH_KID,	ROUTE_WRITES,	BODY,	finalize },
	{ POST,		"/v2/*/newAuthz",		AUTH_KID,	ROUTE_WRITES,	BODY,	authz_new },
	{ POST,		"/v2/*/authz/*",		AUTH_KID,	ROUTE_WRITES,	BODY,	authz_post },
	{ POST,		"/v2/*/authz/*/*",		AUTH_KID,	ROUTE_WRITES,	BODY,	challenge_post },
	{ GET | HEAD,	"/v2/*/renewalInfo",		AUTH_NONE,	0,		0,	renewal_info },
	{ GET | HEAD,	"/v2/*/renewalInfo/*",		AUTH_NONE,	0,		0,	renewal_info },
	{ POST,		"/v2/*/cert/*",			AUTH_KID,	READ,		BODY,	cert_read },
	{ POST,		"/v2/*/cert/*/*",		AUTH_KID,	READ,		BODY,	cert_read_other },
};

const struct site acme_site = {
	"/v2/", acme_routes, NITEMS(acme_routes), true,
	gate_enter, gate_settle, gate_fail, gate_finish,
};

static const struct route repository_routes[] = {
	{ GET | HEAD,	"/crl/*/*",	0, 0, 0, repository_crl },
	{ GET | HEAD,	"/issuer/*",	0, 0, 0, repository_issuer },
};

const struct site repository_site = {
	"/", repository_routes, NITEMS(repository_routes), false,
	repository_enter, repository_settle, repository_fail, repository_finish,
};
