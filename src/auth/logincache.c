/* SPDX-License-Identifier: BSD-2-Clause */
/* One place a hash: a newer login takes the place of an older one. */
#include "auth/logincache.h"

#include <stdlib.h>

#include "base/random.h"
#include "crypto/digest.h"

#define PLACES	1024	/* a power of two */

struct place {
	uint8_t		mac[SHA256_LEN];
	int64_t		until_ms;	/* 0: free */
};

struct logincache {
	uint8_t		key[SHA256_LEN];
	struct place	places[PLACES];
};

struct logincache *
logincache_new(void)
{
	struct logincache *c;

	if ((c = calloc(1, sizeof(*c))) == NULL)
		abort();
	random_bytes(c->key, sizeof(c->key));
	return c;
}

void
logincache_free(struct logincache *c)
{
	if (c == NULL)
		return;
	secret_wipe(c, sizeof(*c));
	free(c);
}

/* Each part is hashed first, so that it cannot be mistaken for another. */
static void
mac_of(const struct logincache *c, const struct login_proof *p, uint8_t out[HMAC_LEN_MAX])
{
	uint8_t parts[4][SHA256_LEN];

	sha256(p->name, parts[0]);
	sha256(p->password, parts[1]);
	sha256(p->network, parts[2]);
	sha256(p->password_hash, parts[3]);
	hmac(HMAC_SHA256, view_from(c->key, sizeof(c->key)), view_from(parts, sizeof(parts)),
	    out);
	secret_wipe(parts, sizeof(parts));
}

static size_t
place_of(const uint8_t mac[HMAC_LEN_MAX])
{
	return ((size_t)mac[0] << 8 | mac[1]) & (PLACES - 1);
}

bool
logincache_has(const struct logincache *c, const struct login_proof *proof, int64_t now_ms)
{
	const struct place *p;
	uint8_t mac[HMAC_LEN_MAX];

	mac_of(c, proof, mac);
	p = &c->places[place_of(mac)];
	return now_ms < p->until_ms &&
	    secret_equal(view_from(p->mac, SHA256_LEN), view_from(mac, SHA256_LEN));
}

void
logincache_put(struct logincache *c, const struct login_proof *proof, int64_t now_ms)
{
	uint8_t mac[HMAC_LEN_MAX];
	struct place *p;

	mac_of(c, proof, mac);
	p = &c->places[place_of(mac)];
	memcpy(p->mac, mac, SHA256_LEN);
	p->until_ms = now_ms + LOGINCACHE_MS;
}
