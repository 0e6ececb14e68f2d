# SPDX-License-Identifier: BSD-2-Clause
"""LISTTRANSACTIONS: subscriptions, each with what was bought and given back (partner-api 4.10)."""

import datetime

import pytest
from partner import Partner, refused


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "history-hosting", credit="1000000.00")


def subscriptions(p, account, **args):
    r = p.ok("LISTTRANSACTIONS", acmeAccountID=account, **args)
    assert list(r) == ["subscriptions"]
    return r["subscriptions"]


def rows(p, account, **args):
    """The transactions of all subscriptions that are shown."""
    return [t for s in subscriptions(p, account, **args) for t in s["transactions"]]


def brief(transactions):
    return [(t["transactionType"], [d["name"] for d in t["domains"]], t["cost"])
            for t in transactions]


def sql(p, account, table, change):
    """Change the subscriptions or transactions of a binding."""
    join = "" if table == "s" else "JOIN transactions t ON t.subscription_id = s.id "
    p.stack.sql(f"UPDATE subscriptions s {join}JOIN bindings b ON b.id = s.binding_id "
                f"SET {change} WHERE b.key_id = '{account}'")


def stamp(at):
    return f"{datetime.datetime.fromtimestamp(at, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


ADDED, REMOVED = 1773137700, 1773224100     # 2026-03-10T10:15:00Z and a day later


def test_bytes(p):
    """4.10, R-13: members in order, two decimals; the requested name first; at once visible"""
    account = p.binding()[0]
    assert p.call("LISTTRANSACTIONS", acmeAccountID=account).body == '{"subscriptions":[]}'
    order = p.ok("ADDDOMAIN", acmeAccountID=account, domainName="www.bytes.example",
                 addAssociatedFQDN="Y")["orderNumber"]
    assert brief(rows(p, account)) == [
        ("addDomain", ["www.bytes.example", "bytes.example"], 100)]
    wild = p.ok("ADDDOMAIN", acmeAccountID=account, domainName="*.bytes.example")["orderNumber"]
    p.remove(account, "*.bytes.example")
    refund = rows(p, account)[-1]["orderNumber"]
    start, end = (int(v) for v in p.stack.sql(
        "SELECT s.start_at, s.end_at FROM subscriptions s JOIN bindings b ON b.id = s.binding_id "
        f"WHERE b.key_id = '{account}'")[0])
    sql(p, account, "t", f"t.created_at = IF(t.type = 3, {REMOVED}, {ADDED})")
    p.stack.sql(f"UPDATE subscription_names SET removed_at = {REMOVED} WHERE "
                "removed_at IS NOT NULL AND name = 'bytes.example' AND is_wildcard = 1")
    assert p.call("LISTTRANSACTIONS", acmeAccountID=account).body == (
        f'{{"subscriptions":[{{"subscriptionStartDate":"{stamp(start)}",'
        f'"subscriptionEndDate":"{stamp(end)}","subscriptionStatus":"active","transactions":['
        f'{{"transactionType":"addDomain","transactionDate":"2026-03-10T10:15:00Z",'
        f'"orderNumber":{order},"domains":[{{"name":"www.bytes.example","type":"FQDN"}},'
        f'{{"name":"bytes.example","type":"FQDN"}}],"cost":100.00,"currency":"USD",'
        f'"debitedFor":365}},'
        f'{{"transactionType":"addDomain","transactionDate":"2026-03-10T10:15:00Z",'
        f'"orderNumber":{wild},"domains":[{{"name":"*.bytes.example","type":"Wildcard"}}],'
        f'"cost":400.00,"currency":"USD","debitedFor":365,"removeDate":"2026-03-11T10:15:00Z"}},'
        f'{{"transactionType":"refundDomain","transactionDate":"2026-03-11T10:15:00Z",'
        f'"orderNumber":{refund},"domains":[{{"name":"*.bytes.example","type":"Wildcard"}}],'
        f'"cost":400.00,"currency":"USD","debitedFor":365,"removeDate":"2026-03-11T10:15:00Z"}}'
        f']}}]}}')


