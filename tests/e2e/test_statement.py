# SPDX-License-Identifier: BSD-2-Clause
"""caasctl statement: a month of a reseller's money, exact to the cent and to the second."""

import csv
import datetime
import decimal
import io
import json
import pathlib
import re
import shlex
import subprocess
import threading
import time

import pytest
from clock import utc
from partner import Partner

USAGE = 64
NOW = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m")
QUERIES = pathlib.Path(__file__).resolve().parents[2] / "sql" / "query"


def cents(text):
    assert re.fullmatch(r"-?\d+\.\d\d", text), text
    return int(decimal.Decimal(text) * 100)


def statement(stack, name, month=NOW):
    """The JSON, whose sums are right; the CSV says the same."""
    s = json.loads(stack.ctl("statement", name, month, "--json").stdout)
    balance = cents(s["opening"])
    sums = {"credits": 0, "charges": 0, "refunds": 0}
    for row in s["rows"]:
        kind = {"credit": "credits", "refundDomain": "refunds"}.get(row["type"], "charges")
        sums[kind] += cents(row["amount"])
        balance += cents(row["amount"])
        assert cents(row["balance"]) == balance
        assert row["date"].startswith(month)
    assert balance == cents(s["closing"])
    assert {k: cents(s[k]) for k in sums} == sums
    return s


def lines(stack, name, month=NOW):
    """Rows of the CSV as dicts; the lines end as RFC 4180 wants."""
    r = subprocess.run([*shlex.split(stack.env["STACK_CTL"]), "statement", name, month],
                       check=True, capture_output=True, timeout=60)
    text = r.stdout.decode()
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def p(stack):
    """Credit, a name, a free one, a wildcard refunded, an extension, a correction."""
    p = Partner.new(stack, "statement-hosting", credit="1000.00")
    p.account = p.binding("shop.statement.example", "www.shop.statement.example")[0]
    p.ok("ADDDOMAIN", acmeAccountID=p.account, domainName="*.shop.statement.example")
    p.remove(p.account, "*.shop.statement.example")
    stack.sql("UPDATE subscriptions s JOIN bindings b ON b.id = s.binding_id SET s.end_at = "
              f"{int(time.time()) + 50 * 86400} WHERE b.key_id = '{p.account}'")
    p.ok("EXTENDDOMAINS", acmeAccountID=p.account, years="2")
    stack.ctl("reseller", "credit", p.name, "-0.05", "--reason", 'a "correction", in cents')
    return p


def test_rows(stack, p):
    """Every row of the ledger, in its order, with what it was for; free names move nothing"""
    s = statement(stack, p.name)
    assert (s["loginName"], s["currency"], s["month"]) == (p.name, "USD", NOW)
    assert (s["opening"], s["closing"]) == ("0.00", "699.95")
    assert (s["credits"], s["charges"], s["refunds"]) == ("999.95", "-700.00", "400.00")
    assert [(r["type"], r.get("domainName"), r.get("days"), r.get("reason"), r["amount"],
             r["balance"]) for r in s["rows"]] == [
        ("credit", None, None, "test", "1000.00", "1000.00"),
        ("addDomain", "shop.statement.example", 365, None, "-100.00", "900.00"),
        ("addDomain", "*.shop.statement.example", 365, None, "-400.00", "500.00"),
        ("refundDomain", "*.shop.statement.example", 365, None, "400.00", "900.00"),
        ("extendDomains", None, 730, None, "-200.00", "700.00"),
        ("credit", None, None, 'a "correction", in cents', "-0.05", "699.95")]
    assert {r["acmeAccountID"] for r in s["rows"] if r["type"] != "credit"} == {p.account}
    history = p.ok("LISTTRANSACTIONS", acmeAccountID=p.account)["subscriptions"][0]["transactions"]
    numbers = [r["orderNumber"] for r in s["rows"] if r["type"] != "credit"]
    assert numbers == [t["orderNumber"] for t in history if t["cost"] != 0]


def test_csv(stack, p):
    """The same as lines, opening first, sums and closing last"""
    s, rows = statement(stack, p.name), lines(stack, p.name)
    assert [r["type"] for r in rows] == ["opening"] + [r["type"] for r in s["rows"]] + [
        "credits", "charges", "refunds", "closing"]
    assert rows[0]["balance"] == s["opening"] and rows[-1]["balance"] == s["closing"]
    assert rows[0]["date"] == f"{NOW}-01T00:00:00Z" and rows[-1]["date"].endswith("T23:59:59Z")
    assert [r["amount"] for r in rows[-4:-1]] == [s["credits"], s["charges"], s["refunds"]]
    for mine, row in zip(rows[1:-4], s["rows"]):
        assert mine == {**dict.fromkeys(rows[0], ""), **{k: str(v) for k, v in row.items()}}


def test_other_months(stack, p):
    """Before the first movement all is zero, after the last the balance stands"""
    before, after = statement(stack, p.name, "1999-12"), statement(stack, p.name, "2099-12")
    assert before["rows"] == after["rows"] == []
    assert before["opening"] == before["closing"] == "0.00"
    assert after["opening"] == after["closing"] == "699.95"


def test_own_rows(stack, p):
    """Another reseller's money is not in it"""
    other = Partner.new(stack, "statement-other", credit="7.00")
    assert [r["amount"] for r in statement(stack, other.name)["rows"]] == ["7.00"]


