# SPDX-License-Identifier: BSD-2-Clause
"""Profiles (draft-ietf-acme-profiles), and the validity that an order asks for."""

import datetime
import ipaddress
import os

import pytest
from acme import Client, chain, csr, fail_type
from clock import Clock
from cryptography.hazmat.primitives import serialization
from fakes import Net
from partner import Partner
from stack import Stack
from test_revocation import listed, reason_of, revoke

OFFERED = """
profile default {
	description = "Ninety days"
}

profile shortlived {
	description = "https://ca.example/shortlived"
	addresses = yes
	dates = yes
	lifetime = 576000
}
"""
DAY = 86400
ADDRESS = ipaddress.ip_address("127.0.0.1")


def utcnow(world):
    return (datetime.datetime.now(datetime.timezone.utc)
            + datetime.timedelta(seconds=world[3].ahead)).replace(microsecond=0)


def zulu(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def world(workdir):
    """(stack, net, client, clock): two profiles, and a clock that moves on."""
    s = Stack(workdir / "profiles", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 800,
              ["ip_identifiers=yes", "validation_tries=1"]).up()
    n = Net(workdir / "profiles-net", int(s.dns.split(":")[1]), int(s.http01_port))
    try:
        clock = Clock(s)
        offer(s, OFFERED)
        c = Client(s).register(Partner(s).binding("*.profiles.example", "127.0.0.1"))
        yield s, n, c, clock
    finally:
        n.stop()
        s.down()


def offer(stack, sections):
    """Puts these profiles in force, and no others."""
    conf = stack.dir / "etc" / "caas.conf"
    conf.write_text(conf.read_text().split("\nprofile ")[0] + sections)
    r = stack.ctl("reload", check=False)
    assert r.returncode == 0, r


def issue(world, name, **more):
    client, net = world[2], world[1]
    client.nonces.clear()
    r = client.new_order(name, **more)
    assert r.status == 201, r
    for authz in r.json["authorizations"]:
        if client.get(authz)["status"] == "pending":
            assert client.solve(authz, net)["status"] == "valid"
    f = client.finalize(r.json, csr([name]))
    assert f.status == 200, f
    order = client.poll(r.location, lambda o: o["status"] in ("valid", "invalid"))
    assert order["status"] == "valid", order
    return order, chain(client.post(order["certificate"]).body)[0]


def life(leaf):
    return leaf.not_valid_after - leaf.not_valid_before + datetime.timedelta(seconds=1)


def test_directory(world):
    """PRF-01: name and text, or URL"""
    assert Client(world[0]).directory["meta"]["profiles"] == {
        "default": "Ninety days", "shortlived": "https://ca.example/shortlived"}


def test_shortlived(world):
    """PRF-02 PRF-03 SCH-07: what is asked for, in the order and in the certificate"""
    order, leaf = issue(world, "short.profiles.example", profile="shortlived")
    assert order["profile"] == "shortlived" and life(leaf) == datetime.timedelta(seconds=576000)
    assert life(leaf) <= datetime.timedelta(days=7)


def test_shortlived_is_revoked(world):
    """REV-13: it could wait for its end, but it need not"""
    order, _ = issue(world, "gone.profiles.example", profile="shortlived")
    certs = chain(world[2].post(order["certificate"]).body)
    der = certs[0].public_bytes(serialization.Encoding.DER)
    assert revoke(world[2], der, 4).status == 200
    assert reason_of(listed(certs)) == "superseded"


@pytest.mark.parametrize("wish", [{}, {"profile": ""}, {"profile": None}])
def test_default(world, wish):
    """PRF-03 PRF-04 PRF-06: the server's own when none is asked for"""
    order, leaf = issue(world, "default.profiles.example", **wish)
    assert order["profile"] == "default" and life(leaf) == datetime.timedelta(days=90)


@pytest.mark.parametrize("name, kind", [("long", "invalidProfile"), ("Default", "invalidProfile"),
                                        (7, "malformed"), ({}, "malformed")])
def test_unknown(world, name, kind):
    """PRF-02: not advertised"""
    with world[0].unchanged():
        fail_type(world[2].new_order("x.profiles.example", profile=name), 400, kind)


def test_addresses(world):
    """IPI-08 PRF-02: addresses in the profile that is for them only"""
    with world[0].unchanged():
        fail_type(world[2].new_order(ADDRESS), 400, "invalidProfile")
        fail_type(world[2].new_order(ADDRESS, profile="default"), 400, "invalidProfile")
    _, leaf = issue(world, ADDRESS, profile="shortlived")
    assert life(leaf) == datetime.timedelta(seconds=576000)


def test_withdrawn(world):
    """PRF-05: an order whose profile is withdrawn is not finalized"""
    client, net = world[2], world[1]
    r = client.new_order("gone.profiles.example", profile="shortlived")
    for authz in r.json["authorizations"]:
        assert client.solve(authz, net)["status"] == "valid"
    offer(world[0], OFFERED[:OFFERED.index("\nprofile shortlived")])
    try:
        client.nonces.clear()
        fail_type(client.finalize(r.json, csr(["gone.profiles.example"])), 400, "invalidProfile")
        assert client.get(r.location)["status"] == "ready"
    finally:
        offer(world[0], OFFERED)
    assert client.finalize(r.json, csr(["gone.profiles.example"])).status == 200


# -- notBefore, notAfter

def test_dates(world):
    """ORD-01 ORD-06: given exactly, to the second, and shown"""
    now = utcnow(world)
    start, end = now - datetime.timedelta(hours=2), now + datetime.timedelta(days=3)
    order, leaf = issue(world, "dates.profiles.example", profile="shortlived",
                        notBefore=zulu(start), notAfter=zulu(end))
    assert (order["notBefore"], order["notAfter"]) == (zulu(start), zulu(end))
    assert leaf.not_valid_before.replace(tzinfo=datetime.timezone.utc) == start
    assert leaf.not_valid_after.replace(tzinfo=datetime.timezone.utc) == end


def test_one_date(world):
    """ORD-06: the profile decides the other one"""
    end = utcnow(world) + datetime.timedelta(days=1)
    order, leaf = issue(world, "end.profiles.example", profile="shortlived", notAfter=zulu(end))
    assert leaf.not_valid_after.replace(tzinfo=datetime.timezone.utc) == end
    assert "notBefore" not in order
    start = utcnow(world) - datetime.timedelta(hours=3)
    order, leaf = issue(world, "start.profiles.example", profile="shortlived",
                        notBefore=zulu(start))
    assert leaf.not_valid_before.replace(tzinfo=datetime.timezone.utc) == start
    assert life(leaf) == datetime.timedelta(seconds=576000)


@pytest.mark.parametrize("before, after", [
    (3600, None), (-2 * DAY, None), (None, -3600), (None, 7 * DAY), (-3600, 576000),
    (-3600, -7200), ("soon", None), (None, 7), ("2026-02-30T00:00:00Z", None),
])
def test_bad_dates(world, before, after):
    """ORD-06: refused, never changed"""
    def text(value):
        if isinstance(value, int) and abs(value) > 1000:
            return zulu(utcnow(world) + datetime.timedelta(seconds=value))
        return value
    wish = {k: text(v) for k, v in (("notBefore", before), ("notAfter", after)) if v is not None}
    with world[0].unchanged():
        fail_type(world[2].new_order("bad.profiles.example", profile="shortlived", **wish), 400,
                  "malformed")


def test_dates_are_the_profiles(world):
    """ORD-06: not in a profile that does not allow it"""
    with world[0].unchanged():
        r = world[2].new_order("no.profiles.example",
                               notAfter=zulu(utcnow(world) + datetime.timedelta(days=2)))
        fail_type(r, 400, "malformed")


def test_too_late(world):
    """ORD-06: what can no longer be given fails the order"""
    client, net = world[2], world[1]
    end = utcnow(world) + datetime.timedelta(hours=1)
    r = client.new_order("late.profiles.example", profile="shortlived", notAfter=zulu(end))
    for authz in r.json["authorizations"]:
        assert client.solve(authz, net)["status"] == "valid"
    world[3].move(2 * 3600)
    client.nonces.clear()
    assert client.finalize(r.json, csr(["late.profiles.example"])).status == 200
    order = client.poll(r.location, lambda o: o["status"] in ("valid", "invalid"))
    assert order["status"] == "invalid" and "validity" in order["error"]["detail"], order
