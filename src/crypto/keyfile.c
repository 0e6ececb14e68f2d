/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of key files. */
#include "crypto/keyfile.h"

struct keyfile
keyfile_of(struct view text)
{
	return (struct keyfile){ text, 0 };
}

bool
keyfile_next(struct keyfile *f, struct view *word, struct view *rest)
{
	struct view line;

	while (f->rest.n != 0) {
		line = view_trim(view_cut(&f->rest, '\n'));
		f->line++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		*word = view_cut(&line, ' ');
		*rest = view_trim(line);
		return true;
	}
	return false;
}

int
keyfile_err(const struct keyfile *f, const char *what, struct err *err)
{
	char reason[ERR_INNER_MAX];

	memcpy(reason, err->inner, sizeof(reason));
	return err_inner(err, "%s, line %u: %s", what, f->line, reason);
}
