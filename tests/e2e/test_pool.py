# SPDX-License-Identifier: BSD-2-Clause
"""caasd and its children: privileges, silent peers, held answers, bells, slots, restarts."""

import os
import pathlib
import pwd
import resource
import signal
import socket
import struct
import threading
import time

import pytest
from acme import Http, csr
from outside import connections, is_alive, kill, stopped
from stack import wait_until

HOLD_S = 2          # hold_ms as it is shipped
POLL_S = 0.5        # queue_poll_ms as it is shipped
CAPS = {0: "CHOWN", 5: "KILL", 6: "SETGID", 7: "SETUID"}
USERS = {"responder": "caas", "validator": "caas-va", "signer": "caas-ca"}


def proc_status(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return {key: value.strip() for key, value in (line.split(":", 1) for line in lines)}


@pytest.mark.skipif(os.getuid() != 0, reason="without root every role runs as this user")
def test_least_privilege(rough):
    """design.md 1: one user per privilege, no capabilities, no way to get any."""
    for part, user in USERS.items():
        pw = pwd.getpwnam(user)
        pids = rough.stack.pids(part)
        assert pids
        for pid in pids:
            s = proc_status(pid)
            assert s["Uid"].split() == [str(pw.pw_uid)] * 4
            assert s["Gid"].split() == [str(pw.pw_gid)] * 4
            for kind in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
                assert int(s[kind], 16) == 0, (part, kind)
            assert s["NoNewPrivs"] == "1"
            assert "0" not in s["Groups"].split()
    [master] = rough.stack.pids("pool")
    s = proc_status(master)
    allowed = sum(1 << bit for bit in CAPS)
    for kind in ("CapEff", "CapPrm", "CapBnd"):
        assert int(s[kind], 16) == allowed, kind


@pytest.mark.parametrize("n, first", [(16, b""), (16, b"\1"), (200, b""), (200, b"\1")])
def test_silent_peers(rough, n, first):
    """design.md 4: who connects to the FastCGI socket and says nothing pins no worker."""
    client = rough.client.clone()
    with connections(rough.stack.dir / "run" / "caas.sock", n, first) as socks:
        for _ in range(16):
            r = client.http.request("GET", client.url, timeout=10)
            assert r.status == 200 and r.seconds < 1, r.seconds
        client.order("silent.rough.example")
        # And they are shown the door.
        for s in socks[:8]:
            try:
                assert s.recv(1) == b""
            except ConnectionResetError:
                pass


def cpu_s(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_full_house(rough):
    """design.md 4: a responder without room for one more connection waits, and accepts again"""
    path = rough.stack.dir / "run" / "caas.sock"
    pids = rough.stack.pids("responder")
    most = 256 * len(pids)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, most + 600)), hard))
    client = rough.client.clone()
    with connections(path, most + 200, b"\1"):
        began, before = time.monotonic(), sum(map(cpu_s, pids))
        # All of them are shown the door within two seconds, and who waits has a turn then.
        assert client.http.request("GET", client.url, timeout=20).status == 200
        waited, spent = time.monotonic() - began, sum(map(cpu_s, pids)) - before
    assert rough.stack.pids("responder") == pids
    for _ in range(32):
        r = client.http.request("GET", client.url, timeout=10)
        assert r.status == 200 and r.seconds < 1, r.seconds
    # One that looks at its full house again and again takes a processor.
    assert spent < max(0.5, waited / 2), (spent, waited)


def record(kind, content):
    """FastCGI s3.3"""
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def ask(stack, length, body):
    """What a responder says to a POST to the partner API whose body should be that long."""
    params = {"REQUEST_METHOD": "POST", "REQUEST_URI": "/products/!ACMEAdmin", "HTTPS": "on",
              "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": length}
    coded = b"".join(bytes([len(k), len(v)]) + k.encode() + v.encode()
                     for k, v in params.items() if v is not None)
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(20)
        s.connect(str(stack.dir / "run" / "caas.sock"))
        s.sendall(record(1, b"\0\1\0\0\0\0\0\0") + record(4, coded) + record(4, b"") +
                  record(5, body) + record(5, b""))
        said = b""
        while part := s.recv(65536):
            said += part
    return said


def test_body_that_ends_early(rough):
    """R-4: a form of which a part is missing is none, whatever that part was"""
    body = rough.partner.form("LISTSERVERS").encode()
    for length in (str(len(body)), None, ""):
        assert b'"Servers":' in ask(rough.stack, length, body), length
    said = ask(rough.stack, str(len(body) + len("&quoteOnly=Y")), body)
    assert b"Status:" not in said and b"Servers" not in said, said


