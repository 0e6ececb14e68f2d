# SPDX-License-Identifier: BSD-2-Clause
"""Web servers that get their certificates themselves."""

import json
import shutil
import signal
import subprocess

from stack import wait_until

from clients.base import HOOK, LIMIT, Client


class Server(Client):
    """Runs from its first certificate on; issue and renew start it anew."""

    process = None

    def register(self):
        """With its first certificate."""

    def start(self, *args, env=None):
        self.stop()
        with (self.dir / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [str(a) for a in args], stdout=log, stderr=log, cwd=self.dir,
                env={**self.environ(), **(env or {})})

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def until(self, condition):
        """What the server did in the end."""
        def look():
            assert self.process.poll() is None, self.log()
            return condition()
        try:
            return wait_until(look, LIMIT, f"{self}", 0.05)
        except AssertionError as e:
            raise AssertionError(f"{e}\n{self.log()}") from None
        finally:
            self.stop()

    def log(self):
        return "\n".join(f.read_text(errors="replace")[-4000:] for f in self.dir.glob("*.log"))


class Caddy(Server):
    """By tls-alpn-01: it listens itself where validators connect to."""

    kinds = ("tls-alpn-01",)

    def setup(self):
        self.net.end("tlsalpnd")

    def end(self):
        self.net.start("tlsalpnd")

    def run_it(self, name, key):
        port = int(self.stack.tlsalpn01_port)
        issuer = {"module": "acme", "ca": self.stack.directory_url,
                  "email": "admin@client.example",
                  "trusted_roots_pem_files": [self.stack.tls_ca],
                  "external_account": {"key_id": self.kid, "mac_key": self.mac},
                  "challenges": {"http": {"disabled": True},
                                 "tls-alpn": {"alternate_port": port}}}
        config = {
            "admin": {"disabled": True},
            "storage": {"module": "file_system", "root": str(self.dir / "storage")},
            "apps": {"tls": {
                "certificates": {"automate": [name]},
                "automation": {"policies": [{
                    "subjects": [name], "issuers": [issuer],
                    "key_type": {"rsa": "rsa2048", "ec": "p256"}[key]}]}}}}
        (self.dir / "caddy.json").write_text(json.dumps(config))
        self.start("caddy", "run", "--config", self.dir / "caddy.json")
        found = self.until(lambda: list((self.dir / "storage").glob(
            f"certificates/*/{name}/{name}.crt")))
        return found[0].read_text()

    def issue(self, name, kind, key):
        return self.run_it(name, key)

    def renew(self, name, kind, key):
        shutil.rmtree(self.dir / "storage" / "certificates")
        return self.run_it(name, key)


class ModMd(Server):
    """Apache's own, by dns-01 and a command."""

    kinds = ("dns-01",)
    modules = "mpm_event ssl md authz_core"

    def setup(self):
        (self.dir / "md").mkdir()
        # Where Apache's user can come, who is not root.
        shutil.copy(HOOK, self.dir / "hook")
        hook = self.dir / "dns01"
        hook.write_text("#!/bin/sh\ncase $1 in\n"
                        f'setup) exec {self.dir}/hook begin dns-01 "$2" "" "$3" ;;\n'
                        f'teardown) exec {self.dir}/hook done dns-01 "$2" "" "${{3-}}" ;;\nesac\n')
        hook.chmod(0o755)

    def configuration(self, name, key):
        load = "\n".join(f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so"
                         for m in self.modules.split())
        return f"""ServerRoot {self.dir}
{load}
User caas
Group caas
PidFile {self.dir}/httpd.pid
DefaultRuntimeDir {self.dir}
ErrorLog {self.dir}/error.log
LogLevel warn md:info
ServerName {name}
Listen 127.0.0.1:{int(self.stack.http01_port) + 400}
MDStoreDir {self.dir}/md
MDCertificateAuthority {self.stack.directory_url}
MDCACertificateFile {self.stack.tls_ca}
MDCertificateAgreement accepted
MDContactEmail admin@client.example
MDExternalAccountBinding {self.kid} {self.mac}
MDPrivateKeys {dict(rsa="RSA 2048", ec="P-256")[key]}
MDCAChallenges dns-01
MDChallengeDns01 {self.dir}/dns01
MDRetryDelay 5s
MDBaseServer on
MDomain {name} manual
MDRenewMode always
"""

    def run_it(self, name, key):
        (self.dir / "httpd.conf").write_text(self.configuration(name, key))
        self.start("apache2", "-DFOREGROUND", "-f", self.dir / "httpd.conf")
        return self.until(lambda: self.chain("staging", name))

    def chain(self, where, name):
        for file in (self.dir / "md" / where / name).glob("pubcert*.pem"):
            return file.read_text()
        return None

    def issue(self, name, kind, key):
        return self.run_it(name, key)

    def renew(self, name, kind, key):
        # A start puts to use what is staged; what is missing is renewed by the next one.
        self.start("apache2", "-DFOREGROUND", "-f", self.dir / "httpd.conf")
        self.until(lambda: self.chain("domains", name))
        for file in (self.dir / "md" / "domains" / name).glob("pubcert*.pem"):
            file.unlink()
        return self.run_it(name, key)
