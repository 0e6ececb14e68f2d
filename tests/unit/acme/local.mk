check_PROGRAMS += tests/unit/acme/test_contact
tests_unit_acme_test_contact_SOURCES = tests/unit/acme/test_contact.c
tests_unit_acme_test_contact_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_acme_test_contact_LDADD = $(LIBTAP) $(LIBACME) $(LIBACME_LIBS)
