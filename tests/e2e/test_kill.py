# SPDX-License-Identifier: BSD-2-Clause
"""
SIGKILL to each process at each point that matters.  Where a process shall die is chosen
from outside: by a row lock that it comes to wait for, or by a host that does not answer.
"""

import contextlib
import threading
import time

import pytest
from acme import Client, chain, csr
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from outside import RowLock, is_alive, kill, seconds_of, stopped, wait_for_waiter
from stack import wait_until

BACK_S = 2      # stack.md: after kill -9 of any one process of the pool


def queue_of(stack, queue):
    """The pid of the validator of a queue."""
    for pid in stack.pids("validator"):
        with open(f"/proc/{pid}/cmdline", "rb") as f:
            if f.read().split(b"\0")[-2] == queue.encode():
                return pid
    return None


def newest_order(stack):
    """The row id of the order that was made last."""
    return stack.sql("SELECT MAX(id) FROM orders")[0][0]


def one_certificate(stack, client, url, names, order_id):
    """
    The order has exactly one certificate, one live serial, one proof of each name, and what
    the client gets is what stands in the row.
    """
    order = client.poll(url, lambda o: o["status"] in ("valid", "invalid"))
    assert order["status"] == "valid", order
    pem = client.post(order["certificate"]).body
    leaf = chain(pem)[0]
    rows = stack.sql("SELECT c.id, HEX(c.serial), HEX(d.der) FROM certs c JOIN cert_ders d"
                     f" ON d.id = c.id WHERE c.order_id = {order_id}")
    assert len(rows) == 1, rows
    cert_id, serial, der = rows[0]
    assert leaf.public_bytes(serialization.Encoding.DER).hex().upper() == der
    assert leaf.serial_number == int(serial, 16)
    assert x509.load_der_x509_certificate(bytes.fromhex(der)).issuer == leaf.issuer
    live = stack.sql("SELECT HEX(serial), status, cert_id FROM serials"
                     f" WHERE order_id = {order_id} AND status <> 3")
    assert live == [[serial, "2", cert_id]], live
    assert stack.sql(f"SELECT COUNT(*) FROM issuances WHERE order_id = {order_id}") == [["0"]]
    assert stack.sql("SELECT COUNT(*) FROM verdicts v JOIN authzs z ON z.id = v.authz_id"
                     f" WHERE z.order_id = {order_id} AND v.is_valid = 1") == [[str(len(names))]]
    assert stack.sql("SELECT COUNT(*) FROM jobs WHERE is_done = 0 AND object_id ="
                     f" {order_id}") == [["0"]]


class Order:
    """An order on its way, each step by hand."""

    def __init__(self, rough, name):
        self.rough, self.names = rough, [name]
        self.client = rough.client.clone()
        self.url, self.order = self.client.order(name)
        self.id = newest_order(rough.stack)
        self.authz = self.order["authorizations"][0]
        _, self.challenge = self.client.challenge(self.authz, "http-01")
        self.serve()

    def serve(self):
        token = self.challenge["token"]
        self.rough.net.token(token, self.client.key_authz(token))

    def respond(self):
        return self.client.post(self.challenge["url"], {})

    def validate(self):
        r = self.respond()
        assert r.status == 200, r
        self.wait_valid()
        return self

    def wait_valid(self):
        authz = self.client.poll(self.authz, lambda a: a["status"] != "pending")
        assert authz["status"] == "valid", authz

    def finalize(self):
        return self.client.finalize(self.order, csr(self.names))

    def check(self):
        one_certificate(self.rough.stack, self.client, self.url, self.names, self.id)


def in_background(fn):
    """Starts fn; returns a function that gives its result."""
    box = []
    t = threading.Thread(target=lambda: box.append(fn()))
    t.start()

    def result():
        t.join(30)
        assert box, "no answer"
        return box[0]
    return result


def asked_for(net, path):
    return path in net.http_log.read_text()


def test_responder_during_hold(rough):
    """design.md 2, 4: who waits for the answer may die; the work goes on without it."""
    o = Order(rough, "hold.rough.example")
    with stopped(queue_of(rough.stack, "http-01")):
        answer = in_background(o.respond)
        ring = wait_until(lambda: rough.stack.sql(
            "SELECT j.ring FROM jobs j JOIN authzs z ON z.id = j.object_id"
            f" WHERE z.order_id = {o.id}"), 5, "the job")
        kill(int(ring[0][0]))
    r = answer()
    assert r.status == 503 and r.problem() and int(r.header("Retry-After")) > 0, r
    o.wait_valid()
    assert o.finalize().status == 200
    o.check()


