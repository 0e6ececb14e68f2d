# SPDX-License-Identifier: BSD-2-Clause
"""Other ACME servers on the same machine: Debian's pebble, and Caddy's acme_server."""

import json
import os
import pathlib
import shutil
import subprocess
import time
import urllib.request
import ssl

from load import Target, children


def make_tls(directory):
    """A certificate for localhost: (certificate, key); it is its own trust anchor."""
    cert, key = directory / "tls.pem", directory / "tls.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


class Peer:
    """A process that ends with the with block."""

    def __init__(self, name, argv, url, cacert, http01_port, dns_port, log, env=None):
        self.name, self.argv, self.url, self.cacert = name, argv, url, cacert
        self.http01_port, self.dns_port = http01_port, dns_port
        self.log, self.env = log, env or {}

    def __enter__(self):
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([str(a) for a in self.argv], stdout=log, stderr=log,
                                            env={**os.environ, **self.env})
        self._wait()
        return Target(self.name, self.url, self.cacert,
                      lambda: {self.name: [self.process.pid, *children(self.process.pid)]},
                      self.http01_port, self.dns_port)

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    def _wait(self):
        context = ssl.create_default_context(cafile=self.cacert)
        for _ in range(200):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.url, context=context, timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(f"{self.name} does not answer: {self.log.read_text()[-400:]}")


def pebble(directory, port, http01_port, dns_port):
    """None where it is not installed."""
    if shutil.which("pebble") is None:
        return None
    directory.mkdir(parents=True)
    cert, key = make_tls(directory)
    conf = directory / "pebble.json"
    conf.write_text(json.dumps({"pebble": {
        "listenAddress": f"127.0.0.1:{port}", "managementListenAddress": f"127.0.0.1:{port + 1}",
        "certificate": str(cert), "privateKey": str(key), "httpPort": http01_port,
        "tlsPort": http01_port + 1, "ocspResponderURL": "",
        "externalAccountBindingRequired": False}}))
    return Peer("pebble", ["pebble", "-config", conf, "-dnsserver", f"127.0.0.1:{dns_port}"],
                f"https://localhost:{port}/dir", cert, http01_port, dns_port,
                directory / "pebble.log",
                {"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0"})


def caddy(directory, port):
    """
    None where it is not installed or we are not root: it validates at port 80 and asks the
    system's resolver, so it gets a mount namespace in which that is ours, at port 53.
    """
    if shutil.which("caddy") is None or os.geteuid() != 0:
        return None
    directory.mkdir(parents=True)
    cert, key = make_tls(directory)
    resolv = directory / "resolv.conf"
    resolv.write_text("nameserver 127.0.0.1\noptions timeout:1\n")
    conf = directory / "Caddyfile"
    conf.write_text(f"{{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n"
                    f"\tstorage file_system {directory}/storage\n}}\n"
                    f"https://localhost:{port} {{\n\tbind 127.0.0.1\n\ttls {cert} {key}\n"
                    f"\tacme_server\n}}\n")
    target = pathlib.Path("/etc/resolv.conf").resolve()
    script = f'mount --bind {resolv} {target} && exec caddy run --config {conf} --adapter caddyfile'
    return Peer("caddy", ["unshare", "--mount", "sh", "-c", script],
                f"https://localhost:{port}/acme/local/directory", cert, 80, 53,
                directory / "caddy.log", {"HOME": str(directory)})
