# SPDX-License-Identifier: BSD-2-Clause
"""caasctl import: names from a file, each charged once, whatever happens on the way."""

import csv
import json
import os
import pty
import re
import shlex
import subprocess

import pytest
from acme import at_once
from partner import Partner

USAGE, FAILED = 64, 1
STEPS_MAX = 200         # no import of three names takes so many


@pytest.fixture
def p(stack, request):
    """A reseller for each test: a name costs 1.00, a wildcard 4.00."""
    name = re.sub(r"[^a-z0-9]", "-", request.node.name.lower())[:60]
    return Partner.new(stack, name, fqdn=1, wildcard=4, credit="5000.00")


@pytest.fixture
def names(tmp_path):
    """Writes a file of lines."""
    def write(*lines, end="\n"):
        path = tmp_path / "names"
        path.write_bytes("".join(line + end for line in lines).encode())
        return str(path)
    return write


def ctl(stack):
    return shlex.split(stack.env["STACK_CTL"])


def run(p, account, path, *args, code=0):
    r = p.stack.ctl("import", p.name, account, path, *args, "--json", check=False)
    assert r.returncode == code, r
    return json.loads(r.stdout)


def active(p, account):
    """[(name, is it paid?)] of the binding, as it came."""
    return [("*." * int(w) + n, paid == "1") for n, w, paid in p.stack.sql(
        "SELECT n.name, n.is_wildcard, n.is_paid FROM subscription_names n JOIN subscriptions s "
        "ON s.id = n.subscription_id JOIN bindings b ON b.id = s.binding_id "
        f"WHERE b.key_id = '{account}' AND n.is_active = 1 ORDER BY n.id")]


def spent(p, credit=500000):
    """Cents and charges, of a ledger that adds up."""
    balance, ledger, rows = p.row()
    assert balance == ledger
    return credit - balance, rows - 1


def test_names(p, names, tmp_path):
    """partner-api 4.3: charged as ADDDOMAIN would; LISTDOMAINS, history, audit and report have them"""
    account = p.binding()[0]
    path = names("\ufeffshop.import.example", "", "# a comment", "  WWW.shop.import.example.\t",
                 "*.wild.import.example", "wild.import.example", end="\r\n")
    said = run(p, account, path, "--report", str(tmp_path / "report"))
    assert said == {"failures": [], "names": 4, "added": 4, "present": 0, "failed": 0,
                    "cost": "5.00", "currency": "USD"}
    assert active(p, account) == [
        ("shop.import.example", True), ("www.shop.import.example", False),
        ("*.wild.import.example", True), ("wild.import.example", False)]
    assert spent(p) == (500, 2)
    listed = [d["domainName"] for d in p.ok("LISTDOMAINS", acmeAccountID=account)["Domains"]]
    assert listed == [n for n, _ in active(p, account)]
    history = p.ok("LISTTRANSACTIONS", acmeAccountID=account)["subscriptions"][0]["transactions"]
    report = list(csv.DictReader(open(tmp_path / "report", newline="", encoding="ascii")))
    assert [(r["line"], r["name"], r["outcome"], r["cost"], r["why"]) for r in report] == [
        ("1", "shop.import.example", "added", "1.00", ""),
        ("4", "WWW.shop.import.example.", "added", "0.00", ""),
        ("5", "*.wild.import.example", "added", "4.00", ""),
        ("6", "wild.import.example", "added", "0.00", "")]
    assert [int(r["orderNumber"]) for r in report] == [t["orderNumber"] for t in history]
    audit = p.stack.sql("SELECT a.actor, a.event, a.detail FROM audit a JOIN bindings b ON "
                        f"b.id = a.object_id WHERE b.key_id = '{account}' AND a.actor = 'operator' "
                        "ORDER BY a.id")
    assert audit == [["operator", "partner.add-domain", n] for n, _ in active(p, account)]


def test_again(p, names):
    """The same file again: all is there, nothing is charged; a longer one adds what is new"""
    account = p.binding()[0]
    run(p, account, names("a.again.example", "b.again.example", "a.again.example"))
    before = spent(p)
    assert before == (200, 2)
    said = run(p, account, names("a.again.example", "b.again.example"))
    assert (said["added"], said["present"], said["cost"]) == (0, 2, "0.00")
    assert spent(p) == before
    said = run(p, account, names("a.again.example", "c.again.example"))
    assert (said["added"], said["present"], said["cost"]) == (1, 1, "1.00")


