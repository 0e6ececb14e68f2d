# SPDX-License-Identifier: BSD-2-Clause
"""Authorizations beyond one order: used again, made before, given up; CAA looked at again."""

import os

import pytest
from acme import Client, csr, fail_type
from clock import Clock
from fakes import Net
from outside import stopped
from partner import Partner
from stack import Stack


@pytest.fixture(scope="module")
def world(workdir):
    """(stack, partner, net, clock): a stack whose clock the tests move on."""
    s = Stack(workdir / "reuse", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 300).up()
    n = Net(workdir / "reuse-net", int(s.dns.split(":")[1]), int(s.http01_port),
            int(s.tlsalpn01_port))
    yield s, Partner(s), n, Clock(s)
    n.stop()
    s.down()


@pytest.fixture
def account(stack, partner):
    def make(*names):
        return Client(stack).register(partner.binding(*names))
    return make


def later(world, client, seconds):
    world[3].move(seconds)
    client.nonces.clear()


def finish(client, url, order, names):
    r = client.finalize(order, csr(names))
    assert r.status == 200, r
    return client.poll(url, lambda o: o["status"] in ("valid", "invalid"))


# -- reuse


def test_ready_at_once(account, net):
    """AUZ-08 ORD-09: an order all of whose authorizations are valid is ready from the start"""
    client = account("again.example", "new.example")
    _, first, _ = client.issue(["again.example"], net)
    url, second = client.order("again.example")
    assert second["status"] == "ready"
    assert second["authorizations"] == first["authorizations"]
    assert finish(client, url, second, ["again.example"])["status"] == "valid"


def test_partly(account, net):
    """AUZ-08: one is reused, the other is to be proven"""
    client = account("again.example", "new.example")
    client.issue(["again.example"], net)
    url, order = client.order("again.example", "new.example")
    assert order["status"] == "pending"
    states = {a["identifier"]["value"]: a["status"] for a in map(client.get, order["authorizations"])}
    assert states == {"again.example": "valid", "new.example": "pending"}
    for a in order["authorizations"]:
        client.solve(a, net)
    assert client.get(url)["status"] == "ready"
    assert finish(client, url, order, ["again.example", "new.example"])["status"] == "valid"


def test_whose(account, partner, stack, net):
    """AUZ-08: not another account's, not a wildcard's for its base, nor the reverse"""
    binding = partner.binding("whose.example", "*.whose.example")
    one, two = Client(stack).register(binding), Client(stack).register(binding)
    one.issue(["whose.example"], net, "dns-01")
    assert two.order("whose.example")[1]["status"] == "pending"
    assert one.order("*.whose.example")[1]["status"] == "pending"
    one.issue(["*.whose.example"], net, "dns-01")
    assert one.order("whose.example", "*.whose.example")[1]["status"] == "ready"


def test_too_old(world):
    """AUZ-08 AUZ-09 SCH-06: within the allowed age only, and the order lives no longer"""
    stack, partner, net, _ = world
    client = Client(stack).register(partner.binding("old.example"))
    client.issue(["old.example"], net)
    later(world, client, 9 * 86400 + 12 * 3600)
    url, order = client.order("old.example")
    assert order["status"] == "ready"
    authz = client.get(order["authorizations"][0])
    assert order["expires"] == authz["expires"]
    later(world, client, 11 * 3600 + 1800)
    assert client.order("old.example")[1]["status"] == "pending"
    later(world, client, 3600)
    assert client.get(url)["status"] == "invalid"


def test_domain_too_old(world):
    """SUB-05 AUZ-08 AUZ-09: a domain that was proven for the names below it, within the same age"""
    stack, partner, net, _ = world
    client = Client(stack).register(partner.binding("old-sub.example", "a.old-sub.example"))
    r = client.post(client.directory["newAuthz"], {"identifier": {
        "type": "dns", "value": "old-sub.example", "subdomainAuthAllowed": True}})
    assert client.solve(r.location, net, "dns-01")["status"] == "valid"
    later(world, client, 9 * 86400 + 12 * 3600)
    url, order = client.order("a.old-sub.example")
    assert order["status"] == "ready" and order["expires"] == client.get(r.location)["expires"]
    later(world, client, 11 * 3600 + 1800)
    assert client.order("a.old-sub.example")[1]["status"] == "pending"
    assert finish(client, url, order, ["a.old-sub.example"])["status"] == "valid"


