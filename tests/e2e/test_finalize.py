# SPDX-License-Identifier: BSD-2-Clause
"""Finalize and CSRs: section 1.12 of the requirements."""

import base64
import functools

import pytest
from acme import Client, at_once, b64, chain, dumps, names_of, refused, unb64
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from csr import (ECDSA_SHA1, ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512, MICROSOFT_EXTENSIONS, PURE,
                 RSA_MD5, RSA_SHA1, RSA_SHA256, RSA_SHA384, RSA_SHA512, cn, dirname, dns, email,
                 ext_req, extension, ip, make, oid, othername, san, seq, spki_of, tlv, uri)

NAMES = ("one.csr.example", "two.csr.example")
GOOD = ext_req(san(*map(dns, NAMES)))


@functools.cache
def key(kind="P-256"):
    if kind.startswith("RSA"):
        return rsa.generate_private_key(3 if kind.endswith("e3") else 65537,
                                        int(kind[3:].split("e")[0]))
    if kind == "Ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key({"P-256": ec.SECP256R1, "P-384": ec.SECP384R1,
                                    "P-521": ec.SECP521R1, "P-224": ec.SECP224R1,
                                    "secp256k1": ec.SECP256K1}[kind]())


def published(scalar):
    return ec.derive_private_key(scalar, ec.SECP256R1())


@pytest.fixture(scope="module")
def owner(stack, partner):
    return Client(stack).register(partner.binding(*NAMES))


@pytest.fixture(scope="module")
def ready(owner, shared_net):
    """An order that stays ready, whatever CSRs are refused."""
    shared_net.clear()
    return owner.ready(NAMES, shared_net)


def names(*extra):
    return ext_req(san(*map(dns, NAMES), *extra))


