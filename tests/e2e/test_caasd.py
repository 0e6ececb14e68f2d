# SPDX-License-Identifier: BSD-2-Clause
"""The pool master: reload, log rotation, activation, its own death (design.md 1).

A stack of its own, because these tests replace and kill the pool.
"""

import json
import os
import pathlib
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading

import pytest
from acme import Client
from fakes import Net
from partner import Partner
from stack import Stack, wait_until

PORTS = 300     # beside the stack of the other tests
READERS, ISSUERS = 4, 2


@pytest.fixture(scope="module")
def own(workdir):
    s = Stack(workdir / "caasd", int(os.environ.get("CAAS_TEST_PORTS", "0")) + PORTS,
              settings=("workers=4", "queues={http-01, dns-01}")).up()
    # A file of caasctl's own: the pool's is spoilt on purpose, and caasctl reads it too.
    shutil.copy(s.dir / "etc" / "caas.conf", s.dir / "etc" / "ctl.conf")
    s.env["STACK_CTL"] = f"{s.dir}/bin/caasctl -c {s.dir}/etc/ctl.conf"
    yield s
    s.down()


@pytest.fixture(scope="module")
def own_net(own, workdir):
    n = Net(workdir / "caasd-net", int(own.dns.split(":")[1]), int(own.http01_port))
    yield n
    n.stop()


@pytest.fixture(scope="module")
def binding(own):
    return Partner(own).binding("load.example", "*.load.example")


@pytest.fixture
def conf(own):
    """The configuration file; as it was again afterwards."""
    path = own.dir / "etc" / "caas.conf"
    before = path.read_text()
    yield path
    if path.read_text() != before:
        path.write_text(before)
        wait_until(lambda: own.ctl("reload", check=False).returncode == 0, 60, "as before")


class Load:
    """Signed reads and whole issuances from threads; every failure is kept."""

    def __init__(self, stack, net, binding):
        self.stack, self.net, self.stopped = stack, net, threading.Event()
        self.failures, self.reads, self.issued = [], 0, 0
        account = Client(stack).register(binding)
        self.threads = [threading.Thread(target=self.guard, args=(work, account, i))
                        for work, count in ((self.read, READERS), (self.issue, ISSUERS))
                        for i in range(count)]

    def __enter__(self):
        for t in self.threads:
            t.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for t in self.threads:
            t.join(90)
        assert not any(t.is_alive() for t in self.threads), "a client never ended"

    def guard(self, work, account, i):
        client = Client(self.stack, account.key)
        client.kid = account.kid
        n = 0
        while not self.stopped.is_set() and len(self.failures) < 5:
            try:
                work(client, f"n{i}-{n}.load.example")
            except Exception as e:  # noqa: BLE001 - whatever it is, the test reports it
                self.failures.append(repr(e))
            n += 1

    def read(self, client, _):
        client.get(client.kid)
        self.reads += 1

    def issue(self, client, name):
        client.issue([name], self.net)
        self.issued += 1

    def check(self):
        assert not self.failures, self.failures
        assert self.reads > 10 and self.issued > 1, (self.reads, self.issued)


@pytest.fixture
def load(own, own_net, binding):
    with Load(own, own_net, binding) as running:
        wait_until(lambda: running.issued and running.reads or running.failures, 30,
                   "the load begins")
        yield running
    running.check()


def processes(stack):
    return json.loads(stack.ctl("status", "--json").stdout)


def pids_of(stack, role):
    return {p["pid"] for p in processes(stack) if p["role"] == role}


def set_key(path, key, value):
    lines = [x for x in path.read_text().splitlines() if not x.startswith(f"{key} ")]
    path.write_text("\n".join([*lines, f"{key} = {value}"]) + "\n")


