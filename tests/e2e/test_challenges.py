# SPDX-License-Identifier: BSD-2-Clause
"""tls-alpn-01 and dns-account-01, from the challenge to the verdict."""

import concurrent.futures

import pytest
from acme import URN, Client, alpn_cert, x509, ec
from stack import wait_until

ALPN = "tls-alpn-01"


def begin(client, name, kind=ALPN):
    """The challenge of a new order: (challenge, digest)."""
    _, order = client.order(name)
    _, chall = client.challenge(order["authorizations"][0], kind)
    return chall, client.digest(chall["token"])


def answer(client, chall):
    r = client.post(chall["url"], {})
    assert r.status == 200, r
    return client.poll(chall["url"], lambda c: c["status"] in ("valid", "invalid"))


@pytest.mark.parametrize("kind", [ALPN, "dns-account-01"])
def test_issue(stack, partner, net, kind):
    """ALP-01 ALP-05 ALP-07 DAC-02 DAC-03 AUZ-12 CHL-01"""
    name = f"{kind}.issue.example"
    client = Client(stack).register(partner.binding(name))
    _, order, _ = client.issue([name], net, kind)
    assert order["status"] == "valid"
    if kind == ALPN:
        after = net.certs / f"{name}.after"
        wait_until(after.exists, 5, "the end of the connection")
        assert after.read_bytes() == b""


def test_what_is_offered(client):
    """AUZ-12 ALP-08 TOP-30 VAL-01 VAL-03: DNS types only for a wildcard"""
    _, order = client.order("client.example", "*.client.example")
    offers = {a.get("wildcard", False): [c["type"] for c in a["challenges"]]
              for a in map(client.get, order["authorizations"])}
    assert offers == {False: ["http-01", "dns-01", ALPN, "dns-account-01"],
                      True: ["dns-01", "dns-account-01"]}


def test_wildcard_by_account(stack, partner, net):
    """DAC-06: dns-account-01 proves wildcards"""
    client = Client(stack).register(partner.binding("*.account.example"))
    _, order, _ = client.issue(["*.account.example"], net, "dns-account-01")
    assert order["status"] == "valid"


def test_label_of_another_account(stack, partner, net):
    """DAC-02 DAC-05: the label is the account's own, of its URL to the byte, in lower case"""
    binding = partner.binding("labels.example")
    client, other = Client(stack).register(binding), Client(stack).register(binding)
    chall, _ = begin(client, "labels.example", "dns-account-01")
    net.txt(f"{other.account_label()}._acme-challenge.labels.example", client.txt(chall["token"]))
    net.txt("_acme-challenge.labels.example", client.txt(chall["token"]))
    final = answer(client, chall)
    assert final["status"] == "invalid"
    assert client.account_label() in final["error"]["detail"]


FAULTS = [
    ("ALP-04 TOP-32: a name more", {"names": [x509.DNSName("client.example"),
                                              x509.DNSName("www.client.example")]}, "",
     "unauthorized", "more than one name"),
    ("ALP-04: another name", {"names": [x509.DNSName("other.example")]}, "",
     "unauthorized", "another name"),
    ("ALP-05 TOP-32: not critical", {"critical": False}, "", "unauthorized", "not critical"),
    ("ALP-05: another digest", {"value": b"\x04\x20" + bytes(32)}, "",
     "incorrectResponse", "digest"),
    ("ALP-09: the obsolete identifier",
     {"oid": x509.ObjectIdentifier("1.3.6.1.5.5.7.1.30.1")}, "", "unauthorized", "no acmeIdentifier"),
    ("ALP-03 TOP-32: signed by another key",
     {"issuer_key": ec.generate_private_key(ec.SECP256R1())}, "", "unauthorized", "self-signed"),
    ("ALP-02 TOP-32: no protocol selected", {}, "plain", "unauthorized", "acme-tls/1"),
    ("ALP-02 TOP-32: another protocol", {}, "other", "unauthorized", "acme-tls/1"),
]


@pytest.mark.parametrize("rule, fault, mode, kind, text", FAULTS, ids=[f[0] for f in FAULTS])
def test_faults(client, net, rule, fault, mode, kind, text):
    """ALP-02 ALP-03 ALP-04 ALP-05 ALP-09 TOP-32: final at once, and the error says why"""
    chall, digest = begin(client, "client.example")
    net.cert("client.example", alpn_cert("client.example", digest, **fault), mode)
    final = answer(client, chall)
    assert final["status"] == "invalid", rule
    assert final["error"]["type"] == URN + kind
    assert text in final["error"]["detail"] and "127.0.0.1" in final["error"]["detail"]


def test_far_end_fails(client, net):
    """ALP-01: TLS 1.2 or later; what may pass is tried again, then told"""
    kinds = {"tls11": "tls", "close": "connection", "reset": "connection", "http": "tls"}
    begun = {}
    for mode in kinds:
        name = f"{mode}.client.example"
        begun[mode], digest = begin(client, name)
        net.cert(name, alpn_cert(name, digest), mode)
    pool = concurrent.futures.ThreadPoolExecutor(len(kinds))
    for chall in begun.values():
        pool.submit(client.clone().post, chall["url"], {})
    for mode, chall in begun.items():
        final = client.poll(chall["url"], lambda c: c["status"] in ("valid", "invalid"))
        assert final["status"] == "invalid"
        assert final["error"]["type"] == URN + kinds[mode], final


def test_record(stack, client, net):
    """VAL-04 VAL-07: what was seen is kept with the verdict"""
    chall, digest = begin(client, "client.example")
    net.cert("client.example", alpn_cert("client.example", digest))
    assert answer(client, chall)["status"] == "valid"
    method, record = stack.sql("SELECT method, record FROM verdicts ORDER BY id DESC LIMIT 1")[0]
    assert method == ALPN
    assert '"hostname":"client.example"' in record and '"addressUsed":"127.0.0.1"' in record
