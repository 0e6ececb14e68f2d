# SPDX-License-Identifier: BSD-2-Clause
"""A row for every call that changed something or was refused, and none with a secret in it."""

import calendar
import contextlib
import datetime
import itertools
import json
import time

import pytest
from acme import at_once
from partner import Partner, refused


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "audit-hosting", credit="150.00")


@pytest.fixture(scope="module")
def account(p):
    return p.binding("there.audit.example")[0]


class Rows:
    """Audit rows since it was made."""

    def __init__(self, stack):
        self.stack = stack
        self.since = stack.sql("SELECT COALESCE(MAX(id), 0) FROM audit")[0][0]

    def __call__(self, where="event = 'partner.refused'"):
        return self.stack.sql("SELECT actor, object_id, detail FROM audit WHERE "
                              f"id > {self.since} AND {where} ORDER BY id")


def one_row(p, reply, action, row, about=""):
    """The row of this very answer: who, what, why; it is there when the answer is."""
    request = reply.header("X-Request-Id")
    rows = p.stack.sql("SELECT actor, object_id = (SELECT id FROM resellers WHERE login_name = "
                       f"'{p.name}'), event, detail FROM audit WHERE detail LIKE '%req={request}'")
    assert rows == [[f"reseller {p.name}", "1", "partner.refused",
                     f"{action} {row}{about} addr=127.0.0.1 req={request}"]], rows


@pytest.mark.parametrize("action, row, arg, args", [
    ("LISTSERVERS", "E1", "nonsense", {"nonsense": "x"}),
    ("ADDDOMAIN", "E2", "domainName", {"acmeAccountID": "ID"}),
    ("PREREGISTER", "E3", "serverUrl", {"serverUrl": "https://elsewhere.example/"}),
    ("LISTDOMAINS", "E3", "acmeAccountID", {"acmeAccountID": "unknown"}),
    ("LISTDOMAINS", "E4", "", {"acmeAccountID": "no/id"}),
    ("REMOVEDOMAIN", "E8", "", {"acmeAccountID": "ID", "domainName": "absent.audit.example"}),
    ("UPDATEDOMAINS", "E9", "", {"acmeAccountID": "ID", "ovAnchorOrderNumber": "1",
                                 "oldOVAnchorOrderNumber": "2"}),
    ("CANCELSUBSCRIPTION", "E10", "", {"acmeAccountID": "ID"}),
    ("EXTENDDOMAINS", "E11", "", {"acmeAccountID": "ID", "quoteOnly": "Y"}),
    ("ADDDOMAIN", "E14", "", {"acmeAccountID": "ID", "domainName": "*.much.audit.example"}),
    ("ADDDOMAIN", "E18", "", {"acmeAccountID": "ID", "domainName": "THERE.audit.example."}),
])
def test_refused(p, account, action, row, arg, args):
    """E1 to E18: one row for each refused call, of reports and quotes too; nothing else is changed"""
    args = {k: account if v == "ID" else v for k, v in args.items()}
    rows, before = Rows(p.stack), p.row()
    r = p.call(action, **args)
    refused(r, row, arg)
    about = f" account={account}" if account in args.values() and row != "E2" else ""
    if "domainName" in args:
        about += f" name={args['domainName'].lower().rstrip('.')}"
    one_row(p, r, action, row, about)
    assert len(rows("1")) == 1 and p.row() == before


def test_deactivated_twice(p):
    """E7"""
    a = p.binding()[0]
    p.ok("DEACTIVATEACCOUNT", acmeAccountID=a)
    r = p.call("DEACTIVATEACCOUNT", acmeAccountID=a, includeAdditionalAccounts="N")
    refused(r, "E7")
    one_row(p, r, "DEACTIVATEACCOUNT", "E7", f" account={a}")


def test_done_is_no_refusal(p, account):
    """What was done has its own row and no other; what only read has none"""
    rows = Rows(p.stack)
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="www.there.audit.example")
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="quote.audit.example", quoteOnly="Y")
    p.ok("LISTDOMAINS", acmeAccountID=account)
    assert [r[2] for r in rows("1")] == ["www.there.audit.example"]


def test_no_secrets(p, account):
    """partner-api 2: neither a password nor a MAC key comes into a row, wherever it was put"""
    rows = Rows(p.stack)
    mac_key = p.binding()[1]
    for secret in (p.password, mac_key):
        refused(p.call("LISTSERVERS", **{secret: "1"}), "E1", secret)
        for field in ("acmeAccountID", "domainName"):
            args = {"acmeAccountID": account, "domainName": "x.example", field: secret}
            assert p.call("ADDDOMAIN", **args).status == 400
        assert p.call(secret).status == 400
        assert Partner(p.stack, name=secret, password="x").call("LISTSERVERS").status == 401
    assert Partner(p.stack, name=p.name, password=mac_key).call("LISTSERVERS").status == 401
    said = "\n".join(" ".join(r) for r in rows("1"))
    assert said.count("E1") >= 2 and p.password not in said and mac_key not in said, said


# ---- callers whom nobody knows

MINUTES = itertools.count(2, 2)