def master(stack):
    return int((stack.dir / "pids" / "pool").read_text().split()[0])


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_status(own):
    """Every process once, with its queue; people's form has the same lines."""
    own.ctl("reload")
    rows = processes(own)
    assert sorted((p["role"], p.get("queue")) for p in rows if p["role"] != "responder") == [
        ("signer", None), ("validator", "dns-01"), ("validator", "http-01")]
    assert [p["role"] for p in rows].count("responder") == 4
    assert all(p["state"] == "running" and is_there(p["pid"]) for p in rows)
    assert all(p["restarts"] == 0 and p["since"].endswith("Z") for p in rows)
    lines = own.ctl("status").stdout.splitlines()
    assert len(lines) == len(rows) + 1
    assert {int(x.split()[2]) for x in lines[1:]} == {p["pid"] for p in rows}


def test_restart_is_counted(own):
    """A responder that is killed comes back, and status says so."""
    victim = pids_of(own, "responder").pop()
    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: any(p["role"] == "responder" and p["restarts"] == 1 and
                           p["state"] == "running" for p in processes(own)), 10,
               "the successor runs")
    assert victim not in pids_of(own, "responder")


def test_ten_reloads_under_load(own, load):
    """Not one request fails and every order completes, though every process is replaced."""
    for _ in range(10):
        before = {p["pid"] for p in processes(own)}
        own.ctl("reload")
        after = {p["pid"] for p in processes(own)}
        assert not before & after, "something old still runs"
        assert not any(is_there(p) for p in before)
        seen = load.issued
        wait_until(lambda: load.issued > seen + 1 or load.failures, 30, "issuances go on")


def test_sighup_changes_numbers(own, conf):
    """New numbers of workers and queues take effect, both ways."""
    set_key(conf, "workers", 2)
    set_key(conf, "queues", "{http-01}")
    os.kill(master(own), signal.SIGHUP)
    wait_until(lambda: [p["role"] for p in processes(own)].count("responder") == 2 and
               len(processes(own)) == 4, 30, "two responders, one queue")
    set_key(conf, "workers", 5)
    set_key(conf, "queues", "{http-01, dns-01}")
    own.ctl("reload")
    assert len(pids_of(own, "responder")) == 5
    assert len(pids_of(own, "validator")) == 2


@pytest.mark.parametrize("key, value, says", [
    ("no_such_key", "1", "caas.conf:"),
    ("workers", "100000", "workers"),
    ("run_dir", '"/nonexistent"', "restart"),
    ("queues", "{http-01, no-such-queue}", "caas-validator -q no-such-queue"),
    ("signer_conf", '"/nonexistent/signer.conf"', "caas-signer"),
])
def test_bad_reload(own, conf, load, key, value, says):
    """The old configuration stays, also for who is started again; all of it is said."""
    before = {p["pid"] for p in processes(own)}
    set_key(conf, key, value)
    r = own.ctl("reload", check=False)
    assert r.returncode == 1 and says in r.stderr, r.stderr
    assert "level=error" in next(x for x in reversed(own.log("caasd").splitlines())
                                 if "reload.failed" in x)
    wait_until(lambda: {p["pid"] for p in processes(own)} == before, 40,
               "only the old processes are left")
    victim = pids_of(own, "responder").pop()
    os.kill(victim, signal.SIGTERM)     # gently: the load must not notice
    wait_until(lambda: victim not in pids_of(own, "responder") and
               all(p["state"] == "running" for p in processes(own)), 10,
               "a responder under the old configuration")


def test_log_rotation(own, load):
    """Logs are renamed, SIGUSR1: new files, no line lost, nobody ends (libfcgi's handler)."""
    before = {p["pid"] for p in processes(own)}
    logs = ["caasd", "caas-responder", "caas-validator", "caas-signer"]
    directory = own.dir / "log"
    for n in range(3):
        seen = load.issued
        for name in logs:
            (directory / f"{name}.log").rename(directory / f"{name}.log.{n}")
        os.kill(master(own), signal.SIGUSR1)
        wait_until(lambda: all((directory / f"{name}.log").exists() for name in logs), 10,
                   "new files")
        wait_until(lambda: load.issued > seen + 4 or load.failures, 30, "issuances go on")
        for name in logs[1:]:
            wait_until((directory / f"{name}.log").read_text, 10, f"{name} logs anew")
    assert {p["pid"] for p in processes(own)} == before
    load.stopped.set()
    for t in load.threads:
        t.join(90)
    text = "".join(p.read_text() for p in directory.glob("caas-responder.log*"))
    assert text.count("event=request") >= load.reads
    for path in directory.glob("*.log.?"):
        path.unlink()


