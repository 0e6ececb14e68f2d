check_PROGRAMS += tests/unit/store/test_registry
tests_unit_store_test_registry_SOURCES = tests/unit/store/test_registry.c
tests_unit_store_test_registry_CPPFLAGS = $(TAP_CPPFLAGS) $(MARIADB_CFLAGS)
tests_unit_store_test_registry_LDADD = $(LIBTAP) $(LIBSTORE) $(LIBSTORE_LIBS)
check_PROGRAMS += tests/unit/store/test_fault
tests_unit_store_test_fault_SOURCES = tests/unit/store/test_fault.c
tests_unit_store_test_fault_CPPFLAGS = $(TAP_CPPFLAGS) $(MARIADB_CFLAGS)
tests_unit_store_test_fault_LDADD = $(LIBTAP) $(LIBSTORE) $(LIBSTORE_LIBS)