def test_quote_and_late_removal(p):
    """A quote leaves no row; X8: a removal without a refund has none either; its date is told"""
    account = p.binding("late.history.example", "stays.history.example")[0]
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="q.history.example", quoteOnly="Y")
    p.stack.sql("UPDATE subscription_names SET added_at = added_at - 31 * 86400 WHERE name = "
                "'late.history.example'")
    p.remove(account, "late.history.example")
    late, stays = rows(p, account)
    assert late["transactionType"] == stays["transactionType"] == "addDomain"
    assert "removeDate" in late and "removeDate" not in stays


def test_one_of_a_pair(p):
    """removeDate is told once every name of the order is out"""
    account = p.binding()[0]
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="two.example", addAssociatedFQDN="Y")
    p.remove(account, "www.two.example")
    assert "removeDate" not in rows(p, account)[0]
    p.remove(account, "two.example")
    assert ["removeDate" in t for t in rows(p, account)] == [True, True]


def test_name(p):
    """X11, X12: of an extension the share of that name; case and a trailing dot as in A-24"""
    account = p.binding("shop.example", "blog.example", "*.shop.example", "www.shop.example")[0]
    sql(p, account, "s", "s.end_at = s.end_at - 300 * 86400")
    assert p.ok("EXTENDDOMAINS", acmeAccountID=account)["cost"] == 600
    assert brief(rows(p, account))[-1] == (
        "extendDomains",
        ["blog.example", "shop.example", "*.shop.example", "www.shop.example"], 600)
    for asked, name, cost in (("BLOG.example.", "blog.example", 100),
                              ("*.shop.example", "*.shop.example", 400),
                              ("www.shop.example", "www.shop.example", 0)):
        add, extension = rows(p, account, domainName=asked)
        assert brief([extension]) == [("extendDomains", [name], cost)]
        assert brief([add])[0][:2] == ("addDomain", [name])
    assert subscriptions(p, account, domainName="other.example") == []


def test_name_of_a_pair(p):
    """An order that touched the name is shown whole"""
    account = p.binding()[0]
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="pair.example", addAssociatedFQDN="Y")
    assert brief(rows(p, account, domainName="www.pair.example")) == [
        ("addDomain", ["pair.example", "www.pair.example"], 100)]


def test_dates(p):
    """4.10: both days are meant, whole, in UTC"""
    account = p.binding("dates.example")[0]
    for at, shown in ((1773100800 - 1, False), (1773100800, True), (1773187199, True),
                      (1773187200, False)):
        sql(p, account, "t", f"t.created_at = {at}")
        day = {"fromDate": "2026-03-10", "toDate": "2026-03-10"}
        assert len(rows(p, account, **day)) == shown, at
        assert len(rows(p, account, domainName="dates.example", **day)) == shown, at
    assert rows(p, account, toDate="2026-03-10") == []
    assert len(rows(p, account, fromDate="2026-03-11")) == 1
    assert len(rows(p, account, fromDate="", toDate="")) == 1


def test_past(p):
    """4.10, R-10: expired for 30 days, then shown only with the past; each with its own rows"""
    account = p.binding("past.example")[0]
    sql(p, account, "s", "s.end_at = UNIX_TIMESTAMP() - 86400")
    [s] = subscriptions(p, account)
    assert s["subscriptionStatus"] == "expired"
    sql(p, account, "s", "s.end_at = UNIX_TIMESTAMP() - 32 * 86400, s.start_at = s.end_at - 86400")
    assert subscriptions(p, account) == []
    assert subscriptions(p, account, includePastSubscriptions="N") == []
    [s] = subscriptions(p, account, includePastSubscriptions="Y")
    assert s["subscriptionStatus"] == "expired" and len(s["transactions"]) == 1
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="new.example")
    assert brief(rows(p, account)) == [("addDomain", ["new.example"], 100)]
    old, new = subscriptions(p, account, includePastSubscriptions="Y")
    assert (old["subscriptionStatus"], new["subscriptionStatus"]) == ("expired", "active")
    assert brief(old["transactions"] + new["transactions"]) == [
        ("addDomain", ["past.example"], 100), ("addDomain", ["new.example"], 100)]
    # A page counts transactions, over all subscriptions.
    for page, name in ((0, "past.example"), (1, "new.example")):
        assert brief(rows(p, account, includePastSubscriptions="Y", page=page, size=1)) == [
            ("addDomain", [name], 100)]
    assert subscriptions(p, account, includePastSubscriptions="Y", page=2, size=1) == []


