/* SPDX-License-Identifier: BSD-2-Clause */
/* A short memory of a short table. */
#include "auth/servers.h"

#include "store/server.h"

#define REMEMBER_MS	((int64_t)30 * 1000)
#define MISS_MS		((int64_t)1000)

struct servers {
	struct arena	*arena;		/* of the rows; NULL: never read */
	struct server	*rows;
	size_t		 n;
	int64_t		 read_ms;	/* mono_ms() */
};

struct servers *
servers_new(void)
{
	struct servers *s;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		abort();
	return s;
}

void
servers_free(struct servers *s)
{
	if (s == NULL)
		return;
	arena_free(s->arena);
	free(s);
}

int
servers_read(struct servers *s, struct store *st, struct err *err)
{
	struct arena *a = arena_new();
	struct server *rows;
	size_t n;

	if (server_list(st->db, a, &rows, &n, err) != 0) {
		arena_free(a);
		return -1;
	}
	arena_free(s->arena);
	s->arena = a;
	s->rows = rows;
	s->n = n;
	s->read_ms = mono_ms();
	return 0;
}

/* By name; without one by id. */
static const struct server *
find(const struct servers *s, uint64_t id, struct view name)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (name.n != 0 ? view_eq(s->rows[i].name, name) : s->rows[i].id == id)
			return &s->rows[i];
	return NULL;
}

static int
look_up(struct servers *s, struct store *st, struct arena *a, uint64_t id,
    struct view name, struct server *out, struct err *err)
{
	const struct server *found = find(s, id, name);
	int64_t age = mono_ms() - s->read_ms;
	/* Names come from strangers; an id comes from a row, and its server is there. */
	int64_t miss_ms = name.n != 0 ? MISS_MS : 0;

	if (s->arena == NULL || age > REMEMBER_MS || (found == NULL && age >= miss_ms)) {
		/* What is remembered serves on while the database is away. */
		if (servers_read(s, st, err) != 0 && found == NULL)
			return -1;
		found = find(s, id, name);
	}
	if (found == NULL)
		return 0;
	*out = *found;
	out->name = arena_view(a, found->name);
	out->product_description = arena_view(a, found->product_description);
	out->profile = arena_view(a, found->profile);
	return 1;
}

int
servers_find(struct servers *s, struct store *st, struct arena *a,
    struct view name, struct server *out, struct err *err)
{
	return name.n == 0 ? 0 : look_up(s, st, a, 0, name, out, err);
}

int
servers_get(struct servers *s, struct store *st, struct arena *a, uint64_t id,
    struct server *out, struct err *err)
{
	return look_up(s, st, a, id, VIEW(""), out, err);
}
