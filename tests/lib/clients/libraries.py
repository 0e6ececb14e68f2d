# SPDX-License-Identifier: BSD-2-Clause
"""Libraries that other programs are made of, each under a small driver (drivers/)."""

import fcntl
import os
import pathlib
import shutil
import subprocess
import time

import pytest
from cryptography.hazmat.primitives import serialization

from clients.base import HOOK, Client

DRIVERS = pathlib.Path(__file__).resolve().parent / "drivers"


class Library(Client):
    """Its driver: register; issue KIND KEY-FILE CHAIN-FILE NAME; revoke CHAIN-FILE; and so on."""

    interpreter = ()
    driver = ""

    def drive(self, *args, env=None):
        self.run(*self.interpreter, DRIVERS / self.driver, *args, env={
            "ACME_DIRECTORY": self.stack.directory_url, "ACME_CA": self.stack.tls_ca,
            "ACME_KID": self.kid, "ACME_MAC": self.mac, "ACME_HOOK": str(HOOK),
            "ACME_ACCOUNT_KEY": str(self.dir / "account.pem"), **(env or {})})

    def register(self):
        self.drive("register")

    def issue(self, name, kind, key):
        chain = self.dir / f"{name}.pem"
        self.drive("issue", kind, self.new_key(name, key), chain, name)
        return chain.read_text()

    def renew(self, name, kind, key):
        return self.issue(name, kind, key)

    def revoke(self, name):
        self.drive("revoke", self.dir / f"{name}.pem")

    def change_key(self):
        self.drive("change_key")

    def deactivate(self):
        self.drive("deactivate")


class PythonAcme(Library):
    """Debian's python3-acme, which certbot is made of."""

    interpreter = ("/usr/bin/python3",)
    driver = "python_acme.py"


class RubyAcmeClient(Library):
    """Debian's ruby-acme-client; this version knows no external account binding."""

    interpreter = ("ruby",)
    driver = "acme_client.rb"

    def register(self):
        self.register_key(serialization.PrivateFormat.TraditionalOpenSSL,
                          self.dir / "account.pem")
        super().register()


class NodeAcmeClient(Library):
    """acme-client of the npm registry, in a directory of its own that is kept for the run."""

    interpreter = ("node",)
    driver = "acme_client.js"

    def setup(self):
        modules = pathlib.Path(os.environ.get("CAAS_TEST_NODE_MODULES", "/var/tmp/caas-test-node"))
        if shutil.which("npm") is None:
            pytest.skip("npm is not there")
        modules.mkdir(parents=True, exist_ok=True)
        with (modules / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.install(modules)
        self.modules = modules / "node_modules"

    @staticmethod
    def install(modules):
        failed = modules / "failed"     # once an hour is enough
        if failed.exists() and time.time() - failed.stat().st_mtime < 3600:
            pytest.skip("npm could not get acme-client")
        if not (modules / "node_modules" / "acme-client").is_dir():
            r = subprocess.run(["timeout", "60", "npm", "install", "--fetch-retries=0",
                                "--no-audit", "--no-fund", "--ignore-scripts", "acme-client@5"],
                               cwd=modules, text=True, capture_output=True, timeout=90)
            if r.returncode != 0:
                failed.touch()
                pytest.skip(f"npm cannot get acme-client: {r.stderr[-200:]}")

    def drive(self, *args, env=None):
        super().drive(*args, env={"NODE_PATH": str(self.modules),
                                  "NODE_EXTRA_CA_CERTS": self.stack.tls_ca})
