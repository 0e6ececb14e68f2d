# SPDX-License-Identifier: BSD-2-Clause
"""What the passing of time and a restart do: a second stack, whose clock is moved, and
which has no terms of service."""

import datetime
import os
import shlex
import signal
import subprocess
import time

import pytest
from acme import Client, refused
from fakes import Net
from partner import Partner
from stack import Stack, wait_until

NAMES = ("a.time.example", "b.time.example")
PRELOAD = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


@pytest.fixture(scope="module")
def aged(workdir):
    """(stack, fake servers) that nobody else uses."""
    s = Stack(workdir / "aged", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 500,
              ["terms_url="]).up()
    net = Net(workdir / "aged-net", int(s.dns.split(":")[1]), int(s.http01_port))
    try:
        yield s, net
    finally:
        net.stop()
        s.run("down", "--purge")


def move(stack, offset):
    stack.restart(env={"LD_PRELOAD": PRELOAD, "FAKETIME": offset,
                       "FAKETIME_DONT_FAKE_MONOTONIC": "1"} if offset else None)


def test_time_and_restarts(aged):
    """ACC-05 AUZ-04 AUZ-06 CRT-06 NON-07 NON-12 ORD-12 TRN-19: one story, because each step
    of the clock restarts everything."""
    stack, net = aged
    # Without terms nothing has to be agreed to.
    client = Client(stack)
    assert "termsOfService" not in client.directory["meta"]
    r = client.new_account(Partner(stack).binding(*NAMES), terms=None)
    assert r.status == 201 and r.links("terms-of-service") == []
    client.kid = r.location
    url, order = client.order(*NAMES)
    _, done, pem = client.issue(NAMES, net)
    old = [client.nonce() for _ in range(3) if not client.nonces.clear()]

    # A restart spoils no nonce, no URL and no account.
    move(stack, None)
    assert client.post(client.kid, nonce=old.pop()).status == 200
    assert client.get(url) == order

    # A nonce lives an hour at least.
    move(stack, "+59m")
    assert client.post(client.kid, nonce=old.pop()).status == 200

    # After eight hours it is too old.
    move(stack, "+8h")
    client.nonces.clear()
    refused(client, client.post(client.kid, nonce=old.pop()), 400, "badNonce")
    assert client.post(client.kid).status == 200

    # After two days the pending order and its authorizations are invalid, and say why.
    move(stack, "+2d")
    client.nonces.clear()
    gone = client.get(url)
    assert gone["status"] == "invalid"
    for a in gone["authorizations"]:
        z = client.get(a)
        assert z["status"] == "invalid"
        assert any(c.get("error") for c in z["challenges"])
        for c in z["challenges"]:
            with stack.unchanged():
                assert client.post(c["url"], {}).json["status"] == "invalid"
    assert url not in client.get(client.kid + "/orders")["orders"]

    # The certificate can be had until it expires, and the account orders again.
    move(stack, "+80d")
    client.nonces.clear()
    assert client.post(done["certificate"]).body == pem
    client.ready(NAMES, net)


GROWING = {"jobs": 7, "verdicts": 90, "caa_checks": 90, "authzs": 90, "orders": 90, "audit": 90,
           "cert_ders": 90, "certs": 90}
DAY = 86400


def housekeeping(stack, days):
    """What it says so many days after the pool's own 80."""
    days += 80
    env = {**os.environ, "LD_PRELOAD": PRELOAD, "FAKETIME": f"+{days}d"}
    return subprocess.run([*shlex.split(stack.env["STACK_CTL"]), "housekeeping"], env=env, text=True,
                          check=True, capture_output=True, timeout=120).stdout


def partitions(stack, table):
    """{name: rows} without the first and the last, which have none."""
    names = [n for n, in stack.sql(
        "SELECT PARTITION_NAME FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = "
        f"'{stack.db_name}' AND TABLE_NAME = '{table}' ORDER BY PARTITION_ORDINAL_POSITION")]
    rows = {n: int(stack.sql(f"SELECT COUNT(*) FROM {table} PARTITION ({n})")[0][0]) for n in names}
    assert names[0] == "p0" and rows.pop("p0") == 0
    assert names[-1] == "pmax" and rows.pop("pmax") == 0
    return rows


def end_of(name):
    return datetime.datetime.strptime(name, "p%Y%m%d").replace(tzinfo=datetime.timezone.utc).timestamp()


def test_partitions(aged):
    """design.md 6, LOG-02: ranges of time are made ahead and dropped once nobody needs them"""
    stack, _ = aged
    # Nobody else makes rows, or ends jobs, meanwhile.
    for pid in stack.pids("pool"):
        os.kill(pid, signal.SIGTERM)
    wait_until(lambda: not stack.pids("pool"), 30, "the pool ends")
    rows = {t: int(stack.sql(f"SELECT COUNT(*) FROM {t}")[0][0]) for t in GROWING}
    assert all(rows.values()), rows
    assert "partitions" in housekeeping(stack, 0)
    assert "partition" not in housekeeping(stack, 0)
    for table, days in GROWING.items():
        parts = partitions(stack, table)
        assert sum(parts.values()) == rows[table]
        ahead = [end_of(n) for n in parts if end_of(n) > time.time() + 80 * DAY]
        assert len(ahead) == 2 and ahead[1] - ahead[0] == days * DAY, (table, parts)

    # Jobs go after 30 days and their week, but not while one of them is undone.
    stack.sql("UPDATE jobs SET is_done = 0 ORDER BY id LIMIT 1")
    housekeeping(stack, 130)
    assert sum(partitions(stack, "jobs").values()) == rows["jobs"]
    stack.sql("UPDATE jobs SET is_done = 1")
    assert "dropped" in housekeeping(stack, 130)
    assert sum(partitions(stack, "jobs").values()) == 0
    # What tells how a certificate came to be stays for two years after its end.
    stack.sql("UPDATE certs SET not_after_at = UNIX_TIMESTAMP() + 400 * 86400 ORDER BY id LIMIT 1")
    for days in (500, 400 + 731):
        housekeeping(stack, days)
        assert {t: sum(partitions(stack, t).values()) for t in GROWING} == {**rows, "jobs": 0}
    assert "dropped" in housekeeping(stack, 400 + 732 + 1)
    # The audit stays, and the serial number is used for ever.
    assert {t for t in GROWING if sum(partitions(stack, t).values())} == {"audit"}
    assert int(stack.sql("SELECT COUNT(*) FROM serials")[0][0]) >= 1
