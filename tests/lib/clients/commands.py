# SPDX-License-Identifier: BSD-2-Clause
"""Clients that a cron job calls."""

import shutil

from cryptography.hazmat.primitives import serialization
from knot import ALGORITHM, KEY_NAME

from clients.base import HOOK, Client


class Uacme(Client):
    def uacme(self, *args):
        self.run(HOOK.parent / "trusting", self.stack.tls_ca, "uacme", "-a", self.stack.directory_url,
                 "-c", self.dir / "conf", "-y", *args)

    def register(self):
        self.uacme("-e", f"{self.kid}:{self.mac}", "new", "admin@client.example")

    def issue(self, name, kind, key, more=(), force=()):
        # The hook declines every type but one: uacme then tries the next.
        hook = self.dir / f"hook-{kind}"
        hook.write_text(f'#!/bin/sh\ncase $2 in {kind}) exec {HOOK} "$@" ;; esac\nexit 1\n')
        hook.chmod(0o755)
        self.uacme("-h", hook, "-t", {"rsa": "RSA", "ec": "EC"}[key], *force, "issue", name, *more)
        return (self.dir / "conf" / name / "cert.pem").read_text()

    def renew(self, name, kind, key):
        return self.issue(name, kind, key, force=["-f"])

    def revoke(self, name):
        self.uacme("revoke", self.dir / "conf" / name / "cert.pem")

    def deactivate(self):
        self.uacme("deactivate")


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

    def issue(self, name, kind, key, more=(), root=None):
        self.certbot("certonly", *[a for n in (name, *more) for a in ("-d", n)], "--key-type", {"rsa": "rsa", "ec": "ecdsa"}[key],
                     *self.proof(kind), *(["--preferred-chain", root] if root else []))
        return self.file(name)

    def renew(self, name, kind, key):
        self.certbot("renew", "--cert-name", name, "--force-renewal",
                     "--no-random-sleep-on-renew")
        return self.file(name)

    def revoke(self, name):
        self.certbot("revoke", "--cert-name", name, "--reason", "superseded",
                     "--no-delete-after-revoke")

    def deactivate(self):
        self.certbot("unregister")

    def file(self, name):
        return (self.dir / "conf" / "live" / name / "fullchain.pem").read_text()


class Lego(Client):
    """Registers with its first certificate."""

    def lego(self, names, kind, key, *command):
        proof = ["--http", "--http.webroot", self.root]
        if kind == "dns-01":
            # knotd answers for the zone as soon as it has taken the update.
            proof = ["--dns", "rfc2136", "--dns.disable-cp",
                     "--dns.resolvers", f"127.0.0.1:{self.knot.port}"]
        self.run("lego", "--server", self.stack.directory_url, "--path", self.dir / "conf",
                 "--email", "admin@client.example", "--accept-tos", "--eab",
                 "--kid", self.kid, "--hmac", self.mac, *[a for n in names for a in ("--domains", n)],
                 "--key-type", {"rsa": "rsa2048", "ec": "ec256"}[key], *proof, *command,
                 env={"LEGO_CA_CERTIFICATES": self.stack.tls_ca,
                      "RFC2136_NAMESERVER": f"127.0.0.1:{self.knot.port}",
                      "RFC2136_SEQUENCE_INTERVAL": "1", "RFC2136_POLLING_INTERVAL": "1",
                      "RFC2136_TSIG_ALGORITHM": f"{ALGORITHM}.",
                      "RFC2136_TSIG_KEY": KEY_NAME, "RFC2136_TSIG_SECRET": self.knot.secret})
        file = names[0].replace("*", "_") + ".crt"
        return (self.dir / "conf" / "certificates" / file).read_text()

    def register(self):
        """Nothing of its own."""

    def issue(self, name, kind, key, more=(), root=None):
        return self.lego([name, *more], kind, key, "run",
                         *(["--preferred-chain", root] if root else []))

    def renew(self, name, kind, key):
        return self.lego([name], kind, key, "renew", "--days", 1000, "--no-random-sleep")

    def revoke(self, name):
        self.lego([name], "http-01", "ec", "revoke", "--keep", "--reason", 4)


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

    def issue(self, name, kind, key, more=(), force=()):
        hook = ["--hook", HOOK] if kind == "dns-01" else []
        self.dehydrated("--cron", "--domain", " ".join([name, *more]), "--challenge", kind, *hook,
                        "--algo", {"rsa": "rsa", "ec": "prime256v1"}[key], *force)
        return (self.dir / "certs" / name / "fullchain.pem").read_text()

    def renew(self, name, kind, key):
        return self.issue(name, kind, key, force=["--force"])

    def revoke(self, name):
        self.dehydrated("--revoke", self.dir / "certs" / name / "cert.pem")


