/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan: a look at a configuration file before libconfuse parses it.
 *
 * libconfuse expands "${...}" from the environment, lets a key be set twice,
 * ends a string at a NUL, skips characters that it does not know, takes an open
 * string or comment for the end of the file, and miscounts lines behind comments.
 * Here all of that is an error, or gone from the text that it gets.
 *
 *	file	= *( setting / kind name "{" *setting "}" )
 *	setting	= key "=" ( value / "{" [ value *( "," value ) [ "," ] ] "}" )
 *	value	= word / string		; kind and key are words, name is a value
 *	word	= 1*( letter / digit / "_" / "-" / "." / ":" / "/" / "@" )
 *
 * Strings stand in double quotes (with \" \\ \n \t \xHH) or single quotes (with
 * \' \\), on one line.  Comments are "#" and "//" to the end of it, and C's.
 */
#ifndef CAAS_CONF_SCAN_H
#define CAAS_CONF_SCAN_H

#include "base/arena.h"
#include "base/err.h"

/* A setting, or with an empty key the head of a section. */
struct conf_place {
	const struct conf_place	*next;
	struct view		 kind;	/* of its section; empty: at the top */
	unsigned		 nth;	/* section of that kind, from 0 */
	struct view		 key;
	unsigned		 line;
};

struct conf_scan {
	const struct conf_place	*places;	/* last first */
	const char		*text;		/* for libconfuse */
};

/*
 * ERR_MALFORMED with "NAME:LINE: ..."; name is the file's.  The result lives as
 * long as the arena and the text.
 */
MUST_USE int	conf_scan(struct arena *, const char *name, struct view text,
		    struct conf_scan *, struct err *);

/* Where a key stands, NULL if nowhere; kind "" is the top, key "" the section itself. */
const struct conf_place	*conf_scan_find(const struct conf_scan *, const char *kind,
			    unsigned nth, const char *key);

#endif
