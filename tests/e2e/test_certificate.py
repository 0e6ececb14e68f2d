# SPDX-License-Identifier: BSD-2-Clause
"""Certificates: download (section 1.13) and what stands in them (4.4)."""

import datetime
import json
import re
import subprocess

import pytest
from acme import Client, chain, names_of, refused, signed_by
from cross import cross, pem
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

NAME = "client.example"


@pytest.fixture(scope="module")
def issued(shared_client, shared_net):
    """(order, answer of the download, the key of the CSR)"""
    key = ec.generate_private_key(ec.SECP256R1())
    _, order, _ = shared_client.issue([NAME], shared_net, csr_key=key)
    return order, shared_client.post(order["certificate"]), key


def test_download(stack, client, issued, tmp_path):
    """CRT-01 CRT-02 CRT-08 CLI-34: leaf first, root left out, strict PEM."""
    r = issued[1]
    assert r.status == 200
    assert r.header("Content-Type") == "application/pem-certificate-chain"
    certs = chain(r.body)
    assert len(certs) == 2
    for lower, upper in zip(certs, certs[1:]):
        signed_by(lower, upper)
    root = x509.load_pem_x509_certificate(open(stack.root_cert, "rb").read())
    assert root.fingerprint(root.signature_hash_algorithm) not in [
        c.fingerprint(root.signature_hash_algorithm) for c in certs]
    assert certs[0].issuer.public_bytes() == certs[1].subject.public_bytes()
    line = r"-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/=]{1,64}\n" \
        r"-----END CERTIFICATE-----\n"
    assert re.fullmatch(f"({line}){{2}}", r.body)
    leaf, above = tmp_path / "leaf.pem", tmp_path / "above.pem"
    end = r.body.index("-----END CERTIFICATE-----\n") + 26
    leaf.write_text(r.body[:end]), above.write_text(r.body[end:])
    v = subprocess.run(["openssl", "verify", "-x509_strict", "-purpose", "sslserver",
                        "-verify_hostname", NAME, "-CAfile", stack.root_cert,
                        "-untrusted", above, leaf], capture_output=True, text=True)
    assert v.returncode == 0, v.stdout + v.stderr


def download(client, url, accept):
    headers = {} if accept is None else {"Accept": accept}
    return client.send(url, client.sign(url, None), headers=headers)


@pytest.mark.parametrize("accept", [
    None, "*/*", "application/pem-certificate-chain", "text/html", "rubbish", "",
    "application/pkcs7-mime", "application/pkix-cert, application/pem-certificate-chain",
    "application/pkix-cert;q=0", "application/pkix-cert;q=0.4, application/*;q=0.5"])
def test_accept(shared_client, issued, accept, unchanged):
    """CRT-04 CRT-06: the chain whatever is asked for, each time the same."""
    r = download(shared_client, issued[0]["certificate"], accept)
    assert r.status == 200 and r.body == issued[1].body
    assert r.header("Content-Type") == "application/pem-certificate-chain"
    assert r.links("alternate") == r.links("up") == []


@pytest.mark.parametrize("accept", [
    "application/pkix-cert", "Application/PKIX-Cert, */*;q=0.1",
    "application/pem-certificate-chain;q=0.5, application/pkix-cert;q=0.6"])
def test_leaf_alone(shared_client, issued, accept, unchanged):
    """CRT-04 CRT-08 HDR-08: DER for whoever wants that more, and the way to its issuer."""
    leaf, above = chain(issued[1].body)
    r = download(shared_client, issued[0]["certificate"], accept)
    assert r.status == 200 and r.header("Content-Type") == "application/pkix-cert"
    assert r.body.encode("latin-1") == leaf.public_bytes(serialization.Encoding.DER)
    [up] = r.links("up")
    issuer = shared_client.http.request("GET", up).body.encode("latin-1")
    assert issuer == above.public_bytes(serialization.Encoding.DER)


# -- other chains

@pytest.fixture
def offered(stack, issued, tmp_path):
    """Two more chains of the issuer: [(certificate, its root, number)]"""
    pairs = [cross(chain(issued[1].body)[1], name) for name in ("Second Root", "Third Root")]
    numbers = []
    try:
        for below, _ in pairs:
            (tmp_path / "chain.pem").write_text("# cross\n" + pem(below))
            r = json.loads(stack.ctl("--json", "ca", "chain", "test-ca",
                                     str(tmp_path / "chain.pem")).stdout)
            numbers.append(str(r["chain"]))
        yield [(*pair, number) for pair, number in zip(pairs, numbers)]
    finally:
        for number in numbers:
            stack.ctl("ca", "unchain", "test-ca", number, check=False)


