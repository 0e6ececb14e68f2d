# SPDX-License-Identifier: BSD-2-Clause
"""Reports read indexes, not history: each statement of the lists, by what the database does for it."""

import datetime
import pathlib
import re

import history
import pytest
from grants import statements
from partner import Partner

SRC = pathlib.Path(__file__).resolve().parents[2] / "src"
NAMES, CERTS = 1000, 5000
ROWS = 20           # are asked for
EACH = 12           # reads at most for a row that is returned: its own, and those it points to
ALWAYS = (0, 2**40)         # from, to

# What each is asked; a word names what a binding has.
ASKED = {
    "names_of_subscription": ("sub", "middle", ROWS, 0),
    "accounts_of_binding": ("binding", 0, 2**63, ROWS, 0),
    "accounts_of_reseller": ("reseller", 0, ROWS, 0),
    "bindings_of_reseller": ("reseller", 0, ROWS),
    "last_orders": ("sub", "middle", "part", ROWS, "binding", 0, 2**63),
    "transactions_of_subscription": ("sub", "middle", *ALWAYS, ROWS),
    "transactions_of_name": ("name", 0, "sub", 0, *ALWAYS, ROWS),
    "names_of_transaction": ("extension", "name", "name", 0, ROWS),
    "transaction_at": ("sub", "middle", *ALWAYS, 3),
    "transaction_count": ("sub", "extension", *ALWAYS),
    # What they need to know before.
    "binding_of_account": ("key", "reseller"),
    "subscription_newest": ("binding",),
    "subscriptions_of_binding": ("binding",),
    "sub_name_get": ("sub", "name", 0),
    "account_contacts": ("account",),
}


def crowd(stack):
    """Bindings of others, or the whole table is sooner read than its index."""
    stack.ctl("reseller", "add", "reports-others")
    stack.sql("INSERT INTO bindings (id, reseller_id, server_id, key_id, mac_key, mac_key_version, "
              "term_years, status, created_at) SELECT (SELECT MAX(id) FROM bindings) + seq, r.id, "
              "s.id, CONCAT('reports', LPAD(seq, 15, '0')), '', 1, 1, 1, 0 FROM seq_1_to_300, "
              "resellers r, servers s WHERE r.login_name = 'reports-others' AND s.name = 'DV'")


class Long:
    """A binding with a long past, beside others of its reseller."""

    def __init__(self, stack):
        self.stack = stack
        p = self.p = Partner.new(stack, "reports-hosting", credit="1000.00")
        for _ in range(3):
            p.binding()
        key = history.load(p, "reports", NAMES, CERTS, extensions=3, accounts=60,
                           age_days=50)
        crowd(stack)
        history.settle(stack)
        [[self.binding, self.reseller, self.sub, self.account]] = stack.sql(
            "SELECT b.id, b.reseller_id, s.id, a.id FROM bindings b JOIN subscriptions s ON "
            "s.binding_id = b.id JOIN accounts a ON a.binding_id = b.id AND a.acme_account_id = "
            f"b.key_id WHERE b.key_id = '{key}'")
        [[self.extension]] = stack.sql("SELECT MAX(id) FROM transactions WHERE type = 2 AND "
                                       f"subscription_id = {self.sub}")
        [[self.middle]] = stack.sql("SELECT id FROM subscription_names WHERE name = "
                                    f"'n{NAMES // 2:06}.reports.history.example'")
        self.part = "'REPORTS.history'"
        self.key, self.name = f"'{key}'", f"'n{NAMES // 4:06}.reports.history.example'"

    def text(self, statement):
        """With what is asked in its place."""
        text = statements("caas_web")[statement]
        asked = ASKED[statement]
        assert text.count("?") == len(asked), statement
        for value in asked:
            text = text.replace("?", str(getattr(self, value) if isinstance(value, str) else value), 1)
        return text


@pytest.fixture(scope="module")
def long(stack):
    return Long(stack)


def test_all_are_asked():
    """Every statement of store/report.c stands in the table"""
    used = {name.lower() for name in re.findall(r"STMT_(\w+)", (SRC / "store/report.c").read_text())}
    assert used <= set(ASKED)


@pytest.mark.parametrize("statement", ASKED)
def test_plan(long, statement):
    """Issue 5: no table is scanned, nor an index from end to end"""
    plan = long.stack.sql("EXPLAIN " + long.text(statement))
    assert plan
    for _, kind, table, how, *rest in plan:
        assert how not in ("ALL", "index") or table.startswith("<derived"), (table, how, kind, rest)


@pytest.mark.parametrize("statement", ASKED)
def test_reads(long, statement):
    """Issue 5: what is read is what is returned, whatever else there is"""
    text = long.text(statement)
    out = long.stack.sql(f"FLUSH STATUS; {text}; SELECT 'found', FOUND_ROWS(); "
                         "SHOW SESSION STATUS LIKE 'Handler_read%'")
    status = {row[0]: int(row[1]) for row in out if row[0].startswith(("Handler_", "found"))}
    rows = status.pop("found")
    assert rows <= ROWS and (rows > 0 or statement == "account_contacts")
    assert sum(status.values()) <= EACH * rows + 10, (rows, status)


def test_from_date(long):
    """4.10: what was before the first day that is asked for is not read"""
    def reads():
        return sum(int(n) for _, n in long.stack.sql("SHOW GLOBAL STATUS LIKE 'Handler_read%'"))
    day = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=2)
    args = {"acmeAccountID": long.key.strip("'"), "fromDate": f"{day:%Y-%m-%d}"}
    before = reads()
    [s] = long.p.ok("LISTTRANSACTIONS", **args)["subscriptions"]
    assert reads() - before < NAMES // 2
    assert [d["name"] for t in s["transactions"] for d in t["domains"]] == ["reports.history.example"]
