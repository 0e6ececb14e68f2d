# SPDX-License-Identifier: BSD-2-Clause
"""Rate limits: a second stack with small numbers, whose clock is moved."""

import json
import os

import pytest
from acme import Client, at_once, chain, refused
from clock import Clock
from fakes import Net
from partner import Partner
from stack import Stack
from test_ari import certid

SETTINGS = ["limit_accounts=3", "limit_accounts_s=300", "limit_orders=6", "limit_orders_s=600",
            "limit_name_orders=4", "limit_name_orders_s=400", "limit_pending=8",
            "limit_pending_s=80000", "limit_failures=2", "limit_failures_s=200",
            "pause_failures=4", "validation_tries=1"]


@pytest.fixture(scope="module")
def limited(workdir):
    """(stack, fake servers, clock) with small limits."""
    s = Stack(workdir / "limited", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 700,
              SETTINGS).up()
    net = Net(workdir / "limited-net", int(s.dns.split(":")[1]), int(s.http01_port))
    try:
        yield s, net, Clock(s)
    finally:
        net.stop()
        s.run("down", "--purge")


@pytest.fixture
def account(limited, request):
    """A fresh account, its address not yet used up; its names are NAME.limits.example."""
    stack, net, clock = limited
    clock.move(600)
    net.clear()
    return Client(stack).register(Partner(stack).binding("*.limits.example"))


def limited_answer(client, reply):
    """A 429 that says for how long: (problem, seconds)."""
    doc = refused(client, reply, 429, "rateLimited")
    return doc, int(reply.header("Retry-After"))


def usage(client, name):
    """That limit as the account reads it."""
    account = client.get(client.kid)
    rows = client.get(account["limits"])["limits"]
    return next(row for row in rows if row["name"] == name)


def fail(client, name):
    """An order whose validation fails."""
    _, order = client.order(name)
    chall = client.challenge(order["authorizations"][0], "http-01")[1]
    assert client.post(chall["url"], {}).status == 200
    done = client.poll(chall["url"], lambda c: c["status"] in ("valid", "invalid"))
    assert done["status"] == "invalid", done
    return done["error"]["detail"]


def test_orders_per_name(limited, account):
    """SEC-04 ORD-21 HDR-04: the request passes after exactly Retry-After, not a second before;
    other names go on; what a refused order would have taken is not spent."""
    _, _, clock = limited
    for _ in range(4):
        account.order("often.limits.example")
    before = usage(account, "orders")
    reply = account.new_order("often.limits.example", "fresh.limits.example")
    doc, seconds = limited_answer(account, reply)
    assert "4 in 400 seconds" in doc["detail"], doc
    assert [p["identifier"]["value"] for p in doc["subproblems"]] == ["often.limits.example"]
    assert usage(account, "orders")["used"] <= before["used"]
    assert 1 < seconds <= 100
    account.order("fresh.limits.example")
    clock.move(seconds - 20)
    limited_answer(account, account.new_order("often.limits.example"))
    clock.move(20)
    account.order("often.limits.example")


def test_orders_of_an_account(limited, account):
    """SEC-04 ORD-21: requests side by side do not get past a limit together."""
    twins = [account.twin() for _ in range(10)]
    replies = at_once([lambda c=c, i=i: c.new_order(f"p{i}.limits.example")
                       for i, c in enumerate(twins)])
    assert sorted(r.status for r in replies) == [201] * 6 + [429] * 4, replies
    doc, seconds = limited_answer(account, account.new_order("late.limits.example"))
    assert "subproblems" not in doc
    row = usage(account, "orders")
    assert (row["limit"], row["used"], row["available"], row["window"]) == (6, 6, 0, 600), row
    limited[2].move(seconds)
    account.order("late.limits.example")


def test_renewals(limited, account):
    """SEC-04: orders for the very names of an earlier certificate are not counted."""
    _, net, _ = limited
    names = ("r1.limits.example", "r2.limits.example")
    account.issue(names, net)
    used = usage(account, "orders")["used"]
    for _ in range(8):
        account.order(*reversed(names))
    assert usage(account, "orders")["used"] <= used
    for _ in range(3):
        account.order(names[0])
    limited_answer(account, account.new_order(names[0]))
    account.order(*names)


def test_replacements(limited, account):
    """ARI-16: what replaces a certificate is not counted, and its other names are still guarded."""
    _, net, _ = limited
    leaf = chain(account.issue(["ari.limits.example"], net)[2])[0]
    for _ in range(3):
        account.order("ari.limits.example", "more.limits.example")
    names = ("ari.limits.example", "more.limits.example")
    limited_answer(account, account.new_order(*names))
    used = usage(account, "orders")["used"]
    account.order(*names, replaces=certid(leaf))
    assert usage(account, "orders")["used"] == used
    limited_answer(account, account.new_order(*names))


def test_accounts_of_an_address(limited):
    """SEC-04: new accounts are counted by address, found ones are not, and a refused one has
    not spent its binding."""
    stack, _, clock = limited
    clock.move(600)
    binding = Partner(stack).binding("many.example")
    clients = [Client(stack).register(binding) for _ in range(3)]
    late = Client(stack)
    doc, seconds = limited_answer(late, late.new_account(binding))
    assert "127.0.0.1" in doc["detail"], doc
    assert clients[0].new_account(binding).status == 200
    clock.move(seconds)
    assert late.new_account(binding).status == 201


