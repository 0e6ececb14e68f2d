/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json: strict JSON in, compact JSON out (RFC 8259).  The only json-c user.
 *
 * json-c, even strict, lets duplicate members, NaN, raw control characters and
 * lone surrogates through, so the text is scanned first (TRN-17, TOP-12): one
 * value, valid UTF-8, at most JSON_DEPTH_MAX deep, no duplicate member names,
 * no \u0000.  Nothing is coerced: a number is never a string (JWS-25).
 */
#ifndef CAAS_WIRE_JSON_H
#define CAAS_WIRE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct json;	/* a value; lives as long as the arena of json_parse() */

/* JSON_INT is a number without fraction and exponent, above -2^63 and below 2^63. */
enum json_kind {
	JSON_NULL, JSON_BOOL, JSON_INT, JSON_FLOAT, JSON_STR, JSON_ARRAY, JSON_OBJECT,
};

/*
 * Parse the whole text.  what names it in the error ("payload"):
 * ERR_MALFORMED.
 */
MUST_USE int	json_parse(struct arena *, struct view text, const char *what,
		    const struct json **out, struct err *);

enum json_kind	json_kind(const struct json *);

/* A member of an object; NULL when it is absent or v is no object. */
const struct json	*json_member(const struct json *v, const char *name);

/*
 * Typed members: 1 and *out; 0 when absent; -1 with ERR_MALFORMED naming the
 * member when it has another type (null is another type).  Strings are views
 * into the value.
 */
MUST_USE int	json_get_str(const struct json *, const char *name,
		    struct view *out, struct err *);
MUST_USE int	json_get_bool(const struct json *, const char *name,
		    bool *out, struct err *);
MUST_USE int	json_get_int(const struct json *, const char *name,
		    int64_t *out, struct err *);
MUST_USE int	json_get_array(const struct json *, const char *name,
		    const struct json **out, struct err *);
MUST_USE int	json_get_object(const struct json *, const char *name,
		    const struct json **out, struct err *);
/* As json_get_str, but 0 is an error too. */
MUST_USE int	json_need_str(const struct json *, const char *name,
		    struct view *out, struct err *);
/* The bytes that a required string has in strict base64url (TRN-05), in the arena. */
MUST_USE int	json_need_b64u(struct arena *, const struct json *, const char *name,
		    struct view *out, struct err *);

/* Arrays; json_at() is NULL beyond the end. */
size_t			 json_len(const struct json *);
const struct json	*json_at(const struct json *, size_t i);
/* Members in the order in which they were written; NULL beyond the end. */
const struct json	*json_member_at(const struct json *, size_t i, struct view *name);
/* A number, true, false or null as it is written; empty for another type. */
struct view		 json_literal(struct arena *, const struct json *);
/* The string of a JSON_STR value; empty for another type. */
struct view		 json_str(const struct json *);

/*
 * Writer: members come out in the order in which they are written, '/' is not
 * escaped (CLI-22), text that is not UTF-8 comes out with U+FFFD.
 */
struct jsonw {
	struct buf	*b;
	bool		 comma;		/* a comma comes before the next value */
};

void	jsonw_init(struct jsonw *, struct buf *);
void	jsonw_open(struct jsonw *);		/* { */
void	jsonw_close(struct jsonw *);		/* } */
void	jsonw_open_array(struct jsonw *);	/* [ */
void	jsonw_close_array(struct jsonw *);	/* ] */
/* A member name; the next call writes its value. */
void	jsonw_key(struct jsonw *, const char *name);
void	jsonw_str(struct jsonw *, struct view);
void	jsonw_int(struct jsonw *, int64_t);
void	jsonw_bool(struct jsonw *, bool);
/* Bytes that are JSON already: a stored problem document, an amount "100.00". */
void	jsonw_raw(struct jsonw *, struct view);
/* key and value in one. */
void	jsonw_kv_str(struct jsonw *, const char *name, struct view);
void	jsonw_kv_cstr(struct jsonw *, const char *name, const char *);
void	jsonw_kv_int(struct jsonw *, const char *name, int64_t);
void	jsonw_kv_bool(struct jsonw *, const char *name, bool);
/* Seconds since 1970 as RFC 3339 (TRN-18). */
void	jsonw_kv_time(struct jsonw *, const char *name, int64_t at);

#endif