def test_master_killed_under_load(own, load):
    """kill -9 of caasd: children go on; its successor replaces them, nobody notices."""
    before = {p["pid"] for p in processes(own)}
    for _ in range(2):
        seen = load.issued
        os.kill(master(own), signal.SIGKILL)
        wait_until(lambda: load.issued > seen + 2 or load.failures, 30, "service goes on")
        assert all(is_there(p) for p in before)
        subprocess.Popen([own.dir / "bin" / "caasd", "-c", own.dir / "etc" / "caas.conf"],
                         stdin=subprocess.DEVNULL,
                         stderr=(own.dir / "log" / "pool.log").open("a"))
        wait_until(lambda: own.ctl("status", check=False).returncode == 0, 20, "caasd is back")
        note_master(own)
        wait_until(lambda: not any(is_there(p) for p in before), 60, "the old ones ended")
        wait_until(lambda: all(p["state"] == "running" for p in processes(own)), 20, "all run")
        before = {p["pid"] for p in processes(own)}


def note_master(stack):
    """Tell tests/stack which process it has to end."""
    for p in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (p / "cmdline").read_bytes().split(b"\0")
            if words[0] == str(stack.dir / "bin" / "caasd").encode():
                start = (p / "stat").read_text().rpartition(")")[2].split()[19]
                (stack.dir / "pids" / "pool").write_text(f"{p.name} {start}\n")
                return
        except (FileNotFoundError, ProcessLookupError):
            continue
    raise AssertionError("caasd does not run")


def test_control_socket(own):
    """Strangers' lines are refused, silent and talkative clients are dropped."""
    path = own.dir / "run" / "control"
    assert path.stat().st_mode & 0o777 == 0o600

    def ask(data):
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(20)
            s.connect(str(path))
            try:
                s.sendall(data)
                return s.recv(4096)
            except (BrokenPipeError, ConnectionResetError):
                return b""

    assert ask(b"STATUS\n").startswith(b"error ")
    assert ask(b"status \n").startswith(b"error ")
    assert ask(b"\n").startswith(b"error ")
    assert ask(b"x" * 64) == b""
    assert ask(b"stat") == b"", "a line that does not end is waited for without end"
    if os.geteuid() == 0:
        path.chmod(0o666)
        r = subprocess.run(["setpriv", "--reuid=caas", "--clear-groups", sys.executable, "-c",
                            "import socket; s = socket.socket(socket.AF_UNIX);"
                            f"s.connect({str(path)!r}); s.sendall(b'status\\n');"
                            "print(s.recv(99))"], capture_output=True, text=True)
        path.chmod(0o600)
        refused = ("b''" in r.stdout, "ConnectionReset" in r.stderr, "BrokenPipe" in r.stderr)
        assert any(refused), r
    assert processes(own)


def check(stack, path):
    return subprocess.run([stack.dir / "bin" / "caasd", "-t", "-c", path], text=True,
                          capture_output=True, timeout=30)


