check_PROGRAMS += tests/unit/auth/test_logincache
tests_unit_auth_test_logincache_SOURCES = tests/unit/auth/test_logincache.c
tests_unit_auth_test_logincache_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_auth_test_logincache_LDADD = $(LIBTAP) $(LIBAUTH) $(LIBAUTH_LIBS)
check_PROGRAMS += tests/unit/auth/test_places
tests_unit_auth_test_places_SOURCES = tests/unit/auth/test_places.c
tests_unit_auth_test_places_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_auth_test_places_LDADD = $(LIBTAP) $(LIBAUTH) $(LIBAUTH_LIBS)
