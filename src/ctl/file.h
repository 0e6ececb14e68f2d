/* SPDX-License-Identifier: BSD-2-Clause */
/* file: secrets and configuration that caasctl writes, each for its role alone. */
#ifndef CAAS_CTL_FILE_H
#define CAAS_CTL_FILE_H

#include "ctl/ctl.h"

/* Directories up to and including path; those made get this mode and owner (NULL: ours). */
MUST_USE int	file_make_dir(const char *path, unsigned mode, const char *owner, struct err *);
/*
 * Write a new file at once (a name of its own, then linked): 1 written, 0 it was
 * there already and stays as it is, -1.  owner NULL: ours.
 */
MUST_USE int	file_create(const char *path, struct view content, unsigned mode,
		    const char *owner, struct err *);
bool		file_exists(const char *path);

#endif