def test_bad_lines(p, names, tmp_path):
    """A-24: every line is checked; what is no name is told with its line, the rest comes in"""
    account = p.binding()[0]
    bad = ["nodot", "a..example", "*x.bad.example", "b\u00fccher.example", "com", "1.2.3.4",
           "has space.example", "x" * 64 + ".example", 'quote",.example',
           "y." * 200000 + "example"]
    path = names("one.bad.example", *bad, "two.bad.example")
    said = run(p, account, path, "--report", str(tmp_path / "report"), code=FAILED)
    assert [(f["line"], f["name"]) for f in said["failures"]] == [
        (n, name[:300]) for n, name in enumerate(bad, 2)]
    assert all(len(f["why"]) > 10 for f in said["failures"])
    assert (said["added"], said["failed"]) == (2, len(bad)) and spent(p) == (200, 2)
    report = list(csv.DictReader(open(tmp_path / "report", newline="", encoding="utf-8")))
    assert [(r["name"], r["why"]) for r in report if r["outcome"] == "failed"] == [
        (f["name"], f["why"]) for f in said["failures"]]
    r = p.stack.ctl("import", p.name, account, path, check=False)
    assert r.returncode == FAILED and r.stderr.endswith("10 of 12 names could not be added\n")
    assert "present  2" in r.stdout


def test_not_enough(stack, names, tmp_path):
    """E14: as many come in as the money suffices for, to the cent; more money, and the rest does"""
    p = Partner.new(stack, "import-poor", fqdn=1, wildcard=4, credit="7.99")
    account = p.binding()[0]
    path = names(*(f"n{i}.poor.example" for i in range(60)), "www.n0.poor.example")
    said = run(p, account, path, code=FAILED)
    assert (said["added"], said["failed"], said["cost"]) == (8, 53, "7.00")
    assert {f["why"] for f in said["failures"]} == {"Not enough credit!"}
    assert [n for n, _ in active(p, account)] == [
        *(f"n{i}.poor.example" for i in range(7)), "www.n0.poor.example"]
    assert p.row()[:2] == (99, 99)
    stack.ctl("reseller", "credit", p.name, "53.00")
    said = run(p, account, path)
    assert (said["added"], said["present"], said["cost"]) == (53, 8, "53.00")
    assert p.row()[:2] == (99, 99)


def test_refused_binding(p, names):
    """E10, E12: what refuses every name refuses each of them, and nothing is charged"""
    gone, path = p.binding()[0], names("a.refused.example", "b.refused.example")
    p.ok("DEACTIVATEACCOUNT", acmeAccountID=gone)
    said = run(p, gone, path, code=FAILED)
    assert [f["why"] for f in said["failures"]] == ["Permission denied!"] * 2
    priceless = Partner.new(p.stack, "import-priceless", fqdn=None, wildcard=None)
    said = run(priceless, priceless.binding()[0], path, code=FAILED)
    assert [f["why"] for f in said["failures"]] == ["Pricing is not configured!"] * 2
    assert spent(p) == (0, 0)


@pytest.mark.parametrize("change, text", [
    ({"reseller": "nobody"}, "no reseller nobody"), ({"account": "unknown"}, "no account unknown"),
    ({"file": "/nonexistent"}, "/nonexistent"), ({"file": "/dev/null"}, "no name in"),
    ({"report": "/nonexistent/report"}, "/nonexistent/report")])
def test_wrong_use(p, names, change, text):
    """Nothing is changed; another reseller's account is none"""
    args = {"reseller": p.name, "account": p.binding()[0], "file": names("a.use.example"),
            "report": "/dev/null", **change}
    with p.stack.unchanged():
        r = p.stack.ctl("import", args["reseller"], args["account"], args["file"], "--report",
                        args["report"], check=False)
    assert r.returncode in (USAGE, FAILED) and r.stdout == "" and text in r.stderr


def test_own_binding(p, names):
    """A customer of another reseller is not theirs to charge"""
    other = Partner(p.stack).binding()[0]
    with p.stack.unchanged():
        r = p.stack.ctl("import", p.name, other, names("a.own.example"), check=False)
    assert r.returncode == USAGE and "has no account" in r.stderr


