# SPDX-License-Identifier: BSD-2-Clause
"""CAA from DNS to the verdict (RFC 8659, RFC 8657); the stack's issuer is ca.example."""

import json

import pytest
from acme import URN, Client, csr

ZONE = "caa.example"


@pytest.fixture(scope="module")
def binding(partner):
    return partner.binding(f"*.{ZONE}", ZONE, "*.deep.caa.example", "deep.caa.example")


@pytest.fixture
def client(stack, binding):
    return Client(stack).register(binding)


def records(net, name, *values):
    """CAA records; the name keeps its address, which the wildcard gave it before."""
    net.set(name, "CAA", *values)
    net.set(name, "A", "127.0.0.1")


def validate(client, net, name, kind="http-01"):
    """The final challenge of a new order for one name."""
    url, order = client.order(name)
    return url, order, client.solve(order["authorizations"][0], net, kind)


def permitted(client, net, name, kind="http-01"):
    url, order, chall = validate(client, net, name, kind)
    assert chall["status"] == "valid", chall
    assert client.get(url)["status"] == "ready"


def forbidden(client, net, name, kind="http-01", where=None):
    """An error of type caa that names the record's place; the order is lost with it."""
    url, _, chall = validate(client, net, name, kind)
    assert chall["status"] == "invalid", chall
    assert chall["error"]["type"] == URN + "caa" and chall["error"]["status"] == 403
    assert (where or name.removeprefix("*.")) in chall["error"]["detail"], chall["error"]
    order = client.get(url)
    assert order["status"] == "invalid" and order["error"]["type"] == URN + "caa"
    assert [s["identifier"]["value"] for s in order["error"]["subproblems"]] == [name]


PERMITTED = [
    ("CAA-03: no records at all", []),
    ("CAA-03: the RRset has no issue", ['0 iodef "mailto:security@caa.example"']),
    ("CAA-04: issuewild does not bind a plain name", ['0 issuewild ";"']),
    ("CAA-05: our name", ['0 issue "ca.example"']),
    ("CAA-05: our name among others", ['0 issue "other.example"', '0 issue "ca.example"']),
    ("CAA-05: a broken record beside ours", ['0 issue "%%%"', '0 issue "ca.example"']),
    ("CAA-06: another case", ['0 ISSUE "CA.Example"']),
    ("CAA-06: blanks and parameters", ['0 issue " ca.example ; policy=ev "']),
    ("CAA-07: our name in a critical record", ['128 issue "ca.example"']),
    ("CAA-07: an unknown tag that is not critical", ['0 tbs "x"', '0 issue "ca.example"']),
    ("CAA-07: known tags of others", ['128 issuemail "x.example"', '0 contactemail "a@b.example"',
                                      '0 issue "ca.example"']),
    ("CAA-13: the method is listed", ['0 issue "ca.example; validationmethods=dns-01,http-01"']),
    ("CAA-13: by its number", ['0 issue "ca.example; validationmethods=ca-tbr-19"']),
]
FORBIDDEN = [
    ("CAA-05: another issuer", ['0 issue "other.example"']),
    ("CAA-05: nobody", ['0 issue ";"']),
    ("CAA-05: an empty value", ['0 issue ""']),
    ("CAA-05: a malformed value forbids", ['0 issue "ca.example; x"']),
    ("CAA-05: a name below ours", ['0 issue "sub.ca.example"']),
    ("CAA-07: a critical unknown tag", ['128 tbs "x"', '0 issue "ca.example"']),
    ("CAA-12: another account", ['0 issue "ca.example; accounturi=https://localhost/acct/1"']),
    ("CAA-13: another method", ['0 issue "ca.example; validationmethods=dns-01"']),
    ("CAA-13: methods twice",
     ['0 issue "ca.example; validationmethods=http-01; validationmethods=http-01"']),
]


@pytest.mark.parametrize("rule, values", PERMITTED, ids=[r for r, _ in PERMITTED])
def test_permitted(client, net, rule, values):
    """CAA-03 CAA-04 CAA-05 CAA-06 CAA-07 CAA-13 CAA-17"""
    if values:
        records(net, f"yes.{ZONE}", *values)
    permitted(client, net, f"yes.{ZONE}")


@pytest.mark.parametrize("rule, values", FORBIDDEN, ids=[r for r, _ in FORBIDDEN])
def test_forbidden(client, net, rule, values):
    """CAA-05 CAA-07 CAA-12 CAA-13 ERRT-09 FIN-19 TOP-37"""
    records(net, f"no.{ZONE}", *values)
    forbidden(client, net, f"no.{ZONE}")


def test_account_uri(client, net):
    """CAA-12 CAA-14 TRN-19: the account URL to the byte; twice is unsatisfiable"""
    name = f"account.{ZONE}"
    records(net, name, f'0 issue "ca.example; accounturi={client.kid}"')
    permitted(client, net, name)
    other = Client(client.stack, client.key)
    other.kid = client.kid
    records(net, f"twice.{ZONE}",
            f'0 issue "ca.example; accounturi={client.kid}; accounturi={client.kid}"')
    forbidden(client, net, f"twice.{ZONE}")
    records(net, f"slash.{ZONE}", f'0 issue "ca.example; accounturi={client.kid}/"')
    forbidden(client, net, f"slash.{ZONE}")


