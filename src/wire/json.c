/* SPDX-License-Identifier: BSD-2-Clause */
/* JSON values: json-c's tree behind our types. */
#include "wire/json.h"

#include <json-c/json_object.h>
#include <json-c/json_object_iterator.h>
#include <json-c/json_tokener.h>
#include <json-c/json_visit.h>

#include "base/base64url.h"
#include "wire/json_scan.h"
#include "wire/limits.h"

/*
 * A struct json is a json_object of json-c.  There a null is the NULL pointer;
 * here NULL says that nothing is there, and null is a value of its own.
 */
struct json {
	char	unused;
};

static const struct json null_value;

static const struct json *
from_jsonc(struct json_object *o)
{
	return o != NULL ? (const struct json *)o : &null_value;
}

/* json-c takes no const pointers, though it writes nothing to read a value. */
static struct json_object *
to_jsonc(const struct json *v)
{
	union {
		const struct json	*ours;
		struct json_object	*theirs;
	} u = { .ours = v };

	return v != &null_value ? u.theirs : NULL;
}

static void
put_jsonc(void *o)
{
	(void)json_object_put(o);
}

static int
count_member(struct json_object *o UNUSED, int flags, struct json_object *parent UNUSED,
    const char *key, size_t *index UNUSED, void *arg)
{
	size_t *n = arg;

	if (key != NULL && flags != JSON_C_VISIT_SECOND)
		++*n;
	return JSON_C_VISIT_RETURN_CONTINUE;
}

/*
 * Let json-c build the tree of a text that json_scan() found good, so that its
 * lenient ways do not matter.
 */
static int
build(struct view text, struct json_object **out, struct err *err)
{
	struct json_tokener *tok;
	enum json_tokener_error rc;

	if (text.n > INT32_MAX)
		return err_set(err, ERR_TOO_LARGE, "JSON of more than 2 GB");
	/* json-c counts a scalar as a level, and starts at one. */
	if ((tok = json_tokener_new_ex(JSON_DEPTH_MAX + 2)) == NULL)
		return err_internal(err, "json_tokener_new_ex");
	*out = json_tokener_parse_ex(tok, text.p, (int)text.n);
	/* A bare number might go on; the NUL tells that it does not. */
	if (json_tokener_get_error(tok) == json_tokener_continue)
		*out = json_tokener_parse_ex(tok, "", 1);
	rc = json_tokener_get_error(tok);
	json_tokener_free(tok);
	if (rc != json_tokener_success)
		return err_internal(err, "json-c: %s", json_tokener_error_desc(rc));
	return 0;
}

/*
 * In json-c the second member of a name replaces the first, so the tree has
 * fewer members than the text exactly when a name stands twice.  Its tables are
 * hashed with a random seed: hostile names cost no more than others.
 */
int
json_parse(struct arena *arena, struct view text, const char *what,
    const struct json **out, struct err *err)
{
	size_t in_text, in_tree = 0;
	struct json_object *o = NULL;

	if (json_scan(text, what, &in_text, err) != 0 || build(text, &o, err) != 0)
		return -1;
	arena_defer(arena, put_jsonc, o);
	(void)json_c_visit(o, 0, count_member, &in_tree);
	if (in_tree != in_text)
		return err_set(err, ERR_MALFORMED,
		    "The %s is not strict JSON: a member stands twice in an object", what);
	*out = from_jsonc(o);
	return 0;
}

/* json-c clips what is beyond its integers to their ends. */
static bool
is_clipped(const struct json *v)
{
	const struct json_object *o = to_jsonc(v);

	return json_object_get_uint64(o) > INT64_MAX ||
	    json_object_get_int64(o) == INT64_MIN;
}

enum json_kind
json_kind(const struct json *v)
{
	switch (json_object_get_type(to_jsonc(v))) {
	case json_type_boolean:
		return JSON_BOOL;
	case json_type_double:
		return JSON_FLOAT;
	case json_type_int:
		return is_clipped(v) ? JSON_FLOAT : JSON_INT;
	case json_type_object:
		return JSON_OBJECT;
	case json_type_array:
		return JSON_ARRAY;
	case json_type_string:
		return JSON_STR;
	case json_type_null:
		break;
	}
	return JSON_NULL;
}

const struct json *
json_member(const struct json *v, const char *name)
{
	struct json_object *o;

	if (json_kind(v) != JSON_OBJECT ||
	    !json_object_object_get_ex(to_jsonc(v), name, &o))
		return NULL;
	return from_jsonc(o);
}

