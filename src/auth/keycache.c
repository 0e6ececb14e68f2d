/* SPDX-License-Identifier: BSD-2-Clause */
/* One place a hash: a newer key takes the place of an older one. */
#include "auth/keycache.h"

#define PLACES	1024	/* a power of two */

struct place {
	uint8_t		 thumbprint[THUMBPRINT_LEN];
	struct key	*key;		/* NULL: free */
};

struct keycache {
	struct place	places[PLACES];
};

struct keycache *
keycache_new(void)
{
	struct keycache *c;

	if ((c = calloc(1, sizeof(*c))) == NULL)
		abort();
	return c;
}

void
keycache_free(struct keycache *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < PLACES; i++)
		key_free(c->places[i].key);
	free(c);
}

const struct key *
keycache_get(struct keycache *c, struct arena *a,
    const uint8_t thumbprint[THUMBPRINT_LEN], struct view text, struct err *err)
{
	struct place *p = &c->places[((size_t)thumbprint[0] << 8 | thumbprint[1]) &
	    (PLACES - 1)];
	struct jwk jwk;
	struct key *key;

	if (p->key != NULL &&
	    view_eq(view_from(p->thumbprint, THUMBPRINT_LEN),
	    view_from(thumbprint, THUMBPRINT_LEN)))
		return p->key;
	if (jwk_parse_text(a, text, &jwk, err) != 0 ||
	    key_from_jwk(&jwk, &key, err) != 0)
		return NULL;
	key_free(p->key);
	p->key = key;
	memcpy(p->thumbprint, thumbprint, THUMBPRINT_LEN);
	return key;
}
