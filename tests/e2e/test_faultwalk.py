# SPDX-License-Identifier: BSD-2-Clause
"""
A walk through every point of an issuance: each process in turn is killed at each of its
requests to the database and each of its bells, one after the other, until an issuance is
through before the next would come.  strace kills from outside, at the n-th sendto(2).
"""

import contextlib
import os
import signal
import subprocess
import time

import pytest
from acme import Client, csr
from fakes import Net
from outside import is_alive
from partner import Partner
from stack import Stack, wait_until
from test_kill import newest_order, one_certificate, queue_of

STEPS_MAX = 120         # no process takes so many for one certificate
TRIES = 100


@pytest.fixture(scope="module")
def world(workdir):
    """(stack, net, client): few workers and a slow poll, so that steps are those of the issuance."""
    s = Stack(workdir / "faultwalk", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 700,
              ("workers=2", "queue_poll_ms=2000")).up()
    n = Net(workdir / "faultwalk-net", int(s.dns.split(":")[1]), int(s.http01_port))
    yield s, n, Client(s).register(Partner(s).binding("*.walk.example"))
    n.stop()
    s.down()


@contextlib.contextmanager
def killer(pids, step, call="sendto"):
    """strace that kills whichever process first comes to its step, a system call."""
    args = [a for pid in pids for a in ("-p", str(pid))]
    p = subprocess.Popen(["strace", "-qq", "-f", "-e", f"trace={call}", "-o", "/dev/null", "-e",
                          f"inject={call}:signal=SIGKILL:when={step}", *args])
    try:
        wait_until(lambda: all(is_traced(pid) or not is_alive(pid) for pid in pids), 10, "strace")
        yield
    finally:
        p.send_signal(signal.SIGTERM)
        p.wait(10)


def is_traced(pid):
    try:
        with open(f"/proc/{pid}/status") as f:
            return any(x.startswith("TracerPid:") and x.split()[1] != "0" for x in f)
    except OSError:
        return False


def persist(request):
    """What a client does about an answer that it did not get."""
    for _ in range(TRIES):
        with contextlib.suppress(OSError, EOFError, AssertionError):     # no nonce either
            r = request()
            if r.status < 500:
                return r
        time.sleep(0.05)
    raise AssertionError("no answer")


def read(client, url):
    r = persist(lambda: client.post(url))
    assert r.status == 200, r
    return r.json


def drive(client, net, url):
    """Take an order to its end, whatever is lost on the way."""
    order = read(client, url)
    for authz_url in order["authorizations"]:
        for _ in range(TRIES):
            authz = read(client, authz_url)
            if authz["status"] != "pending":
                break
            chall = next(c for c in authz["challenges"] if c["type"] == "http-01")
            net.token(chall["token"], client.key_authz(chall["token"]))
            if chall["status"] == "pending":
                persist(lambda: client.post(chall["url"], {}))
            else:
                time.sleep(0.05)
        assert authz["status"] == "valid", authz
    for _ in range(TRIES):
        order = read(client, url)
        if order["status"] in ("valid", "invalid"):
            return order
        if order["status"] == "ready":
            names = [i["value"] for i in order["identifiers"]]
            r = persist(lambda: client.finalize(order, csr(names)))
            assert r.status in (200, 403), r
        else:
            time.sleep(0.1)
    raise AssertionError(order)


def age_s(pid):
    with open(f"/proc/{pid}/stat", encoding="latin-1") as f:
        began = int(f.read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
    with open("/proc/uptime") as f:
        return float(f.read().split()[0]) - began


def ready(stack, part):
    """The pids of the part, once all of it is back and had a good start: no back-off then."""
    def settled():
        pids = PARTS[part](stack)
        with contextlib.suppress(OSError):
            return len(pids) == (2 if part == "responder" else 1) and None not in pids and \
                all(age_s(pid) > 1.1 for pid in pids) and pids
        return None
    return wait_until(settled, 20, f"the {part} is back")


PARTS = {"responder": lambda s: s.pids("responder"),
         "validator": lambda s: [queue_of(s, "http-01")],
         "signer": lambda s: s.pids("signer")}


@pytest.mark.parametrize("part", PARTS)
def test_walk(world, part):
    """FIN-17 FIN-20 TOP-40: the order completes, one certificate, one live serial, PEM = row"""
    stack, net, client = world
    killed = 0
    for step in range(1, STEPS_MAX):
        pids = ready(stack, part)
        name = f"{part}{step}.walk.example"
        url = persist(lambda: client.new_order(name)).location
        order_id = newest_order(stack)
        with killer(pids, step):
            order = drive(client, net, url)
        assert order["status"] == "valid", (part, step, order)
        alive = all(map(is_alive, pids))
        ready(stack, part)
        one_certificate(stack, client, url, [name], order_id)
        if alive:
            break
        killed += 1
    else:
        raise AssertionError(f"after {STEPS_MAX} steps there is no end")
    print(f"{part}: killed at {killed} steps")
    assert killed >= 8, "the walk met hardly anything"
    assert stack.ctl("doctor").returncode == 0
