# SPDX-License-Identifier: BSD-2-Clause
"""Plain HTTP: CRLs that are renewed by themselves, issuer certificates, and nothing else."""

import datetime
import os
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from acme import Client, b64, chain, fail_type, serialization, x509
from clock import Clock
from cryptography.x509.oid import AuthorityInformationAccessOID
from fakes import Net
from partner import Partner
from stack import Stack, wait_until

DAY = 86400


@pytest.fixture(scope="module")
def world(workdir):
    """(stack, net, client, clock): nothing is revoked in it yet, and its clock moves on."""
    s = Stack(workdir / "crl", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 800).up()
    n = Net(workdir / "crl-net", int(s.dns.split(":")[1]), int(s.http01_port))
    c = Client(s).register(Partner(s).binding("*.crl.example"))
    yield s, n, c, Clock(s)
    n.stop()
    s.down()


def get(url, method="GET"):
    """(status, headers, body)"""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as r:
            return r.status, r.headers, r.read()
    except urllib.error.HTTPError as e:
        return e.code, e.headers, e.read()


def issue(world, name):
    _, _, pem = world[2].issue([name], world[1])
    return chain(pem)


def crl_url(cert):
    points = cert.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert len(points) == 1 and points[0].crl_issuer is None and points[0].reasons is None
    return points[0].full_name[0].value


def fetch(certs):
    crl = x509.load_der_x509_crl(get(crl_url(certs[0]))[2])
    assert crl.is_signature_valid(certs[1].public_key())
    return crl


def number(crl):
    return crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def test_empty(world, tmp_path):
    """CRL-01 CRL-02 CRL-03 CRL-04 PRO-12: before anything is revoked; openssl verifies it"""
    certs = issue(world, "empty.crl.example")
    url = crl_url(certs[0])
    status, headers, body = get(url)
    assert status == 200 and headers["Content-Type"] == "application/pkix-crl"
    assert "max-age" in headers["Cache-Control"]
    crl = x509.load_der_x509_crl(body)
    assert len(list(crl)) == 0 and crl.issuer == certs[1].subject
    idp = crl.extensions.get_extension_for_class(x509.IssuingDistributionPoint)
    assert idp.critical and [n.value for n in idp.value.full_name] == [url]
    assert not idp.value.only_contains_ca_certs
    aki = crl.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    ski = certs[1].extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert aki.key_identifier == ski.digest
    assert abs(number(crl) / 1000 - crl.last_update.replace(
        tzinfo=datetime.timezone.utc).timestamp()) < 1
    life = crl.next_update - crl.last_update
    assert datetime.timedelta(days=1) < life <= datetime.timedelta(days=10)
    (tmp_path / "crl").write_bytes(body)
    (tmp_path / "ca").write_bytes(certs[1].public_bytes(serialization.Encoding.PEM))
    r = subprocess.run(["openssl", "crl", "-inform", "DER", "-in", tmp_path / "crl", "-CAfile",
                        tmp_path / "ca", "-noout"], capture_output=True, text=True)
    assert r.returncode == 0 and "verify OK" in r.stderr + r.stdout, r
    status, headers, body = get(url, "HEAD")
    assert status == 200 and body == b"" and headers["Content-Type"] == "application/pkix-crl"


def test_issuer(world):
    """PRO-05 CRT-08: the certificate that the leaf names as its issuer's, in DER"""
    certs = issue(world, "issuer.crl.example")
    aia = certs[0].extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    assert [d.access_method for d in aia] == [AuthorityInformationAccessOID.CA_ISSUERS]
    url = aia[0].access_location.value
    assert url.startswith("http://")
    status, headers, body = get(url)
    assert status == 200 and headers["Content-Type"] == "application/pkix-cert"
    assert body == certs[1].public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize("path", ["/", "/v2/DV", "/v2/DV/newNonce", "/terms", "/crl", "/crl/",
                                  "/crl/x/0.crl", "/crl/x/0", "/crl/../v2/DV", "/issuer",
                                  "/issuer/x.crt", "/issuer/"])
def test_nothing_else(stack, path):
    """TRN-01 WEB-01: plain HTTP serves no ACME and no page"""
    base = stack.partner_http_url.split("/products")[0]
    assert get(base + path)[0] == 404


def test_partner_path_refuses(stack):
    """E6 TRN-01: the partner API is there, to say that it wants HTTPS"""
    status, _, body = get(stack.partner_http_url, "POST")
    assert status == 403 and b"Use of HTTPS is REQUIRED!" in body


def test_renewed_daily(world):
    """CRL-02: a day later there is a new one by itself, and its number rose"""
    stack, _, _, clock = world
    certs = issue(world, "daily.crl.example")
    before = fetch(certs)
    clock.move(25 * 3600)
    wait_until(lambda: number(fetch(certs)) > number(before), 90, "the next CRL", 0.5)
    after = fetch(certs)
    assert after.last_update >= before.last_update + datetime.timedelta(hours=24)


def revoked(world, name):
    """A certificate that was revoked; its CRL is published by then."""
    client = world[2]
    client.nonces.clear()
    certs = issue(world, name)
    der = certs[0].public_bytes(serialization.Encoding.DER)
    r = client.post(client.directory["revokeCert"], {"certificate": b64(der)})
    assert r.status == 200, r
    wait_until(lambda: is_listed(certs), 60, "the entry", 0.2)
    return certs


def is_listed(certs):
    return fetch(certs).get_revoked_certificate_by_serial_number(
        certs[0].serial_number) is not None


def next_crl(world, certs, seconds):
    """The one that a signer makes that was down for so many seconds."""
    before = number(fetch(certs))
    world[3].move(seconds)
    world[0].restart("signer")
    wait_until(lambda: number(fetch(certs)) > before, 90, "the next CRL", 0.2)
    return is_listed(certs)


def until_end(certs, clock):
    end = certs[0].not_valid_after.replace(tzinfo=datetime.timezone.utc).timestamp()
    return int(end - time.time() - clock.ahead)


def test_entry_outlives_certificate(world):
    """CRL-05 REV-04: an entry goes only after CRLs of a whole day that came after the end, and
    what has ended cannot be revoked any more"""
    certs = revoked(world, "gone.crl.example")
    kept = issue(world, "kept.crl.example")[0].public_bytes(serialization.Encoding.DER)
    assert next_crl(world, certs, until_end(certs, world[3]) - 3600)
    # CRLs made at once are not the regular one.
    world[3].move(2 * 3600)
    revoked(world, "behind.crl.example")
    revoked(world, "shortly-behind.crl.example")
    assert is_listed(certs)
    client = world[2]
    client.nonces.clear()
    fail_type(client.post(client.directory["revokeCert"], {"certificate": b64(kept)}), 403,
              "unauthorized")
    assert next_crl(world, certs, DAY)
    assert not next_crl(world, certs, DAY)


def test_late_crl_keeps_entry(world):
    """CRL-05: the first CRL past the end lists it, however late it comes"""
    certs = revoked(world, "late.crl.example")
    assert next_crl(world, certs, until_end(certs, world[3]) - 3600)
    assert next_crl(world, certs, 3 * DAY)
    assert not next_crl(world, certs, DAY)
