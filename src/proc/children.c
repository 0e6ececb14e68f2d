/* SPDX-License-Identifier: BSD-2-Clause */
/* A list of children. */
#include "proc/children.h"

#include <signal.h>

int
children_add(struct children *l, const struct child_host *host, struct generation *gen,
    enum role_kind role, const char *queue, struct err *err)
{
	struct child *c;

	if (child_new(host, gen, role, queue, &c, err) != 0)
		return -1;
	c->next = l->first;
	l->first = c;
	return child_start(c, err);
}

void
children_drop(struct children *l, struct child *c)
{
	struct generation *gen = c->gen;
	struct child **p;

	for (p = &l->first; *p != c; p = &(*p)->next)
		;
	*p = c->next;
	child_free(c);
	if (gen->is_over && gen->nchildren == 0)
		generation_free(gen);
}

void
children_drain(struct children *l, struct generation *gen)
{
	struct child *c, *next;

	/* Counted as one more, so that it outlives the walk. */
	gen->nchildren++;
	gen->is_over = true;
	for (c = l->first; c != NULL; c = next) {
		next = c->next;
		if (c->gen != gen)
			continue;
		if (c->pid != 0)
			child_drain(c);
		else
			children_drop(l, c);
	}
	if (--gen->nchildren == 0)
		generation_free(gen);
}

struct child *
children_find(const struct children *l, pid_t pid)
{
	struct child *c;

	for (c = l->first; c != NULL && c->pid != pid; c = c->next)
		;
	return c;
}

bool
children_all(const struct children *l, const struct generation *gen, enum child_state state)
{
	const struct child *c;

	for (c = l->first; c != NULL; c = c->next)
		if (c->gen == gen && c->state != state)
			return false;
	return true;
}

bool
children_any(const struct children *l, enum child_state state)
{
	const struct child *c;

	for (c = l->first; c != NULL; c = c->next)
		if (c->state == state)
			return true;
	return false;
}

void
children_signal(const struct children *l, int signo)
{
	const struct child *c;

	for (c = l->first; c != NULL; c = c->next)
		if (c->pid != 0)
			(void)kill(c->pid, signo);
}

size_t
children_pids(const struct children *l, pid_t *pids, size_t max)
{
	const struct child *c;
	size_t n = 0;

	for (c = l->first; c != NULL && n < max; c = c->next)
		if (c->pid != 0)
			pids[n++] = c->pid;
	return n;
}
