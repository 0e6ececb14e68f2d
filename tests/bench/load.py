# SPDX-License-Identifier: BSD-2-Clause
"""One run of the load generator (acmeload) against a target, and what its server spent on it."""

import json
import os
import pathlib
import shutil
import subprocess

TICK = os.sysconf("SC_CLK_TCK")
NAMES = 20000


def build_acmeload(source, directory):
    """Build it outside of the tree; the path of the program."""
    copy = pathlib.Path(directory) / "acmeload"
    shutil.copytree(source, copy, copy_function=shutil.copyfile)
    subprocess.run(["make", "-s", "-C", copy], check=True)
    # With a list of names its DNS server answers for everything above them too: the CAA
    # climb ends at the TLD.
    (copy / "names").write_text("".join(f"n{i}.load.test\n" for i in range(NAMES)))
    return copy / "acmeload"


def children(pid):
    try:
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(c) for c in text.split()]


def cpu_s(pid):
    """CPU seconds of a process; 0 when it is gone."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


class Target:
    """An ACME server under load.  parts: {name: [pid]}; counters: () -> {name: number} or None;
    fresh: makes it forget the DNS server of an earlier run, which ended with questions open."""

    def __init__(self, name, url, cacert, parts, http01_port, dns_port, eab=None, counters=None,
                 fresh=lambda: None):
        self.name, self.url, self.cacert, self.parts = name, url, cacert, parts
        self.http01_port, self.dns_port, self.eab = http01_port, dns_port, eab
        self.counters, self.fresh = counters or dict, fresh

    def spent(self):
        return {part: sum(map(cpu_s, pids)) for part, pids in self.parts().items()}


def run(acmeload, target, mode, clients, seconds, names=1):
    """{figure: number} of one run."""
    args = [acmeload, mode, "-u", target.url, "--cacert", target.cacert, "-c", clients,
            "-t", seconds, "-k", names, "--domains", acmeload.parent / "names", "--http01-port", target.http01_port,
            "--dns-port", target.dns_port]
    if target.eab:
        args += ["--eab-kid", target.eab[0], "--eab-hmac", target.eab[1]]
    target.fresh()
    cpu, counted = target.spent(), target.counters()
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True,
                          timeout=seconds + 120)
    cpu = {part: s - cpu.get(part, 0) for part, s in target.spent().items()}
    counted = {k: v - counted[k] for k, v in target.counters().items()}
    try:
        out = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"{target.name} {mode}: {done.stdout[-300:]}{done.stderr[-300:]}")
    out["parts_cpu_s"], out["counted"] = cpu, counted
    # Accounts and orders are made before the clock starts; the CPU of that is in it too.
    out["all_ops"] = max(out["ops"] + out.get("unfinished", 0), 1)
    return out
