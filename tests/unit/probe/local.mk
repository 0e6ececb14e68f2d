EXTRA_DIST += tests/unit/probe/signed.zone tests/unit/probe/signed.anchor \
	tests/fake/dnsd.py tests/fake/httpd.py tests/fake/signzone.py tests/fake/tls.pem

PROBE_TEST_LDADD = $(LIBTAP) $(LIBPROBE) $(LIBPROBE_LIBS)

check_PROGRAMS += tests/unit/probe/test_address
tests_unit_probe_test_address_SOURCES = tests/unit/probe/test_address.c
tests_unit_probe_test_address_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_probe_test_address_LDADD = $(PROBE_TEST_LDADD)