@pytest.mark.parametrize("step", ["challenge", "finalize"])
def test_responder_in_transaction(rough, step):
    """design.md 2: half a request is none: the client sends it again and gets all of it."""
    o = Order(rough, f"{step}.rough.example")
    if step == "challenge":
        send, table, done = o.respond, "authzs", "active_type = 0"
        row = f"order_id = {o.id}"
    else:
        o.validate()
        send, table, done = o.finalize, "orders", "status = 2"
        row = f"id = {o.id}"
    responders = rough.stack.pids("responder")
    with RowLock(rough.stack, f"SELECT id FROM {table} WHERE {row}"):
        answer = in_background(send)
        wait_for_waiter(rough.stack)
        # Whichever it is that waits there: all of them.
        for pid in responders:
            kill(pid)
    assert answer().status == 503
    assert rough.stack.sql(f"SELECT COUNT(*) FROM {table} WHERE {row} AND {done}") == [["1"]]
    o.client.nonces.clear()
    assert wait_until(lambda: send().status == 200, 5, "the same again")
    if step == "challenge":
        o.wait_valid()
        o.finalize()
    o.check()


def test_validator_in_check(rough):
    """CHL-04, design.md 4: a check that died with its validator is done by the next one."""
    o = Order(rough, "check.rough.example")
    path = "/.well-known/acme-challenge/" + o.challenge["token"]
    rough.net.rule(f"* {path} hang")
    answer = in_background(o.respond)
    wait_until(lambda: asked_for(rough.net, path), 5, "the check")
    rough.net.rule(f"* {path} body {o.client.key_authz(o.challenge['token'])}")
    kill(queue_of(rough.stack, "http-01"))
    assert answer().status == 200
    o.wait_valid()
    assert o.finalize().status == 200
    o.check()


def test_validator_in_record(rough):
    """design.md 2: killed while it writes down what it saw, it wrote nothing."""
    o = Order(rough, "record.rough.example")
    with RowLock(rough.stack, f"SELECT id FROM orders WHERE id = {o.id}"):
        answer = in_background(o.respond)
        wait_for_waiter(rough.stack)
        kill(queue_of(rough.stack, "http-01"))
    answer()
    o.wait_valid()
    assert o.finalize().status == 200
    o.check()


@contextlib.contextmanager
def signer_at_certificate(o):
    """
    The signer, between the serial and the certificate: the order's row is locked once
    finalize has been written, so that it can reserve but not complete.
    """
    stack = o.rough.stack
    [signer] = stack.pids("signer")
    with contextlib.ExitStack() as locks:
        with stopped(signer):
            r = o.finalize()
            assert r.status == 200 and r.json["status"] == "processing", r
            assert int(r.header("Retry-After")) > 0
            locks.enter_context(RowLock(stack, f"SELECT id FROM orders WHERE id = {o.id}"))
        wait_until(lambda: stack.sql("SELECT 1 FROM issuances WHERE order_id ="
                                     f" {o.id}"), 5, "the intent")
        wait_for_waiter(stack)
        yield signer


def serials(stack, order_id):
    return stack.sql("SELECT HEX(serial), status FROM serials WHERE order_id ="
                     f" {order_id} ORDER BY status")


def test_signer_between_serial_and_certificate(rough):
    """FIN-16 FIN-17, design.md 2 step 6: the successor signs the stored bytes unchanged."""
    o = Order(rough, "serial.rough.example").validate()
    with signer_at_certificate(o) as signer:
        kill(signer)
        [[reserved, status]] = serials(rough.stack, o.id)
        assert status == "1"
        [[tbs]] = rough.stack.sql(f"SELECT HEX(tbs) FROM issuances WHERE order_id = {o.id}")
    o.check()
    assert serials(rough.stack, o.id) == [[reserved, "2"]]
    leaf = chain(o.client.post(o.client.get(o.url)["certificate"]).body)[0]
    assert leaf.tbs_certificate_bytes.hex().upper() == tbs


