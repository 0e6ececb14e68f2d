# SPDX-License-Identifier: BSD-2-Clause
"""What things cost, and that money moves once, whole and with its cause."""

import concurrent.futures

import pytest
from partner import Partner, refused


def audit(partner):
    """The rows that a call may leave behind, counted, but for that of a refusal."""
    tables = ("subscriptions", "transactions", "subscription_names", "transaction_names",
              "ledger", "audit WHERE event <> 'partner.refused'")
    return [partner.stack.sql(f"SELECT COUNT(*) FROM {t}") for t in tables] + [partner.row()]


def cost(reply):
    """The bytes of the cost."""
    assert reply.status == 200, reply
    return reply.body.split('"cost":')[1].split(",")[0]


@pytest.fixture(scope="module")
def buyer(stack):
    return Partner.new(stack, "money-hosting", credit="100000.00")


# ---- balance, limit, ledger

def test_debit_and_ledger(stack):
    """partner-api 6, 7: each movement has its row and its cause; their sum is the balance"""
    p = Partner.new(stack, "ledger-hosting", credit="150.00")
    account = p.binding("one.ledger.example")[0]
    assert p.row() == (5000, 5000, 2)
    stack.ctl("reseller", "credit", p.name, "-12.34", "--reason", "correction")
    order = p.ok("ADDDOMAIN", acmeAccountID=account, domainName="www.one.ledger.example")
    assert order["cost"] == 0
    rows = stack.sql("SELECT l.cents, l.cause, l.reason, COALESCE(t.cents, ''), "
                     "COALESCE(n.name, '') FROM ledger l JOIN resellers r ON r.id = "
                     "l.reseller_id LEFT JOIN transactions t ON t.id = l.transaction_id "
                     "LEFT JOIN transaction_names n ON n.transaction_id = t.id "
                     f"WHERE r.login_name = '{p.name}' ORDER BY l.id")
    assert rows == [["15000", "1", "test", "", ""],
                    ["-10000", "2", "", "10000", "one.ledger.example"],
                    ["-1234", "1", "correction", "", ""]]
    assert p.row() == (3766, 3766, 3)


def test_credit_limit(stack):
    """The balance may go below zero by the limit and no cent more."""
    p = Partner.new(stack, "limit-hosting", credit="99.99", limit="100.01")
    account = p.binding()[0]
    assert cost(p.add(account, "a.limit.example")) == "100.00"
    assert cost(p.add(account, "b.limit.example")) == "100.00"
    assert p.row()[:2] == (-10001, -10001)
    before = audit(p)
    refused(p.add(account, "c.limit.example"), "E14")
    assert audit(p) == before
    # What costs nothing needs no credit.
    assert cost(p.add(account, "www.a.limit.example")) == "0.00"


def test_poor(stack):
    """E14: nothing is changed, not even a subscription started; the quote is given (rule 8)"""
    p = Partner(stack, "POOR")
    account = p.binding()[0]
    before = audit(p)
    refused(p.add(account, "poor.example", addAssociatedFQDN="Y"), "E14")
    assert cost(p.add(account, "poor.example", quoteOnly="Y")) == "100.00"
    assert audit(p) == before


def test_quote_leaves_no_trace(buyer):
    """partner-api 4.3: quoteOnly=Y; every check but the balance"""
    account = buyer.binding()[0]
    before = audit(buyer)
    for args in ({}, {"addAssociatedFQDN": "Y"}):
        r = buyer.add(account, "quote.money.example", quoteOnly="Y", **args)
        assert cost(r) == "100.00" and "orderNumber" not in r.json
        assert audit(buyer) == before
    buyer.ok("ADDDOMAIN", acmeAccountID=account, domainName="quote.money.example")
    refused(buyer.add(account, "quote.money.example", quoteOnly="Y"), "E18")
    assert cost(buyer.add(account, "www.quote.money.example", quoteOnly="Y")) == "0.00"


def test_duplicate(buyer):
    """E18 (A-21): a repeated call takes nothing; wildcard and name are two"""
    account = buyer.binding("twice.example")[0]
    before = audit(buyer)
    for name in ("twice.example", "TWICE.example", "twice.example."):
        refused(buyer.add(account, name), "E18")
        refused(buyer.add(account, name, addAssociatedFQDN="Y"), "E18")
    assert audit(buyer) == before
    assert cost(buyer.add(account, "*.twice.example")) == "400.00"
    refused(buyer.add(account, "*.twice.example"), "E18")


