noinst_LIBRARIES += src/probe/libprobe.a
src_probe_libprobe_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS) $(OPENSSL_CFLAGS)
src_probe_libprobe_a_SOURCES = \
	src/probe/address.c src/probe/address.h \
	src/probe/caa.c src/probe/caa.h \
	src/probe/curlloop.c src/probe/curlloop.h \
	src/probe/dns01.c \
	src/probe/dnspersist01.c \
	src/probe/excerpt.c src/probe/excerpt.h \
	src/probe/fault.c src/probe/fault.h \
	src/probe/fetch.c src/probe/fetch.h \
	src/probe/handshake.c src/probe/handshake.h \
	src/probe/hops.c src/probe/hops.h \
	src/probe/host.c src/probe/host.h \
	src/probe/http01.c \
	src/probe/probe.c src/probe/probe.h \
	src/probe/resolver.c src/probe/resolver.h \
	src/probe/target.c src/probe/target.h \
	src/probe/tlsalpn01.c \
	src/probe/txt.c src/probe/txt.h \
	src/probe/txtprobe.c src/probe/txtprobe.h \
	src/probe/unbound.c src/probe/unbound.h
LIBPROBE = src/probe/libprobe.a $(LIBPOLICY)
LIBPROBE_LIBS = $(CURL_LIBS) $(UNBOUND_LIBS) $(LIBPOLICY_LIBS)
