/* SPDX-License-Identifier: BSD-2-Clause */
/* PEM text (RFC 7468). */
#include "crypto/x509.h"

#include <limits.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#define LINE_BYTES	48	/* what a line of 64 characters holds */
#define LINE_CHARS	64

void
pem_put(struct buf *b, const char *label, struct view der)
{
	unsigned char line[LINE_CHARS + 1];
	struct view part;
	size_t i;

	buf_printf(b, "-----BEGIN %s-----\n", label);
	for (i = 0; i < der.n; i += LINE_BYTES) {
		part = view_sub(der, i, LINE_BYTES);
		(void)EVP_EncodeBlock(line, (const unsigned char *)part.p, (int)part.n);
		buf_str(b, (const char *)line);
		buf_char(b, '\n');
	}
	buf_printf(b, "-----END %s-----\n", label);
}

/* The next block, whatever its label; false at the end. */
static bool
next_block(BIO *bio, struct arena *a, const char *label, struct view *der, bool *found)
{
	char *name = NULL, *header = NULL;
	unsigned char *data = NULL;
	long n;

	if (PEM_read_bio(bio, &name, &header, &data, &n) != 1)
		return false;
	*found = strcmp(name, label) == 0 && header[0] == '\0';
	if (*found)
		*der = arena_view(a, view_from(data, (size_t)n));
	OPENSSL_free(name);
	OPENSSL_free(header);
	OPENSSL_clear_free(data, (size_t)n);
	return true;
}

int
pem_get(struct arena *a, struct view text, const char *label, struct view *der)
{
	BIO *bio = NULL;
	bool found = false;

	if (text.n <= INT_MAX)
		bio = BIO_new_mem_buf(text.n != 0 ? text.p : "", (int)text.n);
	if (bio != NULL)
		while (!found && next_block(bio, a, label, der, &found))
			continue;
	BIO_free(bio);
	ERR_clear_error();
	return found ? 0 : -1;
}

int
pem_list(struct arena *a, struct view text, const char *label, struct view *ders, size_t max,
    size_t *n)
{
	BIO *bio = NULL;
	struct view der;
	bool good = true;
	unsigned long why;

	*n = 0;
	if (text.n <= INT_MAX)
		bio = BIO_new_mem_buf(text.n != 0 ? text.p : "", (int)text.n);
	ERR_clear_error();
	while (bio != NULL && good && next_block(bio, a, label, &der, &good))
		if ((good = good && *n < max))
			ders[(*n)++] = der;
	/* The end is where no further block begins. */
	why = ERR_peek_last_error();
	BIO_free(bio);
	ERR_clear_error();
	return good && *n != 0 && ERR_GET_LIB(why) == ERR_LIB_PEM &&
	    ERR_GET_REASON(why) == PEM_R_NO_START_LINE ? 0 : -1;
}
