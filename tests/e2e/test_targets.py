# SPDX-License-Identifier: BSD-2-Clause
"""Hosts and DNS servers under validation that misbehave: a clear error in time, nobody waits."""

import threading

import pytest
from acme import URN
from outside import at_once, seconds_of
from stack import wait_until

IN_TIME_S = 12      # two attempts of 1.5 s and a pause of 1 s, with room for a loaded machine

# rule of tests/fake/httpd.py, type of the error
HOSTS = {
    "hang": ("hang", "connection"),
    "reset": ("reset", "connection"),
    "close": ("close", "connection"),
    "headers": ("endless-headers", "incorrectResponse"),
    "body": ("endless", "unauthorized"),
    "drip": ("drip 1000", "connection"),
    "drip-head": ("drip-headers 1000", "connection"),
    "hang-body": ("hang-body", "connection"),
    "short": ("short", "connection"),
}
# action of tests/fake/dnsd.py
SERVERS = {"silent": "!drop", "servfail": "!SERVFAIL", "refused": "!REFUSED",
           "formerr": "!FORMERR", "garbage": "!garbage"}


def ended(client, authz_url, challenge):
    """The challenge once it failed, and how long that took."""
    def run():
        r = client.post(challenge["url"], {})
        assert r.status == 200, r
        return client.poll(challenge["url"], lambda c: c["status"] in ("valid", "invalid"))
    c, took = seconds_of(run)
    assert c["status"] == "invalid", c
    assert client.get(authz_url)["status"] == "invalid"
    return c["error"], took


def start(client, name, kind):
    _, order = client.order(name)
    [url] = order["authorizations"]
    return url, client.challenge(url, kind)[1]


def test_hosts(rough):
    """HTT-08 HTT-10 CHL-04 CLI-04 SEC: each ends in time, and the error says what was seen where."""
    def one(kind):
        client = rough.client.clone()
        name = f"{kind}.rough.example"
        return ended(client, *start(client, name, "http-01"))

    for kind, (rule, _) in HOSTS.items():
        rough.net.rule(f"{kind}.rough.example * {rule}")
    for kind, (error, took) in zip(HOSTS, at_once(one, HOSTS)):
        assert took < IN_TIME_S, (kind, took)
        assert error["type"] == URN + HOSTS[kind][1], (kind, error)
        assert "127.0.0.1" in error["detail"] and f"{kind}.rough.example" in error["detail"], error


def test_dns_servers(rough):
    """DNS-06 DNS-07: a DNS server that does not answer well is an error of type dns, in time."""
    def one(kind):
        client = rough.client.clone()
        return ended(client, *start(client, f"{kind}.rough.example", "dns-01"))

    for kind, action in SERVERS.items():
        rough.net.set(f"_acme-challenge.{kind}.rough.example", "TXT", action)
    for kind, (error, took) in zip(SERVERS, at_once(one, SERVERS)):
        assert took < IN_TIME_S, (kind, took)
        assert error["type"] == URN + "dns", (kind, error)
        assert f"{kind}.rough.example" in error["detail"], error


@pytest.mark.parametrize("kind", ["http-01", "dns-01"])
def test_nobody_waits(rough, kind):
    """design.md 4: a blackhole costs a descriptor and a timer, and delays nobody."""
    hanging = [f"hang{i}-{kind}.rough.example" for i in range(20)]
    log = rough.net.http_log if kind == "http-01" else rough.net.dns_log
    for name in hanging:
        rough.net.rule(f"{name} * hang")
        rough.net.set("_acme-challenge." + name, "TXT", "!drop")
    clients = [rough.client.clone() for _ in hanging]
    begun = at_once(lambda p: start(p[0], p[1], kind), list(zip(clients, hanging)))
    threads = [threading.Thread(target=c.post, args=(challenge["url"], {}))
               for c, (_, challenge) in zip(clients, begun)]
    for t in threads:
        t.start()
    wait_until(lambda: all(name in log.read_text() for name in hanging), 5, "20 that hang")
    good = rough.client.clone()
    (_, order, _), took = seconds_of(
        lambda: good.issue([f"good-{kind}.rough.example"], rough.net, kind))
    assert order["status"] == "valid"
    assert took < 3, took
    states = [good.get(url)["status"] for url, _ in begun]
    assert states.count("pending") >= 1, "the others had ended before"
    for t in threads:
        t.join(10)
