check_PROGRAMS += tests/unit/policy/test_csrmatch
tests_unit_policy_test_csrmatch_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_policy_test_csrmatch_LDADD = $(LIBTAP) $(LIBPOLICY) $(LIBPOLICY_LIBS)
check_PROGRAMS += tests/unit/policy/test_keys
tests_unit_policy_test_keys_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_policy_test_keys_LDADD = $(LIBTAP) $(LIBPOLICY) $(LIBPOLICY_LIBS)
