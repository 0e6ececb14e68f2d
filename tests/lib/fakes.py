# SPDX-License-Identifier: BSD-2-Clause
"""What validators meet: the servers of tests/fake, driven by a test."""

import os
import pathlib
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parents[1]


class Net:
    """A DNS, a web and a TLS server; what they say is set by calls."""

    def __init__(self, directory, dns_port, http_port, tls_port=None):
        self.dir = pathlib.Path(directory)
        self.dir.mkdir(parents=True, exist_ok=True)
        self.zone = self.dir / "zone.txt"
        self.rules_file = self.dir / "rules.txt"
        self.root = self.dir / "root"
        (self.root / ".well-known" / "acme-challenge").mkdir(parents=True, exist_ok=True)
        self.certs = self.dir / "certs"
        self.certs.mkdir(exist_ok=True)
        self.lock = threading.Lock()
        self.records = {}
        self.rules = []
        self.dns_log = self.dir / "dns.log"
        self.http_log = self.dir / "http.log"
        self._write()
        self.args = {
            "dnsd": ["--port", str(dns_port), "--tld", "example", "--tld", "test",
                     "--log", self.dns_log, self.zone],
            "httpd": ["--port", str(http_port), "--root", self.root,
                      "--log", self.http_log, self.rules_file]}
        if tls_port is not None:
            self.args["tlsalpnd"] = ["--port", str(tls_port), "--certs", self.certs]
        self.processes = {}
        for program in self.args:
            self.start(program)

    def start(self, program):
        """program: dnsd, httpd or tlsalpnd."""
        p = subprocess.Popen([sys.executable, HERE / "fake" / f"{program}.py",
                              *self.args[program]], stdout=subprocess.PIPE, text=True)
        line = p.stdout.readline()
        assert line.startswith("ready"), f"{program}: {line}"
        self.processes[program] = p

    def listen(self, *addresses):
        """The web and the TLS server at these addresses."""
        for program in ("httpd", "tlsalpnd"):
            self.end(program)
            args = self.args[program]
            while "--address" in args:
                del args[args.index("--address"):args.index("--address") + 2]
            args[:0] = [a for at in addresses for a in ("--address", at)]
            self.start(program)

    def end(self, program):
        """Frees its port, for a real server or a client that listens itself."""
        p = self.processes.pop(program)
        p.terminate()
        p.wait(10)

    def _write(self):
        """By rename, so that nobody reads half of it; tests call from several threads."""
        with self.lock:
            self._replace()

    def _replace(self):
        lines = [f"*.{tld} A 127.0.0.1" for tld in ("example", "test")]
        for (name, kind), values in list(self.records.items()):
            lines += [f"{name} {kind} {v}" for v in values]
        for path, text in ((self.zone, "\n".join(lines)),
                           (self.rules_file, "\n".join(self.rules))):
            new = path.with_suffix(".new")
            new.write_text(text + "\n")
            os.replace(new, path)

    def set(self, name, kind, *values):
        """Replace the records of a name and type; no values: none."""
        self.records.pop((name, kind), None)
        if values:
            self.records[name, kind] = list(values)
        self._write()

    def txts(self, values):
        """Replace the TXT records of many names at once: {name: value}."""
        for name, value in values.items():
            self.records[name, "TXT"] = [f'"{value}"']
        self._write()

    def txt(self, name, value):
        """Add a TXT record, as clients do for a wildcard and its base."""
        self.records.setdefault((name, "TXT"), []).append(f'"{value}"')
        self._write()

    def token(self, token, text):
        """Serve a key authorization over HTTP."""
        (self.root / ".well-known" / "acme-challenge" / token).write_text(text)

    def cert(self, name, pem, mode=""):
        """Show a certificate (PEM, its key behind it) for a server name (tests/fake/tlsalpnd.py)."""
        (self.certs / f"{name}.pem").write_bytes(pem)
        (self.certs / f"{name}.mode").write_text(mode)

    def rule(self, text):
        """What the web server does: HOST PATH ACTION ... (tests/fake/httpd.py)."""
        self.rules.insert(0, text)
        self._write()

    def clear(self):
        self.records.clear()
        self.rules.clear()
        self._write()

    def stop(self):
        for program in list(self.processes):
            self.end(program)
