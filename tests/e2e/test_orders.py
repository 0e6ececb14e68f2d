# SPDX-License-Identifier: BSD-2-Clause
"""Orders: section 1.9 of the requirements."""

import pytest
from acme import Client, URN, csr, dumps, refused

NAME = "client.example"


def test_new_order(client):
    """ORD-01 ORD-08 ORD-20 HDR-03 CHL-08"""
    r = client.new_order(NAME)
    assert r.status == 201
    o = r.json
    assert o["status"] == "pending" and r.body.startswith('{"status":"pending"')
    assert o["identifiers"] == [{"type": "dns", "value": NAME}]
    assert len(o["authorizations"]) == 1 and o["expires"]
    assert set(o) == {"status", "expires", "identifiers", "authorizations", "finalize",
                      "profile"}
    assert client.get(r.location) == o
    assert client.order(NAME)[1]["finalize"] != o["finalize"]


@pytest.mark.parametrize("wish", [{}, {"end-date": "2027-01-01T00:00:00Z", "lifetime": 86400}, None, False])
def test_no_star(client, wish, unchanged):
    """STA-04: who wants certificates that renew themselves is not given another one"""
    assert "auto-renewal" not in client.directory["meta"]
    refused(client, client.new_order(NAME, **{"auto-renewal": wish}), 400, "malformed")


@pytest.mark.parametrize("identifiers", [
    None, [], {}, "x", 1, True, [NAME], [[]], [None], [1], [{}], [{"type": "dns"}],
    [{"value": NAME}], [{"type": "dns", "value": 1}], [{"type": 1, "value": NAME}],
    [{"type": "dns", "value": None}], [{"type": "dns", "value": [NAME]}],
    [{"type": "dns", "value": NAME}, "x"]], ids=dumps)
def test_form_of_identifiers(client, identifiers, unchanged):
    """ORD-02 JWS-25"""
    payload = {} if identifiers is None else {"identifiers": identifiers}
    refused(client, client.post(client.directory["newOrder"], payload), 400, "malformed")


@pytest.mark.parametrize("kind", ["ip", "DNS", "", "email", "TNAuthList", "permanent-identifier",
                                  "hardware-module", "x" * 300])
def test_unsupported_types(client, kind, unchanged):
    """ORD-03 ORD-05 ERRT-25 OTH-03"""
    value = "192.0.2.1" if kind == "ip" else NAME
    doc = refused(client, client.new_order({"type": kind, "value": value}, NAME),
                  400, "unsupportedIdentifier")
    assert [s["type"] for s in doc["subproblems"]] == [URN + "unsupportedIdentifier"]
    assert doc["subproblems"][0]["identifier"]["value"] == value


MALFORMED = ["", ".", "a", "a..client.example", ".client.example", "client.example.",
             "-a.client.example", "a-.client.example", "a_b.client.example", "*", "*.",
             "*.*.client.example", "a.*.client.example", "f*.client.example",
             "*a.client.example", "1.2.3.4", "ab--c.client.example", "ü.client.example",
             "a b.client.example", "a.client.example\n", "client.example:443",
             "http://client.example", "x" * 64 + ".client.example", "a." * 120 + "client.example",
             "a.b.c.d.e.f.g.h.i.client.example", "[::1]", "2001:db8::1", "user@client.example"]
REJECTED = ["xn--.client.example", "xn--a.client.example", "xn--a-.client.example", "co.uk",
            "*.co.uk", "com", "x.invalid", "x.localhost", "x.local", "x.internal", "x.onion",
            "1.0.0.127.in-addr.arpa", "x.no-such-tld", "*.github.io"]


@pytest.mark.parametrize("name", MALFORMED + REJECTED)
def test_names_that_are_refused(client, name, unchanged):
    """ORD-02 ORD-05 AUZ-03 ERRT-20 NAM-01..12 TOP-28"""
    r = client.new_order(name)
    assert r.status == 400, r
    kinds = {"malformed"} if name in MALFORMED else {"malformed", "rejectedIdentifier"}
    doc = refused(client, r, 400, r.json["type"].removeprefix(URN))
    assert doc["type"].removeprefix(URN) in kinds, doc
    assert "identifier" not in doc
    assert [s["identifier"]["type"] for s in doc["subproblems"]] == ["dns"]
    assert doc["subproblems"][0]["detail"] and doc["subproblems"][0]["status"] == 400


def test_all_bad_names_at_once(client, unchanged):
    """ORD-05: each with its own type, the good one not among them."""
    bad = ["a_b.client.example", "x.local", "*.*.client.example"]
    doc = refused(client, client.new_order(bad[0], NAME, *bad[1:],
                                           {"type": "ip", "value": "10.0.0.1"}), 400, "malformed")
    assert [(s["identifier"]["value"], s["type"].removeprefix(URN))
            for s in doc["subproblems"]] == [
        (bad[0], "malformed"), (bad[1], "rejectedIdentifier"), (bad[2], "malformed"),
        ("10.0.0.1", "unsupportedIdentifier")]


