# SPDX-License-Identifier: BSD-2-Clause
"""ACME clients that people use, behind one face.

Each has a directory, an account and a binding of its own, and proves control with a
web root (http-01) or by RFC 2136 updates of a real DNS server (dns-01).  issue and
renew give the file that the client keeps: the chain in PEM.
"""

import os
import pathlib
import subprocess

from knot import ALGORITHM, KEY_NAME

HOOK = pathlib.Path(__file__).resolve().parent / "hook"
LIMIT = 120     # seconds that one call of a client may take


class Client:
    """What the clients share; stack, knot and net are the fixtures of these names."""

    def __init__(self, directory, stack, knot, net, binding):
        self.dir = pathlib.Path(directory)
        self.dir.mkdir(parents=True)
        self.stack, self.knot = stack, knot
        self.root = net.root
        self.kid, self.mac = binding
        self.setup()

    def setup(self):
        """Configuration files."""

    def run(self, *args, env=None):
        tsig = f"{ALGORITHM}:{KEY_NAME}:{self.knot.secret}"
        r = subprocess.run([str(a) for a in args], text=True, capture_output=True, timeout=LIMIT,
                           env={**os.environ, "HOME": str(self.dir), "HOOK_TSIG": tsig,
                                "HOOK_ROOT": str(self.root), "HOOK_ZONE": self.knot.zone,
                                "HOOK_DNS": str(self.knot.port), **(env or {})})
        assert r.returncode == 0, f"{self}: {r.args}\n{r.stdout}\n{r.stderr}"

    def __str__(self):
        return type(self).__name__.lower()


class Uacme(Client):
    def uacme(self, *args):
        self.run(HOOK.parent / "uacme", self.stack.tls_ca, "-a", self.stack.directory_url,
                 "-c", self.dir / "conf", "-y", *args)

    def register(self):
        self.uacme("-e", f"{self.kid}:{self.mac}", "new", "admin@client.example")

    def issue(self, name, kind, key, force=()):
        # The hook declines every type but one: uacme then tries the next.
        hook = self.dir / f"hook-{kind}"
        hook.write_text(f'#!/bin/sh\ncase $2 in {kind}) exec {HOOK} "$@" ;; esac\nexit 1\n')
        hook.chmod(0o755)
        self.uacme("-h", hook, "-t", {"rsa": "RSA", "ec": "EC"}[key], *force, "issue", name)
        return (self.dir / "conf" / name / "cert.pem").read_text()

    def renew(self, name, kind, key):
        return self.issue(name, kind, key, ["-f"])


class Certbot(Client):
    def setup(self):
        ini = self.dir / "rfc2136.ini"
        ini.write_text(f"dns_rfc2136_server = 127.0.0.1\ndns_rfc2136_port = {self.knot.port}\n"
                       f"dns_rfc2136_name = {KEY_NAME}\ndns_rfc2136_secret = {self.knot.secret}\n"
                       f"dns_rfc2136_algorithm = {ALGORITHM.upper()}\n")
        ini.chmod(0o600)

    def certbot(self, command, *args):
        self.run("certbot", command, "--non-interactive", "--server", self.stack.directory_url,
                 "--config-dir", self.dir / "conf", "--work-dir", self.dir / "work",
                 "--logs-dir", self.dir / "log", *args,
                 env={"REQUESTS_CA_BUNDLE": self.stack.tls_ca})

    def register(self):
        self.certbot("register", "--agree-tos", "-m", "admin@client.example", "--no-eff-email",
                     "--eab-kid", self.kid, "--eab-hmac-key", self.mac)

    def proof(self, kind):
        if kind == "http-01":
            return ["--webroot", "--webroot-path", self.root]
        return ["--dns-rfc2136", "--dns-rfc2136-credentials", self.dir / "rfc2136.ini",
                "--dns-rfc2136-propagation-seconds", 0]

    def issue(self, name, kind, key):
        self.certbot("certonly", "-d", name, "--key-type", {"rsa": "rsa", "ec": "ecdsa"}[key],
                     *self.proof(kind))
        return self.file(name)

    def renew(self, name, kind, key):
        self.certbot("renew", "--cert-name", name, "--force-renewal",
                     "--no-random-sleep-on-renew")
        return self.file(name)

    def file(self, name):
        return (self.dir / "conf" / "live" / name / "fullchain.pem").read_text()


class Lego(Client):
    """Registers with its first certificate."""

    def lego(self, name, kind, key, *command):
        proof = ["--http", "--http.webroot", self.root]
        if kind == "dns-01":
            # knotd answers for the zone as soon as it has taken the update.
            proof = ["--dns", "rfc2136", "--dns.disable-cp",
                     "--dns.resolvers", f"127.0.0.1:{self.knot.port}"]
        self.run("lego", "--server", self.stack.directory_url, "--path", self.dir / "conf",
                 "--email", "admin@client.example", "--accept-tos", "--eab",
                 "--kid", self.kid, "--hmac", self.mac, "--domains", name,
                 "--key-type", {"rsa": "rsa2048", "ec": "ec256"}[key], *proof, *command,
                 env={"LEGO_CA_CERTIFICATES": self.stack.tls_ca,
                      "RFC2136_NAMESERVER": f"127.0.0.1:{self.knot.port}",
                      "RFC2136_TSIG_ALGORITHM": f"{ALGORITHM}.",
                      "RFC2136_TSIG_KEY": KEY_NAME, "RFC2136_TSIG_SECRET": self.knot.secret})
        return (self.dir / "conf" / "certificates" / f"{name}.crt").read_text()

    def register(self):
        """Nothing of its own."""

    def issue(self, name, kind, key):
        return self.lego(name, kind, key, "run")

    def renew(self, name, kind, key):
        return self.lego(name, kind, key, "renew", "--days", 1000, "--no-random-sleep")


class Dehydrated(Client):
    def setup(self):
        (self.dir / "config").write_text(
            f'CA="{self.stack.directory_url}"\nBASEDIR="{self.dir}"\n'
            f'WELLKNOWN="{self.root}/.well-known/acme-challenge"\n'
            f'EAB_KID="{self.kid}"\nEAB_HMAC_KEY="{self.mac}"\n'
            'CONTACT_EMAIL="admin@client.example"\n')

    def dehydrated(self, *args):
        self.run("dehydrated", *args, "--config", self.dir / "config",
                 env={"CURL_CA_BUNDLE": self.stack.tls_ca})

    def register(self):
        self.dehydrated("--register", "--accept-terms")

    def issue(self, name, kind, key, force=()):
        hook = ["--hook", HOOK] if kind == "dns-01" else []
        self.dehydrated("--cron", "--domain", name, "--challenge", kind, *hook,
                        "--algo", {"rsa": "rsa", "ec": "prime256v1"}[key], *force)
        return (self.dir / "certs" / name / "fullchain.pem").read_text()

    def renew(self, name, kind, key):
        return self.issue(name, kind, key, ["--force"])


CLIENTS = {str.lower(c.__name__): c for c in (Uacme, Certbot, Lego, Dehydrated)}
