# SPDX-License-Identifier: BSD-2-Clause
"""ACME clients that people use, against the whole service and a real DNS server."""

import concurrent.futures
import contextlib
import hashlib
import json
import pathlib
import subprocess
import tempfile
import time

import pytest
from acme import chain, names_of
from clients import CLIENTS
from cross import cross, pem
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

LIVES = [(which, kind) for which, c in CLIENTS.items() for kind in c.kinds]


@pytest.fixture
def make(stack, knot, shared_net, partner, open_tmp):
    """make(which, names): a client with a binding for these names."""
    made = []

    def new(which, *names):
        binding = partner.binding(*names)
        made.append(CLIENTS[which](open_tmp / f"{which}-{names[0]}", stack, knot, shared_net,
                                   binding))
        return made[-1]
    yield new
    for client in made:
        client.end()


@pytest.fixture
def open_tmp():
    """A directory that clients can enter which give up root."""
    with tempfile.TemporaryDirectory(prefix="caas-clients.") as path:
        pathlib.Path(path).chmod(0o755)
        yield pathlib.Path(path)


def timed(client, what, call, *args):
    began = time.monotonic()
    value = call(*args)
    print(f"{client} {what} {' '.join(args)}: {time.monotonic() - began:.2f} s")
    return value


def check(stack, tmp_path, pem, name, kind_of_key, more=()):
    """The file is what openssl verifies and what the database holds; gives the leaf."""
    leaf, *above = chain(pem)
    files = {"leaf": [leaf], "above": above}
    for file, certs in files.items():
        (tmp_path / f"{name}.{file}").write_bytes(
            b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certs))
    r = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", name.replace("*", "any"),
         "-CAfile", stack.root_cert, "-untrusted", tmp_path / f"{name}.above",
         tmp_path / f"{name}.leaf"], text=True, capture_output=True, timeout=30)
    assert r.returncode == 0, r.stdout + r.stderr
    assert names_of(leaf) == sorted([name, *more])
    assert isinstance(leaf.public_key(), {"rsa": rsa.RSAPublicKey,
                                          "ec": ec.EllipticCurvePublicKey}[kind_of_key])
    der = leaf.public_bytes(serialization.Encoding.DER)
    rows = stack.sql("SELECT SHA2(d.der, 256) FROM serials s JOIN cert_ders d ON d.id = s.cert_id"
                     f" WHERE s.serial = x'{leaf.serial_number:040x}'"
                     f" OR HEX(s.serial) = '{leaf.serial_number:X}'")
    assert rows == [[hashlib.sha256(der).hexdigest()]]
    return leaf


def is_revoked(stack, leaf):
    return stack.sql("SELECT COUNT(*) FROM revocations r JOIN serials s ON s.cert_id = r.cert_id"
                     f" WHERE HEX(s.serial) IN ('{leaf.serial_number:X}',"
                     f" '{leaf.serial_number:032X}', '{leaf.serial_number:040X}')") == [["1"]]


