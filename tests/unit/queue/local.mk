check_PROGRAMS += tests/unit/queue/test_inflight
tests_unit_queue_test_inflight_SOURCES = tests/unit/queue/test_inflight.c
tests_unit_queue_test_inflight_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_queue_test_inflight_LDADD = $(LIBTAP) $(LIBQUEUE) $(LIBQUEUE_LIBS)
check_PROGRAMS += tests/unit/queue/test_bell
tests_unit_queue_test_bell_SOURCES = tests/unit/queue/test_bell.c
tests_unit_queue_test_bell_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_queue_test_bell_LDADD = $(LIBTAP) $(LIBQUEUE) $(LIBQUEUE_LIBS)
