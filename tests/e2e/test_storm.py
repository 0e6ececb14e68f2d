# SPDX-License-Identifier: BSD-2-Clause
"""
Fifty callers at once, with every action that changes something, while responders and the
database are killed.  Each caller writes down what it was told, as a hoster's billing does, and
repeats what it got no answer to, every other one with an Idempotency-Key; at the end books and
service must agree to the cent.
"""

import collections
import random
import threading
import time

import pytest
from outside import kill
from partner import Partner, refused
from stack import wait_until

CALLERS_EACH = 10
# Some are rich, others are always at the end of their credit.
RESELLERS = {"storm-a": ("100000.00", "0"), "storm-b": ("100000.00", "0"),
             "storm-c": ("100000.00", "0"), "storm-d": ("1040.00", "0"),
             "storm-e": ("1000.00", "35.00")}
TRIES = 200
ADD, EXTEND, REFUND = "1", "2", "3"     # transactions.type

Charge = collections.namedtuple("Charge", "type number cents")


class Caller(threading.Thread):
    """One customer's subscription, and all that happens to it."""

    def __init__(self, number, reseller, stop):
        super().__init__(name=f"caller {number}")
        self.p = Partner(reseller.stack, name=reseller.name, password=reseller.password)
        self.random = random.Random(number)
        self.is_keyed, self.calls = number % 2 == 1, 0
        self.stop, self.error = stop, None
        self.answered, self.lost, self.broke = 0, 0, 0
        self.first = f"first{number}.storm.example"
        self.account = self.p.binding(self.first)[0]
        self.spare = None
        self.books = {}         # paid name: its Charge
        self.free = {}          # paid name: what it brought along
        self.moved = []         # every Charge that there was
        self.is_extended, self.is_suspended = False, False
        self.count = 0

    def call(self, action, **args):
        """(reply, may an earlier try of it, which got no answer, have been what did it?)"""
        lost = False
        self.calls += 1
        key = f"{self.first}/{self.calls}"
        for _ in range(TRIES):
            try:
                r = (self.p.keyed(key, action, **args) if self.is_keyed else
                     self.p.call(action, **args))
            except OSError:
                r = None
            if r is not None and r.status in (200, 403):
                self.answered += 1
                return r, lost and not self.is_keyed
            # 429 says that nothing was done; what else did not answer may have been.
            assert r is None or r.status in (429, 500, 503), r
            if r is None or r.status != 429:
                self.lost += 1
                lost = True
            time.sleep(0.02 + self.random.random() / 10)
        raise AssertionError(f"no answer to {action}")

    def run(self):
        ways = [self.add, self.add, self.remove, self.add, self.extend, self.suspend,
                self.preregister, self.deactivate, self.move_anchor]
        try:
            while not self.stop.is_set():
                self.random.choice(ways)()
        except Exception as e:      # must reach the test
            self.error = e

    def charged(self, reply, kind, name=None):
        """What a reply with a cost says, or what was lost with it."""
        if reply is not None:
            return Charge(kind, reply.json["orderNumber"], round(reply.json["cost"] * 100))
        names = {} if name is None else {"domainName": name}
        rows, _ = self.call("LISTTRANSACTIONS", acmeAccountID=self.account, **names)
        wanted = {ADD: "addDomain", EXTEND: "extendDomains", REFUND: "refundDomain"}[kind]
        t = [t for s in rows.json["subscriptions"] for t in s["transactions"]
             if t["transactionType"] == wanted][-1]
        return Charge(kind, t["orderNumber"], round(t["cost"] * 100))

    def bill(self, row, lost, reply, kind, name=None):
        """A refusal that says "done already" is success after an answer was lost, and only then."""
        if reply.status == 403 and "credit" in reply.json["detail"]:
            refused(reply, "E14")
            self.broke += 1
            return None
        if reply.status == 403:
            refused(reply, row)
            assert lost, f"{row} though each answer had come: {reply}"
        charge = self.charged(reply if reply.status == 200 else None, kind, name)
        self.moved.append(charge)
        return charge

    def add(self):
        self.count += 1
        name = f"n{self.count}.{self.first}"
        asked = f"*.{name}" if self.count % 5 == 0 else name
        pair = "Y" if self.count % 3 == 0 else "N"
        reply, lost = self.call("ADDDOMAIN", acmeAccountID=self.account, domainName=asked,
                                addAssociatedFQDN=pair)
        charge = self.bill("E18", lost, reply, ADD, asked)
        if charge is not None:
            self.books[asked] = charge
            self.free[asked] = [] if pair == "N" else [name if asked != name else f"www.{name}"]

    def remove(self):
        if not self.books:
            return
        name = self.random.choice(sorted(self.books))
        reply, lost = self.call("REMOVEDOMAIN", acmeAccountID=self.account, domainName=name)
        if reply.status == 403:
            refused(reply, "E8")
            assert lost, reply
        # All of it comes back, within thirty days.
        self.moved.append(self.charged(None, REFUND, name))
        assert self.moved[-1].cents == self.books.pop(name).cents

    def extend(self):
        if self.is_extended:
            return
        reply, lost = self.call("EXTENDDOMAINS", acmeAccountID=self.account)
        self.is_extended = self.bill("E11", lost, reply, EXTEND) is not None

    def suspend(self):
        action = "UNSUSPENDACCOUNT" if self.is_suspended else "SUSPENDACCOUNT"
        reply, lost = self.call(action, acmeAccountID=self.account)
        assert reply.status == 200 and (lost or reply.json["nRecordsUpdated"] == 1), reply
        self.is_suspended = not self.is_suspended

    def preregister(self):
        reply, _ = self.call("PREREGISTER", serverUrl=self.p.stack.server_url)
        self.spare = reply.json["Accounts"][0]["acmeAccountID"]

    def deactivate(self):
        """A binding that was made before; nothing can be bought for it any more."""
        if self.spare is None:
            return
        reply, lost = self.call("DEACTIVATEACCOUNT", acmeAccountID=self.spare)
        assert reply.status == 200 and (lost or reply.json["nRecordsUpdated"] == 1), reply
        reply, _ = self.call("ADDDOMAIN", acmeAccountID=self.spare, domainName=self.first)
        refused(reply, "E10")
        self.spare = None

    def move_anchor(self):
        reply, _ = self.call("UPDATEDOMAINS", acmeAccountID=self.account,
                             ovAnchorOrderNumber="1", oldOVAnchorOrderNumber="2")
        refused(reply, "E9")

    def check(self, statuses):
        """Names, money and state are what the caller believes."""
        sql = self.p.stack.sql
        rows = sql("SELECT t.type, t.number, t.cents, COUNT(l.id), COALESCE(SUM(l.cents), 0) FROM "
                   "transactions t JOIN subscriptions s ON s.id = t.subscription_id JOIN bindings b "
                   "ON b.id = s.binding_id LEFT JOIN ledger l ON l.transaction_id = t.id WHERE "
                   f"b.key_id = '{self.account}' GROUP BY t.id ORDER BY t.id")
        there = [Charge(kind, int(number), int(cents)) for kind, number, cents, _, _ in rows[1:]]
        assert sorted(there) == sorted(self.moved), self.name
        for kind, number, cents, n, ledger in rows:
            assert int(n) == (int(cents) != 0), (self.name, number)
            assert int(ledger) == (1 if kind == REFUND else -1) * int(cents), (self.name, number)
        domains = self.p.ok("LISTDOMAINS", acmeAccountID=self.account)["Domains"]
        names = [self.first, *self.books, *(n for paid in self.books for n in self.free[paid])]
        assert sorted(d["domainName"] for d in domains) == sorted(names), self.name
        assert statuses[self.account] == ("suspended" if self.is_suspended else "pending")


