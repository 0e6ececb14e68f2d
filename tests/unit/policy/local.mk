check_PROGRAMS += tests/unit/policy/test_ipspecial
tests_unit_policy_test_ipspecial_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_policy_test_ipspecial_LDADD = $(LIBTAP) $(LIBPOLICY) $(LIBPOLICY_LIBS)