def test_idle_keepalive(rough):
    """design.md 10: idle connections to the web server hold no responder."""
    idle = [Http(rough.stack.tls_ca) for _ in range(40)]
    for h in idle:
        assert h.request("GET", rough.client.url).status == 200
    client = rough.client.clone()
    for i in range(10):
        r = client.new_order(f"idle{i}.rough.example")
        assert r.status == 201 and r.seconds < 1, r
    assert all(h.request("GET", rough.client.url).status == 200 for h in idle)


class Order:
    """An order for one name, with its http-01 challenge."""

    def __init__(self, rough, name):
        self.name, self.client = name, rough.client.clone()
        self.url, self.order = self.client.order(name)
        _, self.challenge = self.client.challenge(self.order["authorizations"][0], "http-01")
        token = self.challenge["token"]
        rough.net.token(token, self.client.key_authz(token))

    def respond(self):
        return self.client.post(self.challenge["url"], {})

    def finalize(self):
        return self.client.finalize(self.order, csr([self.name]))


def test_answers_are_final(rough):
    """design.md 2: the answers to a challenge and to finalize carry the result."""
    for i in range(5):
        o = Order(rough, f"final{i}.rough.example")
        r = o.respond()
        assert (r.status, r.json["status"]) == (200, "valid"), r
        assert r.header("Retry-After") is None and r.seconds < HOLD_S
        r = o.finalize()
        assert (r.status, r.json["status"]) == (200, "valid"), r
        assert r.json["certificate"] and r.seconds < HOLD_S


def in_time(reply):
    """Held for hold_ms, not less and not much more."""
    assert reply.status == 200 and reply.json["status"] == "processing", reply
    assert int(reply.header("Retry-After")) >= 1
    assert HOLD_S - 0.1 < reply.seconds < HOLD_S + 1, reply.seconds


def test_hold_ends(rough):
    """design.md 4, HDR-04: after hold_ms the state as it is; and no worker waits meanwhile."""
    orders = [Order(rough, f"held{i}.rough.example") for i in range(24)]
    queue = [p for p in rough.stack.pids("validator")]
    replies = []
    with stopped(*queue):
        threads = [threading.Thread(target=lambda o=o: replies.append(o.respond()))
                   for o in orders]
        for t in threads:
            t.start()
        wait_until(lambda: int(rough.stack.sql(
            "SELECT COUNT(*) FROM jobs WHERE is_done = 0")[0][0]) == len(orders), 5, "24 held")
        # Three times as many are held as there are workers.
        r = rough.client.clone().http.request("GET", rough.client.url)
        assert r.status == 200 and r.seconds < 1, r.seconds
        for t in threads:
            t.join(10)
    assert len(replies) == len(orders)
    for r in replies:
        in_time(r)
    for o in orders:
        o.client.poll(o.challenge["url"], lambda c: c["status"] == "valid")
    [signer] = rough.stack.pids("signer")
    with stopped(signer):
        in_time(orders[0].finalize())
    order = orders[0].client.poll(orders[0].url, lambda x: x["status"] != "processing")
    assert order["status"] == "valid"


def test_lost_bell(rough):
    """design.md 2: a bell that nobody hears costs at most one poll."""
    bell = rough.stack.dir / "run" / "bell" / "http-01"
    away = bell.with_name("http-01.away")
    bell.rename(away)
    try:
        for i in range(3):
            r = Order(rough, f"bell{i}.rough.example").respond()
            assert r.json["status"] == "valid", r
            assert r.seconds < POLL_S + 1, r.seconds
    finally:
        away.rename(bell)


def queue_of(stack, queue):
    for pid in stack.pids("validator"):
        if pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[-2] == queue.encode():
            return pid
    raise AssertionError(queue)


def epoch(stack, queue):
    [[value]] = stack.sql(f"SELECT epoch FROM slots WHERE queue = '{queue}'")
    return int(value)


@pytest.mark.parametrize("queue", ["http-01", "dns-01", "sign"])
def test_epoch_rises(rough, queue):
    """design.md 4: each incarnation of a slot has a higher epoch than the one before."""
    stack = rough.stack
    before = epoch(stack, queue)
    kill(stack.pids("signer")[0] if queue == "sign" else queue_of(stack, queue))
    assert wait_until(lambda: epoch(stack, queue) > before, 5, "a new incarnation")


