/* SPDX-License-Identifier: BSD-2-Clause */
/* Extensions of certificates that we make. */
#include "crypto/extension.h"

#include "crypto/scoped.h"

SCOPED_TYPE(CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free)
SCOPED_TYPE(X509_EXTENSION, X509_EXTENSION_free)

bool
extension_add_text(X509 *x, X509 *issuer, int nid, const char *value)
{
	SCOPED(X509_EXTENSION) ext = NULL;
	X509V3_CTX ctx;

	X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
	X509V3_set_ctx_nodb(&ctx);
	ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	return ext != NULL && X509_add_ext(x, ext, -1) == 1;
}

bool
extension_add_policy(X509 *x, const char *oid)
{
	SCOPED(CERTIFICATEPOLICIES) policies = CERTIFICATEPOLICIES_new();
	POLICYINFO *info = POLICYINFO_new();

	if (policies == NULL || info == NULL ||
	    sk_POLICYINFO_push(policies, info) == 0) {
		POLICYINFO_free(info);
		return false;
	}
	ASN1_OBJECT_free(info->policyid);
	info->policyid = OBJ_txt2obj(oid, 1);
	return info->policyid != NULL &&
	    X509_add1_ext_i2d(x, NID_certificate_policies, policies, 0, 0) == 1;
}
