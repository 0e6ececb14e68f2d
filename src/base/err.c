/* SPDX-License-Identifier: BSD-2-Clause */
/* What went wrong: kinds, details, subproblems. */
#include "base/err.h"

#include <stdarg.h>

#include "base/arena.h"

static const char *const kind_names[] = {
	[ERR_NONE]			= "none",
	[ERR_MALFORMED]			= "malformed",
	[ERR_NOT_FOUND]			= "notFound",
	[ERR_METHOD]			= "methodNotAllowed",
	[ERR_TOO_LARGE]			= "tooLarge",
	[ERR_MEDIA_TYPE]		= "mediaType",
	[ERR_ACCOUNT_DOES_NOT_EXIST]	= "accountDoesNotExist",
	[ERR_BAD_NONCE]			= "badNonce",
	[ERR_BAD_PUBLIC_KEY]		= "badPublicKey",
	[ERR_BAD_SIGNATURE_ALGORITHM]	= "badSignatureAlgorithm",
	[ERR_EXTERNAL_ACCOUNT_REQUIRED]	= "externalAccountRequired",
	[ERR_UNAUTHORIZED]		= "unauthorized",
	[ERR_DEACTIVATED]		= "deactivated",
	[ERR_USER_ACTION_REQUIRED]	= "userActionRequired",
	[ERR_INVALID_CONTACT]		= "invalidContact",
	[ERR_UNSUPPORTED_CONTACT]	= "unsupportedContact",
	[ERR_REJECTED_IDENTIFIER]	= "rejectedIdentifier",
	[ERR_NOT_SUBSCRIBED]		= "notSubscribed",
	[ERR_UNSUPPORTED_IDENTIFIER]	= "unsupportedIdentifier",
	[ERR_INVALID_PROFILE]		= "invalidProfile",
	[ERR_ORDER_NOT_READY]		= "orderNotReady",
	[ERR_BAD_CSR]			= "badCSR",
	[ERR_CAA]			= "caa",
	[ERR_COMPOUND]			= "compound",
	[ERR_CONFLICT]			= "conflict",
	[ERR_KEY_REUSED]		= "keyReused",
	[ERR_ALREADY_REPLACED]		= "alreadyReplaced",
	[ERR_ALREADY_REVOKED]		= "alreadyRevoked",
	[ERR_BAD_REVOCATION_REASON]	= "badRevocationReason",
	[ERR_CONNECTION]		= "connection",
	[ERR_DNS]			= "dns",
	[ERR_TLS]			= "tls",
	[ERR_INCORRECT_RESPONSE]	= "incorrectResponse",
	[ERR_RATE_LIMITED]		= "rateLimited",
	[ERR_UNAVAILABLE]		= "unavailable",
	[ERR_INTERNAL]			= "internal",
};
_Static_assert(NITEMS(kind_names) == ERR__MAX, "a name for every kind");

/*
 * The callers' arrays are not those of the err: its own texts may stand among
 * the arguments.  A cut inside a UTF-8 sequence would make a text that no JSON
 * can carry.
 */
static void PRINTF(3, 0)
format(char *out, size_t outsz, const char *fmt, va_list ap)
{
	size_t n = outsz - 1;
	int want;

	want = vsnprintf(out, outsz, fmt, ap);
	if (want >= 0 && (size_t)want < outsz)
		return;
	if (want < 0)
		n = 0;
	while (n != 0 && (out[n - 1] & 0xc0) == 0x80)
		n--;
	if (n != 0 && (out[n - 1] & 0x80) != 0)
		n--;
	out[n] = '\0';
}

void
err_clear(struct err *err)
{
	*err = (struct err)ERR_INIT;
}

int
err_set(struct err *err, enum err_kind kind, const char *detail, ...)
{
	char text[ERR_DETAIL_MAX] = "";
	va_list ap;

	va_start(ap, detail);
	format(text, sizeof(text), detail, ap);
	va_end(ap);
	err_clear(err);
	err->kind = kind;
	memcpy(err->detail, text, sizeof(text));
	return -1;
}

int
err_inner(struct err *err, const char *inner, ...)
{
	char text[ERR_INNER_MAX] = "";
	va_list ap;

	va_start(ap, inner);
	format(text, sizeof(text), inner, ap);
	va_end(ap);
	memcpy(err->inner, text, sizeof(text));
	return -1;
}

int
err_internal(struct err *err, const char *inner, ...)
{
	char text[ERR_INNER_MAX] = "";
	va_list ap;

	va_start(ap, inner);
	format(text, sizeof(text), inner, ap);
	va_end(ap);
	(void)err_set(err, ERR_INTERNAL, "The server met an internal error");
	memcpy(err->inner, text, sizeof(text));
	return -1;
}

void
err_sub(struct err *err, struct arena *a, const char *ident_type,
    struct view ident_value, enum err_kind kind, const char *detail, ...)
{
	struct err_sub *sub = arena_alloc(a, sizeof(*sub));
	char text[ERR_DETAIL_MAX] = "";
	va_list ap;

	va_start(ap, detail);
	format(text, sizeof(text), detail, ap);
	va_end(ap);
	sub->ident_type = ident_type;
	sub->ident_value = arena_view(a, ident_value);
	sub->kind = kind;
	sub->detail = arena_str(a, view_of(text));
	if (err->last_sub == NULL)
		err->subs = sub;
	else
		err->last_sub->next = sub;
	err->last_sub = sub;
	err->nsubs++;
}

const char *
err_kind_name(enum err_kind kind)
{
	return kind < ERR__MAX ? kind_names[kind] : "unknown";
}