def test_at_once(p, names):
    """Two of the same and ADDDOMAIN at the same time: every name is charged once"""
    account = p.binding()[0]
    all_names = [f"n{i}.once.example" for i in range(150)]
    path = names(*all_names)

    def call():
        mine = Partner(p.stack, name=p.name, password=p.password)
        return [mine.add(account, n).status for n in reversed(all_names[-20:])]

    first, second, called = at_once([lambda: run(p, account, path), lambda: run(p, account, path),
                                     call])
    assert sorted(n for n, _ in active(p, account)) == sorted(all_names)
    assert spent(p) == (15000, 150)
    assert first["added"] + second["added"] + called.count(200) == 150


def test_progress(p, names):
    """A bar on the terminal, and only there"""
    account, path = p.binding()[0], names(*(f"n{i}.bar.example" for i in range(120)))
    ours, theirs = pty.openpty()
    r = subprocess.Popen([*ctl(p.stack), "import", p.name, account, path, "--json"],
                         stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:
        pass                # how a pty says that it is over
    os.close(ours)
    out = r.communicate(timeout=60)[0]
    assert r.returncode == 0 and json.loads(out)["added"] == 120
    steps = [s for s in shown.decode().strip().split("\r") if s]
    assert [s.split("] ")[1].split() for s in steps] == [
        [f"{n * 100 // 120}%", str(n), "of", "120"] for n in (0, 50, 100, 120)]
    assert steps[-1].startswith("[" + "#" * 40 + "]") and steps[0].startswith("[ ")
    assert p.stack.ctl("import", p.name, account, path).stderr == ""


# ---- kill -9

def count(p, account):
    return len(active(p, account))


def traced(p, injected, *args):
    """An import to which strace does something; nobody looks for leaks under strace."""
    env = {**os.environ, "ASAN_OPTIONS": os.environ["ASAN_OPTIONS"] + ":detect_leaks=0"}
    return subprocess.run(["strace", "-qq", "-f", "-o", "/dev/null", "-e", "trace=sendto", "-e",
                           f"inject={injected}", *ctl(p.stack), "import", p.name, *args],
                          capture_output=True, text=True, timeout=120, check=False, env=env)


def killed_at(p, step, *args):
    """An import that is killed at its request of that number to the database; its end."""
    return traced(p, f"sendto:signal=SIGKILL:when={step}", *args).returncode


def test_killed(p, names, tmp_path):
    """1,000 names, killed in the middle, and again: every name once, every charge once"""
    account, report, done = p.binding()[0], tmp_path / "report", 0
    all_names = [f"n{i}.killed.example" for i in range(1000)]
    path = names(*all_names)
    for _ in range(2):
        assert killed_at(p, 3000, account, path, "--report", report) != 0
        before, done = done, count(p, account)
        assert before < done < 1000 and done % 50 == 0
        assert spent(p) == (100 * done, done)
        rows = list(csv.DictReader(open(report, newline="", encoding="ascii")))
        assert [r["outcome"] for r in rows] == ["present"] * before + ["added"] * (done - before)
    said = run(p, account, path, "--report", str(report))
    assert (said["added"], said["present"], said["failed"]) == (1000 - done, done, 0)
    assert said["cost"] == f"{1000 - done}.00"
    assert [n for n, _ in active(p, account)] == all_names
    assert spent(p) == (100000, 1000)


def test_database_away(p, names):
    """It says how far it came; the same command goes on from there"""
    account = p.binding()[0]
    path = names(*(f"n{i}.away.example" for i in range(200)))
    r = traced(p, "sendto:error=ECONNRESET:when=1500+", account, path)
    done = count(p, account)
    assert r.returncode == FAILED and r.stdout == "" and 0 < done < 200
    assert f"it ended after {done} of 200 names: the same command goes on from there" in r.stderr
    said = run(p, account, path)
    assert (said["present"], said["added"]) == (done, 200 - done)
    assert spent(p) == (20000, 200)


def test_killed_anywhere(p, names):
    """At each of its requests to the database: all of the three names or none; then all, once"""
    cents = charges = 0
    for step in range(1, STEPS_MAX):
        account = p.binding()[0]
        path = names(f"a{step}.any.example", f"*.b{step}.any.example", f"www.a{step}.any.example")
        rc = killed_at(p, step, account, path)
        there = count(p, account)
        assert there in (0, 3)
        assert spent(p) == (cents + (500 if there else 0), charges + (2 if there else 0))
        said = run(p, account, path)
        assert said["present"] == there and said["added"] == 3 - there
        cents, charges = cents + 500, charges + 2
        if rc == 0:
            break
    else:
        raise AssertionError(f"after {STEPS_MAX} steps there is no end")
    assert step > 20 and spent(p) == (cents, charges)
