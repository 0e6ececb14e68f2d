noinst_LIBRARIES += src/model/libmodel.a
src_model_libmodel_a_CFLAGS = $(CONVERSION_CFLAGS)
src_model_libmodel_a_SOURCES = \
	src/model/account.c src/model/account.h \
	src/model/authz.c src/model/authz.h \
	src/model/cert.h \
	src/model/job.h \
	src/model/limit.h \
	src/model/login.h \
	src/model/order.c src/model/order.h \
	src/model/partner.c src/model/partner.h
LIBMODEL = src/model/libmodel.a $(LIBWIRE)
