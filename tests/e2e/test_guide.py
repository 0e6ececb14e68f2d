# SPDX-License-Identifier: BSD-2-Clause
"""doc/partner-guide.md: its calls are made on its days, and its amounts and texts compared."""

import calendar
import collections
import datetime
import decimal
import pathlib
import re

import pytest
from acme import Client, fail_type
from clock import utc
from fakes import Net
from partner import ERRORS, Partner
from test_checklist import ACTIONS, BUNDLES

GUIDE = (pathlib.Path(__file__).resolve().parents[2] / "doc" / "partner-guide.md").read_text()
Row = collections.namedtuple("Row", "day customer call text cost balance")


def tables(heading):
    """The tables below a heading, as lists of cells, without their own headings."""
    section = GUIDE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    for block in re.findall(r"(?:^\|.*\n)+", section, re.M):
        yield [[c.strip() for c in line.strip("|").split("|")] for line in block.splitlines()[2:]]


def cents(text):
    return 0 if text == "–" else int(decimal.Decimal(text.replace("−", "-")) * 100)


class Customer:
    """A binding, and the ACME client of whoever it is for."""

    def __init__(self, hoster, name):
        self.hoster, self.p, self.name = hoster, hoster.p, name
        self.key = self.client = None

    def preregister(self, **args):
        [a] = self.p.ok("PREREGISTER", serverUrl=self.p.stack.server_url, **args)["Accounts"]
        self.key = (a["eabMACIDb64url"], a["eabMACKeyb64url"])
        self.client = Client(self.p.stack).register(self.key)
        return a

    def call(self, action, args):
        if action == "PREREGISTER":
            return self.preregister(**args)
        return self.p.ok(action, acmeAccountID=self.key[0], **args)

    def names(self):
        """{name: the day on which it ends}"""
        return {d["domainName"]: datetime.date.fromisoformat(d["expiresAt"][:10])
                for d in self.call("LISTDOMAINS", {})["Domains"]}

    def newest(self):
        """The newest transaction."""
        [s] = self.call("LISTTRANSACTIONS", {})["subscriptions"]
        return s["transactions"][-1]

    def get_certificates(self):
        """As the client does by itself, for every name."""
        self.client.nonces.clear()
        for name in self.names():
            kind = "dns-01" if name.startswith("*") else "http-01"
            assert self.client.issue([name], self.hoster.net, kind)[1]["status"] == "valid"


class Hoster:
    """Who makes the calls of the guide."""

    def __init__(self, p, net):
        self.p, self.net, self.customers = p, net, {}
        # A year after whose March no 29 February comes for a year.
        self.year = p.stack.clock.latest.year + 1
        self.year += calendar.isleap(self.year + 1)

    def date(self, text):
        """The day that "1 March" is."""
        day, month = text.split()
        return datetime.date(self.year, list(calendar.month_name).index(month), int(day))

    def do(self, row):
        self.p.stack.clock.go_to(utc(*self.date(row.day).timetuple()[:3], 12))
        who = self.customers.setdefault(row.customer, Customer(self, row.customer))
        action, *args = row.call.strip("`").split()
        before = self.p.row()[0]
        reply = who.call(action, dict(a.split("=", 1) for a in args))
        assert before - self.p.row()[0] == cents(row.cost), row
        assert self.p.row()[0] == self.p.row()[1] == cents(row.balance), row
        self.compare(who, action, args, row, reply)

    def compare(self, who, action, args, row, reply):
        """What the texts of a row say."""
        if "quoteOnly=Y" in args:
            [said] = re.findall(r"[\d.]+\.\d\d", row.text)
            assert round(reply["cost"] * 100) == cents(said), row
        elif "cost" in reply:
            assert round(reply["cost"] * 100) == cents(row.cost), row
        if "days are left" in row.text:
            assert who.newest()["debitedFor"] == int(re.search(r"(\d+) days", row.text)[1]), row
        until = re.search(r"until (\d+ \w+) (a|two) years? later", row.text)
        if until:
            day = self.date(until[1])
            end = day.replace(year=day.year + 1)
            if until[2] == "two":       # the second year is one of days
                end += datetime.timedelta(days=365)
            assert set(who.names().values()) == {end}, row
        if action in ("ADDDOMAIN", "UNSUSPENDACCOUNT"):
            who.get_certificates()
        if action == "SUSPENDACCOUNT":
            who.client.nonces.clear()
            for name in who.names():
                fail_type(who.client.new_order(name), 403, "unauthorized")
        if action == "REMOVEDOMAIN" and cents(row.cost) < 0:
            assert who.newest()["transactionType"] == "refundDomain"
            assert round(who.newest()["cost"] * 100) == -cents(row.cost), row
        if action == "GETLASTORDER":
            assert {o["domainName"] for o in reply["Orders"]} == set(who.names())
            assert {o["statusDesc"] for o in reply["Orders"]} == {"Valid"}


@pytest.fixture
def hoster(moving_stack, workdir):
    net = Net(workdir / "guide-net", int(moving_stack.dns.split(":")[1]),
              int(moving_stack.http01_port))
    yield Hoster(Partner.new(moving_stack, "guide-hosting", fqdn=10, wildcard=40,
                             credit="500.00"), net)
    net.stop()


def test_month(hoster):
    """Issue 5: the worked month of the guide, and the extension in its November"""
    said = "Prices: 10.00 a name, 40.00 a wildcard a year; balance 500.00, no credit."
    assert said in GUIDE
    month, later = tables("A month of a small hoster")
    assert len(month) == 11 and len(later) == 3
    for cells in month:
        hoster.do(Row(*cells))
    baker = hoster.customers["Baker"]
    assert {(end - hoster.date("21 November")).days for end in baker.names().values()} == {100}
    for cells in later:
        hoster.do(Row(*cells))


def fields(cell):
    """(required, optional) of a row of the table of actions."""
    required, _, optional = cell.partition("[")
    return tuple(set(re.findall(r"`(\w+)`", part)) for part in (required, optional))


def test_actions():
    """Issue 5: every action is told of, with each of its fields and no other"""
    [rows] = (t for t in tables("The actions") if "LISTSERVERS" in t[0][0])
    told, last = {}, None
    for action, cell, _ in rows:
        last = last if cell == "the same" else fields(cell)
        told[action.strip("`")] = last
    known = {action: ({a for a in args if args[a].required},
                      {a for a in args if not args[a].required})
             for action, args in ACTIONS.items() if action not in (*BUNDLES, "UPDATEDOMAINS")}
    assert told == known
    for action in (*BUNDLES, "UPDATEDOMAINS"):
        assert f"`{action}`" in GUIDE


def test_errors():
    """Issue 5: every status and text of partner-api 6, to the letter, and no other"""
    [rows] = tables("Errors")
    said = {(status, detail) for status, cell, _ in rows for detail in re.findall(r"`([^`]+)`", cell)}
    known = {(str(status), detail.format("x")) for row, (status, _, detail) in ERRORS.items()
             if row not in ("E20", "E21")}
    # The service is away: the text of 500.
    known.add(("503", ERRORS["E23"][2]))
    assert said == known
    assert "405, 413" in [status for status, _, _ in rows]
