# SPDX-License-Identifier: BSD-2-Clause
"""Addresses as identifiers (RFC 8738), in a stack where they can be subscribed."""

import ipaddress
import json
import os

import pytest
from acme import Client, chain, csr, fail_type, names_of
from clients import CLIENTS
from cryptography import x509
from fakes import Net
from partner import Partner, refused
from stack import Stack

HERE = ipaddress.ip_address("127.0.0.1")
HERE6 = ipaddress.ip_address("::1")


@pytest.fixture(scope="module")
def stack(workdir):
    ports = int(os.environ.get("CAAS_TEST_PORTS", "0")) + 900
    s = Stack(workdir / "ip", ports, ("ip_identifiers=yes",)).up()
    yield s
    s.down()


@pytest.fixture(scope="module")
def net(stack, workdir):
    n = Net(workdir / "ip-net", int(stack.dns.split(":")[1]), int(stack.http01_port),
            int(stack.tlsalpn01_port))
    n.listen("127.0.0.1", "::1")
    yield n
    n.stop()


@pytest.fixture(scope="module")
def partner(stack):
    return Partner(stack)


@pytest.fixture
def client(stack, partner):
    return Client(stack).register(partner.binding("127.0.0.1", "127.0.0.2", "::1", "with.example"))


@pytest.mark.parametrize("kind", ["http-01", "tls-alpn-01"])
def test_issued(stack, client, net, kind):
    """IPI-03 IPI-04 IPI-07 FIN-07: proven at the address, in SAN iPAddress, without CAA"""
    checks = stack.sql("SELECT COUNT(*) FROM caa_checks")
    _, order, pem = client.issue([HERE], net, kind)
    assert order["identifiers"] == [{"type": "ip", "value": "127.0.0.1"}]
    san = chain(pem)[0].extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert list(san.value) == [x509.IPAddress(HERE)]
    assert stack.sql("SELECT COUNT(*) FROM caa_checks") == checks


@pytest.mark.parametrize("kind", ["http-01", "tls-alpn-01"])
def test_issued_v6(client, net, kind):
    """IPI-01 IPI-03 IPI-04 FIN-07: an IPv6 address, of 16 octets in the certificate"""
    _, order, pem = client.issue([HERE6], net, kind)
    assert order["identifiers"] == [{"type": "ip", "value": "::1"}]
    san = chain(pem)[0].extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert list(san.value) == [x509.IPAddress(HERE6)]


def test_python3_acme(stack, partner, net, tmp_path):
    """IPI-01 IPI-03 FIN-07 REV-01: a client that people use orders an address, proves it, and revokes.
    Debian's lego and certbot order no addresses, and it writes IPv6 as RFC 8738 does not allow."""
    address = "127.0.0.1"
    c = CLIENTS["pythonacme"](tmp_path / "client", stack, None, net, partner.binding(address))
    c.register()
    cert = chain(c.issue(address, "http-01", "ec"))[0]
    san = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert list(san.value) == [x509.IPAddress(ipaddress.ip_address(address))]
    c.revoke(address)
    assert stack.sql("SELECT COUNT(*) FROM revocations r JOIN certs c ON c.id = r.cert_id "
                     f"WHERE c.serial = X'{cert.serial_number:032x}'") == [["1"]]


def test_beside_a_name(client, net):
    """FIN-07 ORD-09: an address and a name in one certificate"""
    _, order, pem = client.issue([HERE, "with.example"], net)
    assert names_of(chain(pem)[0]) == ["127.0.0.1", "with.example"]


@pytest.mark.parametrize("kind", ["http-01", "tls-alpn-01"])
@pytest.mark.parametrize("at, in_vain", [("::1", None), ("127.0.0.1", ["::1"])])
def test_name_at_v6(stack, client, net, kind, at, in_vain):
    """HTT-09 HTT-14 ALP-01: a name is looked for at its IPv6 address, and where nobody is there at its
    IPv4 address; the trace says so"""
    net.set("with.example", "AAAA", "::1")
    net.set("with.example", "A", "127.0.0.1")
    net.listen(at)
    try:
        _, order, _ = client.issue(["with.example"], net, kind)
    finally:
        net.listen("127.0.0.1", "::1")
        net.clear()
    shown = json.loads(stack.ctl("validation", "show", order["authorizations"][0], "--json").stdout)
    hop, = shown["validations"][-1]["seen"]["hops"]
    assert (hop.get("addressesTried"), hop["addressUsed"]) == (in_vain, at), shown


