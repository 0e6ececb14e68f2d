# SPDX-License-Identifier: BSD-2-Clause
"""revokeCert, and the CRL that tells of it."""

import concurrent.futures
import urllib.request

import pytest
from acme import Client, Key, b64, chain, csr, fail_type, serialization, unb64, x509
from cryptography.hazmat.primitives.asymmetric import ec
from stack import wait_until

NAME = "revoke.example"


@pytest.fixture(scope="module")
def binding(partner):
    return partner.binding(NAME, "*." + NAME, "other-" + NAME)


@pytest.fixture
def client(stack, binding):
    return Client(stack).register(binding)


def issue(client, net, names=(NAME,), key=None):
    """(certificate, DER, chain)"""
    _, _, pem = client.issue(list(names), net, "dns-01", key)
    certs = chain(pem)
    return certs[0], certs[0].public_bytes(serialization.Encoding.DER), certs


def revoke(client, der, reason=None, **how):
    payload = {"certificate": b64(der)}
    if reason is not None:
        payload["reason"] = reason
    return client.post(client.directory["revokeCert"], payload, **how)


def crl_of(certs):
    """The CRL at the certificate's distribution point, verified with its issuer."""
    points = certs[0].extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    url = points[0].full_name[0].value
    assert url.startswith("http://")
    with urllib.request.urlopen(url, timeout=10) as r:
        assert r.headers["Content-Type"] == "application/pkix-crl"
        crl = x509.load_der_x509_crl(r.read())
    assert crl.is_signature_valid(certs[1].public_key())
    return crl


def listed(certs, seconds=60):
    """The entry of a certificate, as soon as its CRL has it."""
    serial = certs[0].serial_number
    return wait_until(lambda: crl_of(certs).get_revoked_certificate_by_serial_number(serial),
                      seconds, "the CRL lists the certificate", 0.2)


def reason_of(entry):
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.value
    except x509.ExtensionNotFound:
        return None


@pytest.mark.parametrize("reason, shown", [
    (None, None), (0, None), (3, "affiliationChanged"), (4, "superseded"),
    (5, "cessationOfOperation")])
def test_own(client, net, reason, shown):
    """REV-01 REV-03 REV-05 REV-06 REV-11 RVK-04 CRL-01 CRL-04: within a minute the CRL lists it and verifies"""
    _, der, certs = issue(client, net)
    before = crl_of(certs)
    r = revoke(client, der, reason)
    assert r.status == 200 and r.body == "" and r.header("Replay-Nonce"), r
    assert reason_of(listed(certs)) == shown
    numbers = [c.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
               for c in (before, crl_of(certs))]
    assert numbers[0] < numbers[1]
    fail_type(revoke(client, der, reason), 400, "alreadyRevoked")


def test_key_compromise_by_account(client, net, stack, binding):
    """REV-05 REV-08: the key is blocked for good: as a leaf, as an account key"""
    key = ec.generate_private_key(ec.SECP256R1())
    _, der, certs = issue(client, net, key=key)
    assert revoke(client, der, 1).status == 200
    assert reason_of(listed(certs)) == "keyCompromise"
    url, order = client.order(NAME)
    for a in order["authorizations"]:
        client.solve(a, net, "dns-01")
    fail_type(client.finalize(order, csr([NAME], key)), 400, "badCSR")
    assert client.get(url)["status"] == "ready"
    stranger = Client(stack, Key("ES256", key))
    fail_type(stranger.new_account(binding), 400, "badPublicKey")


def test_by_certificate_key(client, stack, net):
    """REV-01 REV-07 REV-12: who shows the key may revoke; it is compromised by that"""
    key = Key("ES256")
    _, der, certs = issue(client, net, key=key.private)
    holder = Client(stack, key)
    wrong = Client(stack)
    fail_type(revoke(wrong, der, 1, jwk=wrong.key.jwk()), 403, "unauthorized")
    fail_type(revoke(client, der, 1, jwk=client.key.jwk()), 403, "unauthorized")
    r = revoke(holder, der, 0, jwk=key.jwk())
    assert r.status == 200, r
    assert reason_of(listed(certs)) == "keyCompromise"
    fail_type(revoke(holder, der, 1, jwk=key.jwk()), 400, "alreadyRevoked")


def test_all_of_a_key(client, stack, binding, partner, net):
    """KEY-09 RVK-05: with a compromised key go all certificates that have it, whosever they are, and
    those that were revoked for less are said to be compromised"""
    key = Key("ES256")
    neighbour = Client(stack).register(partner.binding("shared-key.example"))
    _, der, certs = issue(client, net, key=key.private)
    _, _, other = issue(client, net, ["other-" + NAME], key.private)
    _, _, foreign = issue(neighbour, net, ["shared-key.example"], key.private)
    _, old, superseded = issue(client, net, key=key.private)
    _, _, innocent = issue(client, net)
    assert revoke(client, old, 4).status == 200
    assert reason_of(listed(superseded)) == "superseded"
    holder = Client(stack, key)
    assert revoke(holder, der, 1, jwk=key.jwk()).status == 200
    for c in (certs, other, foreign):
        assert reason_of(listed(c)) == "keyCompromise"
    wait_until(lambda: reason_of(listed(superseded)) == "keyCompromise", 60, "keyCompromise", 0.2)
    assert crl_of(innocent).get_revoked_certificate_by_serial_number(innocent[0].serial_number) is None
    assert stack.sql("SELECT detail FROM audit WHERE event = 'cert.revoke' ORDER BY id DESC LIMIT 1") \
        == [["keyCompromise, with 2 others"]]
    fail_type(revoke(holder, old, 1, jwk=key.jwk()), 400, "alreadyRevoked")
    assert stack.ctl("doctor", check=False).returncode == 0


