# SPDX-License-Identifier: BSD-2-Clause
"""A customer of a reseller on chosen days: the pool's clock stands still at each of them."""

from clock import utc

FIRST = (2026, 3, 10, 10, 15)       # of X1
JUNE = (2026, 6, 18, 8)             # of X4, X5
EXTENDED = (2027, 2, 1, 12)         # of X11


class Days:
    """One reseller, one binding; money is in cents.  X1 and so on: partner-api 7."""

    def __init__(self, stack, p):
        self.p, self.clock, self.account = p, stack.clock, None

    def at(self, *ymdhms):
        self.clock.stop_at(utc(*ymdhms))

    def begin(self, name="shop.example", at=FIRST, **args):
        """A new binding with its first name, bought as X1, X2 or X3 do."""
        self.at(*at)
        self.account = self.p.binding(**args)[0]
        return self.add(name)

    def add(self, name, **args):
        return self.billed(self.p.add(self.account, name, **args))

    def extend(self, **args):
        return self.billed(self.p.call("EXTENDDOMAINS", acmeAccountID=self.account, **args))

    def remove(self, name):
        reply = self.p.remove(self.account, name)
        assert reply.status == 200, reply
        return [d["domainName"] for d in reply.json["Domains"]]

    def billed(self, reply):
        """(cost as it is written, days that it is for), as reply and LISTTRANSACTIONS say."""
        assert reply.status == 200, reply
        [row] = [t for t in self.rows() if t["orderNumber"] == reply.json["orderNumber"]]
        assert row["cost"] == reply.json["cost"]
        return reply.body.split('"cost":')[1].split(",")[0], row["debitedFor"]

    def rows(self, **args):
        return [t for s in self.subscriptions(**args) for t in s["transactions"]]

    def subscriptions(self, **args):
        return self.p.ok("LISTTRANSACTIONS", acmeAccountID=self.account, **args)["subscriptions"]

    def term(self):
        """(start, end) of the one subscription; LISTDOMAINS has the same end for every name."""
        [s] = self.subscriptions()
        domains = self.p.ok("LISTDOMAINS", acmeAccountID=self.account)["Domains"]
        assert {d["expiresAt"] for d in domains} == {s["subscriptionEndDate"]}
        return s["subscriptionStartDate"], s["subscriptionEndDate"]

    def names(self):
        return [d["domainName"]
                for d in self.p.ok("LISTDOMAINS", acmeAccountID=self.account)["Domains"]]

    def refunds(self):
        return [(t["domains"][0]["name"], t["cost"]) for t in self.rows()
                if t["transactionType"] == "refundDomain"]

    def balance(self):
        balance, ledger, _ = self.p.row()
        assert balance == ledger
        return balance

    def grown(self):
        """X1 + X4 + X5 + X6: three paid names and a free one."""
        self.begin()
        self.at(*JUNE)
        self.add("blog.example")
        self.add("*.shop.example")
        self.at(2026, 9, 1, 12)
        self.add("www.shop.example")