def test_no_price(stack):
    """E12 no price at all for that kind of name, E13 none that fits the term"""
    p = Partner.new(stack, "price-hosting", wildcard=None)
    account = p.binding()[0]
    before = audit(p)
    for quote in ("N", "Y"):
        refused(p.add(account, "*.price.example", quoteOnly=quote), "E12")
    assert audit(p) == before
    stack.ctl("price", "set", p.name, "DV", "wildcard", "2", "1.00")
    refused(p.add(account, "*.price.example"), "E13")
    assert cost(p.add(p.binding(years=2)[0], "*.price.example")) == "1.00"
    stack.sql("UPDATE prices SET cents = -1 WHERE kind = 2 AND reseller_id = "
              "(SELECT id FROM resellers WHERE login_name = 'price-hosting')")
    refused(p.add(p.binding(years=2)[0], "*.price.example"), "E13")


def test_prices_of_terms(stack):
    """partner-api 7: price(term) is years * the yearly price unless it has one of its own"""
    p = Partner.new(stack, "term-hosting", fqdn=10)
    stack.ctl("price", "set", p.name, "DV", "fqdn", "3", "24.99")
    assert [cost(p.add(p.binding(years=y)[0], "x.term.example")) for y in (1, 2, 3)] == [
        "10.00", "20.00", "24.99"]
    stack.ctl("price", "set", p.name, "DV", "fqdn", "1", "0")
    before = p.row()
    assert cost(p.add(p.binding()[0], "x.term.example")) == "0.00"
    assert p.row() == before


# ---- associated names

@pytest.mark.parametrize("first,added", [
    (["a.example"], "www.a.example"), (["www.a.example"], "a.example"),
    (["*.a.example"], "a.example"), (["sub.a.example"], "www.sub.a.example")])
def test_free_partner(buyer, first, added):
    """Rules 4 and 5, A-20: each pair, with addAssociatedFQDN left out"""
    assert cost(buyer.add(buyer.binding(*first)[0], added)) == "0.00"


@pytest.mark.parametrize("first,added,price", [
    (["a.example"], "*.a.example", "400.00"), (["*.a.example"], "www.a.example", "100.00"),
    (["a.example"], "b.a.example", "100.00"), (["a.example"], "www.b.example", "100.00"),
    (["*.a.example", "a.example"], "www.a.example", "100.00")])
def test_not_free(buyer, first, added, price):
    """Rule 5: a wildcard is never free, others are no pair, a free name carries none"""
    assert cost(buyer.add(buyer.binding(*first)[0], added)) == price


@pytest.mark.parametrize("added,came", [
    ("a.example", "www.a.example"), ("www.a.example", "a.example"),
    ("*.a.example", "a.example"), ("sub.a.example", "www.sub.a.example")])
def test_associated_comes_along(buyer, added, came):
    """addAssociatedFQDN=Y: the requested name first, the associated one free"""
    account = buyer.binding()[0]
    r = buyer.add(account, added, addAssociatedFQDN="Y")
    assert [d["domainName"] for d in r.json["Domains"]] == [added, came]
    assert cost(r) == ("400.00" if added[0] == "*" else "100.00")
    refused(buyer.add(account, came), "E18")


def test_associated_is_there(buyer):
    """R-11: only the requested name is added"""
    account = buyer.binding("www.there.example")[0]
    r = buyer.add(account, "*.there.example", addAssociatedFQDN="Y")
    assert [d["domainName"] for d in r.json["Domains"]] == [
        "*.there.example", "there.example"]
    r = buyer.add(buyer.binding("there.example")[0], "*.there.example", addAssociatedFQDN="Y")
    assert [d["domainName"] for d in r.json["Domains"]] == ["*.there.example"]


def test_which_name_carries(stack, buyer):
    """R-11: an FQDN carries before a wildcard; one paid name carries one"""
    account = buyer.binding("www.both.example", "*.both.example")[0]
    assert cost(buyer.add(account, "both.example")) == "0.00"
    rows = stack.sql("SELECT c.name, c.is_wildcard FROM subscription_names n JOIN "
                     "subscription_names c ON c.id = n.carrier_id JOIN subscriptions s ON "
                     "s.id = n.subscription_id JOIN bindings b ON b.id = s.binding_id "
                     f"WHERE b.key_id = '{account}' AND n.is_paid = 0")
    assert rows == [["www.both.example", "0"]]
    # www.both.example carries already.
    assert cost(buyer.add(account, "www.www.both.example")) == "100.00"