def compressed(k):
    n = k.public_key().public_numbers()
    point = bytes([2 + n.y % 2]) + n.x.to_bytes(32, "big")
    return seq(seq(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")), tlv(3, b"\0", point))


def spoil(der, at, bit=1):
    return der[:at] + bytes([der[at] ^ bit]) + der[at + 1:]


KEY_USAGE = extension("2.5.29.15", b"\x03\x02\x05\xa0", True)
EKU = extension("2.5.29.37", seq(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2")))
CA = extension("2.5.29.19", seq(b"\x01\x01\xff"), True)
NO_CA = extension("2.5.29.19", seq(), True)
MUST_STAPLE = extension("1.3.6.1.5.5.7.1.24", seq(b"\x02\x01\x05"))
RSA_PSS = seq(oid("1.2.840.113549.1.1.10"), seq()), RSA_SHA256[1]

BAD = {
    # FIN-02
    "empty": lambda: b"", "not DER": lambda: b"hello", "NUL": lambda: b"\0",
    "PEM in base64url": lambda: b"-----BEGIN CERTIFICATE REQUEST-----\n" + base64.b64encode(
        make(key(), GOOD)) + b"\n-----END CERTIFICATE REQUEST-----\n",
    "trailing octet": lambda: make(key(), GOOD) + b"\0",
    "two CSRs": lambda: make(key(), GOOD) * 2, "cut off": lambda: make(key(), GOOD)[:-1],
    "certificate's length too long": lambda: spoil(make(key(), GOOD), 2),
    "a bare key": lambda: spki_of(key()),
    # FIN-03
    "version 3": lambda: make(key(), GOOD, version=3),
    "signature of another key": lambda: make(key(), GOOD, spki=spki_of(key("P-384"))),
    "spoilt signature": lambda: spoil(make(key(), GOOD), -1),
    "spoilt contents": lambda: make(key(), GOOD).replace(b"one.csr", b"ONE.csr"),
    "no signature": lambda: make(key(), GOOD, signature=b"\0"),
    # FIN-04
    "ECDSA with SHA-1": lambda: make(key(), GOOD, alg=ECDSA_SHA1),
    "RSA with SHA-1": lambda: make(key("RSA2048"), GOOD, alg=RSA_SHA1),
    "RSA with MD5": lambda: make(key("RSA2048"), GOOD, alg=RSA_MD5),
    "RSA-PSS": lambda: make(key("RSA2048"), GOOD, alg=RSA_PSS, signature=bytes(256)),
    "algorithm of another kind": lambda: make(key(), GOOD, alg=ECDSA_SHA256,
                                              spki=spki_of(key("RSA2048"))),
    # FIN-05
    "no names": lambda: make(key()), "a name too few": lambda: make(key(), ext_req(san(dns(NAMES[0])))),
    "a name too many": lambda: make(key(), names(dns("three.csr.example"))),
    "another name": lambda: make(key(), ext_req(san(dns(NAMES[0]), dns("other.csr.example")))),
    "wildcard instead": lambda: make(key(), ext_req(san(dns(NAMES[0]), dns("*.csr.example")))),
    "wildcard besides": lambda: make(key(), names(dns("*.csr.example"))),
    "another name in the CN": lambda: make(key(), GOOD, subject=cn("three.csr.example")),
    "one name in the CN only": lambda: make(key(), subject=cn(NAMES[0])),
    # FIN-07
    "IP address besides": lambda: make(key(), names(ip(bytes([192, 0, 2, 1])))),
    "IP address of 5 octets": lambda: make(key(), names(ip(bytes(5)))),
    "IP address as dNSName": lambda: make(key(), names(dns("192.0.2.1"))),
    "IP address in the CN": lambda: make(key(), GOOD, subject=cn("192.0.2.1")),
    "IPv6 address in the CN": lambda: make(key(), GOOD, subject=cn("2001:db8::1")),
    # FIN-08
    "email name": lambda: make(key(), names(email("a@csr.example"))),
    "URI name": lambda: make(key(), names(uri("https://one.csr.example"))),
    "other name": lambda: make(key(), names(othername())),
    "directory name": lambda: make(key(), names(dirname("x"))),
    "unknown kind of name": lambda: make(key(), names(tlv(0x89, b"x"))),
    # FIN-09
    "must-staple": lambda: make(key(), ext_req(san(*map(dns, NAMES)), MUST_STAPLE)),
    "asks to be a CA": lambda: make(key(), ext_req(san(*map(dns, NAMES)), CA)),
    "asks for what nobody can read": lambda: make(key(), ext_req(san(*map(dns, NAMES)), extension(
        "2.5.29.19", b"\x05\x00"))),
    # FIN-10
    "two extension requests": lambda: make(key(), GOOD, GOOD),
    "two values of the request": lambda: make(key(), seq(oid("1.2.840.113549.1.9.14"), tlv(
        0x31, seq(san(dns(NAMES[0]))), seq(san(dns(NAMES[1])))))),
    "SAN twice": lambda: make(key(), ext_req(san(*map(dns, NAMES)), san(*map(dns, NAMES)))),
    "names in Microsoft's attribute": lambda: make(key(), ext_req(san(*map(dns, NAMES)),
                                                                  which=MICROSOFT_EXTENSIONS)),
    "SAN with rubbish behind": lambda: make(key(), ext_req(
        extension("2.5.29.17", seq(*map(dns, NAMES)) + b"\0"))),
    "empty SAN": lambda: make(key(), ext_req(san())),
    # FIN-11
    "RSA 1024": lambda: make(key("RSA1024"), GOOD), "RSA 2056": lambda: make(key("RSA2056"), GOOD),
    "RSA 2047": lambda: make(key("RSA2047"), GOOD), "RSA, e is 3": lambda: make(key("RSA2048e3"), GOOD),
    "Ed25519": lambda: make(key("Ed25519"), GOOD, alg=PURE),
    "P-224": lambda: make(key("P-224"), GOOD), "secp256k1": lambda: make(key("secp256k1"), GOOD),
    # KEY-10: examples of RFC 9500 and RFC 7515
    "a key of RFC 9500": lambda: make(published(0xE6CB5BDD80AA45AE9C95E8C15476679FFEC953C16851E711E743939589C64FC1),
                                      GOOD),
    "a key of RFC 7515": lambda: make(published(int.from_bytes(unb64(
        "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"), "big")), GOOD),
    "compressed point": lambda: make(key(), GOOD, spki=compressed(key())),
    "RSA without NULL": lambda: make(key("RSA2048"), GOOD, spki=spki_of(key("RSA2048")).replace(
        oid("1.2.840.113549.1.1.1") + b"\x05\x00", oid("1.2.840.113549.1.1.1") + b"\x0c\x00")),
    # FIN-14
    "NUL in a name": lambda: make(key(), names(dns(b"one.csr.example\0.evil.example"))),
    "trailing dot": lambda: make(key(), ext_req(san(dns(NAMES[0] + "."), dns(NAMES[1])))),
    "leading dot": lambda: make(key(), ext_req(san(dns("." + NAMES[0]), dns(NAMES[1])))),
    "blank in a name": lambda: make(key(), ext_req(san(dns(" " + NAMES[0]), dns(NAMES[1])))),
    "newline in a name": lambda: make(key(), ext_req(san(dns(NAMES[0] + "\n"), dns(NAMES[1])))),
    "empty name": lambda: make(key(), names(dns(""))),
    "name in UTF-8": lambda: make(key(), names(dns("ü.csr.example"))),
    "NUL in the CN": lambda: make(key(), subject=cn("one.csr.example\0x", "two.csr.example")),
}


@pytest.mark.parametrize("what", list(BAD))
def test_bad_csr(owner, ready, what, unchanged):
    """FIN-02..FIN-12 FIN-14 FIN-15 KEY-10 ERRT-04 TOP-36: and the order stays ready."""
    url, order = ready
    refused(owner, owner.finalize(order, BAD[what]()), 400, "badCSR")
    assert owner.get(url)["status"] == "ready"


@pytest.mark.parametrize("payload", [
    "", "{}", "[]", '{"csr":1}', '{"csr":null}', '{"csr":["AA"]}', '{"CSR":"AA"}', '{"csr":"A"}',
    '{"csr":"AA=="}', '{"csr":"+/+/"}', '{"csr":"AA AA"}', '{"csr":"AAAA","csr":"AAAA"}'])
def test_malformed_payload(owner, ready, payload, unchanged):
    """FIN-02 TRN-17 TOP-12"""
    refused(owner, owner.post(ready[1]["finalize"], payload), 400, "malformed")
    assert owner.get(ready[0])["status"] == "ready"


def test_other_encodings(owner, ready, unchanged):
    """FIN-02 TRN-05: PEM, padding and the other base64."""
    der = make(key(), GOOD) + b"\xfb\xff\xfe"
    pem = "-----BEGIN CERTIFICATE REQUEST-----\n" + base64.encodebytes(der).decode() + \
        "-----END CERTIFICATE REQUEST-----\n"
    for text in (pem, base64.b64encode(der).decode(), b64(der) + "=", b64(der) + "\n"):
        refused(owner, owner.post(ready[1]["finalize"], {"csr": text}), 400, "malformed")


def test_account_keys(owner, ready, client, unchanged):
    """FIN-12 ACC-18 SEC-06: its own account's key, and anybody's."""
    for c in (owner, client):
        refused(owner, owner.finalize(ready[1], make(c.key.private, GOOD)), 400, "badCSR")
    assert owner.get(ready[0])["status"] == "ready"


def test_blocked_keys(stack, owner, ready):
    """FIN-12 KEY-08"""
    import hashlib
    k = ec.generate_private_key(ec.SECP256R1())
    stack.sql("INSERT INTO blocked_keys VALUES (UNHEX('"
              f"{hashlib.sha256(spki_of(k)).hexdigest()}'), 'test', 0)")
    with stack.unchanged():
        refused(owner, owner.finalize(ready[1], make(k, GOOD)), 400, "badCSR")


@pytest.mark.parametrize("state", ["pending", "valid", "invalid"])
def test_not_ready(stack, partner, net, state):
    """FIN-01 ERRT-18 TOP-35: the CSR is not even looked at."""
    owner = Client(stack).register(partner.binding(*NAMES))
    url, order = owner.order(*NAMES)
    if state == "valid":
        url, order, _ = owner.issue(NAMES, net)
    if state == "invalid":
        chall = owner.challenge(order["authorizations"][0], "http-01")[1]
        owner.post(chall["url"], {})
        owner.poll(url, lambda o: o["status"] == "invalid")
    with owner.stack.unchanged():
        for der in (make(key(), GOOD), b"rubbish"):
            refused(owner, owner.finalize(order, der), 403, "orderNotReady")
        assert owner.get(url)["status"] == state


def test_finalize_twice_at_once(stack, owner, net):
    """FIN-17 TOP-35: one wins, the others are told, one certificate."""
    url, order = owner.ready(NAMES, net)
    twins = [owner.twin() for _ in range(6)]
    for c in twins:
        c.nonces.append(c.nonce())
    before = int(stack.sql("SELECT COUNT(*) FROM certs")[0][0])
    replies = at_once([lambda c=c: c.finalize(order, make(ec.generate_private_key(
        ec.SECP256R1()), GOOD)) for c in twins])
    assert sorted(r.status for r in replies) == [200] + [403] * 5, replies
    for c, r in zip(twins, replies):
        if r.status == 403:
            refused(c, r, 403, "orderNotReady")
    owner.poll(url, lambda o: o["status"] == "valid")
    assert int(stack.sql("SELECT COUNT(*) FROM certs")[0][0]) == before + 1


GOOD_CSRS = {
    "SAN": lambda: make(key(), GOOD),
    "upper case, other order": lambda: make(key(), ext_req(san(dns("TWO.csr.Example"),
                                                               dns("One.CSR.example")))),
    "names twice": lambda: make(key(), names(*map(dns, NAMES))),
    "CN besides": lambda: make(key(), GOOD, subject=cn(NAMES[1])),
    "CN and SAN make the set": lambda: make(key(), ext_req(san(dns(NAMES[0]))), subject=cn(NAMES[1])),
    "CN only": lambda: make(key(), subject=cn(*NAMES)),
    "other subject": lambda: make(key(), GOOD, subject=cn("Org", attribute="2.5.4.10")),
    "CN of 65 characters": lambda: make(key(), GOOD, subject=cn("x" * 65)),
    "usual extensions": lambda: make(key(), ext_req(san(*map(dns, NAMES)), KEY_USAGE, EKU)),
    "asks not to be a CA": lambda: make(key(), ext_req(san(*map(dns, NAMES)), NO_CA)),
    "Microsoft's attribute": lambda: make(key(), GOOD, ext_req(
        MUST_STAPLE, which=MICROSOFT_EXTENSIONS)),
    "SHA-384": lambda: make(key("P-384"), GOOD, alg=ECDSA_SHA384),
    "SHA-512 with P-256": lambda: make(key(), GOOD, alg=ECDSA_SHA512),
    "P-521": lambda: make(key("P-521"), GOOD, alg=ECDSA_SHA512),
    "RSA 2048": lambda: make(key("RSA2048"), GOOD), "RSA 3072": lambda: make(
        key("RSA3072"), GOOD, alg=RSA_SHA384),
    "RSA 4096": lambda: make(key("RSA4096"), GOOD, alg=RSA_SHA512),
}


@pytest.mark.parametrize("what", list(GOOD_CSRS))
def test_good_csr(owner, net, what):
    """FIN-03..FIN-06 FIN-09..FIN-11 FIN-13 FIN-16 FIN-21 CLI-20 CLI-50 CLI-51: the names of
    the order and nothing else that the CSR asked for."""
    url, order = owner.ready(NAMES, net)
    r = owner.finalize(order, GOOD_CSRS[what]())
    assert r.status == 200 and r.location == url, r
    order = owner.poll(url, lambda o: o["status"] != "processing", 15)
    assert order["status"] == "valid", order
    leaf = chain(owner.post(order["certificate"]).body)[0]
    assert names_of(leaf) == list(NAMES)
    assert list(leaf.subject) == []
    oids = {e.oid.dotted_string for e in leaf.extensions}
    assert oids == {"2.5.29.15", "2.5.29.37", "2.5.29.19", "2.5.29.35", "1.3.6.1.5.5.7.1.1",
                    "2.5.29.17", "2.5.29.32", "2.5.29.31"}


def test_left_the_subscription(stack, partner, net):
    """FIN-18 R-9: a name that is no longer paid for ends the order."""
    b = partner.binding("gone.example")
    c = Client(stack).register(b)
    url, order = c.ready(["gone.example"], net)
    stack.sql("UPDATE subscription_names SET is_active = NULL WHERE name = 'gone.example'")
    before = stack.sql("SELECT COUNT(*) FROM certs")
    refused(c, c.finalize(order, make(key(), ext_req(san(dns("gone.example"))))),
            403, "rejectedIdentifier")
    o = c.get(url)
    assert o["status"] == "invalid" and "rejectedIdentifier" in dumps(o["error"])
    assert stack.sql("SELECT COUNT(*) FROM certs") == before


def test_still_good_for_a_certificate(owner, ready):
    """FIN-15: after all refusals the order is still good for a certificate."""
    r = owner.finalize(ready[1], make(key(), GOOD))
    assert r.status == 200
    assert owner.poll(ready[0], lambda o: o["status"] != "processing")["status"] == "valid"
