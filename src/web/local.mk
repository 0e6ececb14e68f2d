noinst_LIBRARIES += src/web/libweb.a
src_web_libweb_a_SOURCES = \
	src/web/receive.c src/web/receive.h \
	src/web/record.c src/web/record.h \
	src/web/reply.c src/web/reply.h \
	src/web/req.h \
	src/web/route.c src/web/route.h \
	src/web/send.c src/web/send.h \
	src/web/serve.c src/web/serve.h \
	src/web/server.c src/web/server.h
LIBWEB = src/web/libweb.a $(LIBCONF)
LIBWEB_LIBS = $(FCGI_LIBS) $(LIBCONF_LIBS)
