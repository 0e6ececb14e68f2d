# SPDX-License-Identifier: BSD-2-Clause
"""What becomes of an account: contacts, a new key, its end."""

import concurrent.futures

import pytest
from acme import Client, Key, b64, csr, dumps, fail_type


@pytest.fixture
def client(stack, partner):
    """An account that a test may change."""
    return Client(stack).register(partner.binding("changes.example"),
                                  contact=["mailto:first@changes.example"])


def read(client):
    r = client.post(client.kid)
    assert r.status == 200, r
    return r.json


# -- contacts


@pytest.mark.parametrize("payload, want", [
    ({"contact": ["mailto:a@changes.example", "mailto:b@changes.example"]},
     ["mailto:a@changes.example", "mailto:b@changes.example"]),
    ({"contact": []}, []),
    ({"contact": None}, ["mailto:first@changes.example"]),
    ({}, ["mailto:first@changes.example"]),
    ({"status": "valid"}, ["mailto:first@changes.example"]),
    ({"termsOfServiceAgreed": False, "orders": "x", "unknown": 1},
     ["mailto:first@changes.example"]),
], ids=["two", "none", "null", "empty", "status valid", "not updatable"])
def test_contacts(client, payload, want):
    """ACC-08 ACC-10 ACC-11: contact is replaced as a whole; anything else changes nothing"""
    r = client.post(client.kid, payload)
    assert r.status == 200, r
    assert r.json["contact"] == want and r.json["status"] == "valid"
    assert read(client) == r.json


@pytest.mark.parametrize("payload, kind", [
    ({"contact": ["tel:+123"]}, "unsupportedContact"),
    ({"contact": ["mailto:a@x.example,b@x.example"]}, "invalidContact"),
    ({"contact": ["mailto:a@x.example?subject=x"]}, "invalidContact"),
    ({"contact": "mailto:a@x.example"}, "malformed"),
    ({"contact": [f"mailto:a{i}@x.example" for i in range(11)]}, "malformed"),
    ({"status": "revoked"}, "malformed"),
    ({"status": "suspended"}, "malformed"),
    ({"status": 1}, "malformed"),
])
def test_bad_update(client, payload, kind):
    """ACC-06 ACC-07 ACC-08 ACC-11: refused, and nothing changed"""
    before = read(client)
    fail_type(client.post(client.kid, payload), 400, kind)
    assert read(client) == before


def test_foreign_account(client, stack, partner):
    """ACC-12"""
    other = Client(stack).register(partner.binding("other.changes.example"))
    fail_type(client.post(other.kid, {"contact": []}), 403, "unauthorized")
    fail_type(client.post(other.kid, {"status": "deactivated"}), 403, "unauthorized")
    assert read(other)["status"] == "valid"


# -- the end


def test_deactivate(client, stack, net):
    """ACC-03 ACC-13 TOP-26: at once, for good; orders are cancelled, certificates stay"""
    _, done, _ = client.issue(["changes.example"], net)
    pending_url, pending = client.order("changes.example")
    r = client.post(client.kid, {"status": "deactivated"})
    assert r.status == 200 and r.json["status"] == "deactivated", r
    for url in (client.kid, pending_url, pending["authorizations"][0], pending["finalize"],
                done["certificate"], client.directory["newOrder"],
                client.directory["keyChange"], client.kid + "/orders"):
        fail_type(client.post(url, None if url != client.directory["newOrder"] else {}),
                  401, "unauthorized")
    fail_type(client.new_account(onlyReturnExisting=True), 403, "unauthorized")
    account = client.kid.rsplit("/", 1)[1]
    rows = stack.sql("SELECT o.status FROM orders o JOIN accounts a ON a.id = o.account_id "
                     f"WHERE a.acme_account_id = '{account}' ORDER BY o.id")
    assert rows == [["4"], ["5"]]
    assert stack.sql("SELECT COUNT(c.id), COUNT(r.cert_id) FROM certs c JOIN accounts a ON "
                     "a.id = c.account_id LEFT JOIN revocations r ON r.cert_id = c.id "
                     f"WHERE a.acme_account_id = '{account}'") == [["1", "0"]]


def test_deactivate_once(client):
    """ACC-13: of 8 requests at once one does it, the others find it done"""
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda c: c.post(c.kid, {"status": "deactivated"}),
                                [client.clone() for _ in range(8)]))
    assert {r.status for r in replies} <= {200, 401}
    assert any(r.status == 200 for r in replies)


# -- another key


def inner(client, new, url=None, kid=None, drop=(), **payload):
    """The inner JWS of a keyChange."""
    header = {"alg": new.alg, "jwk": new.jwk(), "url": url or client.directory["keyChange"]}
    if kid:
        header["kid"] = kid
    for name in drop:
        header.pop(name)
    body = {"account": client.kid, "oldKey": client.key.jwk(), **payload}
    p, b = b64(dumps(header)), b64(dumps({k: v for k, v in body.items() if v is not None}))
    return {"protected": p, "payload": b, "signature": b64(new.sign(f"{p}.{b}".encode()))}


def change(client, new, **how):
    return client.post(client.directory["keyChange"], inner(client, new, **how))


@pytest.mark.parametrize("alg", ["ES256", "ES384", "ES512", "RS256", "EdDSA"])
def test_key_change(client, stack, partner, net, alg):
    """KCH-01 KCH-06 KCH-07: the new key at once, the old one no longer"""
    old, new = client.key, Key(alg)
    r = change(client, new)
    assert r.status == 200 and r.json["contact"] == ["mailto:first@changes.example"], r
    fail_type(client.post(client.kid), 400, "malformed")
    client.key = new
    assert read(client)["status"] == "valid"
    client.key = old
    fail_type(client.new_account(onlyReturnExisting=True), 400, "accountDoesNotExist")
    client.key = new
    r = client.new_account(onlyReturnExisting=True)
    assert r.status == 200 and r.location == client.kid
    client.issue(["changes.example"], net)


