CRYPTO_TEST_CPPFLAGS = $(TAP_CPPFLAGS) -I$(top_srcdir)/tests/unit/crypto \
	$(OPENSSL_CFLAGS) -DOPENSSL_NO_DEPRECATED
CRYPTO_TEST_LDADD = $(LIBTAP) $(LIBCRYPTO) $(LIBCRYPTO_LIBS)
CRYPTO_TEST_BYTES = tests/unit/crypto/bytes.c tests/unit/crypto/bytes.h
CRYPTO_TEST_DER = tests/unit/crypto/mkder.c tests/unit/crypto/mkder.h
CRYPTO_TEST_CSR = tests/unit/crypto/csrcase.c tests/unit/crypto/csrcase.h

check_PROGRAMS += tests/unit/crypto/test_attest
tests_unit_crypto_test_attest_SOURCES = tests/unit/crypto/test_attest.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_attest_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_attest_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_csr
tests_unit_crypto_test_csr_SOURCES = tests/unit/crypto/test_csr.c \
	$(CRYPTO_TEST_BYTES) $(CRYPTO_TEST_DER) $(CRYPTO_TEST_CSR)
tests_unit_crypto_test_csr_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_csr_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_csr_key
tests_unit_crypto_test_csr_key_SOURCES = tests/unit/crypto/test_csr_key.c \
	$(CRYPTO_TEST_BYTES) $(CRYPTO_TEST_DER) $(CRYPTO_TEST_CSR)
tests_unit_crypto_test_csr_key_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_csr_key_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_der
tests_unit_crypto_test_der_SOURCES = tests/unit/crypto/test_der.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_der_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_der_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_digest
tests_unit_crypto_test_digest_SOURCES = tests/unit/crypto/test_digest.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_digest_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_digest_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_key
tests_unit_crypto_test_key_SOURCES = tests/unit/crypto/test_key.c \
	$(CRYPTO_TEST_BYTES) $(CRYPTO_TEST_DER)
tests_unit_crypto_test_key_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_key_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_password
tests_unit_crypto_test_password_SOURCES = tests/unit/crypto/test_password.c
tests_unit_crypto_test_password_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_password_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_rsa
tests_unit_crypto_test_rsa_SOURCES = tests/unit/crypto/test_rsa.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_rsa_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_rsa_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_secret
tests_unit_crypto_test_secret_SOURCES = tests/unit/crypto/test_secret.c
tests_unit_crypto_test_secret_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_secret_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_sig
tests_unit_crypto_test_sig_SOURCES = tests/unit/crypto/test_sig.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_sig_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_sig_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_token
tests_unit_crypto_test_token_SOURCES = tests/unit/crypto/test_token.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_token_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_token_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_newca
tests_unit_crypto_test_newca_SOURCES = tests/unit/crypto/test_newca.c
tests_unit_crypto_test_newca_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_newca_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_wrap
tests_unit_crypto_test_wrap_SOURCES = tests/unit/crypto/test_wrap.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_wrap_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_wrap_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_x509
tests_unit_crypto_test_x509_SOURCES = tests/unit/crypto/test_x509.c \
	$(CRYPTO_TEST_BYTES) $(CRYPTO_TEST_DER)
tests_unit_crypto_test_x509_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_x509_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_alpncert
tests_unit_crypto_test_alpncert_SOURCES = tests/unit/crypto/test_alpncert.c \
	$(CRYPTO_TEST_BYTES) $(CRYPTO_TEST_DER)
tests_unit_crypto_test_alpncert_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_alpncert_LDADD = $(CRYPTO_TEST_LDADD)
check_PROGRAMS += tests/unit/crypto/test_certid
tests_unit_crypto_test_certid_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_crypto_test_certid_LDADD = $(LIBTAP) $(LIBCRYPTO) $(LIBCRYPTO_LIBS)