@pytest.mark.parametrize("which, kind", LIVES)
def test_life(stack, make, tmp_path, which, kind):
    """Registers with EAB, issues, renews, gets a second certificate and revokes, all under one account.

    EAB-03 EAB-11 NON-02 CHL-06 CHL-09 ORD-10 FIN-16 CRT-01 CRT-02 CRT-08
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
    if hasattr(client, "revoke"):
        timed(client, "revoke", client.revoke, one)
        assert is_revoked(stack, renewed) and not is_revoked(stack, first)
    accounts = stack.sql("SELECT DISTINCT o.account_id FROM orders o"
                         f" WHERE o.idents LIKE '%{which}-{kind}.example%'")
    assert len(accounts) == 1


def test_several_at_once(stack, make, tmp_path):
    """Clients of all kinds work side by side, each with an account of its own."""
    jobs = []
    for n, (which, kind) in enumerate(LIVES):
        name = f"at-once-{n}-{kind}.example"
        with contextlib.suppress(pytest.skip.Exception):        # one that is not to be had
            jobs.append((make(which, name), name, kind, ("ec", "rsa")[n % 2]))

    def run(client, name, kind, key):
        client.register()
        return timed(client, "at once", client.issue, name, kind, key)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        done = [pool.submit(run, *job) for job in jobs]
        for (_, name, _, key), future in zip(jobs, done):
            check(stack, tmp_path, future.result(timeout=300), name, key)


@pytest.mark.parametrize("which", ["uacme", "certbot", "lego", "dehydrated"])
def test_wildcard(stack, make, tmp_path, which):
    """A name and its wildcard in one certificate: two TXT records at one name.  DNS-02 AUZ-12"""
    name = f"wild-{which}.example"
    client = make(which, name, f"*.{name}")
    client.register()
    pem = timed(client, "wildcard", lambda n: client.issue(n, "dns-01", "ec", more=[f"*.{n}"]),
                name)
    check(stack, tmp_path, pem, name, "ec", more=[f"*.{name}"])


@pytest.mark.parametrize("which", ["certbot", "lego"])
def test_preferred_chain(stack, make, tmp_path, which):
    """CRT-03 CLI-24: clients find the chain to the root that they want"""
    zone = f"chain-{which}.example"
    client = make(which, f"*.{zone}")
    client.register()
    own = chain(client.issue(f"own.{zone}", "http-01", "ec"))[1]
    below, _ = cross(own, "Wanted Root")
    (tmp_path / "chain.pem").write_text(pem(below))
    r = stack.ctl("--json", "ca", "chain", "test-ca", str(tmp_path / "chain.pem"))
    try:
        leaf, above = chain(client.issue(f"other.{zone}", "http-01", "ec", root="Wanted Root"))
    finally:
        stack.ctl("ca", "unchain", "test-ca", str(json.loads(r.stdout)["chain"]))
    assert above == below and names_of(leaf) == [f"other.{zone}"]


@pytest.mark.parametrize("which", ["uacme", "certbot", "lego"])
def test_hundred_names(stack, make, tmp_path, which):
    """ORD-10: a hundred names in one certificate"""
    name, *more = (f"n{i:02}.hundred-{which}.example" for i in range(100))
    client = make(which, f"*.hundred-{which}.example")
    client.register()
    pem = timed(client, "100 names", lambda n: client.issue(n, "http-01", "ec", more=more), name)
    check(stack, tmp_path, pem, name, "ec", more=more)


@pytest.mark.parametrize("which", ["uacme", "certbot", "pythonacme", "rubyacmeclient",
                                   "nodeacmeclient"])
def test_change_and_end(stack, make, tmp_path, which):
    """ACC-13, and KCH-01 of those that have it: keyChange, then the end of the account"""
    name = f"end-{which}.example"
    client = make(which, name)
    client.register()
    check(stack, tmp_path, client.issue(name, "http-01", "ec"), name, "ec")
    if which in ("rubyacmeclient", "nodeacmeclient"):
        client.change_key()
        check(stack, tmp_path, client.issue(name, "http-01", "ec"), name, "ec")
    client.deactivate()
    rows = stack.sql("SELECT DISTINCT a.status FROM accounts a JOIN orders o ON o.account_id = a.id"
                     f" WHERE o.idents LIKE '%{name}%'")
    assert rows == [["4"]]


def test_one_binding_two_clients(stack, knot, shared_net, partner, open_tmp, tmp_path):
    """EAB-11: one external account in two clients: each has an account, both get certificates"""
    binding = partner.binding("*.shared-eab.example")
    for which in ("certbot", "lego"):
        client = CLIENTS[which](open_tmp / which, stack, knot, shared_net, binding)
        client.register()
        name = f"{which}.shared-eab.example"
        check(stack, tmp_path, client.issue(name, "http-01", "ec"), name, "ec")
    rows = stack.sql("SELECT COUNT(DISTINCT o.account_id) FROM orders o"
                     " WHERE o.idents LIKE '%.shared-eab.example%'")
    assert rows == [["2"]]