@pytest.fixture
def fresh_minute(moving_stack):
    """A stack that stands at the begin of a minute in which nobody was refused yet."""
    start = datetime.datetime.fromtimestamp((time.time() // 60 + next(MINUTES)) * 60,
                                            datetime.timezone.utc)
    moving_stack.clock.stop_at(start)
    yield start
    moving_stack.clock.go_to(start)


def test_strangers(moving_stack, fresh_minute):
    """R-4, E2, E3, E5, E6: who did not log in is unknown; of a wrong login the name that exists"""
    stack, rows = moving_stack, Rows(moving_stack)
    p = Partner(stack)
    wrong = Partner(stack, name=p.name, password="wrong")
    form = p.form("LISTSERVERS", loginName=None, acmeAccountID="anything")
    for r, row, arg in ((wrong.call("LISTSERVERS"), "E5", ""), (p.raw(form), "E2", "loginName"),
                        (p.call("NOSUCH"), "E3", "action"),
                        (p.raw(form, url=stack.partner_http_url), "E6", "")):
        refused(r, row, arg)
    who = stack.sql(f"SELECT id FROM resellers WHERE login_name = '{p.name}'")[0][0]
    # Ids of several responders are in no order while the clock stands.
    said = sorted((actor, about, detail.split(" req=")[0]) for actor, about, detail in rows())
    assert said == sorted([("unknown", who, f"LISTSERVERS E5 as={p.name} addr=127.0.0.1"),
                           ("unknown", "0", "LISTSERVERS E2 addr=127.0.0.1"),
                           ("unknown", "0", "- E3 addr=127.0.0.1"),
                           ("unknown", "0", "- E6 addr=127.0.0.1")])


def test_strangers_are_bounded(moving_stack, fresh_minute):
    """Nobody fills the table from outside: some rows a minute from each worker, the rest is counted"""
    workers = len(moving_stack.pids("responder"))
    rows, calls = Rows(moving_stack), 100 * workers

    def call():
        p = Partner(moving_stack)
        assert {p.raw("action=LISTSERVERS").status for _ in range(calls // 4)} == {400}

    at_once([call] * 4)
    first = len(rows())
    assert 30 <= first <= 30 * workers
    moving_stack.clock.stop_at(fresh_minute + datetime.timedelta(minutes=1))
    at_once([call] * 4)
    left = sum(int(r[2].split("left-out=")[1]) for r in rows() if "left-out=" in r[2])
    assert 0 < left <= calls - first and len(rows()) <= 2 * 30 * workers


# ---- a row that cannot be written

@contextlib.contextmanager
def no_audit(stack):
    stack.sql("RENAME TABLE audit TO audit_away")
    try:
        yield
    finally:
        stack.sql("RENAME TABLE audit_away TO audit")


def test_unwritten(stack, p, account):
    """A refusal stays what it is and the log tells; a change without its row is none (E23)"""
    before, told = p.row(), stack.log("caas-responder").count("partner.audit")
    with no_audit(stack):
        refused(p.add(account, "there.audit.example"), "E18")
        r = p.add(account, "unwritten.audit.example")
        refused(r, "E23")
    assert p.row() == before
    assert stack.log("caas-responder").count("partner.audit") == told + 1
    refused(p.remove(account, "unwritten.audit.example"), "E8")


# ---- the operator

def test_operator(stack, p):
    """Prices, servers and issuers are audited as all else that caasctl changes; what was refused is not"""
    rows = Rows(stack)
    stack.ctl("price", "set", p.name, "DV", "fqdn", "2", "180.5")
    who = stack.sql(f"SELECT id FROM resellers WHERE login_name = '{p.name}'")[0][0]
    assert rows("event = 'price.set'") == [["operator", who, "DV fqdn 2 180.50"]]
    stack.ctl("server", "add", "AUDITED")
    assert stack.ctl("server", "add", "AUDITED", check=False).returncode == 64
    server = stack.sql("SELECT id FROM servers WHERE name = 'AUDITED'")[0][0]
    assert rows("event = 'server.add'") == [["operator", server, "AUDITED"]]
    assert stack.sql("SELECT a.actor, a.detail FROM audit a JOIN issuers i ON i.id = a.object_id "
                     "WHERE a.event = 'ca.init'") == [["operator", "test-ca"]]


def shown(stack, *args):
    return json.loads(stack.ctl("audit", *args, "--json").stdout)


def test_shown(stack, p, account):
    """caasctl audit: the newest rows, the newest last, by actor, event and time"""
    who, began = f"reseller {p.name}", int(time.time())
    refused(p.add(account, "there.audit.example"), "E18")
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="free.audit.example", quoteOnly="Y")
    p.ok("SUSPENDACCOUNT", acmeAccountID=account)
    p.ok("UNSUSPENDACCOUNT", acmeAccountID=account)
    stack.ctl("price", "set", p.name, "DV", "fqdn", "3", "300")
    rows = shown(stack, "--last", "4")
    assert [(r["actor"], r["event"]) for r in rows] == [
        (who, "partner.refused"), (who, "partner.suspend-account"),
        (who, "partner.unsuspend-account"), ("operator", "price.set")]
    assert rows[0]["detail"].startswith(f"ADDDOMAIN E18 account={account} ")
    assert all(calendar.timegm(time.strptime(r["at"], "%Y-%m-%dT%H:%M:%SZ")) >= began for r in rows)
    assert shown(stack, "--actor", who, "--last", "3") == rows[:3]
    assert shown(stack, "--actor", who, "--event", "partner.refused", "--last", "1") == rows[:1]
    assert shown(stack, "--event", "partner.suspend", "--last", "1") == rows[1:2]
    assert shown(stack, "--actor", p.name) == []
    assert shown(stack, "--from", "2099-01-01T00:00:00Z") == []
    assert shown(stack, "--to", "1999-01-01T00:00:00Z") == []
    assert shown(stack, "--from", rows[0]["at"], "--to", rows[-1]["at"])[-4:] == rows
    lines = stack.ctl("audit", "--last", "4").stdout.splitlines()
    assert lines[0].split() == list(rows[0]) and len(lines) == 5
    for args in (("--last", "0"), ("--last", "10001"), ("--from", "yesterday"), ("more",)):
        r = stack.ctl("audit", *args, check=False)
        assert r.returncode == 64 and "usage: caasctl audit" in r.stderr and r.stdout == ""
