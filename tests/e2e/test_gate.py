# SPDX-License-Identifier: BSD-2-Clause
"""The gate: only names in the binding's active subscription get certificates."""

import datetime
import os
import signal

import pytest
from acme import Client, chain, csr, fail_type, names_of
from fakes import Net
from partner import Partner


def not_subscribed(reply, *names):
    """R-9: 403 rejectedIdentifier with a subproblem for each name that is not there."""
    doc = fail_type(reply, 403, "rejectedIdentifier")
    subs = doc["subproblems"]
    assert sorted(s["identifier"]["value"] for s in subs) == sorted(names), doc
    for s in subs:
        assert s["identifier"]["type"] == "dns"
        assert s["type"].endswith(":rejectedIdentifier") and s["status"] == 403, s
    return doc


def orders(stack):
    return stack.sql("SELECT COUNT(*) FROM orders")


def ready(client, net, *names, kind="http-01"):
    """An order whose authorizations are all valid: (url, order)."""
    url, order = client.order(*names)
    for a in order["authorizations"]:
        chall = client.solve(a, net, kind)
        assert chall["status"] == "valid", chall
    order = client.get(url)
    assert order["status"] == "ready", order
    return url, order


def test_order_needs_names(stack, partner):
    """R-9: every name that is missing is told, and no order is made"""
    client = Client(stack).register(partner.binding("in.gate.example"))
    before = orders(stack)
    not_subscribed(client.new_order("out.gate.example"), "out.gate.example")
    not_subscribed(client.new_order("in.gate.example", "out.gate.example",
                                    "*.in.gate.example", "www.in.gate.example"),
                   "out.gate.example", "*.in.gate.example", "www.in.gate.example")
    assert orders(stack) == before
    client.order("in.gate.example")
    # Added now, orderable now.
    key_id = stack.sql("SELECT b.key_id FROM bindings b JOIN accounts a ON a.binding_id = b.id "
                       f"WHERE a.acme_account_id = '{client.kid.rsplit('/', 1)[1]}'")[0][0]
    partner.ok("ADDDOMAIN", acmeAccountID=key_id, domainName="out.gate.example")
    client.order("out.gate.example")


def test_no_subscription(stack, partner):
    """R-9: a binding that never had a name"""
    client = Client(stack).register(partner.binding())
    not_subscribed(client.new_order("a.gate.example"), "a.gate.example")


def test_policy_is_another_status(client):
    """R-14: refused by policy is 400, by the gate 403"""
    fail_type(client.new_order("x.local"), 400, "rejectedIdentifier")
    fail_type(client.new_order("not-here.gate.example"), 403, "rejectedIdentifier")


@pytest.mark.parametrize("name,covered", [
    ("a.star.example", True), ("*.star.example", True), ("A.STAR.example", True),
    ("star.example", False), ("a.b.star.example", False), ("*.a.star.example", False),
    ("xstar.example", False)])
def test_wildcard_covers_one_label(stack, partner, name, covered):
    """R-15"""
    client = Client(stack).register(partner.binding("*.star.example"))
    r = client.new_order(name)
    if covered:
        assert r.status == 201, r
    else:
        not_subscribed(r, name)


def test_wildcard_covers_to_the_end(stack, partner, net):
    """R-15: a name below a subscribed wildcard is finalized and signed too"""
    client = Client(stack).register(partner.binding("*.cover.example"))
    _, _, pem = client.issue(["deep.cover.example"], net)
    assert names_of(chain(pem)[0]) == ["deep.cover.example"]


def test_bindings_are_apart(stack, partner):
    """partner-api 3: what one binding holds, another of the same or another reseller does not"""
    partner.binding("mine.gate.example")
    for p in (partner, Partner(stack, "LOGIN2")):
        client = Client(stack).register(p.binding("theirs.gate.example"))
        not_subscribed(client.new_order("mine.gate.example"), "mine.gate.example")


def test_removed_before_finalize(stack, partner, net):
    """R-9: finalize answers as newOrder would, and the order is invalid with that error"""
    key = partner.binding("stay.gate.example", "go.gate.example")
    client = Client(stack).register(key)
    url, order = ready(client, net, "stay.gate.example", "go.gate.example")
    partner.ok("REMOVEDOMAIN", acmeAccountID=key[0], domainName="go.gate.example")
    not_subscribed(client.new_order("go.gate.example"), "go.gate.example")
    request = csr(["stay.gate.example", "go.gate.example"])
    doc = not_subscribed(client.finalize(order, request), "go.gate.example")
    order = client.get(url)
    assert order["status"] == "invalid"
    assert order["error"] == doc
    fail_type(client.finalize(order, request), 403, "orderNotReady")
    assert stack.sql("SELECT COUNT(*) FROM certs c JOIN orders o ON o.id = c.order_id JOIN "
                     "accounts a ON a.id = o.account_id WHERE a.acme_account_id = "
                     f"'{client.kid.rsplit('/', 1)[1]}'") == [["0"]]


