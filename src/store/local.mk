noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(MARIADB_CFLAGS)
src_store_libstore_a_SOURCES = \
	src/store/account.c src/store/account.h \
	src/store/account_change.c src/store/account_change.h \
	src/store/account_state.c src/store/account_state.h \
	src/store/answer.c src/store/answer.h \
	src/store/audit.c src/store/audit.h \
	src/store/authz.c src/store/authz.h \
	src/store/binding.c src/store/binding.h \
	src/store/bulk.c \
	src/store/cert.c src/store/cert.h \
	src/store/check.c src/store/check.h \
	src/store/db.c src/store/db.h src/store/db_private.h \
	src/store/issuance.c src/store/issuance.h \
	src/store/job.c src/store/job.h \
	src/store/limit.c src/store/limit.h \
	src/store/login.c src/store/login.h \
	src/store/migrate.c src/store/migrate.h \
	src/store/nonces.c src/store/nonces.h \
	src/store/order.c src/store/order.h \
	src/store/report.c src/store/report.h \
	src/store/partition.c src/store/partition.h \
	src/store/renewal.c src/store/renewal.h \
	src/store/reseller.c src/store/reseller.h \
	src/store/revocation.c src/store/revocation.h \
	src/store/server.c src/store/server.h \
	src/store/statement.c src/store/statement.h \
	src/store/stmt.c src/store/store.h \
	src/store/subscription.c src/store/subscription.h \
	src/store/trace.c src/store/trace.h \
	src/store/tx.c src/store/tx.h \
	src/store/writer.c src/store/writer.h
LIBSTORE = src/store/libstore.a $(LIBMODEL) $(LIBCONF)
LIBSTORE_LIBS = $(MARIADB_LIBS) $(LIBWIRE_LIBS) $(LIBCONF_LIBS)

# The registry of statements and the texts of the schema, from sql/.
SQL_QUERIES = $(wildcard $(top_srcdir)/sql/query/*.sql)
SQL_SCHEMA = $(wildcard $(top_srcdir)/sql/schema/*.sql)
SQL_SETUP = $(wildcard $(top_srcdir)/sql/setup/*.sql) $(top_srcdir)/sql/grants.sql
BUILT_SOURCES += src/store/stmt.def src/store/schema.def src/store/setup.def
CLEANFILES += src/store/stmt.def src/store/schema.def src/store/setup.def
EXTRA_DIST += src/store/stmt.awk src/store/schema.awk sql

src/store/stmt.def: $(SQL_QUERIES) src/store/stmt.awk
	$(AM_V_GEN)$(MKDIR_P) src/store && \
	LC_ALL=C $(AWK) -f $(top_srcdir)/src/store/stmt.awk $(SQL_QUERIES) > $@.new && mv $@.new $@
src/store/schema.def: $(SQL_SCHEMA) src/store/schema.awk
	$(AM_V_GEN)$(MKDIR_P) src/store && \
	LC_ALL=C $(AWK) -f $(top_srcdir)/src/store/schema.awk $(SQL_SCHEMA) > $@.new && mv $@.new $@
src/store/setup.def: $(SQL_SETUP) src/store/schema.awk
	$(AM_V_GEN)$(MKDIR_P) src/store && \
	LC_ALL=C $(AWK) -f $(top_srcdir)/src/store/schema.awk $(SQL_SETUP) > $@.new && mv $@.new $@
