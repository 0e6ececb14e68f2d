/* SPDX-License-Identifier: BSD-2-Clause */
/* CA keys in files: which are taken (PRO-16), and which are refused. */
#include "signer/backend.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tap.h"

#define PASSPHRASE	"secret"

static char dir[] = "/tmp/test_backend.XXXXXX";

/* Write a key, encrypted if there is a passphrase; the path is good until the next call. */
static const char *
put(EVP_PKEY *key, const char *passphrase, mode_t mode)
{
	static char path[64];
	const EVP_CIPHER *cipher = passphrase != NULL ? EVP_aes_128_cbc() : NULL;
	BIO *bio;

	(void)snprintf(path, sizeof(path), "%s/ca.key", dir);
	(void)unlink(path);
	if ((bio = BIO_new_file(path, "w")) == NULL ||
	    PEM_write_bio_PKCS8PrivateKey(bio, key, cipher, NULL, 0, NULL,
	    (char *)(uintptr_t)passphrase) != 1)
		abort();
	(void)BIO_free(bio);
	(void)chmod(path, mode);
	EVP_PKEY_free(key);
	return path;
}

/* digest NULL: refused, and says is part of why. */
static void
is(const char *path, const EVP_MD *digest, const char *says, const char *what)
{
	struct backend *b = NULL;
	struct err err = ERR_INIT;
	int rc = backend_file(path, &b, &err);

	if (digest != NULL)
		tap_ok(rc == 0 && b->digest == digest, "%s", what);
	else if (!tap_ok(rc == -1 && b == NULL && strstr(err.inner, says) != NULL, "%s", what))
		tap_diag("%s", err.inner);
	if (b != NULL)
		b->ops->free(b);
}

/* Nobody is asked for a passphrase: without a terminal it would be read from here. */
static void
offer_passphrase(void)
{
	static const char line[] = PASSPHRASE "\n";
	int fds[2];

	(void)setsid();
	if (pipe(fds) != 0 || write(fds[1], line, sizeof(line) - 1) < 0 ||
	    dup2(fds[0], STDIN_FILENO) < 0)
		abort();
	(void)close(fds[1]);
}

int
main(void)
{
	const char *path;

	if (mkdtemp(dir) == NULL)
		return 1;
	offer_passphrase();
	is(put(EVP_EC_gen("P-256"), NULL, 0400), EVP_sha256(), NULL, "PRO-16: P-256 with SHA-256");
	is(put(EVP_EC_gen("P-384"), NULL, 0400), EVP_sha384(), NULL, "PRO-16: P-384 with SHA-384");
	is(put(EVP_EC_gen("P-521"), NULL, 0600), EVP_sha512(), NULL, "PRO-16: P-521 with SHA-512");
	is(put(EVP_RSA_gen(2048), NULL, 0400), EVP_sha256(), NULL, "PRO-16: RSA with SHA-256");
	is(put(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), NULL, 0400), NULL, "no key",
	    "Ed25519 is no key of a CA");
	is(put(EVP_EC_gen("secp256k1"), NULL, 0400), NULL, "no key", "KEY-07: nor is one on secp256k1");
	is(put(EVP_RSA_gen(1024), NULL, 0400), NULL, "no key", "KEY-01: nor is RSA of 1024 bits");
	is(put(EVP_EC_gen("P-256"), PASSPHRASE, 0400), NULL, "no key",
	    "a key with a passphrase is refused, and nobody is asked");
	is(put(EVP_EC_gen("P-256"), NULL, 0440), NULL, "readable by others", "the group may read it");
	is(put(EVP_EC_gen("P-256"), NULL, 0404), NULL, "readable by others", "everybody may read it");
	path = put(EVP_EC_gen("P-256"), NULL, 0400);
	(void)unlink(path);
	is(path, NULL, "cannot be opened", "a file that is not there");
	(void)rmdir(dir);
	return tap_done();
}
