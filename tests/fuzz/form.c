/* SPDX-License-Identifier: BSD-2-Clause */
/* form: the fields of a body, encoded again, are the same fields. */
#include "wire/form.h"
#include "base/buf.h"
#include "wire/utf8.h"
#include "fuzz.h"

static void
encode(struct buf *b, struct view v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		buf_printf(b, "%%%02X", (unsigned char)v.p[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();
	struct buf b = BUF_INIT(8 * n + 16);
	struct err err = ERR_INIT;
	struct form form, again;
	size_t i;

	if (form_parse(a, view_from(p, n), &form, &err) != 0)
		REQUIRE(err.kind == ERR_MALFORMED &&
		    view_starts(view_of(err.detail), VIEW("The value of the '")));
	else {
		REQUIRE(form.n <= FORM_FIELDS_MAX);
		for (i = 0; i < form.n; i++) {
			REQUIRE(utf8_valid(form.fields[i].value) &&
			    !view_has(form.fields[i].value, '\0'));
			encode(&b, form.fields[i].name);
			buf_char(&b, '=');
			encode(&b, form.fields[i].value);
			buf_char(&b, '&');
		}
		REQUIRE(form_parse(a, buf_view(&b), &again, &err) == 0 && again.n == form.n);
		for (i = 0; i < form.n; i++)
			REQUIRE(view_eq(form.fields[i].name, again.fields[i].name) &&
			    view_eq(form.fields[i].value, again.fields[i].value));
	}
	buf_release(&b);
	arena_free(a);
	return 0;
}