def test_associated_that_cannot_be(buyer):
    """Rule 4: where there is no such name only the requested one is added"""
    long = ".".join(["l" * 60] * 4) + ".example"
    for name in (long, "1.2.3.4.5.6.7.8.9.example", "www.example"):
        r = buyer.add(buyer.binding()[0], name, addAssociatedFQDN="Y")
        assert [d["domainName"] for d in r.json["Domains"]] == [name], r


# ---- at the same time

def at_once(calls):
    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return [f.result() for f in [pool.submit(c) for c in calls]]


def patient(p, account, name):
    """ADDDOMAIN by a client of its own that comes back when told to (E22)."""
    def call():
        mine = Partner(p.stack, name=p.name, password=p.password)
        for _ in range(30):
            r = mine.add(account, name)
            if r.status != 429:
                return r
        return r
    return call


def test_parallel_limit(stack):
    """20 buyers, money for 7: 7 names, 13 times E14, never a cent below the limit"""
    p = Partner.new(stack, "parallel-hosting", credit="500.00", limit="250.00")
    accounts = [p.binding()[0] for _ in range(20)]
    replies = at_once([patient(p, a, "parallel.example") for a in accounts])
    assert sorted(r.status for r in replies) == [200] * 7 + [403] * 13
    for r in replies:
        if r.status == 403:
            refused(r, "E14")
    assert p.row() == (-20000, -20000, 8)
    numbers = [r.json["orderNumber"] for r in replies if r.status == 200]
    assert len(set(numbers)) == 7


def test_parallel_same_name(stack):
    """One name in one binding 20 times at once: one charge, 19 times E18"""
    p = Partner.new(stack, "same-hosting", credit="5000.00")
    account = p.binding()[0]
    replies = at_once([patient(p, account, "same.example") for _ in range(20)])
    assert sorted(r.status for r in replies) == [200] + [403] * 19
    for r in replies:
        if r.status == 403:
            refused(r, "E18")
    assert p.row() == (490000, 490000, 2)


def test_parallel_partners(stack):
    """A free partner is free once, whoever comes first: x, www.x and *.x at the same time"""
    p = Partner.new(stack, "race-hosting", credit="5000.00")
    names = ("race.example", "www.race.example", "*.race.example", "b.race.example")
    account = p.binding()[0]
    replies = at_once([patient(p, account, n) for n in names])
    total = sum(round(r.json["cost"] * 100) for r in replies)
    assert p.row()[0] == 500000 - total
    assert stack.sql("SELECT COUNT(*) FROM subscriptions s JOIN bindings b ON b.id = "
                     f"s.binding_id WHERE b.key_id = '{account}'") == [["1"]]
    carried = stack.sql("SELECT COUNT(*), COUNT(DISTINCT carrier_id) FROM subscription_names "
                        "WHERE carrier_id IS NOT NULL AND name LIKE '%race.example'")[0]
    assert carried[0] == carried[1]


def test_doctor_agrees(stack, buyer):
    """design.md 7: after all this the sums are right"""
    r = stack.ctl("doctor", check=False)
    assert "balances are the sums of their ledgers" in r.stdout
    assert r.returncode == 0, r.stdout


# ---- when a subscription is over

def test_after_the_end(days):
    """A-6, R-3: for thirty days it must be extended; after them a name starts a new one"""
    days.begin("over.example")
    for at in ((2027, 3, 11), (2027, 4, 9, 23, 59, 59)):
        days.at(*at)
        refused(days.p.add(days.account, "more.example"), "E11")
        refused(days.p.add(days.account, "over.example", quoteOnly="Y"), "E11")
    days.at(2027, 4, 10)
    assert days.add("more.example") == ("100.00", 365)
    assert days.term() == ("2027-04-11T00:00:00Z", "2028-04-09T23:59:59Z")
    assert days.names() == ["more.example"]
    assert len(days.subscriptions(includePastSubscriptions="Y")) == 2
