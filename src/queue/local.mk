noinst_LIBRARIES += src/queue/libqueue.a
src_queue_libqueue_a_SOURCES = \
	src/queue/bell.c src/queue/bell.h \
	src/queue/consumer.c src/queue/consumer.h \
	src/queue/inflight.c src/queue/inflight.h
LIBQUEUE = src/queue/libqueue.a $(LIBSTORE)
LIBQUEUE_LIBS = $(LIBSTORE_LIBS)
