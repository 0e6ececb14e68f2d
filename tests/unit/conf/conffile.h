/* SPDX-License-Identifier: BSD-2-Clause */
/* conffile: configuration files that a test writes and loads. */
#ifndef CAAS_TESTS_UNIT_CONF_CONFFILE_H
#define CAAS_TESTS_UNIT_CONF_CONFFILE_H

#include "conf/signer_conf.h"

/* What must stand in every caas.conf: two lines. */
#define CONFFILE_HEAD	\
	"base_url = \"https://ca.example.net\"\ncaa_identities = {ca.example.net}\n"

/* Write a file and load it.  Without err it must load; otherwise NULL when it does not. */
struct conf		*conffile_load(struct view text, struct err *);
struct signer_conf	*conffile_load_signer(struct view text, struct err *);
/* The complaint, which must begin with the name of the file, behind that name. */
struct view		 conffile_complaint(const struct err *);

#endif
