noinst_LIBRARIES += src/validator/libvalidator.a
src_validator_libvalidator_a_SOURCES = \
	src/validator/ask.c src/validator/ask.h \
	src/validator/attested.c src/validator/attested.h \
	src/validator/counted.c src/validator/counted.h \
	src/validator/validator.c src/validator/validator.h
LIBVALIDATOR = src/validator/libvalidator.a $(LIBQUEUE) $(LIBPROBE)
LIBVALIDATOR_LIBS = $(LIBQUEUE_LIBS) $(LIBPROBE_LIBS)
