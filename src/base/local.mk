noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_CFLAGS = $(CONVERSION_CFLAGS)
src_base_libbase_a_SOURCES = \
	src/base/attr.h src/base/banned.h \
	src/base/arena.c src/base/arena.h \
	src/base/base32.c src/base/base32.h \
	src/base/base64url.c src/base/base64url.h \
	src/base/buf.c src/base/buf.h \
	src/base/clock.c src/base/clock.h \
	src/base/err.c src/base/err.h \
	src/base/hex.c src/base/hex.h \
	src/base/log.c src/base/log.h \
	src/base/loop.c src/base/loop.h \
	src/base/random.c src/base/random.h \
	src/base/view.c src/base/view.h
LIBBASE = src/base/libbase.a
