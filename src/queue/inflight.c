/* SPDX-License-Identifier: BSD-2-Clause */
/* A hash set of ids with linear probing. */
#include "queue/inflight.h"

static size_t
home(const struct inflight *f, uint64_t id)
{
	/* Ids share their low bits; the multiplication spreads the high ones. */
	return (size_t)(id * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (f->cap - 1);
}

void
inflight_release(struct inflight *f)
{
	free(f->ids);
	*f = (struct inflight){ NULL, 0, 0 };
}

/* Where the id is, or the free place where it would be. */
static size_t
place(const struct inflight *f, uint64_t id)
{
	size_t i = home(f, id);

	while (f->ids[i] != 0 && f->ids[i] != id)
		i = (i + 1) & (f->cap - 1);
	return i;
}

bool
inflight_has(const struct inflight *f, uint64_t id)
{
	return f->n != 0 && f->ids[place(f, id)] == id;
}

static void
grow(struct inflight *f)
{
	struct inflight bigger = { NULL, f->cap != 0 ? f->cap * 2 : 64, f->n };
	size_t i;

	if ((bigger.ids = calloc(bigger.cap, sizeof(*bigger.ids))) == NULL) {
		(void)fputs("caas: out of memory\n", stderr);
		abort();
	}
	for (i = 0; i < f->cap; i++)
		if (f->ids[i] != 0)
			bigger.ids[place(&bigger, f->ids[i])] = f->ids[i];
	free(f->ids);
	*f = bigger;
}

void
inflight_add(struct inflight *f, uint64_t id)
{
	if ((f->n + 1) * 2 > f->cap)
		grow(f);
	f->ids[place(f, id)] = id;
	f->n++;
}

void
inflight_remove(struct inflight *f, uint64_t id)
{
	size_t hole, i;

	if (!inflight_has(f, id))
		return;
	hole = place(f, id);
	f->ids[hole] = 0;
	f->n--;
	/* Those behind it may have been pushed on by it: put them in again. */
	for (i = (hole + 1) & (f->cap - 1); f->ids[i] != 0; i = (i + 1) & (f->cap - 1)) {
		id = f->ids[i];
		f->ids[i] = 0;
		f->ids[place(f, id)] = id;
	}
}