/* A member of that kind: 1, 0 when absent, -1 when it is another. */
static int
get(const struct json *v, const char *name, enum json_kind kind,
    const struct json **out, struct err *err)
{
	static const char *const nouns[] = {
		[JSON_NULL]	= "null",
		[JSON_BOOL]	= "a boolean",
		[JSON_INT]	= "an integer",
		[JSON_FLOAT]	= "a number",
		[JSON_STR]	= "a string",
		[JSON_ARRAY]	= "an array",
		[JSON_OBJECT]	= "an object",
	};

	if ((*out = json_member(v, name)) == NULL)
		return 0;
	if (json_kind(*out) != kind)
		return err_set(err, ERR_MALFORMED, "The member '%s' is not %s", name,
		    nouns[kind]);
	return 1;
}

int
json_get_str(const struct json *v, const char *name, struct view *out,
    struct err *err)
{
	const struct json *member;
	int rc = get(v, name, JSON_STR, &member, err);

	if (rc == 1)
		*out = json_str(member);
	return rc;
}

int
json_get_bool(const struct json *v, const char *name, bool *out, struct err *err)
{
	const struct json *member;
	int rc = get(v, name, JSON_BOOL, &member, err);

	if (rc == 1)
		*out = json_object_get_boolean(to_jsonc(member)) != 0;
	return rc;
}

int
json_get_int(const struct json *v, const char *name, int64_t *out, struct err *err)
{
	const struct json *member;
	int rc = get(v, name, JSON_INT, &member, err);

	if (rc == 1)
		*out = json_object_get_int64(to_jsonc(member));
	return rc;
}

int
json_get_array(const struct json *v, const char *name, const struct json **out,
    struct err *err)
{
	const struct json *member;
	int rc = get(v, name, JSON_ARRAY, &member, err);

	if (rc == 1)
		*out = member;
	return rc;
}

int
json_get_object(const struct json *v, const char *name, const struct json **out,
    struct err *err)
{
	const struct json *member;
	int rc = get(v, name, JSON_OBJECT, &member, err);

	if (rc == 1)
		*out = member;
	return rc;
}

int
json_need_str(const struct json *v, const char *name, struct view *out,
    struct err *err)
{
	int rc = json_get_str(v, name, out, err);

	if (rc == 0)
		return err_set(err, ERR_MALFORMED, "The member '%s' is missing", name);
	return rc == 1 ? 0 : -1;
}

int
json_need_b64u(struct arena *arena, const struct json *v, const char *name,
    struct view *out, struct err *err)
{
	struct view text = VIEW_NONE;
	size_t max, n;
	char *bytes;

	if (json_need_str(v, name, &text, err) != 0)
		return -1;
	max = B64U_DECODED_LEN(text.n);
	bytes = arena_alloc(arena, max + 1);
	if (b64u_decode(text, bytes, max, &n) != 0)
		return err_set(err, ERR_MALFORMED,
		    "The member '%s' is not base64url without padding", name);
	*out = (struct view){ bytes, n };
	return 0;
}

size_t
json_len(const struct json *v)
{
	if (json_kind(v) != JSON_ARRAY)
		return 0;
	return json_object_array_length(to_jsonc(v));
}

const struct json *
json_at(const struct json *v, size_t i)
{
	if (i >= json_len(v))
		return NULL;
	return from_jsonc(json_object_array_get_idx(to_jsonc(v), i));
}

struct view
json_str(const struct json *v)
{
	struct json_object *o = to_jsonc(v);

	if (json_kind(v) != JSON_STR)
		return VIEW_NONE;
	return (struct view){ json_object_get_string(o),
	    (size_t)json_object_get_string_len(o) };
}

const struct json *
json_member_at(const struct json *v, size_t i, struct view *name)
{
	struct json_object_iterator at, end;
	struct json_object *o = to_jsonc(v);

	if (json_kind(v) != JSON_OBJECT)
		return NULL;
	end = json_object_iter_end(o);
	for (at = json_object_iter_begin(o); !json_object_iter_equal(&at, &end);
	    json_object_iter_next(&at))
		if (i-- == 0) {
			*name = view_of(json_object_iter_peek_name(&at));
			return from_jsonc(json_object_iter_peek_value(&at));
		}
	return NULL;
}

struct view
json_literal(struct arena *a, const struct json *v)
{
	switch (json_kind(v)) {
	case JSON_NULL:
		return VIEW("null");
	case JSON_BOOL:
	case JSON_INT:
	case JSON_FLOAT:
		return arena_view(a, view_of(json_object_to_json_string(to_jsonc(v))));
	case JSON_STR:
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	return VIEW_NONE;
}
