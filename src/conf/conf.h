/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * conf: the configuration file of every process but the signer, caas.conf(5); the
 * signer's is conf/signer_conf.h.
 *
 * Every key stands in a table with default, range, unit and a line of help
 * (conf/keys.h; the syntax: conf/scan.h).  Unknown keys, repeated keys, "${" and
 * values out of range are errors that name file and line.  Secrets never stand in
 * these files: they are files under key_dir, readable by one role each.
 */
#ifndef CAAS_CONF_CONF_H
#define CAAS_CONF_CONF_H

#include "base/arena.h"
#include "base/err.h"

struct buf;
struct conf_list { const char **v; size_t n; };

enum conf_rules { CONF_RULES_V1 = 1, CONF_RULES_V2 = 2 };
/* How a record of dns-persist-01 names an account: by its URL, by a hash (DPE-01, DPE-03, DPE-04). */
enum conf_persist { CONF_PERSIST_01 = 1, CONF_PERSIST_02 = 2 };

/* What clients may ask for; the signer's own of that name decides what they get. */
struct conf_profile {
	const char	*name;
	const char	*description;	/* shown in the directory */
	bool		 addresses;	/* may hold IP addresses */
	bool		 dates;		/* clients may choose notBefore and notAfter */
	int64_t		 lifetime;	/* seconds, as the signer has it */
	int64_t		 backdate;	/* seconds, as the signer has it */
};

/* caas.conf: read by every process.  Strings are never NULL, but may be "". */
struct conf {
	struct arena		*arena;

	/* Addresses */
	const char		*base_url;
	const char		*website;
	const char		*terms_url;
	bool			 terms_enforced;
	struct conf_list	 caa_identities;

	/* Processes */
	const char		*host;
	const char		*run_dir;
	const char		*key_dir;
	const char		*libexec_dir;
	const char		*signer_conf;
	const char		*log;
	const char		*log_level;
	const char		*listen;
	const char		*listen_group;
	int64_t			 listen_backlog;
	int64_t			 workers;
	int64_t			 partner_max_workers;
	struct conf_list	 queues;
	int64_t			 drain_s;
	const char		*user_web;
	const char		*user_va;
	const char		*user_sign;

	/* Database */
	struct conf_list	 db_hosts;
	int64_t			 db_port;
	const char		*db_socket;
	const char		*db_name;
	int64_t			 db_connect_timeout_s;
	int64_t			 db_read_timeout_s;

	/* ACME */
	int64_t			 nonce_ttl;
	int64_t			 order_ttl;
	int64_t			 authz_ttl;
	struct conf_list	 challenges;
	enum conf_persist	 dns_persist_draft;
	int64_t			 caa_recheck_s;
	int64_t			 hold_ms;
	int64_t			 queue_poll_ms;

	/* Validation */
	const char		*perspective;
	struct conf_list	 resolver;
	const char		*root_hints;
	const char		*trust_anchor;
	int64_t			 dns_cache_ttl;
	int64_t			 dns_timeout_ms;
	int64_t			 http_connect_timeout_ms;
	int64_t			 http_timeout_ms;
	int64_t			 http01_port;
	int64_t			 tlsalpn01_port;
	int64_t			 validation_tries;
	int64_t			 validation_retry_s;
	bool			 allow_special_addresses;
	bool			 allow_special_names;
	bool			 allow_no_dnssec;

	/* Limits: so many in so many seconds; 0: no limit */
	int64_t			 limit_accounts;
	int64_t			 limit_accounts_s;
	int64_t			 limit_orders;
	int64_t			 limit_orders_s;
	int64_t			 limit_name_orders;
	int64_t			 limit_name_orders_s;
	int64_t			 limit_pending;
	int64_t			 limit_pending_s;
	int64_t			 limit_failures;
	int64_t			 limit_failures_s;
	int64_t			 pause_failures;

	/* Partners: logins, subscriptions and billing */
	int64_t			 login_lock_after;
	struct conf_list	 refused_names;
	bool			 ip_identifiers;
	bool			 wildcard_covers_names;
	enum conf_rules		 subscription_rules;
	bool			 readd_after_expiry;
	int64_t			 min_charge_days;

	/* Sections; none: every order gets the profile of its server. */
	const struct conf_profile *profiles;
	size_t			 nprofiles;
};

/*
 * Load and check a file.  Everything lives until conf_free().  ERR_MALFORMED
 * with "FILE:LINE: what is wrong" in detail.  Not for two threads at once.
 */
MUST_USE int	conf_load(const char *path, struct conf **, struct err *);
void		conf_free(struct conf *);
/* What is in force, as a file that conf_load() reads as the same; in table order. */
void		conf_print(const struct conf *, struct buf *);

/*
 * The content of a key file: key_dir/ROLE/NAME ("web/url.key").  At most 64 KiB,
 * in the arena; the caller wipes what it copies.  ERR_INTERNAL.
 */
MUST_USE int	conf_read_key(const struct conf *, struct arena *, const char *role,
		    const char *name, struct view *out, struct err *);
/* Any small file, at most max bytes. */
MUST_USE int	conf_read_file(struct arena *, const char *path, size_t max,
		    struct view *out, struct err *);

#endif
