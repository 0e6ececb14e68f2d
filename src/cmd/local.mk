CMD_CPPFLAGS = $(AM_CPPFLAGS) -DCAAS_SYSCONFDIR='"$(sysconfdir)/caas"'

sbin_PROGRAMS += caasd caasctl
pkglibexec_PROGRAMS += caas-responder caas-validator caas-signer

caasd_CPPFLAGS = $(CMD_CPPFLAGS)
caasd_SOURCES = src/cmd/caasd.c src/cmd/options.c src/cmd/options.h
caasd_LDADD = $(LIBPROC) $(LIBPROC_LIBS)

caas_responder_CPPFLAGS = $(CMD_CPPFLAGS)
caas_responder_SOURCES = src/cmd/responder.c src/cmd/options.c src/cmd/options.h
caas_responder_LDADD = $(LIBACME) $(LIBPARTNER) $(LIBPROC) \
	$(LIBACME_LIBS) $(LIBPARTNER_LIBS) $(LIBPROC_LIBS)

caas_validator_CPPFLAGS = $(CMD_CPPFLAGS)
caas_validator_SOURCES = src/cmd/validator.c src/cmd/options.c src/cmd/options.h
caas_validator_LDADD = $(LIBVALIDATOR) $(LIBPROC) $(LIBVALIDATOR_LIBS) $(LIBPROC_LIBS)

caas_signer_CPPFLAGS = $(CMD_CPPFLAGS) $(OPENSSL_CFLAGS)
caas_signer_SOURCES = src/cmd/signer.c src/cmd/options.c src/cmd/options.h
caas_signer_LDADD = $(LIBSIGNER) $(LIBPROC) $(LIBSIGNER_LIBS) $(LIBPROC_LIBS)

caasctl_CPPFLAGS = $(CMD_CPPFLAGS)
caasctl_SOURCES = src/cmd/caasctl.c
caasctl_LDADD = $(LIBCTL) $(LIBCTL_LIBS)