def copies(p, account, n, number=500000):
    """n more orders of one name each, and an extension that touched all of them."""
    [[sub, reseller, first]] = p.stack.sql(
        "SELECT s.id, b.reseller_id, MAX(t.id) FROM subscriptions s JOIN bindings b ON b.id = "
        "s.binding_id JOIN transactions t ON t.subscription_id = s.id "
        f"WHERE b.key_id = '{account}'")
    first = int(first) + 1
    p.stack.sql("INSERT INTO transactions (id, number, reseller_id, subscription_id, type, cents, "
                f"days, created_at) SELECT {first} + seq, {number} + seq, {reseller}, {sub}, "
                f"IF(seq = {n}, 2, 1), 0, 1, 1 FROM seq_1_to_{n}")
    p.stack.sql("INSERT INTO transaction_names (transaction_id, name, is_wildcard, cents) "
                f"SELECT {first} + seq, CONCAT('n', LPAD(seq, 4, '0'), '.many.example'), 0, 100 "
                f"FROM seq_1_to_{n} WHERE seq < {n}")
    p.stack.sql("INSERT INTO transaction_names (transaction_id, name, is_wildcard, cents) "
                f"SELECT {first} + {n}, CONCAT('n', LPAD(q.seq, 4, '0'), '.many.example'), "
                f"w.seq, 1 FROM seq_1_to_{n} q JOIN seq_0_to_1 w")


def test_many(p):
    """Streamed in parts: every row once, in order; an extension with all its names; pages"""
    account = p.binding("many.example")[0]
    n = 1100
    copies(p, account, n)
    every = rows(p, account)
    assert [t["orderNumber"] for t in every[1:]] == [500000 + i for i in range(1, n + 1)]
    assert [d["name"] for d in every[-1]["domains"]] == [
        f"{w}n{i:04}.many.example" for i in range(1, n + 1) for w in ("", "*.")]
    assert rows(p, account, page=0) == every[:100]
    assert rows(p, account, page=2, size=500) == every[1000:]
    assert rows(p, account, page=1, size=501) == every[501:1002]
    assert rows(p, account, page=3, size=500) == []
    assert brief(rows(p, account, domainName="n0007.many.example")) == [
        ("addDomain", ["n0007.many.example"], 0), ("extendDomains", ["n0007.many.example"], 0.01)]


@pytest.mark.parametrize("args,row,name", [
    ({}, "E2", "acmeAccountID"), ({"acmeAccountID": "!"}, "E4", ""),
    ({"acmeAccountID": "A" * 22}, "E3", "acmeAccountID"),
    ({"acmeAccountID": "A" * 22, "filter": "x"}, "E1", "filter")] + [
    ({"acmeAccountID": "A" * 22, name: value}, "E3", name) for name, value in (
        ("includePastSubscriptions", "*"), ("domainName", "a..b"), ("domainName", "a" * 256),
        ("page", "-1"), ("size", "0"), ("fromDate", "2026-02-30"), ("toDate", "10.3.2026"),
        ("toDate", "2026-03-10T"))])
def test_arguments(p, args, row, name):
    """E1 E2 E3 E4"""
    refused(p.call("LISTTRANSACTIONS", **args), row, name)


def test_whose(stack, p):
    """A-25: any account of the binding, and nobody else's"""
    account = p.binding("whose.history.example")[0]
    refused(Partner(stack).call("LISTTRANSACTIONS", acmeAccountID=account), "E3", "acmeAccountID")