@pytest.mark.parametrize("n", [101, 1000])
def test_too_many_names(client, n, unchanged):
    """ORD-04 TOP-16"""
    r = client.new_order(*(f"n{i}.client.example" for i in range(n)))
    refused(client, r, 400, "malformed")
    assert r.seconds < 5


def test_case_and_duplicates(client):
    """ORD-04 CLI-50: lower case, each once."""
    _, o = client.order("CLIENT.example", NAME, "*.Client.Example", "Client.EXAMPLE")
    assert sorted(i["value"] for i in o["identifiers"]) == ["*.client.example", NAME]
    assert len(o["authorizations"]) == 2


def test_a_hundred_names(stack, partner):
    """ORD-04 TRN-13"""
    names = [f"n{i}.hundred.example" for i in range(100)]
    c = Client(stack).register(partner.binding("*.hundred.example", *names))
    _, o = c.order(*names)
    assert len(o["authorizations"]) == len(set(o["authorizations"])) == 100


@pytest.mark.parametrize("date", [{"notBefore": "2027-01-01T00:00:00Z"},
                                  {"notAfter": "2027-01-01T00:00:00Z"}, {"notAfter": ""},
                                  {"notBefore": 1}], ids=dumps)
def test_dates_are_refused(client, date, unchanged):
    """ORD-06"""
    refused(client, client.new_order(NAME, **date), 400, "malformed")


def test_server_fields_are_ignored(client):
    """ORD-18 JWS-22"""
    r = client.new_order(NAME, status="valid", expires="2099-01-01T00:00:00Z", finalize="x",
                         authorizations=[], certificate="https://evil.example/", error={}, evil=1)
    assert r.status == 201 and r.json["status"] == "pending"
    assert "evil" not in r.body and "2099" not in r.body and "certificate" not in r.json


def test_not_subscribed(client, unchanged):
    """ORD-05 ERRT-20 R-9: names outside of the subscription, each named."""
    doc = refused(client, client.new_order("not-ours.example", NAME, "nor-this.example"),
                  403, "rejectedIdentifier")
    assert sorted(s["identifier"]["value"] for s in doc["subproblems"]) == [
        "nor-this.example", "not-ours.example"]


def test_life_of_an_order(client, net):
    """ORD-07 ORD-08 ORD-10 ORD-16 ORD-19 FIN-16 CLI-19 CLI-26 CLI-41: pending, ready at once,
    never again after finalize, valid, and what never changes; each status word stands only where it is the status."""
    url, first = client.order("*.client.example", NAME)
    shown = [first]
    for a in first["authorizations"]:
        assert client.solve(a, net, "dns-01")["status"] == "valid"
        shown.append(client.get(url))
    assert [o["status"] for o in shown] == ["pending", "pending", "ready"]
    r = client.finalize(first, csr(["*.client.example", NAME]))
    assert r.status == 200 and r.location == url
    shown.append(r.json)
    shown.append(client.poll(url, lambda o: o["status"] == "valid"))
    for o in shown[3:]:
        assert o["status"] in ("processing", "valid")
    for o in shown:
        assert o["expires"]
        assert ("certificate" in o) == (o["status"] == "valid")
        for same in ("identifiers", "authorizations", "finalize", "profile"):
            assert o[same] == first[same]
        for word in ("pending", "ready", "processing", "valid", "invalid"):
            assert dumps(o).count(f'"{word}"') == (o["status"] == word)
    assert {i["value"] for i in first["identifiers"]} == {"*.client.example", NAME}


def test_a_failed_authorization_ends_the_order(client, net):
    """ORD-11 ORD-17 AUZ-05: invalid, with a whole problem and a subproblem for the name."""
    url, o = client.order(NAME)
    _, chall = client.challenge(o["authorizations"][0], "http-01")
    net.token(chall["token"], "wrong")
    client.post(chall["url"], {})
    o = client.poll(url, lambda x: x["status"] != "pending")
    assert o["status"] == "invalid"
    error = o["error"]
    assert error["type"].startswith(URN) and error["detail"] and error["status"]
    assert [s["identifier"]["value"] for s in error["subproblems"]] == [NAME]
    assert url not in client.get(client.kid + "/orders")["orders"]
    with client.stack.unchanged():
        refused(client, client.finalize(o, csr([NAME])), 403, "orderNotReady")


def test_payload_for_a_read(client):
    """JWS-21: an order is read with an empty payload."""
    url, _ = client.order("client.example")
    with client.stack.unchanged():
        refused(client, client.post(url, {}), 400, "malformed")
