CRYPTO_TEST_CPPFLAGS = $(TAP_CPPFLAGS) -I$(top_srcdir)/tests/unit/crypto \
	$(OPENSSL_CFLAGS) -DOPENSSL_NO_DEPRECATED
CRYPTO_TEST_LDADD = $(LIBTAP) $(LIBCRYPTO) $(LIBCRYPTO_LIBS)
CRYPTO_TEST_BYTES = tests/unit/crypto/bytes.c tests/unit/crypto/bytes.h

check_PROGRAMS += tests/unit/crypto/test_attest
tests_unit_crypto_test_attest_SOURCES = tests/unit/crypto/test_attest.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_attest_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_attest_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_digest
tests_unit_crypto_test_digest_SOURCES = tests/unit/crypto/test_digest.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_digest_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_digest_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_password
tests_unit_crypto_test_password_SOURCES = tests/unit/crypto/test_password.c
tests_unit_crypto_test_password_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_password_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_sig
tests_unit_crypto_test_sig_SOURCES = tests/unit/crypto/test_sig.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_sig_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_sig_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_token
tests_unit_crypto_test_token_SOURCES = tests/unit/crypto/test_token.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_token_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_token_LDADD = $(CRYPTO_TEST_LDADD)

check_PROGRAMS += tests/unit/crypto/test_wrap
tests_unit_crypto_test_wrap_SOURCES = tests/unit/crypto/test_wrap.c $(CRYPTO_TEST_BYTES)
tests_unit_crypto_test_wrap_CPPFLAGS = $(CRYPTO_TEST_CPPFLAGS)
tests_unit_crypto_test_wrap_LDADD = $(CRYPTO_TEST_LDADD)
