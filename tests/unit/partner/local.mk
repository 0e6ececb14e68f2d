check_PROGRAMS += tests/unit/partner/test_args
tests_unit_partner_test_args_SOURCES = tests/unit/partner/test_args.c
tests_unit_partner_test_args_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_partner_test_args_LDADD = $(LIBTAP) $(LIBPARTNER) $(LIBPARTNER_LIBS)
check_PROGRAMS += tests/unit/partner/test_filter
tests_unit_partner_test_filter_SOURCES = tests/unit/partner/test_filter.c
tests_unit_partner_test_filter_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_partner_test_filter_LDADD = $(LIBTAP) $(LIBPARTNER) $(LIBPARTNER_LIBS)
