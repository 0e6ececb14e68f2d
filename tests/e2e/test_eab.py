# SPDX-License-Identifier: BSD-2-Clause
"""External account binding: section 1.7 of the requirements."""

import pytest
from acme import Client, Key, b64, dumps, refused, unb64


@pytest.fixture(scope="module")
def binding(partner):
    return partner.binding("eab.example")


def new_account(c, eab):
    return c.post(c.directory["newAccount"],
                  {"termsOfServiceAgreed": True, "externalAccountBinding": eab}, jwk=c.key.jwk())


def test_required(stack, unchanged):
    """EAB-01 ERRT-13 DIR-03 TOP-21"""
    c = Client(stack)
    assert c.directory["meta"]["externalAccountRequired"] is True
    refused(c, c.new_account(), 403, "externalAccountRequired")


@pytest.mark.parametrize("value", [None, 1, True, "x", [], {}, [{}]], ids=dumps)
def test_not_a_jws(stack, value, unchanged):
    """EAB-02 JWS-25"""
    c = Client(stack)
    refused(c, new_account(c, value), 400, "malformed")


@pytest.mark.parametrize("spoil", [
    lambda j: {**j, "header": {}}, lambda j: {**j, "signatures": []},
    lambda j: {k: v for k, v in j.items() if k != "payload"},
    lambda j: {k: v for k, v in j.items() if k != "protected"},
    lambda j: {k: v for k, v in j.items() if k != "signature"},
    lambda j: {**j, "signature": j["signature"] + "="}, lambda j: {**j, "protected": b64("[]")},
    lambda j: {**j, "payload": 1}, lambda j: {**j, "protected": "+/"},
    lambda j: f"{j['protected']}.{j['payload']}.{j['signature']}"])
def test_malformed(stack, binding, spoil, unchanged):
    """EAB-02 TOP-21"""
    c = Client(stack)
    refused(c, new_account(c, spoil(c.eab(*binding))), 400, "malformed")


@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
def test_mac_algorithms(stack, binding, alg):
    """EAB-03 EAB-11 TOP-22 CLI-43: one credential for many keys."""
    c = Client(stack)
    r = new_account(c, c.eab(*binding, alg=alg))
    assert r.status == 201, r


@pytest.mark.parametrize("alg", ["none", "RS256", "ES256", "EdDSA", "HS1", "hs256", "", "HS256 "])
def test_other_algorithms(stack, binding, alg, unchanged):
    """EAB-03 TOP-21"""
    c = Client(stack)
    for signature in (None, b""):
        eab = c.eab(*binding, alg=alg, signature=signature)
        if signature == b"":
            eab["signature"] = ""
        refused(c, new_account(c, eab), 400, "malformed")


def test_asymmetric_signature(stack, binding, unchanged):
    """EAB-03: the account key does not sign its own binding."""
    c = Client(stack)
    eab = c.eab(*binding, alg="ES256")
    eab["signature"] = b64(c.key.sign(f"{eab['protected']}.{eab['payload']}".encode()))
    refused(c, new_account(c, eab), 400, "malformed")


@pytest.mark.parametrize("kid", ["", "x", "A" * 22, "A" * 5000, "a/b", "'; --", "é", "=", "%"])
def test_unknown_kid(stack, binding, kid, unchanged):
    """EAB-04"""
    c = Client(stack)
    refused(c, new_account(c, c.eab(kid, binding[1])), 403, "unauthorized")


@pytest.mark.parametrize("kid", [None, 1, True, [], {}], ids=dumps)
def test_kid_of_another_type(stack, binding, kid, unchanged):
    """EAB-02 EAB-04 JWS-25"""
    c = Client(stack)
    refused(c, new_account(c, c.eab(*binding, protected={"kid": kid})), 400, "malformed")


def test_one_answer_for_all(stack, partner, binding):
    """EAB-04 EAB-08: unknown, suspended, deactivated and wrong MAC cannot be told apart."""
    bodies = set()
    for status in (2, 3):
        b = partner.binding()
        stack.sql(f"UPDATE bindings SET status = {status} WHERE key_id = '{b[0]}'")
        with stack.unchanged():
            c = Client(stack)
            r = c.new_account(b)
            refused(c, r, 403, "unauthorized")
            bodies.add(r.body)
    c = Client(stack)
    with stack.unchanged():
        wrong = b64(bytes([unb64(binding[1])[0] ^ 1]) + unb64(binding[1])[1:])
        for kid, mac in ((binding[0], wrong), (binding[0], b64(b"")), ("A" * 22, binding[1]),
                         (binding[0].swapcase(), binding[1])):
            r = c.new_account((kid, mac))
            refused(c, r, 403, "unauthorized")
            bodies.add(r.body)
    assert len(bodies) == 1


@pytest.mark.parametrize("spoil", [lambda m: m[:-1], lambda m: m + b"\0", lambda m: b"",
                                   lambda m: bytes(len(m)), lambda m: m[:16],
                                   lambda m: bytes([m[0] ^ 1]) + m[1:],
                                   lambda m: m[:-1] + bytes([m[-1] ^ 1])])
def test_wrong_mac(stack, binding, spoil, unchanged):
    """EAB-08 TOP-21"""
    c = Client(stack)
    eab = c.eab(*binding)
    eab["signature"] = b64(spoil(unb64(eab["signature"])))
    refused(c, new_account(c, eab), 403, "unauthorized")


