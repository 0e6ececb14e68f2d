# What talks to real servers is played on a stage.
check_LIBRARIES += tests/unit/probe/libstage.a
tests_unit_probe_libstage_a_SOURCES = \
	tests/unit/probe/stage.c tests/unit/probe/stage.h
tests_unit_probe_libstage_a_CPPFLAGS = $(TAP_CPPFLAGS)
LIBSTAGE = tests/unit/probe/libstage.a
EXTRA_DIST += tests/unit/probe/signed.zone tests/unit/probe/signed.anchor \
	tests/fake/dnsd.py tests/fake/httpd.py tests/fake/signzone.py tests/fake/tls.pem

PROBE_TEST_LDADD = $(LIBTAP) $(LIBSTAGE) $(LIBPROBE) $(LIBPROBE_LIBS)
PROBE_TEST_FAKES = tests/unit/probe/fakes.c tests/unit/probe/fakes.h

check_PROGRAMS += tests/unit/probe/test_address
tests_unit_probe_test_address_SOURCES = tests/unit/probe/test_address.c
tests_unit_probe_test_address_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_probe_test_address_LDADD = $(PROBE_TEST_LDADD)

check_PROGRAMS += tests/unit/probe/test_fetch
tests_unit_probe_test_fetch_SOURCES = tests/unit/probe/test_fetch.c
tests_unit_probe_test_fetch_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_probe_test_fetch_LDADD = $(PROBE_TEST_LDADD)

check_PROGRAMS += tests/unit/probe/test_resolver
tests_unit_probe_test_resolver_SOURCES = tests/unit/probe/test_resolver.c
tests_unit_probe_test_resolver_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_probe_test_resolver_LDADD = $(PROBE_TEST_LDADD)

check_PROGRAMS += tests/unit/probe/test_http01
tests_unit_probe_test_http01_SOURCES = tests/unit/probe/test_http01.c $(PROBE_TEST_FAKES)
tests_unit_probe_test_http01_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_probe_test_http01_LDADD = $(PROBE_TEST_LDADD)

check_PROGRAMS += tests/unit/probe/test_dns01
tests_unit_probe_test_dns01_SOURCES = tests/unit/probe/test_dns01.c $(PROBE_TEST_FAKES)
tests_unit_probe_test_dns01_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_probe_test_dns01_LDADD = $(PROBE_TEST_LDADD)

check_PROGRAMS += tests/unit/probe/test_caa_climb
tests_unit_probe_test_caa_climb_SOURCES = tests/unit/probe/test_caa_climb.c $(PROBE_TEST_FAKES)
tests_unit_probe_test_caa_climb_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_probe_test_caa_climb_LDADD = $(PROBE_TEST_LDADD)

check_PROGRAMS += tests/unit/probe/test_probes
tests_unit_probe_test_probes_SOURCES = tests/unit/probe/test_probes.c
tests_unit_probe_test_probes_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_probe_test_probes_LDADD = $(PROBE_TEST_LDADD)

check_PROGRAMS += tests/unit/probe/test_tlsalpn01
tests_unit_probe_test_tlsalpn01_SOURCES = tests/unit/probe/test_tlsalpn01.c $(PROBE_TEST_FAKES)
tests_unit_probe_test_tlsalpn01_CPPFLAGS = $(TAP_CPPFLAGS) $(OPENSSL_CFLAGS)
tests_unit_probe_test_tlsalpn01_LDADD = $(PROBE_TEST_LDADD)
