/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statements of perspectives.  One table a kind lists the fields in order; both
 * directions walk it, so that they cannot differ.
 */
#include "crypto/attest.h"

#include "crypto/bigendian.h"

#define LENGTH_LEN	4	/* bytes of the length of a text */
#define NUMBER_LEN	8

enum field_kind { FIELD_TEXT, FIELD_THUMBPRINT, FIELD_U64, FIELD_TIME, FIELD_BOOL, FIELD_ENUM };

struct field {
	enum field_kind	kind;
	size_t		at;		/* offset in the struct */
	uint64_t	min, max;	/* of a number */
};

/* The label ends in a zero byte, which is part of it. */
struct layout {
	struct view		 label;
	const struct field	*fields;
	size_t			 n;
};

#define TEXT(T, f)		{ FIELD_TEXT, offsetof(struct T, f), 0, 0 }
#define NUMBER(T, f)		{ FIELD_U64, offsetof(struct T, f), 0, UINT64_MAX }
#define TIME(T, f)		{ FIELD_TIME, offsetof(struct T, f), 0, INT64_MAX }
#define FLAG(T, f)		{ FIELD_BOOL, offsetof(struct T, f), 0, 1 }
#define ENUM(T, f, min, max)	{ FIELD_ENUM, offsetof(struct T, f), (min), (max) }

_Static_assert(sizeof(enum attest_result) == sizeof(unsigned) &&
    sizeof(enum dnssec_state) == sizeof(unsigned) &&
    sizeof(enum ident_type) == sizeof(unsigned), "enums are copied as unsigned");

static const struct field verdict_fields[] = {
	TEXT(attest_verdict, perspective),
	TEXT(attest_verdict, key_id),
	NUMBER(attest_verdict, authz_id),
	NUMBER(attest_verdict, account_id),
	TEXT(attest_verdict, account_url),
	{ FIELD_THUMBPRINT, offsetof(struct attest_verdict, key_thumbprint), 0, 0 },
	ENUM(attest_verdict, ident.type, IDENT_DNS, IDENT_IP),
	TEXT(attest_verdict, ident.value),
	FLAG(attest_verdict, ident.wildcard),
	TEXT(attest_verdict, adn),
	TEXT(attest_verdict, method),
	TEXT(attest_verdict, token),
	ENUM(attest_verdict, result, ATTEST_NO, ATTEST_YES),
	ENUM(attest_verdict, dnssec, DNSSEC_INDETERMINATE, DNSSEC_BOGUS),
	TIME(attest_verdict, checked_at),
};

static const struct field caa_fields[] = {
	TEXT(attest_caa, perspective),
	TEXT(attest_caa, key_id),
	TEXT(attest_caa, name),
	FLAG(attest_caa, wildcard),
	TEXT(attest_caa, account_url),
	TEXT(attest_caa, method),
	TEXT(attest_caa, issuers),
	ENUM(attest_caa, result, ATTEST_NO, ATTEST_YES),
	ENUM(attest_caa, dnssec, DNSSEC_INDETERMINATE, DNSSEC_BOGUS),
	TIME(attest_caa, checked_at),
};

static const struct layout verdict_layout = {
	VIEW("caas-verdict-v1\0"), verdict_fields, NITEMS(verdict_fields),
};
/* What may be done with it is another thing, so it is another statement. */
static const struct layout subdomains_layout = {
	VIEW("caas-verdict-subdomains-v1\0"), verdict_fields, NITEMS(verdict_fields),
};
static const struct layout caa_layout = {
	VIEW("caas-caa-v1\0"), caa_fields, NITEMS(caa_fields),
};

/* Statements that contradict themselves are neither made nor accepted. */
static bool
result_ok(enum attest_result result, enum dnssec_state dnssec)
{
	return result == ATTEST_NO || dnssec != DNSSEC_BOGUS;
}

static bool
verdict_ok(const struct attest_verdict *v)
{
	return result_ok(v->result, v->dnssec) &&
	    (!v->ident.wildcard || v->ident.type == IDENT_DNS) &&
	    (!v->covers_subdomains || (v->ident.type == IDENT_DNS && !v->ident.wildcard));
}

static void
put_text(struct buf *b, struct view v)
{
	uint8_t length[LENGTH_LEN];

	if (v.n > ATTEST_MAX)
		b->failed = true;
	put_be(length, v.n, sizeof(length));
	buf_bytes(b, length, sizeof(length));
	buf_put(b, v);
}

static uint64_t
load_number(const struct field *f, const unsigned char *p)
{
	uint64_t number = 0;
	unsigned value;

	if (f->kind == FIELD_BOOL)
		return *(const bool *)p;
	if (f->kind == FIELD_ENUM) {
		memcpy(&value, p, sizeof(value));
		return value;
	}
	memcpy(&number, p, sizeof(number));
	return number;
}