def test_pending_authorizations(limited, account):
    """SEC-04: authorizations that nobody tries are counted, those that were decided are not."""
    _, net, _ = limited
    account.issue(["done.limits.example"], net)
    assert usage(account, "pendingAuthorizations")["used"] == 0
    account.order(*(f"w{i}.limits.example" for i in range(7)))
    reply = account.post(account.directory["newAuthz"],
                         {"identifier": {"type": "dns", "value": "w8.limits.example"}})
    assert reply.status == 201, reply
    limited_answer(account, account.new_order("w9.limits.example"))
    # What is valid already needs nothing.
    account.order("done.limits.example")


def test_failures_and_pause(limited, account):
    """SEC-04 ORD-21: failing validations slow a name down, then pause it; others go on; the
    client and the operator can unpause it, and a success forgets what failed."""
    stack, net, clock = limited
    name = "broken.limits.example"
    fail(account, name)
    why = fail(account, name)
    doc, seconds = limited_answer(account, account.new_order(name, "ok.limits.example"))
    assert "2 in 200 seconds" in doc["detail"], doc
    clock.move(seconds)
    fail(account, name)
    clock.move(200)
    # A success in between: the count begins again.
    chall = account.solve(account.order(name)[1]["authorizations"][0], net)
    assert chall["status"] == "valid", chall
    account.post(account.order(name)[1]["authorizations"][0], {"status": "deactivated"})
    assert not account.get(account.get(account.kid)["limits"])["failing"]
    net.clear()
    for _ in range(4):
        clock.move(400)
        fail(account, name)
    clock.move(400)
    doc, _ = limited_answer(account, account.new_order(name, "ok.limits.example"))
    assert [p["identifier"]["value"] for p in doc["subproblems"]] == [name]
    assert "paused" in doc["detail"] and why[:60] in doc["detail"], doc
    account.order("ok.limits.example")
    url = account.get(account.kid)["limits"]
    failing = account.get(url)["failing"]
    assert [(f["name"], f["paused"], f["failures"]) for f in failing] == [(name, True, 4)]
    shown = json.loads(stack.ctl("limits", "show", account.kid, "--json").stdout)
    # The operator's clock was not moved: what time gives back differs.
    assert [{**f, "limits": 0} for f in shown["failing"]] == [{**f, "limits": 0} for f in failing]
    assert {row["name"]: row["limit"] for row in shown["limits"]} == {
        "orders": 6, "pendingAuthorizations": 8}
    reply = account.post(url, {"unpause": [name]})
    assert reply.status == 200 and reply.json["failing"] == [], reply
    account.order(name)


def test_failures_of_a_domain(limited, account):
    """SEC-04 SUB-02: what failed is the domain that was to be proven for the names below it"""
    def order(label):
        return account.new_order({"type": "dns", "value": f"{label}.limits.example",
                                  "ancestorDomain": "limits.example"})
    for label in ("anc1", "anc2"):
        authz = order(label).json["authorizations"][0]
        assert account.post(authz + "/dns-01", {}).status == 200
        account.poll(authz, lambda z: z["status"] == "invalid")
    doc, _ = limited_answer(account, order("anc3"))
    assert [s["identifier"]["value"] for s in doc["subproblems"]] == ["limits.example"]
    assert account.new_order("anc3.limits.example").status == 201


def test_operator_unpauses(limited, account):
    """SEC-04: limits show and limits unpause."""
    stack, _, clock = limited
    for _ in range(4):
        fail(account, "op.limits.example")
        clock.move(400)
    limited_answer(account, account.new_order("op.limits.example"))
    assert stack.ctl("limits", "unpause", account.kid, "other.example", check=False).returncode
    stack.ctl("limits", "unpause", account.kid, "op.limits.example")
    assert stack.sql("SELECT actor, detail FROM audit WHERE event = 'limits.unpause'") == [
        ["operator", "op.limits.example"]]
    account.order("op.limits.example")


def test_housekeeping_forgets_what_is_whole(limited, account):
    """SEC-04: rows of limits that are whole again are dropped; a failing name is not forgotten."""
    stack, _, _ = limited
    fail(account, "kept.limits.example")
    account.order("gone.limits.example")
    stack.sql("UPDATE limits SET tat_ms = 1, failed_ms = 1")
    stack.ctl("housekeeping")
    left = {row[0] for row in stack.sql("SELECT subject FROM limits")}
    assert "kept.limits.example" in left and "gone.limits.example" not in left and "" not in left


def test_the_resource_is_the_accounts_own(limited, account):
    """TRN-20: only the account reads and changes its limits."""
    stack, _, _ = limited
    other = Client(stack).register(Partner(stack).binding("else.example"))
    url = account.get(account.kid)["limits"]
    refused(other, other.post(url), 403, "unauthorized")
    refused(other, other.post(url, {"unpause": ["a.example"]}), 403, "unauthorized")
    for payload in ({}, {"unpause": []}, {"unpause": [1]}, {"unpause": "a.example"}):
        refused(account, account.post(url, payload), 400, "malformed")
