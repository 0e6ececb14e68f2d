# SPDX-License-Identifier: BSD-2-Clause
"""A client of the partner API (!ACMEAdmin)."""

import json
import urllib.parse

from acme import Http

PREFIX = "urn:sectigo:params:acme:error:"


class Partner:
    def __init__(self, stack, who="LOGIN", name=None, password=None):
        """who: LOGIN, LOGIN2 or POOR; else a name and a password."""
        self.stack = stack
        self.http = Http(stack.tls_ca)
        self.name = name or stack.env[f"STACK_{who}_NAME"]
        self.password = password or stack.env[f"STACK_{who}_PASSWORD"]

    def coming_from(self, address):
        """The same reseller, calling from another address of this machine."""
        other = Partner(self.stack, name=self.name, password=self.password)
        other.http = Http(self.stack.tls_ca, address)
        return other

    def raw(self, body, url=None, method="POST",
            content_type="application/x-www-form-urlencoded", headers=()):
        return self.http.request(method, url or self.stack.partner_url, body,
                                 {**({"Content-Type": content_type} if content_type else {}),
                                  **dict(headers)})

    def keyed(self, key, action, **args):
        """A call with an Idempotency-Key."""
        return self.raw(self.form(action, **args), headers={"Idempotency-Key": key})

    def call(self, action, **args):
        """The reply; arguments whose value is a list are sent once for each."""
        return self.raw(self.form(action, **args))

    def form(self, action, **args):
        """The body of a call; an argument that is None is left out."""
        fields = [("action", action), ("loginName", self.name),
                  ("loginPassword", self.password)]
        fields = [f for f in fields if f[0] not in args]
        for key, value in args.items():
            fields += [(key, v) for v in (value if isinstance(value, list) else [value])
                       if v is not None]
        return urllib.parse.urlencode(fields)

    def ok(self, action, **args):
        r = self.call(action, **args)
        assert r.status == 200, r
        return r.json

    def add(self, account, name, **args):
        """ADDDOMAIN, the raw reply."""
        return self.call("ADDDOMAIN", acmeAccountID=account, domainName=name, **args)

    def remove(self, account, name):
        """REMOVEDOMAIN, the raw reply."""
        return self.call("REMOVEDOMAIN", acmeAccountID=account, domainName=name)

    def row(self):
        """(balance, sum of the ledger, rows of it), in cents."""
        return tuple(int(v) for v in self.stack.sql(
            "SELECT r.balance_cents, COALESCE(SUM(l.cents), 0), COUNT(l.id) FROM resellers r "
            f"LEFT JOIN ledger l ON l.reseller_id = r.id WHERE r.login_name = '{self.name}' "
            "GROUP BY r.id")[0])

    @staticmethod
    def new(stack, name, servers=("DV",), fqdn=100, wildcard=400, credit="1000.00", limit="0"):
        """A reseller of its own; a price of None is not set."""
        args = [a for s in servers for a in ("--server", s)]
        out = stack.ctl("reseller", "add", name, "--credit-limit", limit, *args).stdout
        for kind, price in (("fqdn", fqdn), ("wildcard", wildcard)):
            for server in servers if price is not None else ():
                stack.ctl("price", "set", name, server, kind, "1", f"{price}.00")
        if credit:
            stack.ctl("reseller", "credit", name, credit, "--reason", "test")
        return Partner(stack, name=name, password=out.split("loginPassword", 1)[1].strip())

    def binding(self, *names, **args):
        """A new binding with subscribed names: (key id, MAC key)."""
        a = self.ok("PREREGISTER", serverUrl=self.stack.server_url, **args)["Accounts"][0]
        for name in names:
            self.ok("ADDDOMAIN", acmeAccountID=a["acmeAccountID"], domainName=name)
        return a["eabMACIDb64url"], a["eabMACKeyb64url"]


# Partner-api 6; {} is the argument's name.
ERRORS = {
    "E1": (400, "malformed", "'{}' is an unrecognized argument!"),
    "E2": (400, "malformed", "The '{}' argument is missing!"),
    "E3": (400, "malformed", "The value of the '{}' argument is invalid!"),
    "E4": (400, "malformed", "Base64url-encoding failed!"),
    "E5": (401, "unauthorized", "Incorrect login details, account is locked, password has "
                                "expired, or your source IP is blocked!"),
    "E6": (403, "unauthorized", "Use of HTTPS is REQUIRED!"),
    "E7": (403, "unauthorized", "Account could not be deactivated!"),
    "E8": (403, "unauthorized", "Domain could not be removed!"),
    "E9": (403, "unauthorized", "Not applicable for DV!"),
    "E10": (403, "unauthorized", "Permission denied!"),
    "E11": (403, "unauthorized", "Subscription expired or not found!"),
    "E12": (403, "unauthorized", "Pricing is not configured!"),
    "E13": (403, "unauthorized", "Pricing band is invalid!"),
    "E14": (403, "unauthorized", "Not enough credit!"),
    "E18": (403, "unauthorized", "The domain name is already present in the subscription."),
    "E20": (405, "malformed", "Method not allowed!"),
    "E21": (413, "malformed", "Request too large!"),
    "E22": (429, "rateLimited", "Rate limit exceeded!"),
    "E24": (422, "malformed", "The Idempotency-Key was used for another call!"),
    "E23": (500, "serverInternal", "An unknown error occurred!"),
}


def refused(reply, row, arg=""):
    """Assert a row of the error table, to the byte."""
    status, kind, detail = ERRORS[row]
    assert reply.status == status, reply
    assert reply.header("Content-Type") == "application/json", reply
    assert reply.body == json.dumps({"type": PREFIX + kind, "detail": detail.format(arg)},
                                    separators=(",", ":"), ensure_ascii=False), reply