def test_alternates(stack, shared_client, stranger, issued, offered, tmp_path):
    """CRT-03 CRT-05 CRT-07 HDR-08 CLI-52: the same leaf, each chain lists all others."""
    url = issued[0]["certificate"]
    urls = [url, *(f"{url}/{number}" for _, _, number in offered)]
    leaf, own = chain(issued[1].body)
    for i, (at, above) in enumerate(zip(urls, [own] + [below for below, _, _ in offered])):
        r = shared_client.post(at)
        assert r.status == 200 and r.body == pem(leaf, above)
        assert r.header("Content-Type") == "application/pem-certificate-chain"
        assert r.links("alternate") == urls[:i] + urls[i + 1:]
        assert 'rel="index"' in r.all("Link")[-1]
        signed_by(leaf, above)
    for below, root, _ in offered:
        files = [tmp_path / n for n in ("leaf", "below", "root")]
        for path, cert in zip(files, (leaf, below, root)):
            path.write_text(pem(cert))
        v = subprocess.run(["openssl", "verify", "-CAfile", files[2], "-untrusted", files[1],
                            files[0]], capture_output=True, text=True)
        assert v.returncode == 0, v.stdout + v.stderr
    r = shared_client.send(urls[1], shared_client.sign(urls[1], None),
                           headers={"Accept": "application/pkix-cert"})
    assert r.body == pem(leaf, offered[0][0])
    with stack.unchanged():
        last = offered[-1][2]
        for bad in ("0", int(last) + 1, f"0{last}", "-1", "65537", "x", f"{last}/1"):
            refused(shared_client, shared_client.post(f"{url}/{bad}"), 404, "malformed")
        refused(stranger, stranger.post(urls[1]), 404, "malformed")
    shown = json.loads(stack.ctl("--json", "ca", "show").stdout)
    assert [c["root"] for c in shown[0]["otherChains"]] == ["CN=Second Root", "CN=Third Root"]


def test_chain_withdrawn(stack, shared_client, issued, offered):
    """CRT-07: a number that is not offered any more, nor ever given to another chain"""
    url = issued[0]["certificate"]
    (one, two) = (number for _, _, number in offered)
    for number, chains in ((two, [one]), (one, [])):
        stack.ctl("ca", "unchain", "test-ca", number)
        refused(shared_client, shared_client.post(f"{url}/{number}"), 404, "malformed")
        assert shared_client.post(url).links("alternate") == [f"{url}/{n}" for n in chains]
        assert stack.ctl("ca", "unchain", "test-ca", number, check=False).returncode != 0
    assert stack.sql("SELECT actor, event, detail FROM audit WHERE event LIKE 'ca.%chain' "
                     "ORDER BY id DESC LIMIT 4") == [["operator", *row] for row in (
                         ("ca.unchain", one), ("ca.unchain", two), ("ca.chain", two), ("ca.chain", one))]
    path = stack.dir / "again.pem"
    path.write_text(pem(offered[1][0]))
    new = str(json.loads(stack.ctl("--json", "ca", "chain", "test-ca", str(path)).stdout)["chain"])
    try:
        assert int(new) > int(two)
        assert shared_client.post(url).links("alternate") == [f"{url}/{new}"]
    finally:
        stack.ctl("ca", "unchain", "test-ca", new)


def test_bad_chains(stack, issued, offered, tmp_path):
    """CRT-01 CRT-08: only what really leads from the issuer's key to another root"""
    own = chain(issued[1].body)[1]
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Somebody")])
    below, root = cross(own, "Fourth Root")
    middle = cross(root, "Fifth Root")
    bad = {
        "no PEM": "", "the issuer's own": pem(own), "offered": pem(offered[0][0]),
        "a leaf": pem(chain(issued[1].body)[0]), "the root too": pem(below, root),
        "not above": pem(below, offered[0][0]), "half": pem(below) + pem(below)[:200],
        "another's key": pem(cross(own, "R", public=key)[0]),
        "another's name": pem(cross(own, "R", subject=name)[0]),
        "another key id": pem(cross(own, "R", ski=x509.SubjectKeyIdentifier(b"1" * 20))[0]),
        "no CA": pem(cross(own, "R", ca=False)[0]),
        "expired": pem(cross(own, "R", days=(-9, -1))[0]),
    }
    path = tmp_path / "chain.pem"
    before = stack.sql("SELECT COUNT(*) FROM issuer_chains")
    for why, text in bad.items():
        path.write_text(text)
        r = stack.ctl("ca", "chain", "test-ca", str(path), check=False)
        assert r.returncode != 0 and r.stderr, why
    assert stack.sql("SELECT COUNT(*) FROM issuer_chains") == before
    path.write_text(pem(below, middle[0]))
    r = stack.ctl("--json", "ca", "chain", "test-ca", str(path))
    stack.ctl("ca", "unchain", "test-ca", str(json.loads(r.stdout)["chain"]))


