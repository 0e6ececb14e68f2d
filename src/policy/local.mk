noinst_LIBRARIES += src/policy/libpolicy.a
src_policy_libpolicy_a_CPPFLAGS = $(AM_CPPFLAGS) $(PSL_CFLAGS) $(IDN2_CFLAGS)
src_policy_libpolicy_a_CFLAGS = $(CONVERSION_CFLAGS)
src_policy_libpolicy_a_SOURCES = \
	src/policy/caa.c src/policy/caa.h \
	src/policy/renewal.c src/policy/renewal.h \
	src/policy/schedule.c src/policy/schedule.h \
	src/policy/persist.c src/policy/persist.h \
	src/policy/csrmatch.c src/policy/csrmatch.h \
	src/policy/keys.c src/policy/keys.h \
	src/policy/knownkeys.c src/policy/knownkeys.h \
	src/policy/ipspecial.c src/policy/ipspecial.h \
	src/policy/limitreport.c src/policy/limitreport.h \
	src/policy/limits.c src/policy/limits.h \
	src/policy/lockout.c src/policy/lockout.h \
	src/policy/network.c src/policy/network.h \
	src/policy/names.c src/policy/names.h \
	src/policy/pricing.c src/policy/pricing.h
LIBPOLICY = src/policy/libpolicy.a $(LIBCONF) $(LIBCRYPTO)
LIBPOLICY_LIBS = $(PSL_LIBS) $(IDN2_LIBS) $(LIBCONF_LIBS) $(LIBCRYPTO_LIBS)
