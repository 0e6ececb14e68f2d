# SPDX-License-Identifier: BSD-2-Clause
"""The database is killed, hangs and comes back; nothing else is touched."""

import threading
import time

from acme import fail_type
from outside import at_once, is_alive, kill, stopped
from partner import Partner
from stack import wait_until

READ_TIMEOUT_S = 5      # db_read_timeout_s as it is shipped
CONNECT_TIMEOUT_S = 1


def retry_after(reply):
    return int(reply.header("Retry-After"))


def is_away(reply):
    """A 503 that a client understands (CLI-46, HDR-04)."""
    fail_type(reply, 503, "serverInternal")
    assert 1 <= retry_after(reply) <= 60, reply


def partner_is_away(reply):
    assert reply.status == 503, reply
    assert reply.header("Content-Type") == "application/json", reply
    assert reply.json == {"type": "urn:sectigo:params:acme:error:serverInternal",
                          "detail": "An unknown error occurred!"}, reply
    assert retry_after(reply) >= 1


def orders_again(client, seconds):
    def one():
        r = client.new_order("again.rough.example")
        return r.status == 201 or is_away(r)
    wait_until(one, seconds, "an order after the database came back")


def all_but_mariadb(stack):
    return [row for row in stack.status() if row[0] != "mariadb"]


def test_database_killed(rough):
    """
    WEB-08 CLI-46 E23: 503 within a second while it is away, and service again by itself.
    """
    stack, client = rough.stack, rough.client
    directory = client.http.request("GET", client.url).json
    before = all_but_mariadb(stack)
    client.nonces = [client.nonce() for _ in range(40)]
    kill(stack.pids("mariadb")[0])
    try:
        for i in range(16):     # every worker finds out for itself
            r = client.new_order(f"n{i}.rough.example", timeout=10)
            is_away(r)
            assert r.seconds < 1, r.seconds
        for action in ("LISTSERVERS", "PREREGISTER"):
            r = rough.partner.call(action, serverUrl=stack.server_url)
            partner_is_away(r)
            assert r.seconds < 1, r.seconds
        r = client.http.request("GET", client.url)
        assert (r.status, r.json) == (200, directory), r
        # What needs no row works, or says why it does not.
        r = client.http.request("HEAD", directory["newNonce"])
        assert r.status == 200 and r.header("Replay-Nonce"), r
    finally:
        stack.restart("mariadb")
    orders_again(client, 5)
    rough.partner.ok("LISTSERVERS")
    assert all_but_mariadb(stack) == before
    client.issue(["after-kill.rough.example"], rough.net)


def test_database_hangs(rough):
    """design.md 10: a database that does not answer costs at most the read timeout."""
    stack, client = rough.stack, rough.client
    before = all_but_mariadb(stack)
    clients = [client.clone() for _ in range(8)]
    for c in clients:
        c.nonces = [c.nonce()]
    at_most = READ_TIMEOUT_S + CONNECT_TIMEOUT_S + 2
    with stopped(stack.pids("mariadb")[0]):
        for r in at_once(lambda c: c.new_order("hang.rough.example", timeout=30), clients):
            is_away(r)
            assert r.seconds < at_most, r.seconds
        # It is known by now: the next ones need not wait as long.
        r = client.http.request("GET", client.url)
        assert r.status == 200 and r.seconds < CONNECT_TIMEOUT_S + 2, (r, r.seconds)
    orders_again(client, 5)
    assert all_but_mariadb(stack) == before
    client.issue(["after-hang.rough.example"], rough.net)


class Buyer:
    """Adds names to a subscription of its own until it is told to stop."""

    def __init__(self, rough, number):
        self.partner = Partner(rough.stack, "LOGIN2")
        self.account = self.partner.ok(
            "PREREGISTER", serverUrl=rough.stack.server_url)["Accounts"][0]["acmeAccountID"]
        self.number = number
        self.bought, self.unknown, self.away = [], [], 0

    def run(self, stop):
        i = 0
        while not stop.is_set():
            i += 1
            name = f"b{self.number}-{i}.load.example"
            r = self.partner.call("ADDDOMAIN", acmeAccountID=self.account, domainName=name)
            if r.status == 200:
                self.bought.append((name, r.json["orderNumber"]))
            else:
                assert r.status == 503, r
                self.unknown.append(name)
                self.away += 1
                time.sleep(0.05)


class Orderer:
    """Makes orders, and keeps the URLs that it was told."""

    def __init__(self, rough):
        self.client = rough.client.clone()
        self.urls = []

    def run(self, stop):
        while not stop.is_set():
            r = self.client.new_order("load.rough.example")
            if r.status == 201:
                self.urls.append(r.location)
            else:
                is_away(r)
                time.sleep(0.05)


def test_killed_under_load(rough):
    """
    design.md 7, A-21: what was acknowledged is there afterwards, what was not is there once
    or not at all, and the balance is the sum of the ledger.
    """
    stack = rough.stack
    buyers = [Buyer(rough, i) for i in range(3)]
    orderers = [Orderer(rough) for _ in range(3)]
    stop, errors = threading.Event(), []

    def guard(worker):
        try:
            worker.run(stop)
        except Exception as e:      # an assertion must reach the test
            errors.append(e)

    threads = [threading.Thread(target=guard, args=(w,)) for w in buyers + orderers]
    for t in threads:
        t.start()
    try:
        for _ in range(2):
            marks = [len(b.bought) for b in buyers]
            wait_until(lambda m=marks: errors or
                       all(len(b.bought) > n + 5 for b, n in zip(buyers, m)), 20, "load")
            kill(stack.pids("mariadb")[0])
            time.sleep(0.2)
            stack.restart("mariadb")
        marks = [len(b.bought) for b in buyers]
        wait_until(lambda: errors or all(len(b.bought) > n for b, n in zip(buyers, marks)), 20,
                   "buying again")
    finally:
        stop.set()
        for t in threads:
            t.join(30)
    assert not errors, errors[0]
    assert not any(t.is_alive() for t in threads)
    assert any(b.away for b in buyers)
    rows = stack.sql("SELECT n.name, t.number, l.cents FROM subscription_names n"
                     " JOIN transactions t ON t.id = n.transaction_id"
                     " JOIN ledger l ON l.transaction_id = t.id"
                     " WHERE n.name LIKE 'b%.load.example'")
    there = {name: int(number) for name, number, _ in rows}
    assert len(there) == len(rows), "a name stands twice"
    for b in buyers:
        assert all(there.get(name) == number for name, number in b.bought)
    known = {n for b in buyers for n, _ in b.bought} | {n for b in buyers for n in b.unknown}
    assert set(there) <= known
    for o in orderers:
        assert all(o.client.get(url)["status"] == "pending" for url in o.urls)
    assert stack.sql("SELECT login_name FROM resellers r WHERE balance_cents <>"
                     " (SELECT SUM(cents) FROM ledger l WHERE l.reseller_id = r.id)") == []
    assert all(is_alive(pid) for _, pid in stack.status())