def test_compromise_after_revocation(client, stack, net):
    """REV-09 RVK-05: a key holder turns another reason into keyCompromise, once"""
    key = Key("ES256")
    _, der, certs = issue(client, net, key=key.private)
    assert revoke(client, der, 4).status == 200
    assert reason_of(listed(certs)) == "superseded"
    holder = Client(stack, key)
    assert revoke(holder, der, 1, jwk=key.jwk()).status == 200
    wait_until(lambda: reason_of(listed(certs)) == "keyCompromise", 60, "keyCompromise", 0.2)
    fail_type(revoke(holder, der, 1, jwk=key.jwk()), 400, "alreadyRevoked")
    fail_type(revoke(client, der, 1), 400, "alreadyRevoked")


def test_by_names(client, stack, binding, net):
    """REV-01 REV-10: another account that holds authorizations for all of the names"""
    names = [NAME, "*." + NAME]
    _, der, certs = issue(client, net, names)
    other = Client(stack).register(binding)
    fail_type(revoke(other, der), 403, "unauthorized")
    url, order = other.order(*names)
    first, second = order["authorizations"]
    other.solve(first, net, "dns-01")
    fail_type(revoke(other, der), 403, "unauthorized")
    other.solve(second, net, "dns-01")
    assert revoke(other, der, 1).status == 200
    assert reason_of(listed(certs)) == "cessationOfOperation"


@pytest.mark.parametrize("reason, kind", [
    (2, "badRevocationReason"), (6, "badRevocationReason"), (7, "badRevocationReason"),
    (8, "badRevocationReason"), (9, "badRevocationReason"), (10, "badRevocationReason"),
    (-1, "badRevocationReason"), (1000000, "badRevocationReason"), ("1", "malformed"),
    (1.5, "malformed"), ([1], "malformed"), (True, "malformed")])
def test_bad_reason(client, net, shared_cert, reason, kind):
    """REV-05 RVK-04 TOP-38 ERRT-07 CRL-06: neither certificateHold (6), nor removal from a CRL (8), nor
    what is for the CA to say (9)"""
    fail_type(revoke(client, shared_cert, reason), 400, kind)


@pytest.fixture(scope="module")
def shared_cert(stack, binding, shared_net):
    _, der, _ = issue(Client(stack).register(binding), shared_net)
    return der


def test_what_is_no_certificate(client, shared_cert):
    """REV-01 REV-02 TOP-38: broken, foreign, or another with the same serial"""
    url = client.directory["revokeCert"]
    for payload in (None, {}, {"certificate": 1}, {"certificate": "A"},
                    {"certificate": "!!!!"}, {"certificate": b64(b"0\x03\x02\x01\x01")},
                    {"certificate": b64(shared_cert + b"\0")}):
        fail_type(client.post(url, payload), 400, "malformed")
    twin = x509.load_der_x509_certificate(shared_cert)
    key = ec.generate_private_key(ec.SECP256R1())
    foreign = (x509.CertificateBuilder().subject_name(twin.issuer).issuer_name(twin.issuer)
               .public_key(key.public_key()).serial_number(twin.serial_number)
               .not_valid_before(twin.not_valid_before).not_valid_after(twin.not_valid_after)
               .sign(key, twin.signature_hash_algorithm)
               .public_bytes(serialization.Encoding.DER))
    fail_type(revoke(client, foreign), 404, "malformed")
    other = (x509.CertificateBuilder().subject_name(twin.issuer).issuer_name(twin.issuer)
             .public_key(key.public_key()).serial_number(x509.random_serial_number())
             .not_valid_before(twin.not_valid_before).not_valid_after(twin.not_valid_after)
             .sign(key, twin.signature_hash_algorithm)
             .public_bytes(serialization.Encoding.DER))
    fail_type(revoke(client, other), 404, "malformed")


def test_strangers(stack, partner, shared_cert):
    """REV-01 TOP-38: an account of another reseller"""
    stranger = Client(stack).register(partner.binding("stranger.example"))
    fail_type(revoke(stranger, shared_cert), 403, "unauthorized")


def test_one_of_eight(client, net, stack):
    """8 revocations at once: exactly one succeeds"""
    _, der, _ = issue(client, net)
    clones = [client.clone() for _ in range(8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda c: revoke(c, der, 4), clones))
    assert sorted(r.status for r in replies) == [200] + [400] * 7, replies


def test_lost_rows(client, stack, net):
    """CRL-05: a revoked certificate does not come back because its row went"""
    cert, der, certs = issue(client, net)
    assert revoke(client, der, 4).status == 200
    listed(certs)
    number = stack.sql("SELECT MAX(number) FROM crls")[0][0]
    serial = f"{cert.serial_number:032x}".upper()
    stack.sql("DELETE r FROM revocations r JOIN certs c ON c.id = r.cert_id "
              f"WHERE HEX(c.serial) LIKE '%{serial}'")
    _, second, _ = issue(client, net)
    try:
        assert revoke(client, second, 4).status == 200
        wait_until(lambda: "would lack serial" in stack.log("caas-signer"), 30, "refusal")
        assert stack.sql("SELECT MAX(number) FROM crls")[0][0] == number
        assert crl_of(certs).get_revoked_certificate_by_serial_number(cert.serial_number)
    finally:
        stack.sql("INSERT INTO revocations (cert_id, issuer_id, reason, revoked_at) SELECT id, "
                  f"issuer_id, 4, created_at FROM certs WHERE HEX(serial) LIKE '%{serial}'")
    wait_until(lambda: stack.sql("SELECT MAX(number) FROM crls")[0][0] != number, 30,
               "the CRL goes on")
