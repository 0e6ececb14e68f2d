noinst_LIBRARIES += src/ctl/libctl.a
src_ctl_libctl_a_SOURCES = \
	src/ctl/ask.c src/ctl/ask.h \
	src/ctl/audit.c \
	src/ctl/ca.c \
	src/ctl/chain.c \
	src/ctl/conf.c \
	src/ctl/csv.c src/ctl/csv.h \
	src/ctl/ctl.c src/ctl/ctl.h \
	src/ctl/doctor.c \
	src/ctl/file.c src/ctl/file.h \
	src/ctl/housekeeping.c \
	src/ctl/import.c \
	src/ctl/limits.c \
	src/ctl/out.c src/ctl/out.h \
	src/ctl/pool.c \
	src/ctl/price.c \
	src/ctl/progress.c src/ctl/progress.h \
	src/ctl/renewal.c \
	src/ctl/reseller.c src/ctl/reseller.h \
	src/ctl/reseller_set.c \
	src/ctl/server.c \
	src/ctl/setup.c \
	src/ctl/statement.c \
	src/ctl/validation.c
LIBCTL = src/ctl/libctl.a $(LIBBILLING)
LIBCTL_LIBS = $(LIBBILLING_LIBS)
