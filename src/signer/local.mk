noinst_LIBRARIES += src/signer/libsigner.a
src_signer_libsigner_a_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
src_signer_libsigner_a_SOURCES = \
	src/signer/authority.c src/signer/authority.h \
	src/signer/backend.h src/signer/backend_file.c \
	src/signer/crl.c src/signer/crl.h \
	src/signer/crlkeep.c src/signer/crlkeep.h \
	src/signer/assemble.c src/signer/assemble.h \
	src/signer/evidence.c src/signer/evidence.h \
	src/signer/issue.c src/signer/issue.h \
	src/signer/keychain.c src/signer/keychain.h \
	src/signer/lint.c src/signer/lint.h \
	src/signer/signer.c src/signer/signer.h \
	src/signer/tbs.c src/signer/tbs.h
LIBSIGNER = src/signer/libsigner.a $(LIBQUEUE) $(LIBPOLICY)
LIBSIGNER_LIBS = $(LIBQUEUE_LIBS) $(LIBPOLICY_LIBS)
