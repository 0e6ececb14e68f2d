# SPDX-License-Identifier: BSD-2-Clause
"""caasctl: what it prints, how it refuses, and that doctor finds what is planted."""

import contextlib
import json

import pytest
from acme import at_once
from partner import Partner
from partner import refused as refused_call
from stack import Stack

USAGE, FAILED = 64, 1


def ok(stack, *args):
    r = stack.ctl(*args)
    assert r.returncode == 0 and r.stderr == "", r
    return r.stdout.splitlines()


def value(stack, *args):
    """What a command says as JSON; as text it names the same."""
    return json.loads(stack.ctl(*args, "--json").stdout)


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
    dv = next(r for r in value(stack, "server", "list") if r["name"] == "DV")
    assert dv["type"] == "DV" and dv["directory"] == stack.directory_url
    said = value(stack, "server", "add", "CTL", "--product-id", "777", "--description", "For tests")
    assert said == {"directory": stack.directory_url[:-2] + "CTL"}
    row = next(r for r in value(stack, "server", "list") if r["name"] == "CTL")
    assert row["productId"] == 777 and row["description"] == "For tests"
    head, *lines = ok(stack, "server", "list")
    assert head.split() == list(row)
    assert any(x.startswith("CTL ") and x.endswith("For tests") for x in lines)


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
    assert out[0].split() == ["loginName", "ctl-hosting"]
    password = out[1].removeprefix("loginPassword ")
    price = {"server": "DV", "kind": "fqdn", "years": 1, "price": "100.00"}
    assert value(stack, "price", "set", "ctl-hosting", "DV", "fqdn", "1", "100.00") == price
    assert value(stack, "price", "show", "ctl-hosting") == [price]
    assert value(stack, "reseller", "credit", "ctl-hosting", "100.50", "--reason", "invoice 7") == \
        {"loginName": "ctl-hosting", "balance": "100.50", "currency": "EUR"}
    assert ok(stack, "reseller", "credit", "ctl-hosting", "-0.50") == [
        "loginName ctl-hosting", "balance   100.00", "currency  EUR"]
    shown = {"loginName": "ctl-hosting", "balance": "100.00", "creditLimit": "5.00",
             "currency": "EUR", "locked": False, "networks": [], "passwordExpires": None,
             "servers": ["DV"]}
    assert value(stack, "reseller", "show", "ctl-hosting") == {**shown, "lockedNetworks": []}
    assert shown in value(stack, "reseller", "list")
    line = next(x for x in ok(stack, "reseller", "list") if x.startswith("ctl-hosting "))
    assert line.split() == ["ctl-hosting", "100.00", "5.00", "EUR", "no", "-", "-", "DV"]
    rows = stack.sql("SELECT l.cents, l.reason FROM ledger l JOIN resellers r ON "
                     "r.id = l.reseller_id WHERE r.login_name = 'ctl-hosting' ORDER BY l.id")
    assert rows == [["10050", "invoice 7"], ["-50", ""]]
    p = Partner(stack)
    p.name, p.password = "ctl-hosting", password
    p.binding("shop.ctl.example")
    assert value(stack, "reseller", "show", "ctl-hosting")["balance"] == "0.00"


def test_reseller_set(stack):
    """What an operator changes is in force at the next call, and leaves an audit row."""
    p = Partner(stack, name="set-hosting", password=ok(
        stack, "reseller", "add", "set-hosting", "--server", "DV")[1].split()[1])
    p.ok("LISTSERVERS")
    assert value(stack, "reseller", "set", "set-hosting", "--lock")["locked"]
    refused_call(p.call("LISTSERVERS"), "E5")
    said = value(stack, "reseller", "set", "set-hosting", "--unlock", "--credit-limit", "7.50",
                 "--new-password", "--password-expires", "never")
    assert said["creditLimit"] == "7.50" and not said["locked"]
    refused_call(p.call("LISTSERVERS"), "E5")
    p.password = said["loginPassword"]
    p.ok("LISTSERVERS")
    said = value(stack, "reseller", "set", "set-hosting", "--password-expires", "2024-02-29")
    assert said["passwordExpires"] == "2024-02-29T23:59:59Z" and "loginPassword" not in said
    refused_call(p.call("LISTSERVERS"), "E5")
    value(stack, "reseller", "set", "set-hosting", "--password-expires", "never")
    assert value(stack, "reseller", "set", "set-hosting", "--remove-server", "DV")["servers"] == []
    refused(stack, "may not use it anyway", "reseller", "set", "set-hosting", "--remove-server",
            "DV", code=FAILED)
    assert value(stack, "reseller", "set", "set-hosting", "--add-server", "DV")["servers"] == ["DV"]
    p.ok("PREREGISTER", serverUrl=stack.server_url)
    refused(stack, "has customers", "reseller", "set", "set-hosting", "--remove-server", "DV",
            code=FAILED)
    rows = stack.sql("SELECT a.detail FROM audit a JOIN resellers r ON r.id = a.object_id WHERE "
                     "a.event = 'reseller.set' AND r.login_name = 'set-hosting' ORDER BY a.id")
    assert rows == [["lock"], ["credit-limit 7.50, unlock, password-expires never, password"],
                    ["password-expires 2024-02-29"], ["password-expires never"],
                    ["remove-server DV"], ["add-server DV"]]


