# SPDX-License-Identifier: BSD-2-Clause
"""Authorizations and challenges: section 1.10 of the requirements."""

import re

import pytest
from acme import URN, at_once, refused

NAME = "client.example"


@pytest.fixture
def authz(client):
    return client.order(NAME)[1]["authorizations"][0]


def test_pending(client, authz):
    """AUZ-01 AUZ-12 CHL-01 CHL-07 CHL-08 CHL-09 CLI-18 CLI-44: few challenges, each flat"""
    r = client.post(authz)
    z = r.json
    assert r.body.startswith('{"status":"pending"')
    assert re.search(r'\{"type":"http-01"[^{}]*"token":"[^"]+"[^{}]*\}', r.body)
    assert z["identifier"] == {"type": "dns", "value": NAME}
    assert z["expires"] and "wildcard" not in z
    assert {c["type"] for c in z["challenges"]} >= {"http-01", "dns-01"}
    assert {c["type"] for c in z["challenges"]} <= {
        "http-01", "dns-01", "tls-alpn-01", "dns-account-01", "dns-persist-01"}
    for c in z["challenges"]:
        assert list(c)[:4] == ["type", "url", "status", "token"]
        assert c["status"] == "pending" and "error" not in c and "validated" not in c
        assert re.fullmatch(r"[A-Za-z0-9_-]{22,}", c["token"])
        assert c["url"].startswith(authz + "/")
        assert client.get(c["url"]) == c


def test_wildcard(client):
    """AUZ-01 AUZ-12 TOP-30: no http-01 for a wildcard, nor by its URL."""
    authz = client.order("*.client.example")[1]["authorizations"][0]
    z = client.get(authz)
    assert z["wildcard"] is True and z["identifier"]["value"] == NAME
    assert all(c["type"].startswith("dns-") for c in z["challenges"])
    with client.stack.unchanged():
        for kind in ("http-01", "tls-alpn-01", "nothing", "HTTP-01", "dns-01x"):
            refused(client, client.post(f"{authz}/{kind}", {}), 404, "malformed")


def test_tokens_differ(client):
    """CHL-07"""
    tokens = [client.get(client.order(NAME)[1]["authorizations"][0])["challenges"][0]["token"]
              for _ in range(5)]
    assert len(set(tokens)) == 5


def test_reading_starts_nothing(client, authz, net, unchanged):
    """CHL-02 TOP-15"""
    url = client.get(authz)["challenges"][0]["url"]
    for _ in range(2):
        assert client.get(url)["status"] == "pending"


@pytest.mark.parametrize("payload", ["[]", "null", '"x"', "1", "x"])
def test_response_is_an_object(client, authz, payload):
    """CHL-02"""
    url = client.get(authz)["challenges"][0]["url"]
    with client.stack.unchanged():
        refused(client, client.post(url, payload), 400, "malformed")


@pytest.mark.parametrize("payload", [{}, {"keyAuthorization": "x"}, {"type": 1, "status": "valid"},
                                     {"resource": "challenge", "token": None}])
def test_response(client, authz, net, payload):
    """CHL-02 CHL-03 CHL-10 AUZ-06 CLI-17 CLI-47: fields of the body are ignored; afterwards the
    authorization shows what proved it, and stays as it is."""
    _, chall = client.challenge(authz, "http-01")
    net.token(chall["token"], client.key_authz(chall["token"]))
    r = client.post(chall["url"], payload)
    assert r.status == 200 and r.json["url"] == chall["url"]
    done = client.poll(chall["url"], lambda c: c["status"] == "valid")
    assert done["validated"].endswith("Z") and "error" not in done
    z = client.get(authz)
    assert z["status"] == "valid" and z["expires"]
    assert z["challenges"] == [done]
    with client.stack.unchanged():
        for again in ({}, None):
            r = client.post(chall["url"], again)
            assert r.status == 200 and r.json == done
        # Nor does another challenge of it start anything any more.
        assert client.post(authz + "/dns-01", {}).status in (200, 404)


@pytest.mark.parametrize("kind,rule,error", [
    ("http-01", "status 404", {"incorrectResponse", "unauthorized"}),
    ("http-01", "body wrong", {"incorrectResponse", "unauthorized"}),
    ("dns-01", "!SERVFAIL", {"dns"})])
def test_failure(client, authz, net, kind, rule, error):
    """AUZ-05 AUZ-06 AUZ-07 CHL-01 CHL-05 ERRT-12 ERRT-14 CLI-17 CLI-18: one failure ends it, and
    the failed challenge alone is shown, with its error behind the token."""
    _, chall = client.challenge(authz, kind)
    if kind == "http-01":
        net.rule(f"* /.well-known/acme-challenge/{chall['token']} {rule}")
    else:
        net.set("_acme-challenge." + NAME, "TXT", rule if rule[0] == "!" else f'"{rule}"')
    client.post(chall["url"], {})
    failed = client.poll(chall["url"], lambda c: c["status"] not in ("pending", "processing"))
    assert failed["status"] == "invalid"
    assert failed["error"]["type"].removeprefix(URN) in error, failed
    assert failed["error"]["detail"] and failed["error"]["status"]
    assert list(failed)[:4] == ["type", "url", "status", "token"]
    z = client.get(authz)
    assert z["status"] == "invalid" and z["challenges"] == [failed]
    with client.stack.unchanged():
        assert client.post(chall["url"], {}).json == failed


def test_all_challenges_at_once(client, authz, net):
    """CHL-03 CLI-48: one validation at a time, and none is lost."""
    z = client.get(authz)
    for c in z["challenges"]:
        net.token(c["token"], client.key_authz(c["token"]))
    net.txt("_acme-challenge." + NAME, client.txt(z["challenges"][0]["token"]))
    urls = [c["url"] for c in z["challenges"] if c["type"] in ("http-01", "dns-01")] * 4
    twins = [client.twin() for _ in urls]
    before = int(client.stack.sql("SELECT COUNT(*) FROM jobs")[0][0])
    replies = at_once([lambda c=c, u=u: c.post(u, {}) for c, u in zip(twins, urls)])
    assert {r.status for r in replies} <= {200}, replies
    client.poll(authz, lambda x: x["status"] == "valid")
    assert int(client.stack.sql("SELECT COUNT(*) FROM jobs")[0][0]) == before + 1


def test_wildcard_and_base_have_two(client):
    """AUZ-02"""
    zs = [client.get(a) for a in client.order(NAME, "*.client.example")[1]["authorizations"]]
    assert [z["identifier"]["value"] for z in zs] == [NAME] * 2
    assert sorted(z.get("wildcard", False) for z in zs) == [False, True]
    assert len({c["token"] for z in zs for c in z["challenges"]}) >= 2


def test_payload_for_a_read(client, authz):
    """JWS-21"""
    with client.stack.unchanged():
        refused(client, client.post(authz, {}), 400, "malformed")
