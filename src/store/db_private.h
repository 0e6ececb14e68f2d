/* SPDX-License-Identifier: BSD-2-Clause */
/* db_private: what db, stmt, tx and migrate share; nobody else includes it. */
#ifndef CAAS_STORE_DB_PRIVATE_H
#define CAAS_STORE_DB_PRIVATE_H

#include "store/db.h"

#include <mysql.h>

#define PARAMS_MAX	24
#define COLUMNS_MAX	32
#define SCRATCH_SIZE	1024	/* bytes of a column that need no second fetch */

/* What a failed call means for whoever runs a transaction. */
enum db_fault {
	DB_FAULT_NONE,
	DB_FAULT_AGAIN,		/* deadlock or lock wait: roll back and try again */
	DB_FAULT_LOST,		/* the connection is gone, outcome unknown */
	DB_FAULT_DUPLICATE,	/* a unique key */
	DB_FAULT_CONSTRAINT,	/* a CHECK of the table */
	DB_FAULT_OTHER,
};

struct db {
	const struct conf	*conf;
	enum db_role		 role;
	char			 user[64];
	char			 password[128];
	const char		*db_name;	/* NULL: none */
	MYSQL			*my;		/* NULL: not connected */
	MYSQL_STMT		*stmts[STMT__MAX];
	bool			 checked[STMT__MAX];	/* columns seen to fit */
	size_t			 host;		/* of conf db_hosts, the one in use */
	bool			 in_tx;
	enum db_fault		 fault;		/* of the last failed call */
	char			 scratch[COLUMNS_MAX][SCRATCH_SIZE];
};

struct stmt_text {
	const char	*name;
	unsigned	 nparams;
	unsigned	 roles;
	const char	*text;
};
extern const struct stmt_text	stmt_texts[STMT__MAX];

/* Drop the connection without a word to the server. */
void	db_drop(struct db *);
/*
 * Set err and db->fault from the library's error number and text; drops the
 * connection when it is lost.  Returns -1.
 */
int	db_failed(struct db *, const char *what, unsigned number, const char *text,
	    struct err *);
/* Prepare one statement of the role. */
MUST_USE int	db_prepare(struct db *, enum stmt, struct err *);
/* 0: the statement is prepared, for so many parameters, on a connection that stands. */
MUST_USE int	db_ready(struct db *, enum stmt, size_t nparams, struct err *);
/* db_failed() of a statement. */
int	db_stmt_failed(struct db *, enum stmt, struct err *);
/* Run a statement of sql/query as text, outside the prepared ones. */
MUST_USE int	db_text(struct db *, enum stmt, struct err *);

#endif