def test_mac_is_over_what_came(stack, binding, unchanged):
    """EAB-08 JWS-17"""
    c = Client(stack)
    good, other = c.eab(*binding), Client(stack).eab(*binding)
    refused(c, new_account(c, {**good, "signature": other["signature"]}), 403, "unauthorized")


@pytest.mark.parametrize("nonce", ["x", "", None, 1], ids=dumps)
def test_inner_nonce(stack, binding, nonce, unchanged):
    """EAB-05 TOP-21"""
    c = Client(stack)
    refused(c, new_account(c, c.eab(*binding, protected={"nonce": nonce})), 400, "malformed")


@pytest.mark.parametrize("spoil", [lambda u: u + "/", lambda u: u.replace("newAccount", "newOrder"),
                                   lambda u: u.replace("localhost", "LOCALHOST"), lambda u: "",
                                   lambda u: u + "?x", lambda u: None, lambda u: 1])
def test_inner_url(stack, binding, spoil, unchanged):
    """EAB-06 TOP-21"""
    c = Client(stack)
    url = spoil(c.directory["newAccount"])
    refused(c, new_account(c, c.eab(*binding, protected={"url": url})), 400, "malformed")


def test_no_inner_url(stack, binding, unchanged):
    """EAB-06"""
    import hashlib
    import hmac
    c = Client(stack)
    protected = b64(dumps({"alg": "HS256", "kid": binding[0]}))
    payload = b64(dumps(c.key.jwk()))
    mac = hmac.new(unb64(binding[1]), f"{protected}.{payload}".encode(), hashlib.sha256).digest()
    refused(c, new_account(c, {"protected": protected, "payload": payload, "signature": b64(mac)}),
            400, "malformed")


def test_inner_jwk(stack, binding, unchanged):
    """EAB-02 EAB-04: named by kid, not by a key."""
    c = Client(stack)
    refused(c, new_account(c, c.eab(*binding, protected={"jwk": c.key.jwk()})), 400, "malformed")


@pytest.mark.parametrize("payload", ["", "{}", "[]", "null", "x", '{"kty":"EC"}', '"x"'])
def test_payload_that_is_no_key(stack, binding, payload, unchanged):
    """EAB-07"""
    c = Client(stack)
    refused(c, new_account(c, c.eab(*binding, payload=payload)), 400, "malformed")


def test_payload_of_another_key(stack, binding, unchanged):
    """EAB-07 TOP-21"""
    c = Client(stack)
    for key in (Key(), Key("RS256"), Key("EdDSA")):
        refused(c, new_account(c, c.eab(*binding, key=key)), 400, "malformed")


def test_payload_in_another_spelling(stack, binding):
    """EAB-07: compared as keys, not as text."""
    c = Client(stack)
    jwk = dict(reversed(c.key.jwk().items()), alg="ES256", use="sig")
    import json
    r = new_account(c, c.eab(*binding, payload=json.dumps(jwk, indent=2)))
    assert r.status == 201, r


def test_credentials(partner):
    """EAB-08 EAB-09: 32 octets or more, base64url without padding, plain key ids."""
    import re
    for _ in range(3):
        kid, mac = partner.binding()
        assert re.fullmatch(r"[A-Za-z0-9_-]+", kid) and re.fullmatch(r"[A-Za-z0-9_-]+", mac)
        assert len(unb64(mac)) >= 32


def test_shown_as_received(stack, binding):
    """EAB-10"""
    c = Client(stack)
    eab = c.eab(*binding)
    r = new_account(c, {**eab, "comment": "not part of it"})
    assert r.status == 201 and r.json["externalAccountBinding"] == eab
    c.kid = r.location
    assert c.get(c.kid)["externalAccountBinding"] == eab


def test_same_key_again(stack, binding):
    """EAB-12 CLI-29"""
    c = Client(stack)
    first = c.new_account(binding)
    with stack.unchanged():
        again = c.new_account(binding)
    assert (first.status, again.status) == (201, 200) and first.json == again.json


def test_scope_hangs_on_the_binding(stack, partner, binding):
    """EAB-14: each account may order what its binding holds."""
    other = partner.binding("other-eab.example")
    a, b = Client(stack).register(binding), Client(stack).register(other)
    a.order("eab.example"), b.order("other-eab.example")
    with stack.unchanged():
        refused(a, a.new_order("other-eab.example"), 403, "rejectedIdentifier")
        refused(b, b.new_order("eab.example"), 403, "rejectedIdentifier")


@pytest.mark.parametrize("status", [2, 3])
def test_disabled_binding_stops_its_accounts(stack, partner, net, status):
    """EAB-15: orders, responses and finalize; reading goes on."""
    from acme import csr
    b = partner.binding("stopped.example", "still-stopped.example")
    c = Client(stack).register(b)
    second = Client(stack).register(b)
    _, ready = c.ready(["stopped.example"], net)
    url, order = c.order("still-stopped.example")
    stack.sql(f"UPDATE bindings SET status = {status} WHERE key_id = '{b[0]}'")
    with stack.unchanged():
        for who in (c, second):
            doc = refused(who, who.new_order("stopped.example"), 403, "unauthorized")
            assert "binding" in doc["detail"]
        refused(c, c.post(order["authorizations"][0] + "/http-01", {}), 403, "unauthorized")
        refused(c, c.finalize(ready, csr(["stopped.example"])), 403, "unauthorized")
        assert c.get(url)["status"] == "pending" and c.get(c.kid)["status"] == "valid"
