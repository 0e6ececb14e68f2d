/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One GET each over curl's multi interface (HTT-06, HTT-07, HTT-08): the
 * transfers, and what came of them.  curl's sockets and timer in the loop are in
 * curlloop.c.
 */
#include "probe/fetch.h"

#include <curl/curl.h>

#include "probe/address.h"
#include "probe/curlloop.h"
#include "probe/fault.h"

#define READ_BUFFER	1024L	/* bytes a transfer; curl's own 16 KiB times thousands is much */
#define URL_SIZE	(NAME_MAX_BYTES + 16)	/* scheme, host and "/" */

struct curl_fetcher {
	struct fetcher		 base;
	struct curlloop		*cl;
	CURL			*model;		/* what all transfers have in common */
	struct curl_slist	*headers;
	struct fetch		*fetches;	/* under way */
};

struct fetch {
	struct curl_fetcher	*f;
	struct fetch		*next;
	struct fetch		**prevp;
	CURL			*easy;
	struct curl_slist	*connect_to;
	fetch_done		 done;
	void			*arg;
	size_t			 nheaders;	/* bytes of them so far */
	size_t			 nbody;
	bool			 stopped;	/* we have all we want */
	bool			 headers_too_long;
	bool			 body_too_long;
	char			 why[CURL_ERROR_SIZE];
	char			 body[HTTP01_BODY_MAX];
};

static size_t
on_header(char *p, size_t size, size_t n, void *arg)
{
	struct fetch *f = arg;
	long status = 0;

	(void)size;
	if ((f->nheaders += n) > HTTP01_HEADERS_MAX) {
		f->headers_too_long = true;
		return 0;
	}
	/* At the blank line of any final answer but 200 there is nothing more to see. */
	if (n <= 2 && (p[0] == '\r' || p[0] == '\n')) {
		(void)curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
		if (status > 200) {
			f->stopped = true;
			return 0;
		}
	}
	return n;
}

static size_t
on_body(char *p, size_t size, size_t n, void *arg)
{
	struct fetch *f = arg;

	(void)size;
	if (n > sizeof(f->body) - f->nbody) {
		f->body_too_long = true;
		f->stopped = true;
		return 0;
	}
	memcpy(f->body + f->nbody, p, n);
	f->nbody += n;
	return n;
}

static void
fetch_free(struct fetch *f)
{
	if (f->next != NULL)
		f->next->prevp = f->prevp;
	*f->prevp = f->next;
	curl_easy_cleanup(f->easy);
	curl_slist_free_all(f->connect_to);
	free(f);
}

static void
fill_reply(struct fetch *f, struct fetch_reply *reply)
{
	struct curl_header *h;
	long status = 0;

	(void)curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
	reply->status = (unsigned)status;
	reply->body = view_from(f->body, f->nbody);
	reply->body_too_long = f->body_too_long;
	/* The final value counts (BR 3.2.2.4.19). */
	if (curl_easy_header(f->easy, "Location", 0, CURLH_HEADER, -1, &h) == CURLHE_OK &&
	    curl_easy_header(f->easy, "Location", h->amount - 1, CURLH_HEADER, -1,
	    &h) == CURLHE_OK)
		reply->location = view_of(h->value);
}

/* The transfer is over, in one way or another. */
static void
on_end(void *arg, CURLcode code)
{
	struct fetch *f = arg;
	struct fetch_reply reply = { 0 };
	struct err err = ERR_INIT;

	if (code == CURLE_OK || f->stopped) {
		fill_reply(f, &reply);
		f->done(f->arg, &reply, NULL, true);
	} else {
		if (f->headers_too_long)
			err_set(&err, ERR_INCORRECT_RESPONSE, "The answer has "
			    "more than %d bytes of header fields", HTTP01_HEADERS_MAX);
		else
			fault_explain(f->easy, code, f->why, &err);
		f->done(f->arg, NULL, &err, fault_connected(f->easy));
	}
	fetch_free(f);
}

