/* SPDX-License-Identifier: BSD-2-Clause */
/* yescrypt hashes by crypt_rn(3). */
#include "crypto/password.h"

#include <crypt.h>

#include "base/random.h"
#include "crypto/digest.h"

#define PREFIX		"$y$"
#define SALT_LEN	16	/* bytes */

/* The first part of a hash: method, cost and salt.  -1 without yescrypt. */
static int
make_setting(const char salt[SALT_LEN], char out[CRYPT_GENSALT_OUTPUT_SIZE])
{
	return crypt_gensalt_rn(PREFIX, PASSWORD_COST, salt, SALT_LEN, out,
	    CRYPT_GENSALT_OUTPUT_SIZE) != NULL ? 0 : -1;
}

/* The hash of a password of at most PASSWORD_MAX bytes without NUL. */
static int
compute(struct view password, const char *setting, char out[PASSWORD_HASH_MAX])
{
	struct crypt_data *data = calloc(1, sizeof(*data));
	char phrase[PASSWORD_MAX + 1];
	const char *hash = NULL;
	int rc = -1;

	if (data != NULL && view_copy(password, phrase, sizeof(phrase)) == 0)
		hash = crypt_rn(phrase, setting, data, (int)sizeof(*data));
	if (hash != NULL)
		rc = view_copy(view_of(hash), out, PASSWORD_HASH_MAX);
	if (data != NULL)
		secret_wipe(data, sizeof(*data));
	secret_wipe(phrase, sizeof(phrase));
	free(data);
	return rc;
}

int
password_hash(struct view password, char out[PASSWORD_HASH_MAX], struct err *err)
{
	char salt[SALT_LEN], setting[CRYPT_GENSALT_OUTPUT_SIZE];

	if (password.n > PASSWORD_MAX || view_has(password, '\0'))
		return err_internal(err, "a password over %d bytes or with a NUL",
		    PASSWORD_MAX);
	random_bytes(salt, sizeof(salt));
	if (make_setting(salt, setting) != 0 || compute(password, setting, out) != 0)
		return err_internal(err, "yescrypt failed");
	return 0;
}

bool
password_verify(struct view password, const char *hash)
{
	static const char no_salt[SALT_LEN];
	char setting[CRYPT_GENSALT_OUTPUT_SIZE], got[PASSWORD_HASH_MAX];
	bool possible = hash != NULL;

	/* What can never match still takes as long as what could. */
	if (password.n > PASSWORD_MAX || view_has(password, '\0')) {
		password = VIEW_NONE;
		possible = false;
	}
	if (!possible) {
		if (make_setting(no_salt, setting) != 0)
			return false;
		hash = setting;
	}
	if (compute(password, hash, got) != 0)
		return false;
	return possible && secret_equal(view_of(got), view_of(hash));
}
