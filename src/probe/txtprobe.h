/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * txtprobe: proof by a TXT record.  One question; what the records must say is the
 * method's to know.
 */
#ifndef CAAS_PROBE_TXTPROBE_H
#define CAAS_PROBE_TXTPROBE_H

#include "probe/probe.h"

/* What was there. */
struct txt_seen {
	struct view		 owner;
	const struct view	*values;
	size_t			 n;
	bool			 nxdomain;
};

struct txt_rule {
	const char	*method;	/* "dns-01" */
	/* If not, the verdict's err says why; it may also say how long the proof lasts. */
	bool		 (*proves)(const struct prober *, struct arena *,
			    const struct probe_ask *, const struct txt_seen *, struct verdict *);
};

/* As start and cancel of struct probe_method; owner is the name to ask for. */
struct probe	*txtprobe_start(const struct txt_rule *, struct view owner,
		    const struct prober *, struct arena *, const struct probe_ask *,
		    probe_done, void *arg);
void		 txtprobe_cancel(struct probe *);

#endif
