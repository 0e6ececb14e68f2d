# SPDX-License-Identifier: BSD-2-Clause
"""What the passing of time and a restart do: a second stack, whose clock is moved, and
which has no terms of service."""

import os

import pytest
from acme import Client, refused
from fakes import Net
from partner import Partner
from stack import Stack

NAMES = ("a.time.example", "b.time.example")
PRELOAD = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


@pytest.fixture(scope="module")
def aged(workdir):
    """(stack, fake servers) that nobody else uses."""
    s = Stack(workdir / "aged", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 500,
              ["terms_url="]).up()
    net = Net(workdir / "aged-net", int(s.dns.split(":")[1]), int(s.http01_port))
    try:
        yield s, net
    finally:
        net.stop()
        s.run("down", "--purge")


def move(stack, offset):
    stack.restart(env={"LD_PRELOAD": PRELOAD, "FAKETIME": offset,
                       "FAKETIME_DONT_FAKE_MONOTONIC": "1"} if offset else None)


def test_time_and_restarts(aged):
    """ACC-05 AUZ-04 AUZ-06 CRT-06 NON-07 NON-12 ORD-12 TRN-19: one story, because each step
    of the clock restarts everything."""
    stack, net = aged
    # Without terms nothing has to be agreed to.
    client = Client(stack)
    assert "termsOfService" not in client.directory["meta"]
    r = client.new_account(Partner(stack).binding(*NAMES), terms=None)
    assert r.status == 201 and r.links("terms-of-service") == []
    client.kid = r.location
    url, order = client.order(*NAMES)
    _, done, pem = client.issue(NAMES, net)
    old = [client.nonce() for _ in range(3) if not client.nonces.clear()]

    # A restart spoils no nonce, no URL and no account.
    move(stack, None)
    assert client.post(client.kid, nonce=old.pop()).status == 200
    assert client.get(url) == order

    # A nonce lives an hour at least.
    move(stack, "+59m")
    assert client.post(client.kid, nonce=old.pop()).status == 200

    # After eight hours it is too old.
    move(stack, "+8h")
    client.nonces.clear()
    refused(client, client.post(client.kid, nonce=old.pop()), 400, "badNonce")
    assert client.post(client.kid).status == 200

    # After two days the pending order and its authorizations are invalid, and say why.
    move(stack, "+2d")
    client.nonces.clear()
    gone = client.get(url)
    assert gone["status"] == "invalid"
    for a in gone["authorizations"]:
        z = client.get(a)
        assert z["status"] == "invalid"
        assert any(c.get("error") for c in z["challenges"])
        for c in z["challenges"]:
            with stack.unchanged():
                assert client.post(c["url"], {}).json["status"] == "invalid"
    assert url not in client.get(client.kid + "/orders")["orders"]

    # The certificate can be had until it expires, and the account orders again.
    move(stack, "+80d")
    client.nonces.clear()
    assert client.post(done["certificate"]).body == pem
    client.ready(NAMES, net)
