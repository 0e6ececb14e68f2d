noinst_LIBRARIES += src/crypto/libcrypto_caas.a
src_crypto_libcrypto_caas_a_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS) -DOPENSSL_NO_DEPRECATED
src_crypto_libcrypto_caas_a_CFLAGS = $(CONVERSION_CFLAGS)
src_crypto_libcrypto_caas_a_SOURCES = \
	src/crypto/aesblock.c src/crypto/aesblock.h \
	src/crypto/alpncert.c src/crypto/alpncert.h \
	src/crypto/attest.c src/crypto/attest.h \
	src/crypto/bigendian.h \
	src/crypto/certid.c src/crypto/certid.h \
	src/crypto/csr.c src/crypto/csr.h \
	src/crypto/der.c src/crypto/der.h \
	src/crypto/digest.c src/crypto/digest.h \
	src/crypto/extension.c src/crypto/extension.h \
	src/crypto/keyfile.c src/crypto/keyfile.h \
	src/crypto/key.c src/crypto/key.h \
	src/crypto/keypair.c src/crypto/pkey.h \
	src/crypto/newca.c src/crypto/newca.h \
	src/crypto/nonce.c src/crypto/token.c src/crypto/token.h \
	src/crypto/ossl.c src/crypto/ossl.h \
	src/crypto/password.c src/crypto/password.h \
	src/crypto/pem.c \
	src/crypto/rsa.c src/crypto/rsa.h \
	src/crypto/san.c src/crypto/san.h \
	src/crypto/scoped.h \
	src/crypto/sig.c src/crypto/sig.h \
	src/crypto/spki.c src/crypto/spki.h \
	src/crypto/wrap.c src/crypto/wrap.h \
	src/crypto/x509.c src/crypto/x509.h
LIBCRYPTO = src/crypto/libcrypto_caas.a $(LIBWIRE)
LIBCRYPTO_LIBS = $(OPENSSL_LIBS) $(XCRYPT_LIBS) $(LIBWIRE_LIBS)
