# SPDX-License-Identifier: BSD-2-Clause
"""Accounts: section 1.6 of the requirements."""

import pytest
from acme import Client, at_once, b64, csr, dumps, refused


@pytest.fixture(scope="module")
def binding(partner):
    return partner.binding("accounts.example")


def test_new_account(stack, partner):
    """ACC-01 ACC-05 ACC-06 HDR-03 CLI-01 CLI-15"""
    c = Client(stack)
    contact = ["mailto:admin@client.example", "MAILTO:Second+tag@Client.Example"]
    r = c.new_account(partner.binding(), contact=contact)
    assert r.status == 201
    a = r.json
    assert a["status"] == "valid" and a["contact"] == contact
    assert a["orders"] == r.location + "/orders"
    assert a["termsOfServiceAgreed"] is True
    assert r.location.startswith(c.url + "/account/")
    assert r.body.startswith('{"status":"valid"')
    c.kid = r.location
    assert c.get(c.kid) == a


def test_existing_key(stack, partner):
    """ACC-02 EAB-12 CLI-09 CLI-15: 200 with the account as it was, whatever else is sent."""
    binding, other = partner.binding(), partner.binding()
    c = Client(stack)
    first = c.new_account(binding, contact=["mailto:a@client.example"])
    with stack.unchanged():
        for how in ({"binding": binding}, {"binding": other}, {}, {"terms": None},
                    {"terms": False}, {"contact": ["tel:+1"]}, {"contact": ["mailto:b@c.example"]},
                    {"onlyReturnExisting": True}, {"terms": None, "onlyReturnExisting": True},
                    {"terms": True, "contact": ["mailto:a@client.example"],
                     "onlyReturnExisting": True},
                    {"externalAccountBinding": {"protected": "x"}},
                    {"externalAccountBinding": None}):
            r = c.new_account(**how)
            assert r.status == 200 and r.json == first.json and r.location == first.location, r


@pytest.mark.parametrize("status,code", [(4, "deactivated"), (5, "revoked")])
def test_closed_accounts(stack, partner, status, code):
    """ACC-03 ACC-13 ACC-14 ERRT-23: 403 at newAccount, 401 elsewhere."""
    binding = partner.binding("closed.example")
    c = Client(stack).register(binding)
    url, order = c.order("closed.example")
    stack.sql(f"UPDATE accounts SET status = {status} WHERE acme_account_id = "
              f"'{c.kid.rsplit('/', 1)[1]}'")
    with stack.unchanged():
        doc = refused(c, c.new_account(binding), 403, "unauthorized")
        assert code in doc["detail"]
        refused(c, c.new_account(onlyReturnExisting=True), 403, "unauthorized")
        authz = order["authorizations"][0]
        for target, payload in ((c.kid, None), (c.kid + "/orders", None), (url, None),
                                (authz, None), (authz + "/http-01", {}),
                                (order["finalize"], {"csr": b64(csr(["closed.example"]))}),
                                (c.directory["newOrder"], {"identifiers": []}),
                                (c.url + "/cert/" + "A" * 22, None), (c.url, None),
                                (c.directory["newNonce"], None)):
            refused(c, c.post(target, payload), 401, "unauthorized")


@pytest.mark.parametrize("more", [{}, {"terms": None}, {"terms": False}, {"contact": ["tel:1"]},
                                  {"externalAccountBinding": {"bad": 1}},
                                  {"contact": "not even an array"}], ids=dumps)
def test_only_return_existing(stack, more, unchanged):
    """ACC-04 ERRT-01 TOP-20: before terms, binding and contacts are looked at."""
    c = Client(stack)
    refused(c, c.new_account(onlyReturnExisting=True, **more), 400, "accountDoesNotExist")


@pytest.mark.parametrize("value", ["true", 1, None, [], {}], ids=dumps)
def test_only_return_existing_is_a_boolean(stack, binding, value, unchanged):
    """ACC-04 JWS-25"""
    c = Client(stack)
    refused(c, c.new_account(binding, onlyReturnExisting=value), 400, "malformed")


