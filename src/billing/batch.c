/* SPDX-License-Identifier: BSD-2-Clause */
/* Many names in one transaction; when the money does not suffice for all, one by one. */
#include "billing/batch.h"

#include "store/binding.h"
#include "wire/partner_error.h"

struct batch {
	struct batch_name	*names;
	size_t			 n;
};

/* A refusal is this name's affair, unless it is no refusal. */
static int
refuse(struct batch_name *b, struct err *err)
{
	unsigned number = partner_error_number(err);

	if (number == 0)
		return -1;
	b->outcome = number == E18 ? BATCH_PRESENT : BATCH_REFUSED;
	b->why = arena_view(b->addition.arena, view_of(err->detail));
	err_clear(err);
	return 0;
}

static int
add_one(struct db *db, struct batch_name *b, const struct binding *locked, struct err *err)
{
	b->addition.binding = *locked;
	b->outcome = BATCH_ADDED;
	if (addition_plan(db, &b->addition, err) != 0)
		return refuse(b, err);
	return addition_put(db, &b->addition, err);
}

/* The money last, when all names are in. */
static int
add_all(struct db *db, void *arg, struct err *err)
{
	struct batch *all = arg;
	const struct addition *first = &all->names[0].addition;
	struct binding locked;
	size_t i;

	if (binding_lock(db, first->arena, first->binding.id, &locked, err) != 1)
		return err->kind != ERR_NONE ? -1 : err_internal(err, "binding vanished");
	for (i = 0; i < all->n; i++)
		if (add_one(db, &all->names[i], &locked, err) != 0)
			return -1;
	for (i = 0; i < all->n; i++)
		if (all->names[i].outcome == BATCH_ADDED &&
		    addition_charge(db, &all->names[i].addition, err) != 0)
			return -1;
	return 0;
}

static int
prepare(struct store *st, struct view actor, struct batch_name *b, struct err *err)
{
	struct addition *a = &b->addition;
	uint64_t audit_id;

	if (writer_ids(st->writer, a->ids, NITEMS(a->ids), err) != 0 ||
	    writer_id(st->writer, &audit_id, err) != 0 ||
	    writer_small(st->writer, NUMBER_TRANSACTION, &a->number, err) != 0)
		return -1;
	a->audit = (struct audit){ audit_id, a->now, actor, "partner.add-domain", a->binding.id,
	    ident_text(a->arena, &a->name) };
	return 0;
}

int
batch_add(struct store *st, struct view actor, struct batch_name *names, size_t n,
    struct err *err)
{
	struct batch all = { names, n };
	size_t i;

	for (i = 0; i < n; i++)
		if (prepare(st, actor, &names[i], err) != 0)
			return -1;
	if (n == 0 || tx_run(st->db, add_all, &all, NULL, err) == 0)
		return 0;
	if (partner_error_number(err) != E14)
		return -1;
	if (n == 1)
		return refuse(&names[0], err);
	for (i = 0; i < n; i++)
		if (batch_add(st, actor, &names[i], 1, err) != 0)
			return -1;
	return 0;
}
