/* SPDX-License-Identifier: BSD-2-Clause */
/* conf show: what is in force. */
#include "ctl/ctl.h"

#include "conf/conf.h"
#include "conf/keys.h"

static void
put_member(struct jsonw *w, const struct conf_key *key, const void *member)
{
	const struct conf_list *list;
	unsigned choice;
	size_t i;

	jsonw_key(w, key->name);
	switch (key->type) {
	case CONF_STR:
		jsonw_str(w, view_of(*(const char *const *)member));
		break;
	case CONF_INT:
		jsonw_int(w, *(const int64_t *)member);
		break;
	case CONF_BOOL:
		jsonw_bool(w, *(const bool *)member);
		break;
	case CONF_LIST:
		list = member;
		jsonw_open_array(w);
		for (i = 0; i < list->n; i++)
			jsonw_str(w, view_of(list->v[i]));
		jsonw_close_array(w);
		break;
	case CONF_CHOICE:
		memcpy(&choice, member, sizeof(choice));
		jsonw_str(w, view_of(key->choices[choice - 1]));
		break;
	}
}

static void
put_members(struct jsonw *w, const struct conf_key *keys, size_t n, const void *base)
{
	size_t i;

	for (i = 0; i < n; i++)
		put_member(w, &keys[i], (const char *)base + keys[i].offset);
}

int
ctl_conf_show(struct ctl *c, struct err *err)
{
	size_t i;

	if (ctl_args(c, 0, err) != 0)
		return -1;
	/* People get a file that can be loaded. */
	if (!c->out.as_json) {
		conf_print(c->conf, &c->out.buf);
		c->out.is_text = true;
		return 0;
	}
	jsonw_open(&c->out.w);
	put_members(&c->out.w, conf_keys, conf_nkeys, c->conf);
	jsonw_key(&c->out.w, "profiles");
	jsonw_open_array(&c->out.w);
	for (i = 0; i < c->conf->nprofiles; i++) {
		jsonw_open(&c->out.w);
		jsonw_kv_cstr(&c->out.w, "name", c->conf->profiles[i].name);
		put_members(&c->out.w, offer_keys, offer_nkeys, &c->conf->profiles[i]);
		jsonw_close(&c->out.w);
	}
	jsonw_close_array(&c->out.w);
	jsonw_close(&c->out.w);
	return 0;
}