@pytest.mark.parametrize("terms", [None, False])
def test_terms_must_be_agreed_to(stack, binding, terms, unchanged):
    """ACC-05 HDR-06 ERRT-26"""
    c = Client(stack)
    r = c.new_account(binding, terms=terms)
    url = c.directory["meta"]["termsOfService"]
    refused(c, r, 403, "userActionRequired", instance=url)
    assert r.links("terms-of-service") == [url]


@pytest.mark.parametrize("terms", ["true", 1, [True], {}], ids=dumps)
def test_terms_are_a_boolean(stack, binding, terms, unchanged):
    """ACC-05 JWS-25: literally true."""
    c = Client(stack)
    refused(c, c.new_account(binding, terms=terms), 400, "malformed")


@pytest.mark.parametrize("contact", [
    "tel:+12025551212", "https://client.example", "sip:a@client.example", "admin@client.example",
    "mailto", "ftp:x", "javascript:alert(1)", ":", "mail to:a@client.example", "x"])
def test_unsupported_contacts(stack, binding, contact, unchanged):
    """ACC-06 ERRT-24 TOP-23"""
    c = Client(stack)
    for contacts in ([contact], ["mailto:good@client.example", contact]):
        refused(c, c.new_account(binding, contact=contacts), 400, "unsupportedContact")


@pytest.mark.parametrize("address", [
    "", "a", "@", "a@", "@b.example", "a@b.example,c@d.example", "a@b.example?subject=x",
    "a@b.example?", "a@b.example#x", "a b@c.example", "a@b..example", "a@-b.example", "a@b",
    "a@b.example.", "a@[127.0.0.1]", "a@127.0.0.1", "\"a b\"@c.example", "ä@b.example",
    "a@ä.example", "a%40b@c.example", "a@b.example\r\nBcc: x@y.example", "a@b@c.example", "x" * 65 + "@b.example", "a@" + "b" * 250 + ".example", "a@*.b.example",
    "a@b.example\n", " a@b.example", "a@b.example ", "/a@b.example;x", "<a@b.example>"])
def test_invalid_contacts(stack, binding, address, unchanged):
    """ACC-07 ACC-08 ERRT-15 TOP-23 SEC-09"""
    c = Client(stack)
    r = c.new_account(binding, contact=["mailto:" + address])
    refused(c, r, 400, "invalidContact")
    assert r.header("Bcc") is None


@pytest.mark.parametrize("contact", [
    "mailto:a@b.example", [1], [None], [["mailto:a@b.example"]], [{}], {}, 1, True,
    ["mailto:a@b.example"] * 11, ["mailto:a@b.example"] * 2000],
    ids=lambda v: dumps(v)[:30])
def test_contacts_of_another_form(stack, binding, contact, unchanged):
    """ACC-06 ACC-08 JWS-25"""
    c = Client(stack)
    refused(c, c.new_account(binding, contact=contact), 400, "malformed")


@pytest.mark.parametrize("more", [{"contact": []}, {"contact": None}, {},
                                  {"contact": [f"mailto:a{i}@b.example" for i in range(10)]}],
                         ids=lambda v: dumps(v)[:30])
def test_contacts_that_will_do(stack, partner, more):
    """ACC-08: none, null and as many as ten."""
    c = Client(stack)
    payload = {"termsOfServiceAgreed": True,
               "externalAccountBinding": c.eab(*partner.binding()), **more}
    r = c.post(c.directory["newAccount"], payload, jwk=c.key.jwk())
    assert r.status == 201 and r.json["contact"] == (more.get("contact") or []), r


def test_server_fields_are_ignored(stack, partner):
    """ACC-09 JWS-22"""
    c = Client(stack)
    r = c.new_account(partner.binding(), status="revoked", orders="https://evil.example/",
                      onlyReturnExisting=False, initialIp="1.2.3.4", key={}, evil=["shown?"])
    assert r.status == 201 and r.json["status"] == "valid"
    assert r.json["orders"] == r.location + "/orders"
    for name in ("onlyReturnExisting", "evil", "initialIp", "key"):
        assert name not in r.json


