# SPDX-License-Identifier: BSD-2-Clause
"""A real authoritative DNS server: a private knotd that takes RFC 2136 updates.

It serves the whole top-level domain of the tests, so that a resolver that climbs a
name (CAA, RFC 8659) never leaves it.
"""

import base64
import os
import pathlib
import subprocess

from stack import wait_until

KEY_NAME = "clients"
ALGORITHM = "hmac-sha256"
ZONE = """@ 3600 SOA ns hostmaster 1 3600 600 86400 1
@ 3600 NS ns
ns 3600 A 127.0.0.1
* 60 A 127.0.0.1
"""


class Knot:
    def __init__(self, directory, port, zones=("example",)):
        self.dir = pathlib.Path(directory)
        (self.dir / "db").mkdir(parents=True, exist_ok=True)
        self.port = port
        self.zone = zones[0]
        self.secret = base64.b64encode(os.urandom(32)).decode()
        (self.dir / "knot.conf").write_text(self._conf(zones))
        for zone in zones:
            (self.dir / f"{zone}.zone").write_text(f"$ORIGIN {zone}.\n" + ZONE)
        self.process = subprocess.Popen(["knotd", "-c", self.dir / "knot.conf"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        wait_until(lambda: self.ask(self.zone, "SOA"), 20, f"knotd: {self.dir}/knot.log")

    def _conf(self, zones):
        return f"""server:
    listen: 127.0.0.1@{self.port}
    rundir: {self.dir}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: {self.dir}/db
log:
  - target: {self.dir}/knot.log
    any: info
key:
  - id: {KEY_NAME}
    algorithm: {ALGORITHM}
    secret: {self.secret}
acl:
  - id: update
    key: {KEY_NAME}
    action: update
template:
  - id: default
    storage: {self.dir}
    file: "%s.zone"
    acl: update
    zonefile-sync: -1
    zonefile-load: whole
zone:
""" + "".join(f"  - domain: {zone}\n" for zone in zones)

    def ask(self, name, kind):
        """The values of a name's records."""
        assert self.process.poll() is None, f"knotd ended: {self.dir}/knot.log"
        r = subprocess.run(["kdig", "@127.0.0.1", "-p", str(self.port), "+short", "+retry=0",
                            "+time=2", name, kind], text=True, capture_output=True, timeout=10)
        return [] if r.returncode else r.stdout.split("\n")[:-1]

    def update(self, *lines):
        """RFC 2136 update: lines as knsupdate takes them."""
        text = "\n".join([f"server 127.0.0.1 {self.port}", f"zone {self.zone}.", *lines, "send"])
        r = subprocess.run(["knsupdate", "-y", f"{ALGORITHM}:{KEY_NAME}:{self.secret}"],
                           input=text + "\n", text=True, capture_output=True, timeout=30)
        assert r.returncode == 0 and "failed" not in r.stderr + r.stdout, r

    def set(self, name, kind, *values):
        """Replace the records of a name and type; no values: none."""
        self.update(f"del {name}. {kind}",
                    *[f"add {name}. 60 {kind} {value}" for value in values])

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
