# SPDX-License-Identifier: BSD-2-Clause
"""What a test does to a running service from outside: signals, row locks, bare sockets."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from stack import wait_until


def is_alive(pid):
    """Runs; one that has ended but was not waited for does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="latin-1") as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def kill(pid):
    """SIGKILL, and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(pid), 5, f"end of {pid}", 0.005)


@contextlib.contextmanager
def stopped(*pids):
    """SIGSTOP, and SIGCONT at the end to those that still are there."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            if is_alive(pid):
                os.kill(pid, signal.SIGCONT)


class RowLock:
    """
    Holds the rows that a SELECT names.  A process that comes to write one of them waits
    there, at a point of its work that the test has chosen.
    """

    def __init__(self, stack, select):
        self.client = subprocess.Popen(
            ["mariadb", "--no-defaults", "-N", "-B", "--unbuffered", "-S", stack.db_socket,
             "-u", stack.db_user, stack.db_name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.client.stdin.write(f"BEGIN; {select} FOR UPDATE;\nSELECT 'held';\n")
        self.client.stdin.flush()
        while self.client.stdout.readline() != "held\n":
            assert self.client.poll() is None, select

    def release(self):
        if self.client.poll() is None:
            self.client.communicate("ROLLBACK;\n", timeout=10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release()


def wait_for_waiter(stack, seconds=5):
    """Until a transaction waits for a row lock."""
    # The view is a copy that is renewed when nobody has looked for 100 ms.
    wait_until(lambda: stack.sql("SELECT 1 FROM information_schema.innodb_trx"
                                 " WHERE trx_state = 'LOCK WAIT'"), seconds,
               "a transaction that waits for a lock", 0.15)


@contextlib.contextmanager
def connections(path, n, first=b""):
    """n connections to a unix socket that send what is given and then nothing."""
    socks = []
    try:
        for _ in range(n):
            s = socket.socket(socket.AF_UNIX)
            socks.append(s)
            s.settimeout(5)
            s.connect(str(path))
            if first:
                s.send(first)
        yield socks
    finally:
        for s in socks:
            s.close()


def at_once(fn, items, threads=None):
    """fn of each item, all at once; their results, in order."""
    items = list(items)
    with ThreadPoolExecutor(threads or len(items)) as pool:
        return list(pool.map(fn, items))


def seconds_of(fn):
    """(result, how long it took)"""
    began = time.monotonic()
    result = fn()
    return result, time.monotonic() - began