def test_interrupted_issuance_that_must_not_go_on(rough):
    """design.md 2 step 6, R-9: what no longer holds is burned, and the order fails; partner-api
    4.11: as one that failed after it was to be signed."""
    name = "burn.burn.example"
    key = rough.partner.binding(name)
    client = Client(rough.stack).register(key)
    holder = rough.client
    rough.client = client
    try:
        o = Order(rough, name).validate()
    finally:
        rough.client = holder
    with signer_at_certificate(o) as signer:
        kill(signer)
        rough.stack.sql("UPDATE subscription_names SET is_active = NULL, removed_at = 1"
                        f" WHERE name = '{name}'")
    order = client.poll(o.url, lambda x: x["status"] in ("valid", "invalid"))
    assert order["status"] == "invalid" and order["error"]["detail"], order
    assert [s for _, s in serials(rough.stack, o.id)] == ["3"]
    assert rough.stack.sql(f"SELECT COUNT(*) FROM certs WHERE order_id = {o.id}") == [["0"]]
    assert rough.stack.sql(f"SELECT COUNT(*) FROM issuances WHERE order_id = {o.id}") == [["0"]]
    rough.stack.sql("UPDATE subscription_names SET is_active = 1, removed_at = NULL"
                    f" WHERE name = '{name}'")
    [row] = rough.partner.ok("GETLASTORDER", acmeAccountID=key[0])["Orders"]
    assert (row["acmeOrderStatus"], row["statusCode"], row["statusDesc"]) == (
        "invalid", 5, "POST-SIGN FAILED")


def test_signer_killed_again_and_again(rough):
    """design.md 2: wherever it dies, each order gets one certificate."""
    orders = [Order(rough, f"again{i}.rough.example").validate() for i in range(12)]
    stop = threading.Event()
    kills = []

    def killer():
        while not stop.is_set():
            for pid in rough.stack.pids("signer"):
                kill(pid)
                kills.append(pid)
            time.sleep(0.15)

    t = threading.Thread(target=killer)
    t.start()
    try:
        for o in orders:
            r = o.finalize()
            assert r.status == 200 and r.json["status"] in ("processing", "valid"), r
            if len(kills) > 4:
                stop.set()
    finally:
        stop.set()
        t.join(10)
    assert kills
    for o in orders:
        o.check()


@pytest.mark.parametrize("part", ["responder", "http-01", "dns-01", "signer"])
def test_service_is_back(rough, part):
    """stack.md: after kill -9 of any one process of the pool it answers again within 2 s."""
    stack = rough.stack
    before = stack.status()
    if part in ("responder", "signer"):
        pid = stack.pids(part)[0]
    else:
        pid = queue_of(stack, part)
    kill(pid)
    (_, order, _), took = seconds_of(lambda: rough.client.clone().issue(
        [f"back-{part}.rough.example"], rough.net,
        "dns-01" if part == "dns-01" else "http-01"))
    assert order["status"] == "valid"
    assert took < BACK_S, took
    wait_until(lambda: len(stack.status()) == len(before), BACK_S, "its successor")


class Issuing:
    """Gets certificates one after the other, as a client does that repeats what fails."""

    def __init__(self, rough, number):
        self.rough = rough
        self.client = rough.client.clone()
        self.name = f"load{number}.rough.example"
        self.urls, self.away = [], 0

    def run(self, stop):
        while not stop.is_set():
            url, order, _ = self.client.issue([self.name], self.rough.net)
            assert order["status"] == "valid", order
            self.urls.append(url)


def test_master_killed(rough):
    """
    design.md 1: its children go on serving; a new caasd takes over from them under load and
    neither a request nor a job is lost.
    """
    stack = rough.stack
    before = [row for row in stack.status() if row[0] not in ("mariadb", "web")]
    old = [pid for name, pid in before if name != "pool"]
    kill(stack.pids("pool")[0])
    rough.client.issue(["orphan.rough.example"], rough.net)
    workers = [Issuing(rough, i) for i in range(3)]
    stop, errors = threading.Event(), []

    def guard(w):
        try:
            w.run(stop)
        except Exception as e:      # an assertion must reach the test
            errors.append(e)

    threads = [threading.Thread(target=guard, args=(w,)) for w in workers]
    for t in threads:
        t.start()
    try:
        stack.up()
        wait_until(lambda: len(stack.status()) == len(before) + 2, 5, "children of the new one")
        assert not {pid for _, pid in stack.status()} & set(old)
        wait_until(lambda: not any(is_alive(pid) for pid in old), 15, "the end of the orphans")
        marks = [len(w.urls) for w in workers]
        wait_until(lambda: errors or all(len(w.urls) > n + 1 for w, n in zip(workers, marks)),
                   15, "certificates from the new ones")
    finally:
        stop.set()
        for t in threads:
            t.join(30)
    assert not errors, errors[0]
    wait_until(lambda: stack.sql("SELECT COUNT(*) FROM jobs WHERE is_done = 0") == [["0"]], 5,
               "the last job")
    assert len(stack.status()) == len(before) + 2
