# SPDX-License-Identifier: BSD-2-Clause
"""caasctl: what it prints, how it refuses, and that doctor finds what is planted."""

import contextlib

import pytest
from partner import Partner

USAGE, FAILED = 64, 1


def ok(stack, *args):
    r = stack.ctl(*args)
    assert r.returncode == 0 and r.stderr == "", r
    return r.stdout.splitlines()


def refused(stack, text, *args, code=USAGE):
    """A specific error on stderr, the usage line behind it, and nothing changed."""
    with stack.unchanged():
        r = stack.ctl(*args, check=False)
    assert r.returncode == code and r.stdout == "", r
    assert text in r.stderr, r.stderr
    if code == USAGE:
        assert "usage: caasctl" in r.stderr


def test_db(stack):
    """Migrations are applied once; a second run finds nothing to do."""
    before = ok(stack, "db", "status")
    assert any("001" in line for line in before)
    ok(stack, "db", "migrate")
    assert ok(stack, "db", "status") == before


def test_servers(stack):
    """Several servers; what LISTSERVERS will show of each."""
    rows = [line.split("\t") for line in ok(stack, "server", "list")]
    dv = next(r for r in rows if r[0] == "DV")
    assert dv[1] == "DV" and dv[5] == stack.directory_url
    url = ok(stack, "server", "add", "CTL", "--product-id", "777", "--description", "For tests")
    assert url == [stack.directory_url[:-2] + "CTL"]
    row = next(r for r in (x.split("\t") for x in ok(stack, "server", "list")) if r[0] == "CTL")
    assert row[2] == "777" and row[4] == "For tests"


@pytest.mark.parametrize("args, text", [
    (["DV"], "already"),
    (["a/b"], "letters, digits"),
    (["x" * 33], "1 to 32"),
    (["NEW", "--type", "XX"], "none of DV, OV, EV"),
    (["NEW", "--product-id", "x"], "no product id"),
    (["NEW", "--description", "x" * 129], "at most 128"),
    (["NEW", "--profile", "x" * 33], "at most 128"),
    (["NEW", "--nonsense"], "--nonsense"),
    ([], "1 arguments were expected"),
    (["NEW", "OTHER"], "1 arguments were expected"),
])
def test_bad_server(stack, args, text):
    refused(stack, text, "server", "add", *args)


def test_resellers(stack):
    """A reseller with servers, prices and money, who can log in with what is printed."""
    out = ok(stack, "reseller", "add", "ctl-hosting", "--server", "DV", "--currency", "EUR",
             "--credit-limit", "5.00")
    assert out[0] == "loginName ctl-hosting"
    password = out[1].removeprefix("loginPassword ")
    assert ok(stack, "price", "set", "ctl-hosting", "DV", "fqdn", "1", "100.00") == \
        ["price of a fqdn for 1 years: 100.00"]
    assert ok(stack, "reseller", "credit", "ctl-hosting", "100.50", "--reason", "invoice 7") == \
        ["balance 100.50 EUR"]
    assert ok(stack, "reseller", "credit", "ctl-hosting", "-0.50") == ["balance 100.00 EUR"]
    line = next(x for x in ok(stack, "reseller", "list") if x.startswith("ctl-hosting\t"))
    assert line.split("\t") == ["ctl-hosting", "balance 100.00", "limit 5.00", "EUR", "open",
                                "servers DV"]
    rows = stack.sql("SELECT l.cents, l.reason FROM ledger l JOIN resellers r ON "
                     "r.id = l.reseller_id WHERE r.login_name = 'ctl-hosting' ORDER BY l.id")
    assert rows == [["10050", "invoice 7"], ["-50", ""]]
    p = Partner(stack)
    p.name, p.password = "ctl-hosting", password
    p.binding("shop.ctl.example")
    assert "balance 0.00" in next(x for x in ok(stack, "reseller", "list")
                                  if x.startswith("ctl-hosting\t"))


@pytest.mark.parametrize("args, text", [
    (["add", "first-hosting"], "already"),
    (["add", ""], "1 to 64"),
    (["add", "x" * 65], "1 to 64"),
    (["add", "a\nb"], "control characters"),
    (["add", "new", "--server", "NONE"], "no server NONE"),
    (["add", "new", "--server", "DV", "--server", "DV"], "named twice"),
    (["add", "new", "--currency", "eur"], "three letters"),
    (["add", "new", "--currency", "EURO"], "three letters"),
    (["add", "new", "--credit-limit", "-1"], "no amount"),
    (["add", "new", "--credit-limit", "1.005"], "no amount"),
    (["credit", "nobody", "1.00"], "no reseller nobody"),
    (["credit", "first-hosting", "0"], "no amount"),
    (["credit", "first-hosting", "1e3"], "no amount"),
    (["credit", "first-hosting", "1.001"], "no amount"),
    (["credit", "first-hosting", "99999999999999999999"], "no amount"),
    (["credit", "first-hosting"], "2 arguments were expected"),
    (["list", "x"], "0 arguments were expected"),
])
def test_bad_reseller(stack, args, text):
    """A wrong word changes nothing."""
    refused(stack, text, "reseller", *args)


