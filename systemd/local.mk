# What the service manager reads; units name programs where they are installed.
SYSTEMD_MADE = systemd/caasd.service systemd/caas-housekeeping.service
$(SYSTEMD_MADE): Makefile
	@$(MKDIR_P) systemd
	$(AM_V_GEN)sed 's|@sbindir[@]|$(sbindir)|g' $(srcdir)/$@.in > $@
systemd/caasd.service: systemd/caasd.service.in
systemd/caas-housekeeping.service: systemd/caas-housekeeping.service.in

systemdunitdir = $(prefix)/lib/systemd/system
nodist_systemdunit_DATA = $(SYSTEMD_MADE)
dist_systemdunit_DATA = systemd/caasd.socket systemd/caas-housekeeping.timer
# What web servers include.
nginxdir = $(pkgdatadir)/nginx
dist_nginx_DATA = nginx/caas-tls.conf nginx/caas-http.conf nginx/caas-fastcgi.conf \
	nginx/caas-upstream.conf
apachedir = $(pkgdatadir)/apache
dist_apache_DATA = apache/caas.conf apache/caas-tls.conf apache/caas-http.conf \
	apache/caas-fastcgi.conf apache/caas-error.conf
apacheerrordir = $(apachedir)/error
dist_apacheerror_DATA = apache/error/away.asis apache/error/large.asis \
	apache/error/partner-away.asis apache/error/partner-https.asis \
	apache/error/partner-large.asis

# Named for us where they go.
EXTRA_DIST += systemd/caasd.service.in systemd/caas-housekeeping.service.in \
	systemd/sysusers.conf systemd/tmpfiles.conf systemd/logrotate.conf
CLEANFILES += $(SYSTEMD_MADE)
install-data-local:
	$(MKDIR_P) $(DESTDIR)$(prefix)/lib/sysusers.d $(DESTDIR)$(prefix)/lib/tmpfiles.d \
		$(DESTDIR)$(sysconfdir)/logrotate.d $(DESTDIR)$(sysconfdir)/caas
	$(INSTALL_DATA) $(srcdir)/systemd/sysusers.conf $(DESTDIR)$(prefix)/lib/sysusers.d/caas.conf
	$(INSTALL_DATA) $(srcdir)/systemd/tmpfiles.conf $(DESTDIR)$(prefix)/lib/tmpfiles.d/caas.conf
	$(INSTALL_DATA) $(srcdir)/systemd/logrotate.conf $(DESTDIR)$(sysconfdir)/logrotate.d/caas
uninstall-local:
	rm -f $(DESTDIR)$(prefix)/lib/sysusers.d/caas.conf \
		$(DESTDIR)$(prefix)/lib/tmpfiles.d/caas.conf \
		$(DESTDIR)$(sysconfdir)/logrotate.d/caas