WILD = [
    ("CAA-04: issuewild wins over issue", ['0 issue ";"', '0 issuewild "ca.example"'], True),
    ("CAA-04: issuewild forbids what issue permits", ['0 issue "ca.example"', '0 issuewild ";"'],
     False),
    ("CAA-04: without issuewild issue counts", ['0 issue "ca.example"'], True),
    ("CAA-04: without issuewild issue counts, no", ['0 issue "other.example"'], False),
    ("CAA-01: a wildcard is looked up at its base", [], True),
]


@pytest.mark.parametrize("rule, values, ok", WILD, ids=[w[0] for w in WILD])
def test_wildcards(client, net, rule, values, ok):
    """CAA-01 CAA-04"""
    if values:
        records(net, "deep.caa.example", *values)
    (permitted if ok else forbidden)(client, net, "*.deep.caa.example", "dns-01")


def test_wildcard_and_base(client, net):
    """CAA-04: in one order each is judged by its own rule"""
    records(net, "deep.caa.example", '0 issue "ca.example"', '0 issuewild ";"')
    url, order = client.order("deep.caa.example", "*.deep.caa.example")
    for a in order["authorizations"]:
        client.solve(a, net, "dns-01")
    order = client.get(url)
    assert order["status"] == "invalid"
    assert [s["identifier"]["value"] for s in order["error"]["subproblems"]] == \
        ["*.deep.caa.example"]


def test_climbing(client, net):
    """CAA-01: the first RRset upwards counts, up to the TLD"""
    records(net, ZONE, '0 issue "other.example"')
    forbidden(client, net, f"a.{ZONE}", where=ZONE)
    records(net, f"b.{ZONE}", '0 issue "ca.example"')
    permitted(client, net, f"b.{ZONE}")
    net.set(ZONE, "CAA")
    net.set("example", "CAA", '0 issue "other.example"')
    forbidden(client, net, f"c.{ZONE}", where="example")
    records(net, ZONE, '0 issue "ca.example"')
    permitted(client, net, f"d.{ZONE}")
    net.set("example", "CAA")


def test_alias(client, net):
    """CAA-02: the alias is followed for each look-up; its target's parents do not matter"""
    net.set(f"alias.{ZONE}", "CNAME", "target.elsewhere.test")
    records(net, "target.elsewhere.test", '0 issue "other.example"')
    forbidden(client, net, f"alias.{ZONE}")
    records(net, "elsewhere.test", '0 issue "other.example"')
    net.set("target.elsewhere.test", "CAA")
    net.set("target.elsewhere.test", "A", "127.0.0.1")
    permitted(client, net, f"alias.{ZONE}")


@pytest.mark.parametrize("k", range(5))
def test_kth_of_five(client, net, k):
    """CAA-01 FIN-19 ORD-05: the k-th of five forbids: exactly it is named, no certificate"""
    names = [f"k{k}n{i}.{ZONE}" for i in range(5)]
    records(net, names[k], '0 issue ";"')
    certs = client.stack.sql("SELECT COUNT(*) FROM certs")
    url, order = client.order(*names)
    for a in order["authorizations"]:
        client.solve(a, net)
    order = client.get(url)
    assert order["status"] == "invalid"
    assert [s["identifier"]["value"] for s in order["error"]["subproblems"]] == [names[k]]
    assert client.finalize(order, csr(names)).status == 403
    assert client.stack.sql("SELECT COUNT(*) FROM certs") == certs


def test_failure_is_no_permission(rough):
    """CAA-10 DSE-03: SERVFAIL and silence are refusals, told as what they are"""
    client = rough.client.clone()
    url, order = client.order("servfail-caa.rough.example")
    rough.net.set("servfail-caa.rough.example", "A", "127.0.0.1")
    rough.net.set("servfail-caa.rough.example", "CAA", "!SERVFAIL")
    chall = client.solve(order["authorizations"][0], rough.net)
    assert chall["status"] == "invalid"
    assert chall["error"]["type"] in (URN + "dns", URN + "caa"), chall
    assert "SERVFAIL" in chall["error"]["detail"] and "CAA" in chall["error"]["detail"]
    assert client.get(url)["status"] == "invalid"


def test_evidence(client, net, stack):
    """CAA-08 LOG-01 design 3: what was asked and answered stands beside the signed statement"""
    name = f"evidence.{ZONE}"
    records(net, name, '0 issue "ca.example"')
    permitted(client, net, name)
    permits, size, record = stack.sql(
        "SELECT is_permitted, LENGTH(signature), record FROM caa_checks ORDER BY id DESC LIMIT 1")[0]
    assert (permits, size) == ("1", "64")
    assert name in json.dumps(json.loads(record)) and "ca.example" in record