@pytest.mark.parametrize("args, text", [
    (["nobody", "DV", "fqdn", "1", "1.00"], "no reseller nobody"),
    (["first-hosting", "NONE", "fqdn", "1", "1.00"], "no server NONE"),
    (["ctl-hosting", "CTL", "fqdn", "1", "1.00"], "may not use"),
    (["first-hosting", "DV", "cidr", "1", "1.00"], "neither fqdn nor wildcard"),
    (["first-hosting", "DV", "fqdn", "0", "1.00"], "1, 2, 3"),
    (["first-hosting", "DV", "fqdn", "4", "1.00"], "1, 2, 3"),
    (["first-hosting", "DV", "fqdn", "1", "-1.00"], "no price"),
    (["first-hosting", "DV", "fqdn", "1", "free"], "no price"),
])
def test_bad_price(stack, args, text):
    refused(stack, text, "price", "set", *args)


def test_ca(stack, tmp_path):
    """The issuer of the stack is shown; another one needs a name that can be a file's."""
    assert any("test-ca" in line for line in ok(stack, "ca", "show"))
    base = ["--root-dir", str(tmp_path), "--http-base-url", "http://localhost"]
    refused(stack, "part of file names", "ca", "init", "../x", *base)
    refused(stack, "--root-dir and --http-base-url", "ca", "init", "x")
    assert list(tmp_path.iterdir()) == []


def test_wrong_use(stack):
    """No command, an unknown one, and the list of them all."""
    for args in ([], ["nonsense"], ["reseller"], ["reseller", "nonsense"]):
        r = stack.ctl(*args, check=False)
        assert r.returncode == USAGE and "usage: caasctl" in r.stderr, args
    for command in ("db migrate", "reseller add", "price set", "server list", "ca init", "doctor"):
        assert command in stack.ctl("-h").stdout


# -- doctor

PLANTED = {
    "balances are the sums": ("UPDATE resellers SET balance_cents = balance_cents + 1 WHERE "
                              "login_name = 'poor-hosting'",
                              "UPDATE resellers SET balance_cents = balance_cents - 1 WHERE "
                              "login_name = 'poor-hosting'"),
    "authorizations have their order": (
        "INSERT INTO authzs (id, order_id, account_id, ident_type, ident_value, is_wildcard, "
        "status, token, offered, expires_at, created_at) VALUES "
        "(1, 1, 1, 1, 'x.example', 0, 1, 't', 1, 1, 1)", "DELETE FROM authzs WHERE id = 1"),
    "valid orders have their certificate": (
        "INSERT INTO orders (id, number, account_id, status, authz_left, expires_at, profile, "
        "idents, authzs, created_at) VALUES (1, 1, 1, 4, 0, 1, 'p', 'i', 'a', 1)",
        "DELETE FROM orders WHERE id = 1"),
    "certificates have their bytes": (
        "INSERT INTO certs (id, number, order_id, account_id, issuer_id, serial, not_before_at, "
        "not_after_at, spki_sha256, profile, crl_shard, created_at) VALUES "
        "(1, 1, 1, 1, 1, 'x', 1, 1, REPEAT('x', 32), 'p', 0, 1)",
        "DELETE FROM certs WHERE id = 1"),
    "no job is stuck": (
        "INSERT INTO jobs (id, queue, object_id, owner, epoch, leased_until, run_at, ring, "
        "created_at) VALUES (1, 'nobody', 1, 0, 0, 0, 1, 0, 1)", "DELETE FROM jobs WHERE id = 1"),
    "no order is stuck": (
        "INSERT INTO orders (id, number, account_id, status, authz_left, expires_at, profile, "
        "idents, authzs, created_at) VALUES (1, 1, 1, 3, 0, 1, 'p', 'i', 'a', 1)",
        "DELETE FROM orders WHERE id = 1"),
}


@contextlib.contextmanager
def planted(stack, what):
    do, undo = PLANTED[what]
    stack.sql(do)
    try:
        yield
    finally:
        stack.sql(undo)


@pytest.mark.parametrize("what", PLANTED)
def test_doctor(stack, what):
    """It is well, finds exactly what is planted, and is well again."""
    assert all(line.startswith("ok") for line in ok(stack, "doctor"))
    with planted(stack, what):
        r = stack.ctl("doctor", check=False)
        assert r.returncode == FAILED
        wrong = [x for x in r.stdout.splitlines() if x.startswith("WRONG")]
        assert any(what in x for x in wrong), r.stdout
    assert all(line.startswith("ok") for line in ok(stack, "doctor"))
