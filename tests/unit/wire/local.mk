WIRE_TEST_LDADD = $(LIBTAP) $(LIBWIRE) $(LIBWIRE_LIBS)

check_PROGRAMS += tests/unit/wire/test_json
tests_unit_wire_test_json_SOURCES = tests/unit/wire/test_json.c
tests_unit_wire_test_json_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_json_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_json_writer
tests_unit_wire_test_json_writer_SOURCES = tests/unit/wire/test_json_writer.c
tests_unit_wire_test_json_writer_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_json_writer_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_partner_error
tests_unit_wire_test_partner_error_SOURCES = tests/unit/wire/test_partner_error.c
tests_unit_wire_test_partner_error_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_partner_error_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_jwk
tests_unit_wire_test_jwk_SOURCES = tests/unit/wire/test_jwk.c
tests_unit_wire_test_jwk_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_jwk_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_ident
tests_unit_wire_test_ident_SOURCES = tests/unit/wire/test_ident.c
tests_unit_wire_test_ident_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_ident_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_caarr
tests_unit_wire_test_caarr_SOURCES = tests/unit/wire/test_caarr.c
tests_unit_wire_test_caarr_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_caarr_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_url
tests_unit_wire_test_url_SOURCES = tests/unit/wire/test_url.c
tests_unit_wire_test_url_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_url_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_jws
tests_unit_wire_test_jws_SOURCES = tests/unit/wire/test_jws.c
tests_unit_wire_test_jws_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_jws_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_problem
tests_unit_wire_test_problem_SOURCES = tests/unit/wire/test_problem.c
tests_unit_wire_test_problem_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_problem_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_form
tests_unit_wire_test_form_SOURCES = tests/unit/wire/test_form.c
tests_unit_wire_test_form_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_form_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_timefmt
tests_unit_wire_test_timefmt_SOURCES = tests/unit/wire/test_timefmt.c
tests_unit_wire_test_timefmt_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_timefmt_LDADD = $(WIRE_TEST_LDADD)

check_PROGRAMS += tests/unit/wire/test_accept
tests_unit_wire_test_accept_SOURCES = tests/unit/wire/test_accept.c
tests_unit_wire_test_accept_CPPFLAGS = $(TAP_CPPFLAGS)
tests_unit_wire_test_accept_LDADD = $(WIRE_TEST_LDADD)