def test_operators_at_once(stack):
    """What one of them does not name is what another has set meanwhile."""
    ok(stack, "reseller", "add", "at-once-hosting")
    for limit in range(1, 9):
        ok(stack, "reseller", "set", "at-once-hosting", "--unlock")
        assert [r.returncode for r in at_once(
            [lambda: stack.ctl("reseller", "set", "at-once-hosting", "--lock"),
             lambda n=limit: stack.ctl("reseller", "set", "--credit-limit", f"{n}.00",
                                       "at-once-hosting")])] == [0, 0]
        shown = value(stack, "reseller", "show", "at-once-hosting")
        assert shown["locked"] and shown["creditLimit"] == f"{limit}.00"


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
    (["show"], "1 arguments were expected"),
    (["show", "nobody"], "no reseller nobody"),
    (["set", "nobody", "--lock"], "no reseller nobody"),
    (["set", "first-hosting"], "nothing is to be set"),
    (["set", "first-hosting", "--lock", "--unlock"], "exclude each other"),
    (["set", "first-hosting", "--new-password", "--password-file", "x"], "exclude each other"),
    (["set", "first-hosting", "--credit-limit", "-1"], "no amount"),
    (["set", "first-hosting", "--password-expires", "2026-02-30"], "neither a day"),
    (["set", "first-hosting", "--password-expires", "tomorrow"], "neither a day"),
    (["set", "first-hosting", "--add-server", "NONE"], "no server NONE"),
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
    assert value(stack, "ca", "show")[0]["name"] == "test-ca"
    assert any("test-ca" in line for line in ok(stack, "ca", "show"))
    base = ["--root-dir", str(tmp_path), "--http-base-url", "http://localhost"]
    refused(stack, "part of file names", "ca", "init", "../x", *base)
    refused(stack, "--root-dir and --http-base-url", "ca", "init", "x")
    assert list(tmp_path.iterdir()) == []


def test_conf(stack, tmp_path):
    """conf show is a file that says the same again; as JSON it has the types of the keys."""
    (tmp_path / "again.conf").write_text(stack.ctl("conf", "show").stdout)
    again = {**stack.env, "STACK_CTL": f"{stack.dir}/bin/caasctl -c {tmp_path}/again.conf"}
    other = Stack(stack.dir)
    other.env = again
    assert other.ctl("conf", "show").stdout == stack.ctl("conf", "show").stdout
    shown = value(stack, "conf", "show")
    assert shown["workers"] == 8 and shown["ip_identifiers"] is False
    assert shown["challenges"][:2] == ["http-01", "dns-01"] and shown["subscription_rules"] == "v2"


def test_validation(stack, client, net):
    """HTT-14 BLD-09: all that was asked, seen and decided, found by what a client has"""
    net.rule("client.example * redirect 302 http://www.client.example/elsewhere")
    _, order = client.order("client.example")
    authz = order["authorizations"][0]
    failed = client.solve(authz, net)
    assert failed["status"] == "invalid"
    shown = value(stack, "validation", "show", failed["url"])
    for by in (authz, authz.rsplit("/", 1)[1], shown["id"]):
        assert value(stack, "validation", "show", by) == shown
    assert shown["identifier"] == "client.example" and shown["status"] == "invalid"
    assert shown["reseller"] == "first-hosting" and shown["account"] == client.kid
    assert shown["challenge"] == "http-01" and shown["error"]["detail"] == failed["error"]["detail"]
    seen = shown["validations"][-1]
    assert not seen["proven"] and seen["at"].endswith("Z")
    assert "127.0.0.1" in str(seen["seen"]) and "/elsewhere" in str(seen["seen"])
    assert shown["caa"][-1]["permitted"] and "client.example" in str(shown["caa"][-1]["seen"])
    text = stack.ctl("validation", "show", authz).stdout
    assert "/elsewhere" in text and "127.0.0.1" in text and failed["error"]["detail"] in text
    # A domain that is proven for very many names: the newest looks are what is asked about.
    assert (shown["olderValidations"], shown["olderCAA"]) == (0, 0)
    stack.sql("INSERT INTO caa_checks (id, authz_id, is_permitted, checked_at, statement, signature, record) "
              "SELECT c.id + s.seq, c.authz_id, c.is_permitted, c.checked_at + s.seq, c.statement, "
              "c.signature, CONCAT('{\"n\":', s.seq, '}') FROM caa_checks c JOIN seq_1_to_1004 s "
              f"WHERE c.authz_id = {shown['id']}")
    shown = value(stack, "validation", "show", authz)
    assert len(shown["caa"]) == 1000 and shown["olderCAA"] == 5
    assert [step["seen"]["n"] for step in shown["caa"]] == list(range(5, 1005))
    stack.sql(f"DELETE FROM caa_checks WHERE authz_id = {shown['id']}")
    refused(stack, "no authorization of this CA", "validation", "show", "x" * 22)
    refused(stack, "no authorization 17", "validation", "show", "17")


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
    "idempotency keys have their answers": (
        "INSERT INTO answers VALUES (1, 'planted', 1, REPEAT('x', 32), 1, NULL, NULL)",
        "DELETE FROM answers WHERE idempotency_key = 'planted'"),
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
    "certificates of compromised keys": (
        "INSERT INTO certs (id, number, order_id, account_id, issuer_id, serial, not_before_at, "
        "not_after_at, spki_sha256, profile, crl_shard, created_at) VALUES "
        "(1, 1, 1, 1, 1, 'x', 1, 99999999999, REPEAT('x', 32), 'p', 0, 1); "
        "INSERT INTO blocked_keys VALUES (REPEAT('x', 32), 'x', 1)",
        "DELETE FROM certs WHERE id = 1; DELETE FROM blocked_keys WHERE reason = 'x'"),
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
    assert all(x["result"] == "ok" for x in value(stack, "doctor"))
    with planted(stack, what):
        r = stack.ctl("doctor", check=False)
        assert r.returncode == FAILED
        wrong = [x for x in r.stdout.splitlines() if x.startswith("WRONG")]
        assert any(what in x for x in wrong), r.stdout
    assert all(x.startswith("ok ") for x in ok(stack, "doctor")[1:])