@pytest.fixture
def balances(rough):
    """Every balance that was ever committed: (before, after), by reseller, in their order."""
    sql = rough.stack.sql
    sql("CREATE TABLE storm_balances (n BIGINT AUTO_INCREMENT PRIMARY KEY, login VARCHAR(64), "
        "old BIGINT, new BIGINT); CREATE TRIGGER storm_balance AFTER UPDATE ON resellers FOR EACH "
        "ROW INSERT INTO storm_balances (login, old, new) VALUES (NEW.login_name, "
        "OLD.balance_cents, NEW.balance_cents)")
    yield lambda login: [tuple(map(int, row)) for row in sql(
        f"SELECT old, new FROM storm_balances WHERE login = '{login}' ORDER BY n")]
    sql("DROP TRIGGER storm_balance; DROP TABLE storm_balances")


def near_their_ends(stack):
    """Every subscription can be extended, once."""
    stack.sql("UPDATE subscriptions SET end_at = end_at - 300 * 86400 WHERE binding_id IN (SELECT "
              "b.id FROM bindings b JOIN resellers r ON r.id = b.reseller_id WHERE r.login_name "
              "LIKE 'storm-%')")


def rage(stack, callers):
    """Kill, and let some answers through before the next blow."""
    def progress():
        before = sum(c.answered for c in callers)
        wait_until(lambda: any(c.error for c in callers) or
                   sum(c.answered for c in callers) >= before + 60, 30, "answers")

    for _ in range(4):
        for _ in range(3):
            progress()
            kill(random.choice(stack.pids("responder")))
        progress()
        kill(stack.pids("mariadb")[0])
        time.sleep(0.1)
        stack.restart("mariadb")
    progress()


def test_storm(rough, balances):
    """Issue 5, A-21: sum(ledger) = balance, nothing charged twice, no charge lost, never below the
    limit, and whoever repeats what was not answered ends in the right state"""
    stack, stop = rough.stack, threading.Event()
    resellers = [Partner.new(stack, name, credit=credit, limit=limit)
                 for name, (credit, limit) in RESELLERS.items()]
    callers = [Caller(n, resellers[n % len(resellers)], stop)
               for n in range(CALLERS_EACH * len(resellers))]
    near_their_ends(stack)
    for c in callers:
        c.start()
    try:
        rage(stack, callers)
    finally:
        stop.set()
        for c in callers:
            c.join(60)
    errors = [c.error for c in callers if c.error]
    assert not errors, errors[0]
    assert not any(c.is_alive() for c in callers)
    assert sum(c.lost for c in callers) > 0 and sum(c.broke for c in callers) > 0
    for p, limit in zip(resellers, (v[1] for v in RESELLERS.values())):
        balance, ledger, _ = p.row()
        assert balance == ledger
        seen = balances(p.name)
        assert [old for old, _ in seen[1:]] == [new for _, new in seen[:-1]], p.name
        assert min(new for _, new in seen) >= -round(float(limit) * 100), p.name
        assert seen[-1][1] == balance
    statuses = {a["acmeAccountID"]: a["accountStatus"]
                for p in resellers for a in p.ok("LISTACCOUNTS")["Accounts"]}
    for c in callers:
        c.check(statuses)