def test_stale_epoch(rough):
    """
    design.md 4: a validator whose slot was taken meanwhile writes nothing of what it saw,
    and makes room for a new incarnation, which does the work.
    """
    stack = rough.stack
    o = Order(rough, "stale.rough.example")
    path = "/.well-known/acme-challenge/" + o.challenge["token"]
    pid = queue_of(stack, "http-01")
    rough.net.rule(f"* {path} delay 600 {o.client.key_authz(o.challenge['token'])}")
    answer = threading.Thread(target=o.respond)
    answer.start()
    wait_until(lambda: path in rough.net.http_log.read_text(), 5, "the check")
    with stopped(pid):
        [[authz_id]] = stack.sql("SELECT MAX(id) FROM authzs")
        stack.sql("UPDATE slots SET epoch = epoch + 1 WHERE queue = 'http-01'; UPDATE jobs SET"
                  " epoch = epoch + 1 WHERE queue = 'http-01' AND is_done = 0")
        taken = epoch(stack, "http-01")
    answer.join(20)
    wait_until(lambda: epoch(stack, "http-01") > taken, 15, "a new incarnation")
    authz = o.client.poll(o.order["authorizations"][0], lambda a: a["status"] != "pending")
    assert authz["status"] == "valid", authz
    assert not is_alive(pid), "who lost its slot still works"
    rows = stack.sql("SELECT COUNT(*), SUM(v.is_valid) FROM verdicts v WHERE v.authz_id ="
                     f" {authz_id}")
    assert rows == [["1", "1"]], rows
    assert o.finalize().json["status"] == "valid"


def test_back_off(rough):
    """design.md 1: a child that cannot start is started again, less and less often."""
    stack = rough.stack
    program = stack.dir / "bin" / "caas-signer"
    away = program.with_name("caas-signer.away")
    log = stack.dir / "log" / "caasd.log"
    mark = log.stat().st_size

    def starts():
        with open(log, encoding="utf-8") as f:
            f.seek(mark)
            return [line for line in f if "child.start program=caas-signer" in line]

    program.rename(away)
    try:
        [signer] = stack.pids("signer")
        began = time.monotonic()
        kill(signer)
        wait_until(lambda: len(starts()) >= 4, 10, "some tries")
        took = time.monotonic() - began
        # Pauses of 0.1 (or none), 0.1, 0.2, 0.4 s.
        assert took > 0.6, took
        assert len(starts()) <= 6
        # The others do not care.
        assert Order(rough, "backoff.rough.example").respond().json["status"] == "valid"
    finally:
        away.rename(program)
    wait_until(lambda: stack.pids("signer"), 15, "the signer")
    rough.client.issue(["backoff.rough.example"], rough.net)


def test_drain(rough):
    """design.md 1: SIGTERM answers what is in work, the held as well, and takes no more."""
    stack = rough.stack
    o = Order(rough, "drain.rough.example")
    held = []
    validators = stack.pids("validator")
    for pid in validators:
        os.kill(pid, signal.SIGSTOP)
    try:
        answer = threading.Thread(target=lambda: held.append(o.respond()))
        answer.start()
        [[ring]] = wait_until(lambda: stack.sql(
            "SELECT ring FROM jobs WHERE is_done = 0 AND object_id ="
            " (SELECT MAX(id) FROM authzs)"), 5, "the held request")
        old = stack.pids("responder")
        os.kill(stack.pids("pool")[0], signal.SIGTERM)
        wait_until(lambda: not any(is_alive(p) for p in old if p != int(ring)), 5,
                   "the end of those who have nothing to do")
        assert is_alive(int(ring)), "it went without an answer"
        answer.join(10)
        in_time(held[0])
        wait_until(lambda: not is_alive(int(ring)), 5, "the end of the last responder")
    finally:
        for pid in validators:
            os.kill(pid, signal.SIGCONT)
        wait_until(lambda: not any(is_alive(p) for p in validators), 30, "the end of the pool")
        stack.up()
    o.client.poll(o.challenge["url"], lambda c: c["status"] == "valid")


def test_no_answer_is_lost_in_a_drain(rough):
    """design.md 1: of the requests at the moment of a stop each has a whole answer."""
    stack = rough.stack
    clients = [rough.client.clone() for _ in range(6)]
    stop, replies = threading.Event(), []

    def ask(client):
        while not stop.is_set():
            replies.append(client.http.request("GET", client.url))
    threads = [threading.Thread(target=ask, args=(c,)) for c in clients]
    for t in threads:
        t.start()
    try:
        wait_until(lambda: len(replies) > 50, 10, "load")
        stack.restart("pool")
        mark = len(replies)
        wait_until(lambda: len(replies) > mark + 20, 10, "load again")
    finally:
        stop.set()
        for t in threads:
            t.join(30)
    for r in replies:
        assert r.status == 200 or (r.status == 503 and r.problem() and
                                   r.header("Retry-After")), r
    assert replies[-1].status == 200
