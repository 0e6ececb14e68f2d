noinst_LIBRARIES += src/proc/libproc.a
src_proc_libproc_a_CPPFLAGS = $(AM_CPPFLAGS) $(CAPNG_CFLAGS)
src_proc_libproc_a_SOURCES = \
	src/proc/child.c src/proc/child.h \
	src/proc/children.c src/proc/children.h \
	src/proc/control.c src/proc/control.h \
	src/proc/exec.c src/proc/exec.h \
	src/proc/generation.c src/proc/generation.h \
	src/proc/legacy.c src/proc/legacy.h \
	src/proc/pool.c src/proc/pool.h \
	src/proc/privilege.c src/proc/privilege.h \
	src/proc/ready.c src/proc/ready.h \
	src/proc/role.c src/proc/role.h \
	src/proc/rundir.c src/proc/rundir.h \
	src/proc/signals.c src/proc/signals.h
LIBPROC = src/proc/libproc.a $(LIBCONF)
LIBPROC_LIBS = $(CAPNG_LIBS) $(LIBCONF_LIBS)