def test_month_bounds(moving_stack):
    """A month is from its first second to before the next one's, in UTC; leap years too"""
    clock, p = moving_stack.clock, Partner.new(moving_stack, "bounds-hosting", credit=None,
                                               limit="100000.00")
    try:
        account = p.binding()[0]
        for n, at in enumerate((utc(2032, 1, 31, 23, 59, 59), utc(2032, 2, 1), utc(2032, 2, 29, 23, 59, 59),
                                utc(2032, 3, 1), utc(2032, 12, 31, 23, 59, 59), utc(2033, 1, 1))):
            clock.stop_at(at)
            p.ok("ADDDOMAIN", acmeAccountID=account, domainName=f"n{n}.bounds.example")
    finally:
        clock.go_to(utc(2033, 1, 1))
    months = {m: [(r["domainName"][:2], r["date"]) for r in statement(
        moving_stack, p.name, m)["rows"]] for m in (
            "2031-12", "2032-01", "2032-02", "2032-03", "2032-12", "2033-01", "2033-02")}
    assert months == {
        "2031-12": [], "2032-01": [("n0", "2032-01-31T23:59:59Z")],
        "2032-02": [("n1", "2032-02-01T00:00:00Z"), ("n2", "2032-02-29T23:59:59Z")],
        "2032-03": [("n3", "2032-03-01T00:00:00Z")],
        "2032-12": [("n4", "2032-12-31T23:59:59Z")],
        "2033-01": [("n5", "2033-01-01T00:00:00Z")], "2033-02": []}


def test_many_rows(stack):
    """Pieces of it meet without a gap or a double, also within one second"""
    n = 1700
    p = Partner.new(stack, "many-hosting", credit=None)
    at = int(utc(2027, 5, 7, 12).timestamp())
    who = stack.sql(f"SELECT id FROM resellers WHERE login_name = '{p.name}'")[0][0]
    rows = ", ".join(f"({i + 1}, {who}, {i % 7 - 2}, 1, 'row {i}', {at + i // 900})"
                     for i in range(n))
    stack.sql(f"""INSERT INTO ledger (id, reseller_id, cents, cause, reason, created_at) VALUES {rows};
        UPDATE resellers SET balance_cents = (SELECT SUM(cents) FROM ledger WHERE reseller_id = {who})
        WHERE id = {who};""")
    s = statement(stack, p.name, "2027-05")
    assert [r["reason"] for r in s["rows"]] == [f"row {i}" for i in range(n)]
    assert len(lines(stack, p.name, "2027-05")) == n + 5


def explain(stack, statement, *values):
    """[(table, key, rows)] of a statement of ours."""
    text = " ".join(line for line in (QUERIES / f"{statement}.sql").read_text().splitlines()
                    if not line.startswith("--"))
    for v in values:
        text = text.replace("?", str(v), 1)
    return [(r[2], r[5], r[9]) for r in stack.sql("EXPLAIN " + text)]


def test_reads_an_index(stack, p):
    """The index of times is read, and each movement's own rows by their keys; nothing is sorted"""
    who = stack.sql(f"SELECT id FROM resellers WHERE login_name = '{p.name}'")[0][0]
    plan = explain(stack, "statement_rows", who, 0, 2**40, 0, 0, 500)
    assert [(t, k) for t, k, _ in plan] == [
        ("l", "ledger_time"), ("t", "PRIMARY"), ("s", "PRIMARY"), ("b", "PRIMARY"), ("n", "PRIMARY")]
    assert "sort" not in plan[0][2] and "temporary" not in plan[0][2]
    plan = explain(stack, "statement_sums", 0, 0, who)
    assert [(t, k) for t, k, _ in plan][1:] == [("l", "ledger_time")] * 2
    assert all("Using index" in extra for _, _, extra in plan[1:])


def test_while_it_moves(stack):
    """All of it is of one moment: the sums are right while names are bought"""
    p = Partner.new(stack, "moving-hosting", credit="100000.00")
    account, stop = p.binding()[0], threading.Event()

    def buy():
        mine = Partner(stack, name=p.name, password=p.password)
        n = 0
        while not stop.is_set():
            n += mine.add(account, f"n{n}.moving.example").status == 200
        return n

    thread = threading.Thread(target=buy)
    thread.start()
    try:
        seen = [len(statement(stack, p.name)["rows"]) for _ in range(12)]
    finally:
        stop.set()
        thread.join(30)
    assert seen == sorted(seen) and seen[0] < seen[-1]


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026-1", "26-01", "2026/01", "1969-12",
                                   "2026-011", "", "x026-01", "9999-12"])
def test_no_month(stack, p, month):
    r = stack.ctl("statement", p.name, month, check=False)
    assert r.returncode == USAGE and r.stdout == "" and "is no month" in r.stderr
    assert "usage: caasctl statement" in r.stderr


def test_no_reseller(stack):
    r = stack.ctl("statement", "nobody", NOW, check=False)
    assert r.returncode == USAGE and r.stdout == "" and "no reseller nobody" in r.stderr


def test_full_disk(stack, p):
    """What could not be written is a failure"""
    with open("/dev/full", "w", encoding="ascii") as full:
        r = subprocess.run([*shlex.split(stack.env["STACK_CTL"]), "statement", p.name, NOW],
                           stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert r.returncode == 1 and "No space left" in r.stderr
