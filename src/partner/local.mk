noinst_LIBRARIES += src/partner/libpartner.a
src_partner_libpartner_a_SOURCES = \
	src/partner/accounts.c \
	src/partner/actions.c src/partner/actions.h \
	src/partner/anchors.c \
	src/partner/args.c src/partner/args.h \
	src/partner/bindings.c \
	src/partner/bundle.c \
	src/partner/change.c src/partner/change.h \
	src/partner/domains.c \
	src/partner/extension.c \
	src/partner/filter.c src/partner/filter.h \
	src/partner/lastorder.c \
	src/partner/listing.c src/partner/listing.h \
	src/partner/names.c \
	src/partner/refusal.c src/partner/refusal.h \
	src/partner/removal.c \
	src/partner/states.c \
	src/partner/transactions.c
LIBPARTNER = src/partner/libpartner.a src/billing/libbilling.a $(LIBAUTH)
LIBPARTNER_LIBS = $(LIBAUTH_LIBS)
