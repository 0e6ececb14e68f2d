# SPDX-License-Identifier: BSD-2-Clause
"""ACME clients that people use, against the whole service and a real DNS server."""

import concurrent.futures
import hashlib
import subprocess
import time

import pytest
from acme import chain, names_of
from clients import CLIENTS
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

KINDS = ["http-01", "dns-01"]


@pytest.fixture
def make(stack, knot, shared_net, partner, tmp_path, request):
    """make(which, names): a client with a binding for these names."""
    def new(which, *names):
        binding = partner.binding(*names)
        return CLIENTS[which](tmp_path / f"{which}-{names[0]}", stack, knot, shared_net, binding)
    return new


def timed(client, what, call, *args):
    began = time.monotonic()
    value = call(*args)
    print(f"{client} {what} {' '.join(args)}: {time.monotonic() - began:.2f} s")
    return value


def check(stack, tmp_path, pem, name, kind_of_key):
    """The file is what openssl verifies and what the database holds; gives the leaf."""
    leaf, *above = chain(pem)
    files = {"leaf": [leaf], "above": above}
    for file, certs in files.items():
        (tmp_path / f"{name}.{file}").write_bytes(
            b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certs))
    r = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", name,
         "-CAfile", stack.root_cert, "-untrusted", tmp_path / f"{name}.above",
         tmp_path / f"{name}.leaf"], text=True, capture_output=True, timeout=30)
    assert r.returncode == 0, r.stdout + r.stderr
    assert names_of(leaf) == [name]
    assert isinstance(leaf.public_key(), {"rsa": rsa.RSAPublicKey,
                                          "ec": ec.EllipticCurvePublicKey}[kind_of_key])
    der = leaf.public_bytes(serialization.Encoding.DER)
    rows = stack.sql("SELECT SHA2(d.der, 256) FROM serials s JOIN cert_ders d ON d.id = s.cert_id"
                     f" WHERE s.serial = x'{leaf.serial_number:040x}'"
                     f" OR HEX(s.serial) = '{leaf.serial_number:X}'")
    assert rows == [[hashlib.sha256(der).hexdigest()]]
    return leaf


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", CLIENTS)
def test_life(stack, make, tmp_path, which, kind):
    """Registers with EAB, issues, renews, and gets a second certificate under the same account.

    EAB-01 EAB-03 EAB-11 ACC-03 NON-02 CHL-06 CHL-09 ORD-10 FIN-16 CRT-01 CRT-02 CRT-08
    CLI-01 CLI-03 CLI-05 CLI-10 CLI-23 CLI-24 CLI-35 CLI-36 CLI-37
    """
    one, two = (f"{n}.{which}-{kind}.example" for n in ("one", "two"))
    client = make(which, one, two)
    timed(client, "register", client.register)
    first = check(stack, tmp_path, timed(client, "issue", client.issue, one, kind, "ec"), one,
                  "ec")
    renewed = check(stack, tmp_path, timed(client, "renew", client.renew, one, kind, "ec"), one,
                    "ec")
    assert renewed.serial_number != first.serial_number
    check(stack, tmp_path, timed(client, "issue", client.issue, two, kind, "rsa"), two, "rsa")
    accounts = stack.sql("SELECT DISTINCT o.account_id FROM orders o"
                         f" WHERE o.idents LIKE '%{which}-{kind}.example%'")
    assert len(accounts) == 1


def test_several_at_once(stack, make, tmp_path):
    """Clients of all kinds work side by side, each with an account of its own.

    AUZ-06 CHL-04 CLI-31
    """
    jobs = []
    for n, which in enumerate(CLIENTS):
        for kind, key in (("http-01", "ec"), ("dns-01", "rsa")):
            name = f"at-once-{n}-{kind}.example"
            jobs.append((make(which, name), name, kind, key))

    def run(client, name, kind, key):
        client.register()
        return timed(client, "at once", client.issue, name, kind, key)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        done = [pool.submit(run, *job) for job in jobs]
        for (_, name, _, key), future in zip(jobs, done):
            check(stack, tmp_path, future.result(timeout=300), name, key)
