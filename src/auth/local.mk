noinst_LIBRARIES += src/auth/libauth.a
src_auth_libauth_a_SOURCES = \
	src/auth/eab.c src/auth/eab.h \
	src/auth/gate.c src/auth/gate.h \
	src/auth/jws_auth.c src/auth/jws_auth.h \
	src/auth/keycache.c src/auth/keycache.h \
	src/auth/logincache.c src/auth/logincache.h \
	src/auth/nonce.c src/auth/nonce.h \
	src/auth/partner_auth.c src/auth/partner_auth.h \
	src/auth/places.c src/auth/places.h \
	src/auth/servers.c src/auth/servers.h \
	src/auth/service.h
LIBAUTH = src/auth/libauth.a $(LIBWEB) $(LIBSTORE) $(LIBPOLICY)
LIBAUTH_LIBS = $(LIBWEB_LIBS) $(LIBSTORE_LIBS) $(LIBPOLICY_LIBS)
