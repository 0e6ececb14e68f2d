# SPDX-License-Identifier: BSD-2-Clause
"""Anti-replay nonces: section 1.3 of the requirements."""

import re

import pytest
from acme import Http, at_once, b64, fail_type, refused, unb64

NAME = "client.example"
PHRASE = "JWS has an invalid anti-replay nonce"
ORDER = {"identifiers": [{"type": "dns", "value": NAME}]}


def new_order(client, **how):
    return client.sign(client.directory["newOrder"], ORDER, **how)


def send(client, jws):
    return client.send(client.directory["newOrder"], jws)


def test_new_nonce(client, unchanged):
    """NON-01 TRN-15 CLI-14 CLI-39: HEAD 200 and GET 204, both without a body."""
    for method, status in (("HEAD", 200), ("GET", 204)):
        r = client.http.request(method, client.directory["newNonce"])
        assert r.status == status and r.body == "", r
        assert r.header("Cache-Control") == "no-store"
        assert len(r.all("Replay-Nonce")) == 1 and r.header("Content-Type") is None
        assert r.links("index") == [client.url]
        client.nonces.append(r.header("Replay-Nonce"))
        assert client.post(client.kid).status == 200


def test_form(client):
    """NON-03: base64url of 128 bits, each another, with no visible order."""
    seen = [client.http.request("HEAD", client.directory["newNonce"]).header("Replay-Nonce")
            for _ in range(40)]
    assert len(set(seen)) == 40
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", n) for n in seen)
    bits = [bin(int.from_bytes(unb64(a), "big") ^ int.from_bytes(unb64(b), "big")).count("1")
            for a, b in zip(seen, seen[1:])]
    assert 30 < min(bits) and max(bits) < 98    # 64 expected of 128


def test_replay(stack, client):
    """NON-04 NON-06 NON-08 TOP-01 CLI-12 CLI-54: once, and the refusal brings a good one."""
    jws = new_order(client)
    assert send(client, jws).status == 201
    client.nonces.clear()
    with stack.unchanged():
        r = send(client, jws)
        assert PHRASE in refused(client, r, 400, "badNonce")["detail"]
    assert client.nonces == [r.header("Replay-Nonce")]
    assert send(client, new_order(client)).status == 201


@pytest.mark.parametrize("first", ["read", "refused payload", "foreign object", "wrong payload"])
def test_spent_by_any_signed_request(client, first):
    """NON-04: a request whose signature verified has spent its nonce, though it failed."""
    nonce = client.nonce()
    url, payload = {
        "read": (client.kid, None),
        "refused payload": (client.directory["newOrder"], {"identifiers": []}),
        "foreign object": (client.url + "/order/" + "A" * 22, None),
        "wrong payload": (client.directory["newOrder"], "not JSON"),
    }[first]
    client.post(url, payload, nonce=nonce)
    with client.stack.unchanged():
        refused(client, send(client, new_order(client, nonce=nonce)), 400, "badNonce")


def test_concurrent_replay(stack, client):
    """NON-04 NON-05 TOP-02: thirty times the same request at once, and one succeeds."""
    jws = new_order(client)
    twins = [client.twin() for _ in range(30)]
    before = int(stack.sql("SELECT COUNT(*) FROM orders")[0][0])
    replies = at_once([lambda c=c: send(c, jws) for c in twins])
    good = [r for r in replies if r.status == 201]
    assert len(good) == 1, [r.status for r in replies]
    for c, r in zip(twins, replies):
        if r.status != 201:
            refused(c, r, 400, "badNonce")
    assert int(stack.sql("SELECT COUNT(*) FROM orders")[0][0]) == before + 1


def test_concurrent_replay_of_a_read(client):
    """NON-04 TOP-02: likewise where nothing is written but the nonce."""
    jws = client.sign(client.kid, None)
    twins = [client.twin() for _ in range(16)]
    replies = at_once([lambda c=c: c.send(client.kid, jws) for c in twins])
    assert sorted(r.status for r in replies) == [200] + [400] * 15


def test_one_nonce_two_accounts(client, stranger):
    """NON-05: nobody's in particular, and good for one of them only."""
    nonce = client.nonce()
    assert stranger.post(stranger.kid, nonce=nonce).status == 200
    refused(client, client.post(client.kid, nonce=nonce), 400, "badNonce")


@pytest.mark.parametrize("nonce", [
    "A", "AAAA", "A" * 21, "A" * 22, "A" * 23, "A" * 43, "a" * 1000, "_" * 22,
    b64(bytes(16)), b64(b"\xff" * 16), ""])
def test_garbage(client, nonce, unchanged):
    """NON-04 NON-08 ERRT-05: well-formed, and not ours."""
    jws = client.sign(client.directory["newOrder"], ORDER, protected={"nonce": nonce})
    r = send(client, jws)
    doc = r.problem()
    if nonce == "":    # JWS-20: neither absent nor of an alphabet
        assert r.status == 400 and doc["type"].endswith(("badNonce", "malformed"))
        return
    assert PHRASE in refused(client, r, 400, "badNonce")["detail"]


def test_one_bit_off(client, unchanged):
    """NON-03: a nonce cannot be made from another."""
    raw = unb64(client.nonce())
    for bit in (0, 23, 40, 79, 127):
        bad = (int.from_bytes(raw, "big") ^ 1 << bit).to_bytes(16, "big")
        refused(client, send(client, new_order(client, nonce=b64(bad))), 400, "badNonce")


@pytest.mark.parametrize("nonce", ["a=", "a b", "a+b/", "ä", "a\nb", "a.b", "\0"])
def test_illegal_characters(client, nonce, unchanged):
    """JWS-20: malformed, so that nobody tries again."""
    refused(client, send(client, new_order(client, nonce=nonce)), 400, "malformed")


@pytest.mark.parametrize("nonce", [123, None, True, [], {}, ["A" * 22]])
def test_wrong_types(client, nonce, unchanged):
    """JWS-25"""
    jws = client.sign(client.directory["newOrder"], ORDER, protected={"nonce": nonce})
    refused(client, send(client, jws), 400, "malformed")


def test_absent(client, unchanged):
    """JWS-20 NON-08 ERRT-05"""
    doc = refused(client, send(client, new_order(client, drop=["nonce"])), 400, "badNonce")
    assert PHRASE in doc["detail"]


def test_bad_signature_does_not_spend(client):
    """NON-06: strangers cannot spend a nonce for others; the gate verifies first."""
    nonce = client.nonce()
    jws = new_order(client, nonce=nonce)
    jws["signature"] = b64(bytes(64))
    fail_type(send(client, jws), 400, "malformed")
    assert send(client, new_order(client, nonce=nonce)).status == 201


def test_request_header_is_ignored(client):
    """NON-10"""
    r = client.send(client.kid, client.sign(client.kid, None), headers={"Replay-Nonce": "x y"})
    assert r.status == 200


def test_every_worker_takes_every_nonce(stack, client):
    """NON-05: whichever process issued it."""
    nonces = [Http(stack.tls_ca).request("HEAD", client.directory["newNonce"])
              .header("Replay-Nonce") for _ in range(24)]
    assert [client.post(client.kid, nonce=n).status for n in nonces] == [200] * 24
