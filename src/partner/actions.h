/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * actions: the partner API (!ACMEAdmin): one endpoint, a table of actions with
 * their arguments.  Checks come in the order of ruling R-4.
 */
#ifndef CAAS_PARTNER_ACTIONS_H
#define CAAS_PARTNER_ACTIONS_H

#include "auth/partner_auth.h"
#include "model/partner.h"
#include "store/answer.h"
#include "wire/form.h"
#include "wire/json.h"

extern const struct site	partner_site;

enum arg_type {
	ARG_TEXT,	/* any */
	ARG_ID,		/* base64url, at most 32 characters */
	ARG_YES_NO,	/* Y or N */
	ARG_LATER,	/* checked by the action itself */
	ARG_MANY,	/* may be repeated; the action reads call->form */
};

struct arg {
	const char	*name;		/* matched ASCII case-insensitively */
	enum arg_type	 type;
	size_t		 max;		/* bytes */
	bool		 required;
};

#define ARGS_MAX	8

struct call;

struct action {
	const char	*name;
	const struct arg *args;		/* ends with a NULL name */
	bool		 changes;	/* more than it tells: an Idempotency-Key counts */
	int		(*run)(struct call *, struct err *);
};

/* One call: who, what, and its reply; lives as long as the request. */
struct call {
	struct req		*req;
	struct service		*svc;
	struct arena		*arena;
	const struct action	*action;
	struct login_try	 login;
	struct reseller		 reseller;
	const struct form	*form;			/* as it came */
	struct view		 values[ARGS_MAX];	/* of action->args; n == 0: absent */
	struct answer		 answer;	/* to be kept, if its key is not empty */
	struct jsonw		 w;		/* writes the reply */
	/* What it is about, once known: for the row of a refusal. */
	struct view		 account;	/* one of the caller's own */
	struct view		 name;		/* spelt as a name is */
};

/* The actions, one file a noun. */
MUST_USE int	action_list_servers(struct call *, struct err *);
MUST_USE int	action_preregister(struct call *, struct err *);
MUST_USE int	action_add_domain(struct call *, struct err *);
MUST_USE int	action_list_accounts(struct call *, struct err *);
MUST_USE int	action_list_bindings(struct call *, struct err *);
MUST_USE int	action_get_last_order(struct call *, struct err *);
MUST_USE int	action_list_transactions(struct call *, struct err *);
MUST_USE int	action_list_domains(struct call *, struct err *);
MUST_USE int	action_remove_domain(struct call *, struct err *);
MUST_USE int	action_extend_domains(struct call *, struct err *);
MUST_USE int	action_update_domains(struct call *, struct err *);
MUST_USE int	action_suspend_account(struct call *, struct err *);
MUST_USE int	action_unsuspend_account(struct call *, struct err *);
MUST_USE int	action_deactivate_account(struct call *, struct err *);
MUST_USE int	action_add_bundle(struct call *, struct err *);
MUST_USE int	action_cancel_subscription(struct call *, struct err *);

#endif