def test_removed_before_signing(stack, partner, net):
    """R-9 ORD-15: the signer looks again; here the name goes while the sign job waits, and
    the order says when to ask again"""
    key = partner.binding("sign.gate.example")
    client = Client(stack).register(key)
    url, order = ready(client, net, "sign.gate.example")
    signer = stack.pids("signer")[0]
    os.kill(signer, signal.SIGSTOP)
    try:
        r = client.finalize(order, csr(["sign.gate.example"]))
        assert r.status == 200 and r.json["status"] == "processing", r
        again = client.post(url)
        assert again.json["status"] == "processing" and int(again.header("Retry-After")) > 0
        partner.ok("REMOVEDOMAIN", acmeAccountID=key[0], domainName="sign.gate.example")
    finally:
        os.kill(signer, signal.SIGCONT)
    order = client.poll(url, lambda o: o["status"] != "processing")
    assert order["status"] == "invalid", order
    assert order["error"]["type"].endswith(":rejectedIdentifier"), order
    assert order["error"]["subproblems"][0]["identifier"]["value"] == "sign.gate.example"


@pytest.mark.parametrize("status", [2, 3])
def test_binding_is_off(stack, partner, net, status):
    """R-8, R-9: suspended and deactivated bindings: no newAccount, newOrder, finalize"""
    key = partner.binding("off.gate.example")
    client = Client(stack).register(key)
    url, order = ready(client, net, "off.gate.example")
    stack.sql(f"UPDATE bindings SET status = {status} WHERE key_id = '{key[0]}'")
    before = orders(stack)
    fail_type(Client(stack).new_account(key), 403, "unauthorized")
    fail_type(client.new_order("off.gate.example"), 403, "unauthorized")
    fail_type(client.finalize(order, csr(["off.gate.example"])), 403, "unauthorized")
    assert orders(stack) == before
    # Reading goes on, and so does the order once the binding is usable again.
    assert client.get(url)["status"] == "ready"
    stack.sql(f"UPDATE bindings SET status = 1 WHERE key_id = '{key[0]}'")
    assert client.finalize(order, csr(["off.gate.example"])).status == 200


def test_account_is_suspended(stack, partner, net):
    """R-9: one suspended account; its sibling goes on (A-28)"""
    key = partner.binding("acct.gate.example")
    one, two = Client(stack).register(key), Client(stack).register(key)
    stack.sql("UPDATE accounts SET status = 3, status_before = 2 WHERE acme_account_id = "
              f"'{one.kid.rsplit('/', 1)[1]}'")
    fail_type(one.new_order("acct.gate.example"), 403, "unauthorized")
    two.order("acct.gate.example")


def test_account_is_deactivated(stack, partner):
    """R-9: 401"""
    client = Client(stack).register(partner.binding("dead.gate.example"))
    stack.sql("UPDATE accounts SET status = 4 WHERE acme_account_id = "
              f"'{client.kid.rsplit('/', 1)[1]}'")
    fail_type(client.new_order("dead.gate.example"), 401, "unauthorized")


def test_subscription_ends(moving_stack, workdir):
    """R-2, R-9: the last second counts; after it no order, and a ready one is not finalized"""
    def at(*ymdhms):
        moving_stack.clock.go_to(datetime.datetime(*ymdhms, tzinfo=datetime.timezone.utc))
        client.nonces.clear()

    client = Client(moving_stack)
    at(2028, 3, 10, 12)
    net = Net(workdir / "moving-net", int(moving_stack.dns.split(":")[1]),
              int(moving_stack.http01_port))
    try:
        client.register(Partner(moving_stack).binding("end.example"))
        at(2029, 3, 10, 23, 57)
        _, done = ready(client, net, "end.example")
        assert client.finalize(done, csr(["end.example"])).status == 200
        url, order = ready(client, net, "end.example")
        at(2029, 3, 11, 0, 0, 1)
        not_subscribed(client.new_order("end.example"), "end.example")
        not_subscribed(client.finalize(order, csr(["end.example"])), "end.example")
        assert client.get(url)["status"] == "invalid"
    finally:
        net.stop()
