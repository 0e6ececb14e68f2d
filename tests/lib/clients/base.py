# SPDX-License-Identifier: BSD-2-Clause
"""ACME clients that people use, behind one face.

Each has a directory, an account and a binding of its own, and proves control with a
web root (http-01) or by RFC 2136 updates of a real DNS server (dns-01).  issue and
renew give the file that the client keeps: the chain in PEM.
"""

import os
import pathlib
import subprocess

from acme import Client as Accounts, Key
from cryptography.hazmat.primitives import serialization
from knot import ALGORITHM, KEY_NAME

HOOK = pathlib.Path(__file__).resolve().parents[1] / "hook"
LIMIT = 120     # seconds that one call of a client may take


class Client:
    """What the clients share; stack, knot (None: no dns-01) and net are the fixtures of these names."""

    kinds = ("http-01", "dns-01")       # challenges that it can answer

    def __init__(self, directory, stack, knot, net, binding):
        self.dir = pathlib.Path(directory)
        self.dir.mkdir(parents=True)
        self.stack, self.knot = stack, knot
        self.net, self.root = net, net.root
        self.kid, self.mac = binding
        self.setup()

    def setup(self):
        """Configuration files."""

    def environ(self):
        """What tests/lib/hook goes by."""
        web = {**os.environ, "HOME": str(self.dir), "HOOK_ROOT": str(self.root)}
        if self.knot is None:
            return web
        return {**web, "HOOK_TSIG": f"{ALGORITHM}:{KEY_NAME}:{self.knot.secret}",
                "HOOK_ZONE": self.knot.zone, "HOOK_DNS": str(self.knot.port)}

    def run(self, *args, env=None):
        r = subprocess.run([str(a) for a in args], text=True, capture_output=True, timeout=LIMIT,
                           env={**self.environ(), **(env or {})})
        assert r.returncode == 0, f"{self}: {r.args}\n{r.stdout}\n{r.stderr}"

    def end(self):
        """Leave everything as it was before."""

    def register_key(self, form, file):
        """
        For a client that knows no external account binding: its account key, made and
        bound by somebody else.  By its own newAccount it then finds its account.
        """
        key = Key("RS256")
        Accounts(self.stack, key).register((self.kid, self.mac))
        file.write_bytes(key.private.private_bytes(
            serialization.Encoding.PEM, form, serialization.NoEncryption()))
        file.chmod(0o600)
        return file

    def new_key(self, name, key):
        """A fresh key for a certificate, made by openssl: its file."""
        file = self.dir / f"{name}.key"
        how = {"rsa": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
               "ec": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]}[key]
        self.run("openssl", "genpkey", "-out", file, "-algorithm", *how)
        return file

    def __str__(self):
        return type(self).__name__.lower()