def test_others_cannot(client, stranger, issued, unchanged):
    """CRT-05 CRT-07 TRN-20: a foreign one is like a missing one."""
    url = issued[0]["certificate"]
    missing = url[:-22] + ("B" if url[-22] != "B" else "C") + url[-21:]
    bodies = set()
    for who, target in ((stranger, url), (client, missing), (client, url + "/1"),
                        (client, url + "/0"), (client, url[:-1])):
        r = who.post(target)
        refused(who, r, 404, "malformed")
        bodies.add(r.body) if target in (url, missing) else None
    assert len(bodies) == 1
    refused(client, client.post(url, {}), 400, "malformed")


def test_profile(stack, client, issued):
    """PRO-01..PRO-13 PRO-16..PRO-19: what the Baseline Requirements want of a DV leaf."""
    leaf, issuer = chain(issued[1].body)
    assert leaf.version == x509.Version.v3
    assert 0 < leaf.serial_number < 1 << 159 and leaf.serial_number.bit_length() > 100
    assert list(leaf.subject) == []
    ext = {e.oid.dotted_string: e for e in leaf.extensions}
    assert set(ext) == {"2.5.29.15", "2.5.29.37", "2.5.29.19", "2.5.29.35", "1.3.6.1.5.5.7.1.1",
                        "2.5.29.17", "2.5.29.32", "2.5.29.31"}    # no SKI, no TLS Feature
    assert {o for o, e in ext.items() if e.critical} == {"2.5.29.15", "2.5.29.19", "2.5.29.17"}
    assert names_of(leaf) == [NAME]
    usage = ext["2.5.29.15"].value
    assert usage.digital_signature and not (
        usage.key_encipherment or usage.key_agreement or usage.data_encipherment or
        usage.content_commitment or usage.key_cert_sign or usage.crl_sign)
    assert [u.dotted_string for u in ext["2.5.29.37"].value] == ["1.3.6.1.5.5.7.3.1"]
    basic = ext["2.5.29.19"].value
    assert basic.ca is False and basic.path_length is None
    aki = ext["2.5.29.35"].value
    ski = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    assert aki.key_identifier == ski
    assert aki.authority_cert_issuer is None and aki.authority_cert_serial_number is None
    policies = list(ext["2.5.29.32"].value)
    assert [p.policy_identifier.dotted_string for p in policies] == ["2.23.140.1.2.1"]
    assert policies[0].policy_qualifiers is None
    [point] = ext["2.5.29.31"].value
    assert point.reasons is None and point.crl_issuer is None and len(point.full_name) == 1
    [access] = ext["1.3.6.1.5.5.7.1.1"].value
    assert access.access_method.dotted_string == "1.3.6.1.5.5.7.48.2"
    for url in (point.full_name[0].value, access.access_location.value):
        assert url.startswith("http://")
        assert client.http.request("GET", url).status == 200
    spki = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    assert leaf.public_key().public_bytes(*spki) == issued[2].public_key().public_bytes(*spki)
    assert bytes.fromhex("300a06082a8648ce3d040302") in leaf.tbs_certificate_bytes


def test_validity(issued):
    """SCH VAL PRO-18: at most 90 days with both ends counted, begun at most an hour before."""
    leaf = chain(issued[1].body)[0]
    length = leaf.not_valid_after - leaf.not_valid_before + datetime.timedelta(seconds=1)
    assert length <= datetime.timedelta(days=90)
    assert length > datetime.timedelta(days=89)
    now = datetime.datetime.utcnow()
    assert now - datetime.timedelta(hours=1, minutes=5) < leaf.not_valid_before <= now


def test_rsa_leaf(client, net):
    """PRO-10 PRO-20: what RSA keys may be used for."""
    key = rsa.generate_private_key(65537, 2048)
    leaf = chain(client.issue([NAME], net, csr_key=key)[2])[0]
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature and not usage.data_encipherment and not usage.key_agreement
    assert bytes.fromhex("300d06092a864886f70d0101010500") in leaf.tbs_certificate_bytes


def test_serials_are_random(client, net):
    """PRO-01: no order in them."""
    serials = [chain(client.issue([NAME], net)[2])[0].serial_number for _ in range(3)]
    assert len(set(serials)) == 3
    for a, b in zip(serials, serials[1:]):
        assert 20 < bin(a ^ b).count("1") < 110


def test_second_account_of_the_binding(stack, partner, net):
    """CRT-05: even an account of the same binding is another account."""
    b = partner.binding("pair.example")
    one, two = Client(stack).register(b), Client(stack).register(b)
    order = one.issue(["pair.example"], net)[1]
    with stack.unchanged():
        refused(two, two.post(order["certificate"]), 404, "malformed")
