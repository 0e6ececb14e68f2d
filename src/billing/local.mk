noinst_LIBRARIES += src/billing/libbilling.a
src_billing_libbilling_a_SOURCES = \
	src/billing/addition.c src/billing/addition.h \
	src/billing/batch.c src/billing/batch.h
LIBBILLING = src/billing/libbilling.a $(LIBSTORE) $(LIBPOLICY)
LIBBILLING_LIBS = $(LIBSTORE_LIBS) $(LIBPOLICY_LIBS)