def test_reading(client, unchanged):
    """ACC-10 CLI-37: POST-as-GET and an empty object alike."""
    a = client.post(client.kid)
    b = client.post(client.kid, {})
    assert a.status == b.status == 200 and a.json == b.json
    assert a.json["status"] == "valid"


@pytest.mark.parametrize("suffix", ["", "/orders"])
def test_anothers_account(client, stranger, suffix, unchanged):
    """ACC-12 ACC-17 TOP-27: 403, and nothing told; one that is not there looks the same."""
    answers = []
    for url in (client.kid + suffix, client.kid[:-2] + "AA" + suffix):
        r = stranger.post(url)
        refused(stranger, r, 403, "unauthorized")
        answers.append(r.body)
    if not suffix:
        refused(stranger, stranger.post(client.kid, {}), 403, "unauthorized")
    assert answers[0] == answers[1]


def test_empty_payload(stack, unchanged):
    """JWS-21: newAccount is no read."""
    c = Client(stack)
    for payload in (None, "[]", '"x"', "null"):
        refused(c, c.post(c.directory["newAccount"], payload, jwk=c.key.jwk()), 400, "malformed")


def test_one_key_ten_times_at_once(stack, partner):
    """ACC-16 TOP-19: one account, one 201, nine times 200, the same URL."""
    binding = partner.binding()
    first = Client(stack)
    twins = [first] + [Client(stack, first.key) for _ in range(9)]
    for c in twins:
        c.nonce(), c.nonces.append(c.http.request("HEAD", c.directory["newNonce"])
                                   .header("Replay-Nonce"))
    before = int(stack.sql("SELECT COUNT(*) FROM accounts")[0][0])
    replies = at_once([lambda c=c: c.new_account(binding) for c in twins])
    assert sorted(r.status for r in replies) == [200] * 9 + [201], replies
    assert len({r.location for r in replies}) == 1
    # The pre-registered account of the binding took the key.
    assert int(stack.sql("SELECT COUNT(*) FROM accounts")[0][0]) == before


def test_orders_list(stack, partner, net):
    """ACC-17 HDR-08 CLI-49: newest first, pages linked by next, none twice, none invalid."""
    c = Client(stack).register(partner.binding("list.example"))
    assert c.get(c.kid + "/orders") == {"orders": []}
    made = [c.order("list.example")[0] for _ in range(53)]
    stack.sql("UPDATE orders SET status = 5 WHERE account_id = (SELECT id FROM accounts WHERE "
              f"acme_account_id = '{c.kid.rsplit('/', 1)[1]}') ORDER BY id LIMIT 1")
    seen, url, pages = [], c.kid + "/orders", 0
    while url:
        r = c.post(url)
        assert r.status == 200 and r.header("Content-Type") == "application/json"
        seen += r.json["orders"]
        pages += 1
        assert pages < 9
        url = (r.links("next") or [None])[0]
    assert pages == 2
    assert seen == list(reversed(made[1:]))


@pytest.mark.parametrize("query", ["?cursor=", "?cursor=1", "?cursor=" + "A" * 22, "?x=1",
                                   "?cursor=%41", "?page=2&cursor=x"])
def test_cursors_are_opaque(client, query, unchanged):
    """ACC-17"""
    refused(client, client.post(client.kid + "/orders" + query), 400, "malformed")


def test_payload_for_the_orders_list(client, unchanged):
    """ACC-17: read by POST-as-GET."""
    refused(client, client.post(client.kid + "/orders", {}), 400, "malformed")


def test_key_of_a_certificate(stack, partner, net):
    """ACC-18 SEC-06: an account key is no certificate key."""
    from acme import Key
    binding = partner.binding("twokeys.example")
    c = Client(stack).register(binding)
    key = Key("ES256")
    c.issue(["twokeys.example"], net, csr_key=key.private)
    other = Client(stack, key)
    with stack.unchanged():
        refused(other, other.new_account(binding), 400, "badPublicKey")
