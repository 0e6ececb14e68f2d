/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * form: application/x-www-form-urlencoded bodies (the partner API).
 */
#ifndef CAAS_WIRE_FORM_H
#define CAAS_WIRE_FORM_H

#include "base/arena.h"
#include "base/err.h"

#define FORM_FIELDS_MAX	64

struct form_field {
	struct view	name;	/* decoded */
	struct view	value;	/* decoded */
};

struct form {
	struct form_field	*fields;	/* as they came, repeats included */
	size_t			 n;
};

/*
 * Decode '+' and %XX.  ERR_MALFORMED with "The value of the 'NAME' argument is
 * invalid!" (E3) for a bad escape, NUL or bytes that are not UTF-8 in a field,
 * and for more than FORM_FIELDS_MAX fields.  An empty body has no fields.
 */
MUST_USE int	form_parse(struct arena *, struct view body, struct form *out,
		    struct err *);

/* The first field of that name, ASCII case-insensitive; NULL when there is none. */
const struct form_field	*form_find(const struct form *, const char *name);
size_t			 form_count(const struct form *, const char *name);

#endif