def test_offered(client):
    """IPI-05: http-01 and tls-alpn-01, nothing that asks the DNS"""
    authz = client.get(client.order(HERE)[1]["authorizations"][0])
    assert authz["identifier"] == {"type": "ip", "value": "127.0.0.1"}
    assert sorted(c["type"] for c in authz["challenges"]) == ["http-01", "tls-alpn-01"]


def test_pre_authorized(client, net):
    """IPI-03 AUZ-08: an address by newAuthz, and the order that uses it"""
    r = client.post(client.directory["newAuthz"],
                    {"identifier": {"type": "ip", "value": "127.0.0.1"}})
    assert r.status == 201, r
    assert client.solve(r.location, net)["status"] == "valid"
    assert client.order(HERE)[1]["status"] == "ready"


@pytest.mark.parametrize("value, status, kind", [
    ("127.0.0.01", 400, "malformed"), ("0x7f.0.0.1", 400, "malformed"),
    ("[::1]", 400, "malformed"), ("2606:4700:0:0::1111", 400, "malformed"),
    ("with.example", 400, "malformed"),
    ("10.0.0.1", 400, "rejectedIdentifier"), ("2001:db8::1", 400, "rejectedIdentifier"),
    ("8.8.8.8", 403, "rejectedIdentifier"), ("2606:4700::1111", 403, "rejectedIdentifier")])
def test_refused(client, value, status, kind):
    """IPI-01 IPI-02 R-15: another spelling, a reserved address, one that is not subscribed"""
    fail_type(client.new_order({"type": "ip", "value": value}), status, kind)


def test_no_ancestor(client):
    """SUB-02 SUB-03: nothing stands above an address, nor below one"""
    fail_type(client.new_order({"type": "ip", "value": "127.0.0.1", "ancestorDomain": "0.1"}),
              400, "malformed")
    r = client.post(client.directory["newAuthz"], {"identifier": {
        "type": "ip", "value": "127.0.0.1", "subdomainAuthAllowed": True}})
    assert r.status == 201 and "subdomainAuthAllowed" not in r.json


def test_as_a_name(client):
    """NAM-09: an address is no DNS name"""
    fail_type(client.new_order("127.0.0.1"), 400, "malformed")


def test_not_served(client, net):
    """IPI-03: only the address itself is asked"""
    chall = client.solve(client.order(ipaddress.ip_address("127.0.0.2"))[1]["authorizations"][0],
                         net)
    assert chall["status"] == "invalid"


def test_csr(client, net):
    """FIN-07: as dNSName, as CN, or another address: badCSR"""
    _, order = client.ready([HERE], net)
    for names, cn in ((["127.0.0.1"], None), ([HERE], "127.0.0.1"),
                      ([ipaddress.ip_address("127.0.0.2")], None)):
        fail_type(client.finalize(order, csr(names, cn=cn)), 400, "badCSR")


def test_subscribed(partner, stack):
    """A-24 E3: an address is priced as an FQDN, never associated, listed as it is"""
    a = partner.ok("PREREGISTER", serverUrl=stack.server_url)["Accounts"][0]["acmeAccountID"]
    one = partner.add(a, "priced.example").json
    two = partner.add(a, "127.0.0.9", addAssociatedFQDN="Y").json
    assert two["cost"] == one["cost"]
    assert two["Domains"] == [{"domainName": "127.0.0.9"}]
    refused(partner.add(a, "127.0.0.9"), "E18")
    for bad in ("127.0.0.09", "127.0.0.9.", "*.127.0.0.9", "10.0.0.1", "[::1]"):
        refused(partner.add(a, bad), "E3", "domainName")
    listed = partner.ok("LISTDOMAINS", acmeAccountID=a)["Domains"]
    assert [d["domainName"] for d in listed if d["domainName"] != "priced.example"] == ["127.0.0.9"]
    assert partner.remove(a, "127.0.0.9").status == 200