class Acmetool(Client):
    """
    Knows no external account binding.  Its revoke (0.2.2, as it speaks ACMEv2) only marks the
    certificate in its own state, and nothing ever looks at the mark: no request is sent.
    """

    kinds = ("http-01",)

    def acmetool(self, *args):
        self.run("acmetool", "--state", self.dir / "state", "--hooks", self.dir / "hooks",
                 "--batch", *args, env={"SSL_CERT_FILE": self.stack.tls_ca})

    def register(self):
        key = self.register_key(serialization.PrivateFormat.TraditionalOpenSSL,
                                self.dir / "account.pem")
        (self.dir / "hooks").mkdir()
        self.acmetool("import-pem-account", self.stack.directory_url, key)

    def issue(self, name, kind, key):
        (self.dir / "state" / "conf" / "target").write_text(
            f"request:\n  provider: {self.stack.directory_url}\n  key:\n"
            f"    type: {dict(rsa='rsa', ec='ecdsa')[key]}\n  challenge:\n"
            f"    webroot-paths:\n      - {self.root}/.well-known/acme-challenge\n"
            "    http-self-test: false\n")
        self.acmetool("want", name)
        return self.file(name)

    def renew(self, name, kind, key):
        # It renews what ends soon, and what is not there.
        for cert in (self.dir / "state" / "certs").iterdir():
            shutil.rmtree(cert)
        self.acmetool("reconcile")
        return self.file(name)

    def file(self, name):
        return (self.dir / "state" / "live" / name / "fullchain").read_text()


class Lacme(Client):
    """Knows no external account binding.  Its own web server has an address of its own."""

    kinds = ("http-01",)

    def setup(self):
        (self.dir / "lacme.conf").write_text(
            f"config-certs = {self.dir}/certs.conf\n[client]\nuser =\ngroup =\n"
            f"server = {self.stack.directory_url}\n[webserver]\nuser =\ngroup =\n"
            f"listen = 127.0.0.2:{self.stack.http01_port}\n[accountd]\n"
            f"config = {self.dir}/accountd.conf\n")
        (self.dir / "accountd.conf").write_text(f"privkey = file:{self.dir}/account.pem\n")

    def lacme(self, *args):
        self.run(HOOK.parent / "trusting", self.stack.tls_ca, "lacme",
                 "--config", self.dir / "lacme.conf", *args)

    def register(self):
        self.register_key(serialization.PrivateFormat.TraditionalOpenSSL,
                          self.dir / "account.pem")
        self.lacme("account", "--register", "--tos-agreed", "mailto:admin@client.example")

    def issue(self, name, kind, key):
        self.knot.set(name, "A", "127.0.0.2")
        (self.dir / "certs.conf").write_text(
            f"[{name}]\ncertificate-chain = {self.dir}/{name}.pem\n"
            f"certificate-key = {self.new_key(name, key)}\nsubject = /CN={name}\n"
            f"CAfile = {self.stack.root_cert}\n")
        return self.renew(name, kind, key)

    def renew(self, name, kind, key):
        self.lacme("newOrder", "--force", name)
        return (self.dir / f"{name}.pem").read_text()

    def revoke(self, name):
        self.lacme("revokeCert", self.dir / f"{name}.pem")