# -- CAA again


def test_caa_again(world):
    """CAA-09 FIN-18 design 3: CAA older than 7 hours is looked at before signing"""
    stack, partner, net, _ = world
    client = Client(stack).register(partner.binding("caa-again.example"))
    client.issue(["caa-again.example"], net)
    later(world, client, 8 * 3600)
    url, order = client.order("caa-again.example")
    assert order["status"] == "ready"
    checks = int(stack.sql("SELECT COUNT(*) FROM caa_checks")[0][0])
    assert finish(client, url, order, ["caa-again.example"])["status"] == "valid"
    assert int(stack.sql("SELECT COUNT(*) FROM caa_checks")[0][0]) == checks + 1
    url, order = client.order("caa-again.example")
    assert finish(client, url, order, ["caa-again.example"])["status"] == "valid"
    assert int(stack.sql("SELECT COUNT(*) FROM caa_checks")[0][0]) == checks + 1


@pytest.mark.parametrize("k", range(4))
def test_kth_forbidden(world, k):
    """CAA-09 FIN-19 ORD-11: of four names the k-th turned forbidden since: no certificate"""
    stack, partner, net, _ = world
    names = [f"n{i}.kth{k}.example" for i in range(4)]
    client = Client(stack).register(partner.binding(*names))
    client.issue(names, net)
    later(world, client, 8 * 3600)
    net.set(names[k], "CAA", '0 issue "other.example"')
    net.set(names[k], "A", "127.0.0.1")
    certs = stack.sql("SELECT COUNT(*) FROM certs")
    url, order = client.order(*names)
    assert order["status"] == "ready"
    done = finish(client, url, order, names)
    assert done["status"] == "invalid", done
    assert done["error"]["type"].endswith(":caa")
    assert [s["identifier"]["value"] for s in done["error"]["subproblems"]] == [names[k]]
    assert stack.sql("SELECT COUNT(*) FROM certs") == certs
    assert stack.sql("SELECT COUNT(*) FROM jobs WHERE is_done = 0") == [["0"]]


def test_caa_method(world):
    """CAA-15: the method of the reused validation is what validationmethods is held against"""
    stack, partner, net, _ = world
    client = Client(stack).register(partner.binding("method.example"))
    client.issue(["method.example"], net, "dns-01")
    later(world, client, 8 * 3600)
    net.set("method.example", "CAA", '0 issue "ca.example; validationmethods=http-01"')
    url, order = client.order("method.example")
    done = finish(client, url, order, ["method.example"])
    assert done["status"] == "invalid" and done["error"]["type"].endswith(":caa"), done
    net.set("method.example", "CAA", '0 issue "ca.example; validationmethods=dns-01"')
    url, order = client.order("method.example")
    assert finish(client, url, order, ["method.example"])["status"] == "valid"


# -- before the order


def new_authz(client, value, kind="dns"):
    return client.post(client.directory["newAuthz"],
                       {"identifier": {"type": kind, "value": value}})


def test_pre_authorization(account, net):
    """PRE-01 PRE-05: made before, proven, and picked up by a later order"""
    client = account("pre.example")
    r = new_authz(client, "PRE.example")
    assert r.status == 201, r
    assert r.json["status"] == "pending" and r.json["identifier"]["value"] == "pre.example"
    assert client.solve(r.location, net)["status"] == "valid"
    url, order = client.order("pre.example")
    assert order["status"] == "ready" and order["authorizations"] == [r.location]
    assert finish(client, url, order, ["pre.example"])["status"] == "valid"


