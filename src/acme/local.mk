noinst_LIBRARIES += src/acme/libacme.a
src_acme_libacme_a_SOURCES = \
	src/acme/account.c src/acme/account.h \
	src/acme/accountkey.c src/acme/accountkey.h \
	src/acme/adn.c src/acme/adn.h \
	src/acme/authz.c src/acme/authz.h \
	src/acme/cert.c src/acme/cert.h \
	src/acme/contact.c src/acme/contact.h \
	src/acme/directory.c src/acme/directory.h \
	src/acme/finalize.c src/acme/finalize.h \
	src/acme/identifier.c src/acme/identifier.h \
	src/acme/limit.c src/acme/limit.h \
	src/acme/order.c src/acme/order.h \
	src/acme/profile.c src/acme/profile.h \
	src/acme/renewal.c src/acme/renewal.h \
	src/acme/render.c src/acme/render.h \
	src/acme/repository.c src/acme/repository.h \
	src/acme/revoke.c src/acme/revoke.h \
	src/acme/routes.c src/acme/routes.h
LIBACME = src/acme/libacme.a $(LIBAUTH) $(LIBQUEUE)
LIBACME_LIBS = $(LIBAUTH_LIBS) $(LIBQUEUE_LIBS)
