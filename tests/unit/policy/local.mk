check_PROGRAMS += tests/unit/policy/test_caa
tests_unit_policy_test_caa_SOURCES = tests/unit/policy/test_caa.c
tests_unit_policy_test_caa_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_policy_test_caa_LDADD = $(LIBTAP) $(LIBPOLICY) $(LIBPOLICY_LIBS)