@pytest.mark.parametrize("value, kind, status, error", [
    ("*.pre.example", "dns", 400, "malformed"),
    ("co.uk", "dns", 403, "rejectedIdentifier"),
    ("not-subscribed.example", "dns", 403, "rejectedIdentifier"),
    ("a..example", "dns", 400, "malformed"),
    ("x@pre.example", "email", 400, "unsupportedIdentifier"),
])
def test_bad_pre_authorization(account, value, kind, status, error):
    """PRE-02 PRE-03 PRE-04"""
    client = account("pre.example", "*.pre.example")
    fail_type(new_authz(client, value, kind), status, error)


def test_pre_authorization_payload(account):
    """PRE-01"""
    client = account("pre.example")
    for payload in (None, {}, {"identifier": "pre.example"}, {"identifier": {"type": "dns"}}):
        fail_type(client.post(client.directory["newAuthz"], payload), 400, "malformed")


# -- given up


def test_deactivate_pending(account, net):
    """AUZ-10 ORD-11 CLI-27: the order fails with it; nothing can be proven any more"""
    client = account("up.example")
    url, order = client.order("up.example")
    authz = order["authorizations"][0]
    r = client.post(authz, {"status": "deactivated"})
    assert r.status == 200 and r.json["status"] == "deactivated", r
    assert client.get(url)["status"] == "invalid"
    _, chall = client.challenge(authz, "http-01")
    assert client.post(chall["url"], {}).json["status"] == "pending"
    fail_type(client.finalize(order, csr(["up.example"])), 403, "orderNotReady")


def test_deactivate_valid(account, net):
    """AUZ-10 ORD-11 REV-10: not used again; an order that reuses it is lost, ready or not"""
    client = account("up.example", "other-up.example")
    _, first, _ = client.issue(["up.example"], net)
    url, ready = client.order("up.example")
    url2, pending = client.order("up.example", "other-up.example")
    assert (ready["status"], pending["status"]) == ("ready", "pending")
    r = client.post(first["authorizations"][0], {"status": "deactivated"})
    assert r.status == 200 and r.json["status"] == "deactivated"
    for u in (url, url2):
        lost = client.get(u)
        assert lost["status"] == "invalid" and lost["error"]["type"].endswith(":unauthorized")
    fail_type(client.finalize(ready, csr(["up.example"])), 403, "orderNotReady")
    assert client.order("up.example")[1]["status"] == "pending"


def test_bad_deactivation(account, stack, partner, net):
    """AUZ-10 AUZ-11: other words, other people's, and what is final"""
    client = account("up.example")
    _, order = client.order("up.example")
    authz = order["authorizations"][0]
    for status in ("valid", "invalid", "revoked", ""):
        fail_type(client.post(authz, {"status": status}), 400, "malformed")
    fail_type(client.post(authz, {"status": 1}), 400, "malformed")
    stranger = Client(stack).register(partner.binding("stranger-up.example"))
    fail_type(stranger.post(authz, {"status": "deactivated"}), 404, "malformed")
    assert client.get(authz)["status"] == "pending"
    fail_type(client.post(authz, {}), 400, "malformed")
    for _ in range(2):
        assert client.post(authz, {"status": "deactivated"}).json["status"] == "deactivated"
    _, order = client.order("up.example")
    _, chall = client.challenge(order["authorizations"][0], "http-01")
    net.token(chall["token"], "wrong")
    client.post(chall["url"], {})
    client.poll(chall["url"], lambda c: c["status"] == "invalid")
    fail_type(client.post(order["authorizations"][0], {"status": "deactivated"}), 400, "malformed")


def test_deactivated_before_signing(account, stack, net):
    """FIN-18 design 3: given up between finalize and signature: the signer refuses"""
    client = account("race.example")
    _, first, _ = client.issue(["race.example"], net)
    url, order = client.order("race.example")
    with stopped(*stack.pids("signer")):
        r = client.finalize(order, csr(["race.example"]))
        assert r.status == 200 and r.json["status"] == "processing", r
        client.post(first["authorizations"][0], {"status": "deactivated"})
    done = client.poll(url, lambda o: o["status"] in ("valid", "invalid"))
    assert done["status"] == "invalid", done
