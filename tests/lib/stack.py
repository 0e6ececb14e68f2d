# SPDX-License-Identifier: BSD-2-Clause
"""The service under test: started by tests/stack, found by its stack.env."""

import contextlib
import os
import pathlib
import shlex
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parents[1]


def forget_dead_clocks():
    """
    libfaketime leaves a segment and a semaphore behind a process that is killed.  Another
    user's process that gets its number later could not open them, and would end.
    """
    for path in pathlib.Path("/dev/shm").glob("*faketime_s[he]m_*"):
        pid = path.name.rsplit("_", 1)[1]
        if not pathlib.Path("/proc", pid).exists():
            with contextlib.suppress(OSError):
                path.unlink()


class Stack:
    """A running stack; env holds what stack.env says."""

    def __init__(self, directory, ports=0, settings=(), web="nginx"):
        """ports moves every port by that much, so that stacks run side by side."""
        self.dir = pathlib.Path(directory)
        self.web = web
        self.environ = dict(os.environ)
        for name, port in (("HTTPS", 14000), ("HTTPS6", 14050), ("HTTP", 14080), ("DNS", 8053),
                           ("HTTP01", 5002), ("TLSALPN01", 5001)):
            self.environ[f"STACK_{name}_PORT"] = str(port + ports)
        self.settings = settings

    def run(self, command, *args, check=True, timeout=180, env=None):
        return subprocess.run([HERE / "stack", command, "--dir", self.dir, *args],
                              env={**self.environ, **(env or {})}, check=check,
                              timeout=timeout, text=True, capture_output=True)

    def up(self):
        sets = [a for s in self.settings for a in ("--set", s)]
        r = self.run("up", "--web", self.web, *sets, check=False)
        if r.returncode != 0:
            self.down()     # what did start must not outlive this
        assert r.returncode == 0, r.stdout + r.stderr
        self.env = {}
        for line in (self.dir / "stack.env").read_text().splitlines():
            key, value = line.split("=", 1)
            self.env[key] = shlex.split(value)[0] if value != "''" else ""
        return self

    def down(self):
        self.run("down")

    def restart(self, only=None, env=None):
        if env and "LD_PRELOAD" in env:
            forget_dead_clocks()
        self.run("restart", *(["--only", only] if only else []), env=env)

    def __getattr__(self, name):
        try:
            return self.__dict__["env"]["STACK_" + name.upper()]
        except KeyError:
            raise AttributeError(name) from None

    def status(self):
        """[(name, pid)] of everything that runs."""
        rows = [line.split() for line in self.run("status").stdout.splitlines()]
        return [(name, int(pid)) for name, pid, state in rows if state == "running"]

    def pids(self, name):
        return [pid for n, pid in self.status() if n == name]

    def ctl(self, *args, check=True):
        return subprocess.run([*shlex.split(self.env["STACK_CTL"]), *args], check=check,
                              text=True, capture_output=True, timeout=60)

    def sql(self, text):
        """Rows of strings, as the administrative user."""
        r = subprocess.run(["mariadb", "--no-defaults", "-N", "-B", "-S", self.db_socket,
                            "-u", self.db_user, self.db_name], input=text, text=True,
                           errors="replace", capture_output=True, timeout=60)
        assert r.returncode == 0, r.stderr
        return [line.split("\t") for line in r.stdout.splitlines()]

    def state(self):
        """Everything that a request could have changed, but for spent nonces."""
        return self.sql("""
            SELECT 'accounts', COUNT(*), SUM(CRC32(CONCAT_WS('.', id, status, key_jwk))) FROM accounts
            UNION ALL SELECT 'contacts', COUNT(*), SUM(CRC32(contact)) FROM account_contacts
            UNION ALL SELECT 'orders', COUNT(*), SUM(CRC32(CONCAT_WS('.', id, status, authz_left,
                cert_id, expires_at, finalize_jws))) FROM orders
            UNION ALL SELECT 'authzs', COUNT(*), SUM(CRC32(CONCAT_WS('.', id, status, active_type,
                expires_at))) FROM authzs
            UNION ALL SELECT 'jobs', COUNT(*), 0 FROM jobs WHERE queue <> 'crl'
            UNION ALL SELECT 'certs', COUNT(*), 0 FROM certs
            UNION ALL SELECT 'revocations', COUNT(*), SUM(reason) FROM revocations
            UNION ALL SELECT 'serials', COUNT(*), SUM(status) FROM serials
            UNION ALL SELECT 'compromises', COUNT(*), 0 FROM compromises
            UNION ALL SELECT 'blocked', COUNT(*), 0 FROM blocked_keys
            UNION ALL SELECT 'ledger', COUNT(*), SUM(cents) FROM ledger""")

    @contextlib.contextmanager
    def unchanged(self):
        """What happens within must leave no trace in the database."""
        before = self.state()
        yield
        assert self.state() == before

    def log(self, program):
        return (self.dir / "log" / f"{program}.log").read_text()


def wait_until(condition, seconds, what, step=0.05):
    """The first true result of condition(); fails after seconds."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(step)
