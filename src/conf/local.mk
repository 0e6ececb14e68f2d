noinst_LIBRARIES += src/conf/libconf.a
src_conf_libconf_a_CPPFLAGS = $(AM_CPPFLAGS) $(CONFUSE_CFLAGS) \
	-DCAAS_SYSCONFDIR='"$(sysconfdir)/caas"' -DCAAS_RUNDIR='"/run/caas"' \
	-DCAAS_LIBEXECDIR='"$(pkglibexecdir)"'
src_conf_libconf_a_SOURCES = \
	src/conf/conf.c src/conf/conf.h \
	src/conf/keys.c src/conf/keys.h \
	src/conf/scan.c src/conf/scan.h \
	src/conf/signer_conf.h \
	src/conf/value.c src/conf/value.h
LIBCONF = src/conf/libconf.a $(LIBBASE)
LIBCONF_LIBS = $(CONFUSE_LIBS)
