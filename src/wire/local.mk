noinst_LIBRARIES += src/wire/libwire.a
src_wire_libwire_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSONC_CFLAGS)
src_wire_libwire_a_CFLAGS = $(CONVERSION_CFLAGS)
src_wire_libwire_a_SOURCES = \
	src/wire/limits.h
LIBWIRE = src/wire/libwire.a $(LIBBASE)
LIBWIRE_LIBS = $(JSONC_LIBS)