static void
store_number(const struct field *f, unsigned char *p, uint64_t number)
{
	unsigned value = (unsigned)number;

	if (f->kind == FIELD_BOOL)
		*(bool *)p = number != 0;
	else if (f->kind == FIELD_ENUM)
		memcpy(p, &value, sizeof(value));
	else
		memcpy(p, &number, sizeof(number));
}

static void
put_field(struct buf *b, const struct field *f, const unsigned char *p)
{
	uint8_t bytes[NUMBER_LEN];
	uint64_t number;

	if (f->kind == FIELD_TEXT) {
		put_text(b, *(const struct view *)(const void *)p);
		return;
	}
	if (f->kind == FIELD_THUMBPRINT) {
		put_text(b, view_from(p, THUMBPRINT_LEN));
		return;
	}
	number = load_number(f, p);
	if (number < f->min || number > f->max)
		b->failed = true;
	put_be(bytes, number, sizeof(bytes));
	buf_bytes(b, bytes, sizeof(bytes));
}

static void
put_all(struct buf *b, const struct layout *layout, const void *from)
{
	size_t i, start = b->n;

	buf_put(b, layout->label);
	for (i = 0; i < layout->n; i++)
		put_field(b, &layout->fields[i],
		    (const unsigned char *)from + layout->fields[i].at);
	if (b->n - start > ATTEST_MAX)
		b->failed = true;
}

static int
take(struct view *rest, size_t n, struct view *out)
{
	if (n > rest->n)
		return -1;
	*out = view_sub(*rest, 0, n);
	*rest = view_sub(*rest, n, rest->n);
	return 0;
}

static int
take_number(struct view *rest, size_t len, uint64_t *out)
{
	struct view v;

	if (take(rest, len, &v) != 0)
		return -1;
	*out = get_be((const uint8_t *)v.p, len);
	return 0;
}

static int
take_text(struct view *rest, struct view *out)
{
	uint64_t n;

	if (take_number(rest, LENGTH_LEN, &n) != 0)
		return -1;
	return take(rest, (size_t)n, out);
}

static int
get_field(struct view *rest, const struct field *f, unsigned char *p)
{
	struct view text;
	uint64_t number;

	if (f->kind == FIELD_TEXT)
		return take_text(rest, (struct view *)(void *)p);
	if (f->kind == FIELD_THUMBPRINT) {
		if (take_text(rest, &text) != 0 || text.n != THUMBPRINT_LEN)
			return -1;
		memcpy(p, text.p, THUMBPRINT_LEN);
		return 0;
	}
	if (take_number(rest, NUMBER_LEN, &number) != 0 ||
	    number < f->min || number > f->max)
		return -1;
	store_number(f, p, number);
	return 0;
}

static int
get_all(struct view bytes, const struct layout *layout, void *to, struct err *err)
{
	struct view rest = view_sub(bytes, layout->label.n, bytes.n);
	bool ok = bytes.n <= ATTEST_MAX && view_starts(bytes, layout->label);
	size_t i;

	for (i = 0; ok && i < layout->n; i++)
		ok = get_field(&rest, &layout->fields[i],
		    (unsigned char *)to + layout->fields[i].at) == 0;
	if (!ok || rest.n != 0)
		return err_set(err, ERR_UNAUTHORIZED, "The attestation is no %s statement",
		    layout->label.p);
	return 0;
}

void
attest_verdict_put(struct buf *b, const struct attest_verdict *v)
{
	if (!verdict_ok(v))
		b->failed = true;
	put_all(b, v->covers_subdomains ? &subdomains_layout : &verdict_layout, v);
}

void
attest_caa_put(struct buf *b, const struct attest_caa *c)
{
	if (!result_ok(c->result, c->dnssec))
		b->failed = true;
	put_all(b, &caa_layout, c);
}

int
attest_verdict_get(struct view bytes, struct attest_verdict *out, struct err *err)
{
	bool below = view_starts(bytes, subdomains_layout.label);

	*out = (struct attest_verdict){ .covers_subdomains = below };
	if (get_all(bytes, below ? &subdomains_layout : &verdict_layout, out, err) != 0)
		return -1;
	if (!verdict_ok(out))
		return err_set(err, ERR_UNAUTHORIZED, "The attestation contradicts itself");
	return 0;
}

int
attest_caa_get(struct view bytes, struct attest_caa *out, struct err *err)
{
	*out = (struct attest_caa){ 0 };
	if (get_all(bytes, &caa_layout, out, err) != 0)
		return -1;
	if (!result_ok(out->result, out->dnssec))
		return err_set(err, ERR_UNAUTHORIZED, "The attestation contradicts itself");
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct view
attest_issuers(struct arena *a, const char *const *names, size_t n)
{
	const char **sorted = arena_array(a, n + 1, sizeof(*sorted));
	const char *text = "";
	size_t i;

	for (i = 0; i < n; i++)
		sorted[i] = names[i];
	qsort(sorted, n, sizeof(*sorted), by_name);
	for (i = 0; i < n; i++)
		text = arena_printf(a, "%s%s\n", text, sorted[i]);
	return view_of(text);
}
