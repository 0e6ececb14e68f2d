# SPDX-License-Identifier: BSD-2-Clause
"""Which header stands where: section 1.4 of the requirements."""

import re

import pytest
from acme import Client, csr

NAME = "client.example"


@pytest.fixture(scope="module")
def owner(stack, shared_binding):
    return Client(stack).register(shared_binding)


@pytest.fixture(scope="module")
def answers(owner, shared_net):
    """One good answer of each resource, by kind."""
    c, out = owner, {}
    out["newNonce"] = c.http.request("HEAD", c.directory["newNonce"])
    out["newAccount"] = c.new_account()
    out["account"] = c.post(c.kid)
    out["orders"] = c.post(c.kid + "/orders")
    out["newOrder"] = c.new_order(NAME)
    url, order = out["newOrder"].location, out["newOrder"].json
    out["order"] = c.post(url)
    authz = order["authorizations"][0]
    out["authz"] = c.post(authz)
    chall = out["authz"].json["challenges"][0]
    assert chall["type"] == "http-01"
    shared_net.token(chall["token"], c.key_authz(chall["token"]))
    out["challenge read"] = c.post(chall["url"])
    out["challenge"] = c.post(chall["url"], {})
    c.poll(url, lambda o: o["status"] == "ready")
    out["finalize"] = c.finalize(order, csr([NAME]))
    order = c.poll(url, lambda o: o["status"] == "valid")
    out["valid order"] = c.post(url)
    out["cert"] = c.post(order["certificate"])
    return out, url, authz


KINDS = ("newNonce", "newAccount", "account", "orders", "newOrder", "order", "authz",
         "challenge read", "challenge", "finalize", "valid order", "cert")


@pytest.mark.parametrize("kind", KINDS)
def test_every_good_answer(client, answers, kind):
    """HDR-01 HDR-08 HDR-09 HDR-10 HDR-11 NON-02 NON-09 NON-11 CLI-16 CLI-52: one nonce, the
    index link last and on a line of its own, one Location at most, nothing cached, no cookie."""
    r = answers[0][kind]
    assert r.status in (200, 201), r
    assert re.fullmatch(r"[A-Za-z0-9_-]{22,}", r.header("Replay-Nonce"))
    assert len(r.all("Replay-Nonce")) == 1 and len(r.all("Location")) <= 1
    assert r.links("index") == [client.url]
    assert r.all("Link")[-1] == f'<{client.url}>;rel="index"'
    assert all(link.count("<") == 1 for link in r.all("Link"))
    assert r.header("Cache-Control") == "no-store"
    assert r.header("X-Content-Type-Options") == "nosniff"
    for name in ("Set-Cookie", "ETag", "Last-Modified"):
        assert r.header(name) is None
    assert [k for k, _ in r.headers if k.lower().startswith("location-")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_content_types(answers, kind):
    """TRN-11 CLI-21 CLI-33: without parameters."""
    want = {"newNonce": None, "cert": "application/pem-certificate-chain"}
    assert answers[0][kind].header("Content-Type") == want.get(kind, "application/json")


def test_no_index_on_the_directory(client):
    """HDR-01"""
    assert client.http.request("GET", client.url).all("Link") == []
    assert client.post(client.url).all("Link") == []


def test_location(owner, answers):
    """HDR-03"""
    out, order, _ = answers
    for kind in ("newAccount", "account"):
        assert out[kind].location == owner.kid
    for kind in ("newOrder", "order", "finalize", "valid order"):
        assert out[kind].location == order
    for kind in ("authz", "challenge", "cert", "orders"):
        assert out[kind].location is None


def test_up(answers):
    """HDR-02: certbot gives up without it."""
    out, _, authz = answers
    for kind in ("challenge read", "challenge"):
        assert out[kind].links("up") == [authz]


def test_terms_of_service_link(client, answers):
    """HDR-06"""
    terms = client.directory["meta"]["termsOfService"]
    for kind in ("newAccount", "account"):
        assert answers[0][kind].links("terms-of-service") == [terms]


def test_retry_after(client, net):
    """HDR-04 HDR-05 CHL-03 CHL-06 AUZ-04 CLI-33 CLI-40: small whole seconds while a check is under way,
    when the challenge is processing and the authorization pending."""
    _, order = client.order(NAME)
    authz, chall = client.challenge(order["authorizations"][0], "http-01")
    net.rule(f"* /.well-known/acme-challenge/{chall['token']} delay 3500 "
             f"{client.key_authz(chall['token'])}")
    for url, status in ((chall["url"], "processing"), (order["authorizations"][0], "pending")):
        r = client.post(url, {} if url == chall["url"] else None)
        assert r.json["status"] == status, r
        assert re.fullmatch(r"\d+", r.header("Retry-After"))
        assert 1 <= int(r.header("Retry-After")) <= 600
    # A second response changes nothing (CHL-03).
    with client.stack.unchanged():
        assert client.post(chall["url"], {}).json["status"] == "processing"
    client.poll(chall["url"], lambda c: c["status"] == "valid")
    r = client.post(chall["url"])
    assert r.header("Retry-After") is None
