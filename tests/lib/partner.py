# SPDX-License-Identifier: BSD-2-Clause
"""A client of the partner API (!ACMEAdmin)."""

import urllib.parse

from acme import Http

PREFIX = "urn:sectigo:params:acme:error:"


class Partner:
    def __init__(self, stack, who="LOGIN"):
        """who: LOGIN, LOGIN2 or POOR."""
        self.stack = stack
        self.http = Http(stack.tls_ca)
        self.name = stack.env[f"STACK_{who}_NAME"]
        self.password = stack.env[f"STACK_{who}_PASSWORD"]

    def raw(self, body, url=None, method="POST"):
        return self.http.request(method, url or self.stack.partner_url, body,
                                 {"Content-Type": "application/x-www-form-urlencoded"})

    def call(self, action, **args):
        """The reply; arguments whose value is a list are sent once for each."""
        fields = [("action", action), ("loginName", self.name),
                  ("loginPassword", self.password)]
        for key, value in args.items():
            fields += [(key, v) for v in (value if isinstance(value, list) else [value])]
        return self.raw(urllib.parse.urlencode(fields))

    def ok(self, action, **args):
        r = self.call(action, **args)
        assert r.status == 200, r
        return r.json

    def binding(self, *names, **args):
        """A new binding with subscribed names: (key id, MAC key)."""
        a = self.ok("PREREGISTER", serverUrl=self.stack.server_url, **args)["Accounts"][0]
        for name in names:
            self.ok("ADDDOMAIN", acmeAccountID=a["acmeAccountID"], domainName=name)
        return a["eabMACIDb64url"], a["eabMACKeyb64url"]


def fail_text(reply, status, kind, detail):
    """Assert an error of the partner API, to the byte."""
    assert reply.status == status, reply
    assert reply.header("Content-Type") == "application/json", reply
    assert reply.json == {"type": PREFIX + kind, "detail": detail}, reply
