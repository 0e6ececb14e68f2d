/* SPDX-License-Identifier: BSD-2-Clause */
/* Issuing and checking nonces. */
#include "auth/nonce.h"

#include "base/base64url.h"
#include "base/random.h"

#define COUNTER_MASK	((UINT64_C(1) << 46) - 1)
#define SKEW_MINUTES	2	/* hosts whose clocks differ */

static uint32_t
minute_of(int64_t now)
{
	return now > ID_EPOCH_S ? (uint32_t)((now - ID_EPOCH_S) / 60) : 0;
}

int
nonce_issue(struct service *svc, int64_t now, char out[TOKEN_LEN + 1],
    struct err *err)
{
	struct nonce n = { .minute = minute_of(now) & 0xffffff };
	unsigned writer;

	if (writer_number(svc->store->writer, &writer, err) != 0)
		return -1;
	n.writer = (uint16_t)writer;
	n.counter = svc->nonce_counter++ & COUNTER_MASK;
	nonce_encode(svc->nonce_keys, &n, out);
	return 0;
}

int
nonce_check(struct service *svc, int64_t now, struct view text,
    struct nonce_row *row, struct err *err)
{
	uint32_t this_minute = minute_of(now);
	uint32_t ttl = (uint32_t)(svc->conf->nonce_ttl / 60);
	struct nonce n;

	if (text.p == NULL)
		return err_set(err, ERR_BAD_NONCE, NONCE_BAD_TEXT ": it has none");
	if (!b64u_alphabet(text))
		return err_set(err, ERR_MALFORMED,
		    "The nonce has characters that are not base64url");
	if (nonce_decode(svc->nonce_keys, text, &n) != 0 ||
	    n.minute > this_minute + SKEW_MINUTES || n.minute + ttl < this_minute)
		return err_set(err, ERR_BAD_NONCE, NONCE_BAD_TEXT);
	memcpy(row->block, n.block, sizeof(row->block));
	row->params[0] = (struct param)P_U(n.minute / 60 % 4);
	row->params[1] = (struct param)P_B(view_from(row->block, sizeof(row->block)));
	row->params[2] = (struct param)P_U(random_u64());
	row->once = (struct tx_once){ STMT_NONCE_PUT, STMT_NONCE_FIND, row->params, 3,
	    ERR_BAD_NONCE, NONCE_BAD_TEXT, false };
	return 0;
}
