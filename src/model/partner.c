/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of validation types. */
#include "model/partner.h"

static const char *const names[] = {
	[VALIDATION_DV] = "DV",
	[VALIDATION_OV] = "OV",
	[VALIDATION_EV] = "EV",
};
_Static_assert(NITEMS(names) == VALIDATION__MAX, "a name for every type");

const char *
validation_type_name(enum validation_type t)
{
	return t < VALIDATION__MAX && names[t] != NULL ? names[t] : "";
}

enum validation_type
validation_type_find(struct view v)
{
	unsigned t;

	for (t = VALIDATION_DV; t < VALIDATION__MAX; t++)
		if (view_is(v, names[t]))
			break;
	return (enum validation_type)t;
}
