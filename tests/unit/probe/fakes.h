/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fakes: a resolver and a fetcher that play from tables.  They answer from the
 * loop, after a delay, and count what is under way.
 */
#ifndef CAAS_TESTS_UNIT_PROBE_FAKES_H
#define CAAS_TESTS_UNIT_PROBE_FAKES_H

#include "probe/probe.h"

#define FAKE_RDATA_MAX	4
#define FAKE_LOG_MAX	32

/* The first row that fits counts.  What no row fits does not exist (NODATA). */
struct fake_answer {
	const char		*name;
	uint16_t		 type;
	struct view		 rdata[FAKE_RDATA_MAX];	/* up to the first empty one */
	enum dnssec_state	 dnssec;
	bool			 nxdomain;
	const char		*failure;	/* ERR_DNS with this detail */
	bool			 hang;		/* never answers */
	bool			 refuse;	/* ask() gives NULL */
	int64_t			 delay_ms;
	unsigned		 times;		/* then the row is passed over; 0: always */
};

/* A host is reached at an address; the first row that fits counts, else refused. */
struct fake_page {
	const char		*url;		/* as url_text() */
	const char		*address;	/* NULL: any */
	unsigned		 status;
	const char		*location;
	struct view		 body;
	bool			 body_too_long;
	enum err_kind		 kind;		/* fails */
	const char		*detail;
	bool			 connected;	/* of a failure */
	bool			 hang;		/* connects, then ends when the time is up */
	bool			 blackhole;	/* does not connect until connect_ms is up */
	bool			 refuse;	/* start() gives NULL */
	int64_t			 delay_ms;
};

struct fakes {
	struct loop		 *loop;
	struct resolver		  resolver;
	struct fetcher		  fetcher;
	struct arena		 *arena;	/* of everything they make */
	const struct fake_answer *answers;
	size_t			  nanswers;
	const struct fake_page	 *pages;
	size_t			  npages;
	unsigned		 *used;		/* of each answer */
	/* What went on */
	size_t			  asked;
	size_t			  started;
	size_t			  open;		/* questions and fetches under way */
	size_t			  wrong;	/* calls that the contract forbids */
	struct {
		char		  url[256];
		char		  address[64];
		unsigned	  port;
	}			  fetched[FAKE_LOG_MAX];
};

void	fakes_init(struct fakes *, struct loop *);
void	fakes_play(struct fakes *, const struct fake_answer *, size_t, const struct fake_page *,
	    size_t);
void	fakes_release(struct fakes *);

#endif