def test_taken_key(client, stack, partner):
    """KCH-04 TOP-24 CLI-06: 409, and Location names the account that has the key"""
    other = Client(stack).register(partner.binding("taken.changes.example"))
    r = change(client, other.key)
    fail_type(r, 409, "malformed")
    assert r.location == other.kid
    other.post(other.kid, {"status": "deactivated"})
    r = change(client, other.key)
    fail_type(r, 409, "malformed")
    assert r.location == other.kid




@pytest.mark.parametrize("rule, how, kind", [
    ("KCH-02: the inner url is another", {"url": "https://localhost/x"}, "malformed"),
    ("KCH-02: the inner JWS has no url", {"drop": ("url",)}, "malformed"),
    ("KCH-02: the inner JWS has no jwk", {"drop": ("jwk",), "kid": "x"}, "malformed"),
    ("KCH-02: the inner JWS has a kid too", {"kid": "x"}, "malformed"),
    ("KCH-03: another account", {"account": "https://localhost/v2/DV/account/x"}, "malformed"),
    ("KCH-03: no account", {"account": None}, "malformed"),
    ("KCH-03: another old key", {"oldKey": Key().jwk()}, "malformed"),
    ("KCH-03: no old key", {"oldKey": None}, "malformed"),
    ("KCH-03: an old key that is none", {"oldKey": {"kty": "EC"}}, "malformed"),
], ids=lambda v: v if isinstance(v, str) and v.startswith("KCH") else "")
def test_bad_key_change(client, rule, how, kind):
    """KCH-02 KCH-03 TOP-24"""
    fail_type(change(client, Key(), **how), 400, kind)
    assert read(client)["status"] == "valid", rule


def test_bad_inner_jws(client):
    """KCH-01 KCH-02 KCH-05 JWS-06 JWS-13: broken inner requests of every kind"""
    url, new = client.directory["keyChange"], Key()
    good = inner(client, new)
    fail_type(client.post(url, None), 400, "malformed")
    fail_type(client.post(url, {}), 400, "malformed")
    fail_type(client.post(url, {**good, "signature": b64(bytes(64))}), 400, "malformed")
    fail_type(client.post(url, {**good, "header": {}}), 400, "malformed")
    fail_type(client.post(url, inner(client, client.key)), 400, "malformed")
    with_nonce = Client.sign(client, url, {"account": client.kid, "oldKey": client.key.jwk()},
                             key=new, jwk=new.jwk())
    fail_type(client.post(url, with_nonce), 400, "malformed")
    weak = inner(client, new)
    weak["protected"] = b64(dumps({"alg": "HS256", "jwk": new.jwk(), "url": url}))
    fail_type(client.post(url, weak), 400, "badSignatureAlgorithm")
    assert read(client)["status"] == "valid"


def test_key_of_a_certificate(client, net):
    """KCH-02 ACC-18: the new key must not be a certificate's"""
    leaf = Key()
    client.issue(["changes.example"], net, csr_key=leaf.private)
    fail_type(change(client, leaf), 400, "badPublicKey")


def test_one_of_eight(client, stack):
    """KCH-07: 8 changes at once: exactly one succeeds, and its key is the account's"""
    keys = [Key() for _ in range(8)]
    clones = [client.clone() for _ in keys]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(change, clones, keys))
    assert sorted(r.status for r in replies)[0] == 200
    assert [r.status for r in replies].count(200) == 1, replies
    client.key = keys[[r.status for r in replies].index(200)]
    assert read(client)["status"] == "valid"
    account = client.kid.rsplit("/", 1)[1]
    assert stack.sql("SELECT COUNT(*) FROM account_keys k JOIN accounts a ON a.id = k.account_id "
                     f"WHERE a.acme_account_id = '{account}'") == [["1"]]


def test_pending_challenge(client, net):
    """KCH-06 TOP-25: a challenge that is answered after the change uses the new key"""
    _, order = client.order("changes.example")
    new = Key()
    assert change(client, new).status == 200
    client.key = new
    assert client.solve(order["authorizations"][0], net)["status"] == "valid"


def test_finalize_over_a_key_change(client, stack, net):
    """KCH-06: what the old key proved and asked for is signed after the change too"""
    url, order = client.order("changes.example")
    assert client.solve(order["authorizations"][0], net)["status"] == "valid"
    first, second = Key(), Key()
    assert change(client, first).status == 200
    client.key = first
    assert change(client, second).status == 200
    client.key = second
    r = client.finalize(order, csr(["changes.example"]))
    assert r.status == 200, r
    done = client.poll(url, lambda o: o["status"] in ("valid", "invalid"))
    assert done["status"] == "valid", done


def test_rewritten_key(client, stack, net):
    """design 3: a key that was written into the row, without a keyChange, signs nothing"""
    url, order = client.order("changes.example")
    assert client.solve(order["authorizations"][0], net)["status"] == "valid"
    thief = Key()
    jwk = dumps(dict(sorted(thief.jwk().items())))
    account = client.kid.rsplit("/", 1)[1]
    stack.sql(f"UPDATE accounts SET key_jwk = '{jwk}', key_thumbprint = "
              f"UNHEX(SHA2('{jwk}', 256)) WHERE acme_account_id = '{account}'")
    client.key = thief
    r = client.finalize(order, csr(["changes.example"]))
    assert r.status == 200, r
    done = client.poll(url, lambda o: o["status"] in ("valid", "invalid"))
    assert done["status"] == "invalid"
    assert "not the attested one" in stack.log("caas-signer")
