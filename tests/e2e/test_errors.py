# SPDX-License-Identifier: BSD-2-Clause
"""The table of errors: section 0 of the requirements; one request for each type that a
client can meet at the API, in one place.  What a validation saw stands in test_authz."""

import pytest
from acme import Client, csr, refused

NAME = "client.example"
FRESH = "a client without an account"


def new_account(c, **payload):
    return c.post(c.directory["newAccount"], payload, jwk=c.key.jwk())


CASES = [
    ("ERRT-01", "accountDoesNotExist", 400, FRESH,
     lambda c: new_account(c, onlyReturnExisting=True)),
    ("ERRT-05", "badNonce", 400, "", lambda c: c.post(c.kid, nonce="A" * 22)),
    ("ERRT-06", "badPublicKey", 400, FRESH, lambda c: c.post(
        c.directory["newAccount"], {}, jwk={**c.key.jwk(), "crv": "P-1"})),
    ("ERRT-08", "badSignatureAlgorithm", 400, "", lambda c: c.post(
        c.kid, protected={"alg": "HS256"})),
    ("ERRT-13", "externalAccountRequired", 403, FRESH,
     lambda c: new_account(c, termsOfServiceAgreed=True)),
    ("ERRT-15", "invalidContact", 400, FRESH, lambda c: new_account(
        c, termsOfServiceAgreed=True, contact=["mailto:x"])),
    ("ERRT-17", "malformed", 400, "", lambda c: c.post(c.directory["newOrder"], "x")),
    ("ERRT-17", "malformed", 404, "", lambda c: c.post(c.url + "/order/" + "A" * 22)),
    ("ERRT-17", "malformed", 404, "", lambda c: c.post(c.url + "/nothing")),
    ("ERRT-17", "malformed", 413, "", lambda c: c.send(c.kid, "x" * 70000)),
    ("ERRT-17", "malformed", 415, "", lambda c: c.send(c.kid, "x", content_type="text/plain")),
    ("ERRT-18", "orderNotReady", 403, "", lambda c: c.finalize(
        {"finalize": c.get(c.kid + "/orders")["orders"][0] + "/finalize"}, csr([NAME]))),
    ("ERRT-20", "rejectedIdentifier", 400, "", lambda c: c.new_order("x.local")),
    ("ERRT-20", "rejectedIdentifier", 403, "", lambda c: c.new_order("not-ours.example")),
    ("ERRT-23", "unauthorized", 403, "", lambda c: c.post(
        c.kid, protected={"url": c.kid + "/"})),
    ("ERRT-24", "unsupportedContact", 400, FRESH, lambda c: new_account(
        c, termsOfServiceAgreed=True, contact=["tel:1"])),
    ("ERRT-25", "unsupportedIdentifier", 400, "", lambda c: c.new_order(
        {"type": "ip", "value": "192.0.2.1"})),
    ("ERRT-26", "userActionRequired", 403, FRESH, lambda c: new_account(c)),
]


@pytest.fixture(scope="module")
def with_order(stack, shared_binding):
    client = Client(stack).register(shared_binding)
    client.order(NAME)
    return client


@pytest.mark.parametrize("row,kind,status,who,call", CASES,
                         ids=[f"{c[0]}-{c[1]}-{c[2]}-{i}" for i, c in enumerate(CASES)])
def test_table(stack, with_order, row, kind, status, who, call, unchanged):
    """ERRT-01..26 ERRT-29 NON-02 NON-06 TRN-11 TRN-12 CLI-25 CLI-41: type, status and headers of each, and a nonce
    that is good for the next request."""
    c = Client(stack) if who == FRESH else with_order
    r = call(c)
    doc = refused(c, r, status, kind)
    assert list(doc)[:3] == ["type", "detail", "status"]
    assert with_order.post(with_order.kid, nonce=c.nonces.pop()).status == 200


@pytest.mark.parametrize("evil", ["' OR 1=1 --", "\\\"; DROP TABLE orders", "%s%n%x", "<script>",
                                  "\u202e", "a" * 5000])
def test_nothing_inner_is_told(client, evil, unchanged):
    """ERRT-21 SEC-02: no SQL, path or stack in a detail, and no endless echo."""
    for r in (client.new_order(evil), client.post(client.url + "/order/x", protected={"kid": evil}),
              client.post(client.kid, protected={"alg": evil})):
        assert r.status == 400, r
        r.problem()
        assert len(r.body) < 2500
        for word in ("SELECT", "INSERT", "mysql", "MariaDB", ".c:", "/src/", "openssl", "errno"):
            assert word not in r.body, r
