/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * writer: who makes row ids and small numbers (design.md 6).
 *
 * A row id is 41 bits of milliseconds since 2025-01-01, 10 bits of writer, 12
 * bits of counter.  A process leases a writer number and reserves time ahead;
 * its ids use max(clock, last, reserved before), so neither a restart nor a
 * clock that steps back repeats one.  Never call this inside a transaction: what
 * it reserves must stay when that is rolled back.
 */
#ifndef CAAS_STORE_WRITER_H
#define CAAS_STORE_WRITER_H

#include "store/db.h"

struct writer;

/* Leases its number at first use. */
struct writer	*writer_new(struct db *, const struct clk *);
/* Gives the number back if the database can be reached. */
void		 writer_free(struct writer *);

/* n ids, rising. */
MUST_USE int	writer_ids(struct writer *, uint64_t *ids, size_t n, struct err *);
MUST_USE int	writer_id(struct writer *, uint64_t *id, struct err *);
/* The 10-bit number, for nonces. */
MUST_USE int	writer_number(struct writer *, unsigned *number, struct err *);

enum number_kind { NUMBER_TRANSACTION, NUMBER_ORDER, NUMBER_CERTIFICATE, NUMBER__MAX };
/* A number that fits a JSON integer; blocks of 1,000, so with gaps. */
MUST_USE int	writer_small(struct writer *, enum number_kind, uint64_t *number, struct err *);

/* No row that was made at or after this time has a lower id. */
uint64_t	id_of_time(int64_t at);
/*
 * The lower bound for rows that were made after this one: writers' times differ
 * by seconds and a clock may be set back, so a day is left for that.
 */
uint64_t	id_later_than(uint64_t id);

#endif
