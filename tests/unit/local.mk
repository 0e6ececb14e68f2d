check_LIBRARIES += tests/unit/libtap.a
tests_unit_libtap_a_SOURCES = tests/unit/tap.c tests/unit/tap.h
TAP_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit
LIBTAP = tests/unit/libtap.a

include tests/unit/base/local.mk
include tests/unit/conf/local.mk
include tests/unit/wire/local.mk
include tests/unit/crypto/local.mk
include tests/unit/policy/local.mk
include tests/unit/probe/local.mk
include tests/unit/model/local.mk
include tests/unit/store/local.mk
include tests/unit/queue/local.mk
include tests/unit/web/local.mk
include tests/unit/auth/local.mk
include tests/unit/acme/local.mk
include tests/unit/partner/local.mk
include tests/unit/signer/local.mk
include tests/unit/proc/local.mk