def test_check(own):
    """caasd -t: 0 or 78, the line of a fault, DNSSEC that is off by oversight (DSE-02), and files
    that a role cannot read."""
    text = (own.dir / "etc" / "caas.conf").read_text()
    path = own.dir / "etc" / "check.conf"
    path.write_text(text)
    r = check(own, path)
    assert r.returncode == 0 and "is good" in r.stdout, r
    path.write_text(text.replace("allow_no_dnssec = yes", ""))
    r = check(own, path)
    assert r.returncode == 78 and "trust_anchor is empty" in r.stderr, r
    assert "dnssec.off" in own.log("caas-validator")
    line = len(text.splitlines()) + 1
    path.write_text(text + "no_such_key = 1\n")
    r = check(own, path)
    assert r.returncode == 78 and f"check.conf:{line}: " in r.stderr, r
    keys = own.dir / "etc" / "keys-check"
    shutil.copytree(own.dir / "etc" / "keys", keys)
    if os.geteuid() == 0:
        for p in keys.rglob("*"):
            was = own.dir / "etc" / "keys" / p.relative_to(keys)
            os.chown(p, was.stat().st_uid, was.stat().st_gid)
    path.write_text(text.replace(str(own.dir / "etc" / "keys"), str(keys)))
    assert check(own, path).returncode == 0
    for name, program in (("web/nonce.key", "caas-responder"), ("va/attest.key", "caas-validator"),
                          ("sign/url.key", "caas-signer")):
        key = keys / name
        key.rename(key.with_suffix(".away"))
        r = check(own, path)
        assert r.returncode == 78 and program in r.stderr and name in r.stderr, r
        key.with_suffix(".away").rename(key)
    shutil.rmtree(keys)
    path.unlink()


@pytest.mark.parametrize("how", ["LISTEN_FDS", "descriptor 0"])
def test_socket_activation(own, own_net, binding, how):
    """The socket of the service manager outlives the pool: a request waits for it."""
    own.run("restart", "--only", "web")
    stop_master(own)
    path = own.dir / "run" / "caas.sock"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(str(path))
        path.chmod(0o666)
        s.listen(64)
        inode = path.stat().st_ino
        answers = []
        waiting = threading.Thread(target=lambda: answers.append(
            Client(own).http.request("GET", own.directory_url)))
        waiting.start()
        wait_until(lambda: queued(s), 10, "the request waits in the socket's queue")
        activate(own, s, how)
        waiting.join(30)
        assert [r.status for r in answers] == [200]
    note_master(own)
    assert path.stat().st_ino == inode
    assert not (own.dir / "run" / "caas.sock.new").exists()
    for p in processes(own):
        held = listening(p["pid"], path)
        assert held == (1 if p["role"] == "responder" else 0), p
    Client(own).register(binding).issue(["activated.load.example"], own_net)
    stop_master(own)
    path.unlink()
    own.run("restart", "--only", "pool")


def queued(sock):
    return select.select([sock], [], [], 0)[0]


def stop_master(stack):
    pid = master(stack)
    os.kill(pid, signal.SIGTERM)

    def gone():
        try:
            return os.waitpid(pid, os.WNOHANG)[0] == pid
        except ChildProcessError:
            return not is_there(pid)

    wait_until(gone, 45, "caasd ends")


def activate(stack, sock, how):
    """Start caasd as systemd or as spawn-fcgi do."""
    argv = [str(stack.dir / "bin" / "caasd"), "-c", str(stack.dir / "etc" / "caas.conf")]
    pid = os.fork()
    if pid == 0:
        try:
            env = dict(os.environ)
            if how == "LISTEN_FDS":
                os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
                os.dup2(sock.fileno(), 63)
                os.dup2(63, 3)
                env.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
            else:
                os.dup2(sock.fileno(), 0)
            os.closerange(4 if how == "LISTEN_FDS" else 3, 256)
            os.execve(argv[0], argv, env)
        finally:
            os._exit(127)
    wait_until(lambda: stack.ctl("status", check=False).returncode == 0, 20, "caasd runs")
    wait_until(lambda: all(p["state"] == "running" for p in processes(stack)), 20, "all run")


def listening(pid, path):
    """How many descriptors of a process are the listening socket of that path."""
    inodes = {x.split()[6] for x in pathlib.Path("/proc/net/unix").read_text().splitlines()
              if x.endswith(f" {path}") and x.split()[3] == "00010000"}
    links = [os.readlink(fd) for fd in pathlib.Path(f"/proc/{pid}/fd").iterdir()]
    return sum(link in {f"socket:[{i}]" for i in inodes} for link in links)