static const struct {
	CURLoption	 option;
	long		 value;
} numbers[] = {
	{ CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
	{ CURLOPT_HTTP09_ALLOWED, 0 },
	{ CURLOPT_FOLLOWLOCATION, 0 },
	{ CURLOPT_NOSIGNAL, 1 },
	{ CURLOPT_FRESH_CONNECT, 1 },
	{ CURLOPT_FORBID_REUSE, 1 },
	{ CURLOPT_DNS_CACHE_TIMEOUT, 0 },
	{ CURLOPT_BUFFERSIZE, READ_BUFFER },
	/* The key authorization is the proof, not the certificate (HTT-06). */
	{ CURLOPT_SSL_VERIFYPEER, 0 },
	{ CURLOPT_SSL_VERIFYHOST, 0 },
	{ CURLOPT_SSL_SESSIONID_CACHE, 0 },
	{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
};

static const struct {
	CURLoption	 option;
	const char	*value;
} texts[] = {
	{ CURLOPT_PROTOCOLS_STR, "http,https" },
	{ CURLOPT_PROXY, "" },
	/* Nothing is verified, so that nothing need be loaded. */
	{ CURLOPT_CAINFO, NULL },
	{ CURLOPT_CAPATH, NULL },
};

static const char *const headers[] = {
	"Accept: */*",			/* some firewalls refuse requests without it */
	"Accept-Encoding: identity",
	"Connection: close",
};

/* What every transfer has in common (HTT-07). */
static CURLcode
set_model(CURL *c, const struct conf *conf)
{
	char agent[256];
	CURLcode rc = CURLE_OK;
	size_t i;

	for (i = 0; rc == CURLE_OK && i < NITEMS(numbers); i++)
		rc = curl_easy_setopt(c, numbers[i].option, numbers[i].value);
	for (i = 0; rc == CURLE_OK && i < NITEMS(texts); i++)
		rc = curl_easy_setopt(c, texts[i].option, texts[i].value);
	(void)snprintf(agent, sizeof(agent), "CaaS-validator/%s (+%s)",
	    PACKAGE_VERSION, conf->base_url);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_USERAGENT, agent);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	return rc;
}

/*
 * curl connects to the address that was checked, whatever the URL says, and the
 * target goes on the wire untouched by curl's URL parser.
 */
static CURLcode
set_target(struct fetch *f, const struct fetch_ask *ask)
{
	char address[ADDRESS_TEXT_MAX], url[URL_SIZE], to[ADDRESS_TEXT_MAX + 16];
	bool bracket = ask->url.host_is_ip && view_has(ask->url.host, ':');
	bool v6 = ask->address.family == AF_INET6;
	char target[REDIRECT_PATH_MAX + 1];
	CURLcode rc;

	if (ask->url.host.n > NAME_MAX_BYTES ||
	    view_copy(ask->url.target, target, sizeof(target)) != 0)
		return CURLE_URL_MALFORMAT;
	(void)snprintf(url, sizeof(url), "%s://%s%.*s%s/",
	    ask->url.scheme == URL_HTTPS ? "https" : "http", bracket ? "[" : "",
	    VIEW_ARG(ask->url.host), bracket ? "]" : "");
	address_text(&ask->address, address);
	(void)snprintf(to, sizeof(to), v6 ? "::[%s]:%u" : "::%s:%u", address, ask->port);
	if ((f->connect_to = curl_slist_append(NULL, to)) == NULL)
		return CURLE_OUT_OF_MEMORY;
	if ((rc = curl_easy_setopt(f->easy, CURLOPT_URL, url)) != CURLE_OK ||
	    (rc = curl_easy_setopt(f->easy, CURLOPT_REQUEST_TARGET, target)) != CURLE_OK)
		return rc;
	return curl_easy_setopt(f->easy, CURLOPT_CONNECT_TO, f->connect_to);
}

/* 0 would be no limit. */
static long
timeout(int64_t ms)
{
	return ms > 0 ? (long)ms : 1;
}

static CURLcode
set_transfer(struct fetch *f, const struct fetch_ask *ask)
{
	CURLcode rc;

	if ((rc = set_target(f, ask)) != CURLE_OK ||
	    (rc = curl_easy_setopt(f->easy, CURLOPT_CONNECTTIMEOUT_MS,
	    timeout(ask->connect_ms))) != CURLE_OK ||
	    (rc = curl_easy_setopt(f->easy, CURLOPT_TIMEOUT_MS,
	    timeout(ask->total_ms))) != CURLE_OK ||
	    (rc = curl_easy_setopt(f->easy, CURLOPT_ERRORBUFFER, f->why)) != CURLE_OK ||
	    (rc = curl_easy_setopt(f->easy, CURLOPT_HEADERDATA, f)) != CURLE_OK)
		return rc;
	return curl_easy_setopt(f->easy, CURLOPT_WRITEDATA, f);
}

static struct fetch *
start(struct fetcher *base, const struct fetch_ask *ask, fetch_done done, void *arg)
{
	struct curl_fetcher *cf = (struct curl_fetcher *)base;
	struct fetch *f;

	if ((f = calloc(1, sizeof(*f))) == NULL)
		return NULL;
	f->f = cf;
	f->done = done;
	f->arg = arg;
	if ((f->next = cf->fetches) != NULL)
		f->next->prevp = &f->next;
	f->prevp = &cf->fetches;
	cf->fetches = f;
	if ((f->easy = curl_easy_duphandle(cf->model)) == NULL ||
	    set_transfer(f, ask) != CURLE_OK ||
	    curlloop_add(cf->cl, f->easy, f) != 0) {
		fetch_free(f);
		return NULL;
	}
	return f;
}

static void
cancel(struct fetcher *base, struct fetch *f)
{
	struct curl_fetcher *cf = (struct curl_fetcher *)base;

	curlloop_remove(cf->cl, f->easy);
	fetch_free(f);
}

static void
release(struct fetcher *base)
{
	struct curl_fetcher *cf = (struct curl_fetcher *)base;

	if (cf == NULL)
		return;
	while (cf->fetches != NULL)
		cancel(base, cf->fetches);
	curlloop_free(cf->cl);
	curl_easy_cleanup(cf->model);
	curl_slist_free_all(cf->headers);
	free(cf);
	curl_global_cleanup();
}

static int
add_headers(struct curl_fetcher *cf)
{
	struct curl_slist *list;
	size_t i;

	for (i = 0; i < NITEMS(headers); i++) {
		if ((list = curl_slist_append(cf->headers, headers[i])) == NULL)
			return -1;
		cf->headers = list;
	}
	return curl_easy_setopt(cf->model, CURLOPT_HTTPHEADER, cf->headers) ==
	    CURLE_OK ? 0 : -1;
}

int
fetcher_curl(struct loop *loop, const struct conf *conf, struct fetcher **out,
    struct err *err)
{
	struct curl_fetcher *cf;

	*out = NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_internal(err, "curl_global_init failed");
	if ((cf = calloc(1, sizeof(*cf))) == NULL) {
		curl_global_cleanup();
		return err_internal(err, "out of memory");
	}
	cf->base = (struct fetcher){ start, cancel, release };
	if ((cf->cl = curlloop_new(loop, on_end)) == NULL ||
	    (cf->model = curl_easy_init()) == NULL ||
	    set_model(cf->model, conf) != CURLE_OK || add_headers(cf) != 0) {
		release(&cf->base);
		return err_internal(err, "curl refuses its settings");
	}
	*out = &cf->base;
	return 0;
}
