noinst_LIBRARIES += src/crypto/libcrypto_caas.a
src_crypto_libcrypto_caas_a_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
src_crypto_libcrypto_caas_a_SOURCES = \
	src/crypto/scoped.h
LIBCRYPTO = src/crypto/libcrypto_caas.a $(LIBWIRE)
LIBCRYPTO_LIBS = $(OPENSSL_LIBS) $(XCRYPT_LIBS) $(LIBWIRE_LIBS)
