/* SPDX-License-Identifier: BSD-2-Clause */
/* The keys of caas.conf(5) and caas-signer.conf(5). */
#include "conf/keys.h"
#include "conf/signer_conf.h"

#define HOUR	3600
#define DAY	86400

/* The member must have the C type that its kind of key is stored as. */
#define AT(T, field, ctype) \
	(offsetof(struct T, field) + 0 * sizeof((ctype *)0 == &((struct T *)0)->field))

#define STR(T, f, def, what, help) \
	{ #f, CONF_STR, AT(T, f, const char *), def, 0, 0, what, NULL, help }
#define INT(T, f, def, min, max, unit, help) \
	{ #f, CONF_INT, AT(T, f, int64_t), def, min, max, unit, NULL, help }
#define YESNO(T, f, def, help) \
	{ #f, CONF_BOOL, AT(T, f, bool), def, 0, 0, "yes or no", NULL, help }
#define LIST(T, f, def, what, help) \
	{ #f, CONF_LIST, AT(T, f, struct conf_list), def, 0, 0, what, NULL, help }

static const char *const level_choices[] = { "error", "warning", "notice", "info", "debug", NULL };
static const char *const rules_choices[] = { "v1", "v2", NULL };
static const char *const persist_choices[] = { "01", "02", NULL };
/* conf/value.c stores every choice as an unsigned int. */
_Static_assert(sizeof(enum conf_rules) == sizeof(unsigned) &&
    sizeof(enum conf_persist) == sizeof(unsigned), "a choice");

const struct conf_key conf_keys[] = {
	STR(conf, base_url, NULL, "URL",
	    "what the web server answers to from outside, without a slash behind; every URL that clients get begins with it"),
	STR(conf, website, "", "URL", "home page of the service, shown in the directory"),
	STR(conf, terms_url, "", "URL",
	    "terms of service; when set, clients must agree to them; a change of the URL is a change of the terms"),
	YESNO(conf, terms_enforced, "no",
	    "accounts get no certificates until they agree to the terms in force"),
	LIST(conf, caa_identities, NULL, "domain names",
	    "the issuer domain names that CAA records may name"),

	STR(conf, host, "", "name", "name of this host in the queues; empty: the system's host name"),
	STR(conf, run_dir, CAAS_RUNDIR, "directory", "sockets, locks and process ids"),
	STR(conf, key_dir, CAAS_SYSCONFDIR "/keys", "directory", "secrets, a folder for each role"),
	STR(conf, libexec_dir, CAAS_LIBEXECDIR, "directory", "where caas-responder, caas-validator and caas-signer are"),
	STR(conf, signer_conf, CAAS_SYSCONFDIR "/caas-signer.conf", "file", "the signer's own configuration"),
	STR(conf, log, "stderr", "stderr, syslog or directory",
	    "where log lines go; in a directory each program appends to PROGRAM.log"),
	{ "log_level", CONF_STR, AT(conf, log_level, const char *), "info", 0, 0,
	    "error, warning, notice, info or debug", level_choices, "least urgent level that is logged" },
	STR(conf, listen, "", "path", "FastCGI socket; empty: caas.sock in run_dir"),
	STR(conf, listen_group, "", "group", "group that may connect to the FastCGI socket: the web server's"),
	INT(conf, listen_backlog, "511", 1, 65535, "connections", "length of the queue of the FastCGI socket"),
	INT(conf, workers, "8", 0, 256, "processes",
	    "FastCGI responders; 0: none, and no socket: the web server starts them (mod_fcgid)"),
	INT(conf, partner_max_workers, "0", 0, 256, "processes",
	    "responders that may work on partner requests at the same time; 0: a third of them, at least one"),
	LIST(conf, queues, "{http-01, dns-01, tls-alpn-01, dns-account-01, caa}", "names",
	    "request queues that this host works, a validator each"),
	INT(conf, drain_s, "30", 1, 600, "seconds", "how long a stop waits for work under way"),
	STR(conf, user_web, "caas", "user", "who the responders run as"),
	STR(conf, user_va, "caas-va", "user", "who the validators run as"),
	STR(conf, user_sign, "caas-ca", "user", "who the signer runs as"),

	LIST(conf, db_hosts, "{}", "host names", "database servers, tried in order; empty: db_socket"),
	INT(conf, db_port, "3306", 1, 65535, "port", "port of the database servers"),
	STR(conf, db_socket, "/run/mysqld/mysqld.sock", "path", "MariaDB's socket, used when db_hosts is empty"),
	STR(conf, db_name, "caas", "name", "database"),
	INT(conf, db_connect_timeout_s, "1", 1, 60, "seconds", "wait for a connection to the database"),
	INT(conf, db_read_timeout_s, "5", 3, 600, "seconds",
	    "wait for an answer of the database; over its innodb_lock_wait_timeout, which is set to 2"),

	INT(conf, nonce_ttl, "3600", HOUR, 2 * HOUR, "seconds", "how long a nonce is good"),
	INT(conf, order_ttl, "86400", HOUR, 7 * DAY, "seconds", "life of a pending order and its authorizations"),
	INT(conf, authz_ttl, "864000", 600, 30 * DAY, "seconds",
	    "how long a validation may be used, by later orders too"),
	INT(conf, caa_recheck_s, "25200", 0, 28000, "seconds",
	    "age at which CAA is looked at again before a certificate is signed"),
	LIST(conf, challenges, "{http-01, dns-01, tls-alpn-01, dns-account-01}", "names",
	    "challenge types that are offered, of these and dns-persist-01; some host must work the queue of each"),
	{ "dns_persist_draft", CONF_CHOICE, AT(conf, dns_persist_draft, enum conf_persist), "01", 0, 0,
	    "01 or 02", persist_choices,
	    "revision of draft-ietf-acme-dns-persist that dns-persist-01 follows; clients speak 01" },
	INT(conf, hold_ms, "2000", 0, 30000, "milliseconds",
	    "how long a request may wait for the result that it asked for"),
	INT(conf, queue_poll_ms, "500", 50, 10000, "milliseconds", "how often a queue is read when no bell rings"),

	STR(conf, perspective, "local", "name", "name of this host's network perspective in attestations"),
	LIST(conf, resolver, "{}", "addresses", "recursive resolvers to ask, ADDRESS or ADDRESS@PORT; empty: resolve from the root"),
	STR(conf, root_hints, "/usr/share/dns/root.hints", "file", "root servers, used when resolver is empty"),
	STR(conf, trust_anchor, "/usr/share/dns/root.key", "file", "DNSSEC trust anchor of the root; empty only with allow_no_dnssec"),
	INT(conf, dns_cache_ttl, "0", 0, 60, "seconds", "longest time that a DNS answer is remembered"),
	INT(conf, dns_timeout_ms, "10000", 100, 30000, "milliseconds", "one DNS question, its retries included"),
	INT(conf, http_connect_timeout_ms, "10000", 100, 30000, "milliseconds", "connecting to a web server under validation"),
	INT(conf, http_timeout_ms, "15000", 100, 60000, "milliseconds", "one http-01 attempt, redirects included"),
	INT(conf, http01_port, "80", 1, 65535, "port", "where http-01 connects; other than 80 only for tests"),
	INT(conf, tlsalpn01_port, "443", 1, 65535, "port", "where https connects; other than 443 only for tests"),
	INT(conf, validation_tries, "3", 1, 10, "tries", "attempts of a validation that fails for a passing reason"),
	INT(conf, validation_retry_s, "5", 1, 30, "seconds", "pause between them"),
	YESNO(conf, allow_special_addresses, "no", "accept and validate loopback addresses: only for tests"),
	YESNO(conf, allow_special_names, "no", "accept names and mail addresses under the domains test and example: only for tests"),
	YESNO(conf, allow_no_dnssec, "no", "accept an empty trust_anchor, so that DNSSEC is not validated: only for tests"),

	INT(conf, limit_accounts, "10000", 0, 10000000, "accounts",
	    "new accounts of one address (IPv6: one /64) in limit_accounts_s; 0: no limit"),
	INT(conf, limit_accounts_s, "3600", 1, 31 * DAY, "seconds",
	    "see limit_accounts"),
	INT(conf, limit_orders, "100000", 0, 10000000, "orders",
	    "orders of one account in limit_orders_s, renewals not counted; 0: no limit"),
	INT(conf, limit_orders_s, "3600", 1, 31 * DAY, "seconds",
	    "see limit_orders"),
	INT(conf, limit_name_orders, "10000", 0, 10000000, "orders",
	    "orders of one account for one name in limit_name_orders_s, renewals not counted; 0: no limit"),
	INT(conf, limit_name_orders_s, "86400", 1, 31 * DAY, "seconds",
	    "see limit_name_orders"),
	INT(conf, limit_pending, "100000", 0, 10000000, "authorizations",
	    "authorizations of one account that were made and not tried in limit_pending_s; 0: no limit"),
	INT(conf, limit_pending_s, "86400", 1, 31 * DAY, "seconds",
	    "see limit_pending"),
	INT(conf, limit_failures, "500", 0, 10000000, "validations",
	    "failed validations of one account for one name in limit_failures_s; 0: no limit"),
	INT(conf, limit_failures_s, "3600", 1, 31 * DAY, "seconds",
	    "see limit_failures"),
	INT(conf, pause_failures, "1000", 0, 1000000, "validations",
	    "failed validations one after the other that pause a name for an account; 0: never"),

	INT(conf, login_lock_after, "10", 0, 1000, "passwords",
	    "wrong passwords of one name in 15 minutes that lock it for the network they came from; 0: never"),
	LIST(conf, refused_names, "{}", "domains",
	    "domains that no certificate is issued for, nor for names below them"),
	YESNO(conf, ip_identifiers, "no", "IP addresses can be subscribed, each at the price of a name, and ordered"),
	YESNO(conf, wildcard_covers_names, "yes", "a subscribed *.x entitles names one label below x too"),
	{ "subscription_rules", CONF_CHOICE, AT(conf, subscription_rules, enum conf_rules), "v2", 0, 0,
	    "v1 or v2", rules_choices, "generation of the subscription rules" },
	YESNO(conf, readd_after_expiry, "yes", "a name added after the extension window closed starts a new subscription"),
	INT(conf, min_charge_days, "0", 0, 365, "days", "least number of days charged for an added name"),
};
const size_t conf_nkeys = NITEMS(conf_keys);

const struct conf_key offer_keys[] = {
	STR(conf_profile, description, NULL, "text or URL", "what it is for, shown in the directory"),
	YESNO(conf_profile, addresses, "no", "its certificates may hold IP addresses"),
	YESNO(conf_profile, dates, "no", "orders may ask for notBefore and notAfter within it"),
	INT(conf_profile, lifetime, "7776000", HOUR, 398 * DAY, "seconds", "as in caas-signer.conf"),
	INT(conf_profile, backdate, "3600", 0, 48 * HOUR, "seconds", "as in caas-signer.conf"),
};
const size_t offer_nkeys = NITEMS(offer_keys);

const struct conf_key signer_keys[] = {
	STR(signer_conf, base_url, NULL, "URL", "as in caas.conf: account and finalize URLs are compared with it"),
	STR(signer_conf, http_base_url, NULL, "URL", "plain HTTP base of the CRL and issuer URLs in certificates"),
	LIST(signer_conf, caa_identities, NULL, "domain names", "issuer domain names that a CAA attestation must have been made for"),
	INT(signer_conf, verdict_max_age, "2592000", 600, 200 * DAY, "seconds", "oldest validation that a certificate may rest on"),
	INT(signer_conf, caa_max_age, "28800", 600, 28800, "seconds", "oldest CAA check that a certificate may rest on"),
	INT(signer_conf, crl_lifetime, "345600", DAY, 10 * DAY, "seconds", "from thisUpdate to nextUpdate"),
	INT(signer_conf, crl_refresh, "86400", 60, 4 * DAY, "seconds", "age at which a CRL is renewed"),
	YESNO(signer_conf, wildcard_covers_names, "yes", "as in caas.conf"),
};
const size_t signer_nkeys = NITEMS(signer_keys);

const struct conf_key issuer_keys[] = {
	STR(signer_issuer, cert, NULL, "file", "certificate of the issuing CA, PEM"),
	STR(signer_issuer, key, NULL, "file", "its private key, PEM"),
	YESNO(signer_issuer, active, "yes", "sign new certificates with it"),
};
const size_t issuer_nkeys = NITEMS(issuer_keys);

const struct conf_key perspective_keys[] = {
	STR(signer_perspective, key_id, NULL, "name", "key id in attestations"),
	STR(signer_perspective, public_key, NULL, "base64url", "its Ed25519 public key"),
};
const size_t perspective_nkeys = NITEMS(perspective_keys);

const struct conf_key profile_keys[] = {
	INT(signer_profile, lifetime, "7776000", HOUR, 398 * DAY, "seconds", "from notBefore to notAfter, both included"),
	INT(signer_profile, backdate, "3600", 0, 48 * HOUR, "seconds", "how long before signing notBefore lies"),
};
const size_t profile_nkeys = NITEMS(profile_keys);
