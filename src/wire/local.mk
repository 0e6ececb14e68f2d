noinst_LIBRARIES += src/wire/libwire.a
src_wire_libwire_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSONC_CFLAGS)
src_wire_libwire_a_CFLAGS = $(CONVERSION_CFLAGS)
src_wire_libwire_a_SOURCES = \
	src/wire/accept.c src/wire/accept.h \
	src/wire/ascii.c src/wire/ascii.h \
	src/wire/caarr.c src/wire/caarr.h \
	src/wire/form.c src/wire/form.h \
	src/wire/ident.c src/wire/ident.h \
	src/wire/json.c src/wire/json.h \
	src/wire/json_scan.c src/wire/json_scan.h \
	src/wire/json_writer.c \
	src/wire/jwk.c src/wire/jwk.h \
	src/wire/jws.c src/wire/jws.h \
	src/wire/limits.h \
	src/wire/partner_error.c src/wire/partner_error.h \
	src/wire/problem.c src/wire/problem.h \
	src/wire/timefmt.c src/wire/timefmt.h \
	src/wire/url.c src/wire/url.h src/wire/url_redirect.c \
	src/wire/utf8.c src/wire/utf8.h
LIBWIRE = src/wire/libwire.a $(LIBBASE)
LIBWIRE_LIBS = $(JSONC_LIBS)
