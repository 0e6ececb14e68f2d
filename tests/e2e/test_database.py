# SPDX-License-Identifier: BSD-2-Clause
"""The database is killed, hangs and comes back; nothing else is touched."""

import http.client
import threading
import time
import urllib.parse

import pytest
from acme import fail_type
from history import more_accounts
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


def test_killed_in_a_list(rough):
    """partner-api 1: a list that is on its way then breaks off, and does not end like a whole one."""
    p = Partner.new(rough.stack, "database-lists")
    more_accounts(p, p.binding()[0], 60000)
    u = urllib.parse.urlsplit(rough.stack.partner_url)
    c = http.client.HTTPSConnection(u.netloc, context=p.http.context, timeout=30)
    c.request("POST", u.path, p.form("LISTACCOUNTS"))
    r = c.getresponse()
    assert r.status == 200 and r.read(13) == b'{"Accounts":['
    kill(rough.stack.pids("mariadb")[0])
    try:
        with pytest.raises(http.client.IncompleteRead):
            r.read()
    finally:
        rough.stack.restart("mariadb")
    assert len(p.ok("LISTACCOUNTS")["Accounts"]) == 60001


class Orderer:
    """Makes orders, and keeps the URLs that it was told."""

    def __init__(self, rough):
        self.client = rough.client.clone()
        self.urls, self.away = [], 0

    def run(self, stop):
        while not stop.is_set():
            r = self.client.new_order("load.rough.example")
            if r.status == 201:
                self.urls.append(r.location)
            else:
                is_away(r)
                self.away += 1
                time.sleep(0.05)


def test_killed_under_load(rough):
    """
    design.md 7: what was acknowledged is there afterwards.  Money: test_storm.
    """
    stack = rough.stack
    orderers = [Orderer(rough) for _ in range(3)]
    stop, errors = threading.Event(), []

    def guard(worker):
        try:
            worker.run(stop)
        except Exception as e:      # an assertion must reach the test
            errors.append(e)

    def more(n):
        marks = [len(o.urls) for o in orderers]
        wait_until(lambda: errors or all(len(o.urls) > m + n for o, m in zip(orderers, marks)), 20,
                   "orders")

    threads = [threading.Thread(target=guard, args=(o,)) for o in orderers]
    for t in threads:
        t.start()
    try:
        for _ in range(2):
            more(5)
            kill(stack.pids("mariadb")[0])
            time.sleep(0.2)
            stack.restart("mariadb")
        more(1)
    finally:
        stop.set()
        for t in threads:
            t.join(30)
    assert not errors, errors[0]
    assert not any(t.is_alive() for t in threads)
    assert any(o.away for o in orderers)
    for o in orderers:
        assert all(o.client.get(url)["status"] == "pending" for url in o.urls)
    assert all(is_alive(pid) for _, pid in stack.status())
