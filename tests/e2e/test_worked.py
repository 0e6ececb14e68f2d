# SPDX-License-Identifier: BSD-2-Clause
"""
The worked examples of partner-api 7, on the days on which they are written: the service stands
still at each of them.  FQDN 100.00 a year, wildcard 400.00.
"""

import pytest
from days import EXTENDED, JUNE
from partner import refused


def test_x1(days):
    """X1: a year from the next day on"""
    before = days.balance()
    assert days.begin() == ("100.00", 365)
    assert days.term() == ("2026-03-11T00:00:00Z", "2027-03-10T23:59:59Z")
    assert days.balance() == before - 10000


def test_x2(days):
    """X2: two years are 730 days, whatever year it is"""
    before = days.balance()
    assert days.begin(years=2) == ("200.00", 730)
    assert days.term() == ("2026-03-11T00:00:00Z", "2028-03-09T23:59:59Z")
    assert days.balance() == before - 20000


def test_x3(days):
    """X3: three years are 1095 days"""
    before = days.balance()
    assert days.begin(years=3) == ("300.00", 1095)
    assert days.term() == ("2026-03-11T00:00:00Z", "2029-03-09T23:59:59Z")
    assert days.balance() == before - 30000


@pytest.mark.parametrize("hour", [(0, 0, 0), (8, 0, 0), (23, 59, 59)])
def test_x4(days, hour):
    """X4: full days are counted from date to date (R-1), at any hour; the end is the first's"""
    days.begin()
    before = days.balance()
    days.at(2026, 6, 18, *hour)
    assert days.add("blog.example") == ("72.60", 265)
    assert days.term() == ("2026-03-11T00:00:00Z", "2027-03-10T23:59:59Z")
    assert days.balance() == before - 7260


def test_x5(days):
    """X5: a wildcard by its own price"""
    days.begin()
    before = days.balance()
    days.at(*JUNE)
    assert days.add("*.shop.example") == ("290.41", 265)
    assert days.balance() == before - 29041


def test_x6(days):
    """X6: free, for its partner is paid; months later, without asking for it"""
    days.begin()
    before = days.balance()
    days.at(2026, 9, 1, 12)
    assert days.add("www.shop.example", addAssociatedFQDN="N") == ("0.00", 190)
    assert days.balance() == before
    assert days.names() == ["shop.example", "www.shop.example"]


def test_x7(days):
    """X7: within thirty days all of the adding order comes back, with a row"""
    days.begin()
    before = days.balance()
    days.at(*JUNE)
    days.add("blog.example")
    days.at(2026, 7, 10, 12)
    assert days.remove("blog.example") == ["blog.example"]
    assert days.refunds() == [("blog.example", 72.60)]
    assert days.balance() == before


@pytest.mark.parametrize("at,cents", [
    ((2026, 7, 18, 7, 59, 59), 7260), ((2026, 7, 18, 8), 0), ((2026, 7, 18, 9), 0)])
def test_x8(days, at, cents):
    """X8: thirty days after, to the second (A-13), nothing comes back; the name is gone"""
    days.begin()
    days.at(*JUNE)
    days.add("blog.example")
    before = days.balance()
    days.at(*at)
    assert days.remove("blog.example") == ["blog.example"]
    assert days.refunds() == ([("blog.example", cents / 100)] if cents else [])
    assert days.names() == ["shop.example"]
    assert days.balance() == before + cents


def test_x9(days):
    """X9: the paid name takes its free one along, and long after nothing comes back"""
    days.begin()
    days.at(2026, 9, 1, 12)
    days.add("www.shop.example")
    before = days.balance()
    days.at(2026, 10, 1, 12)
    assert days.remove("shop.example") == ["shop.example", "www.shop.example"]
    assert days.refunds() == [] and days.names() == []
    assert days.balance() == before


@pytest.mark.parametrize("at,is_open", [
    ((2026, 11, 29, 23, 59, 59), False), ((2026, 11, 30), True),
    ((2027, 3, 10, 23, 59, 59), True), ((2027, 3, 11), True),
    ((2027, 4, 9, 23, 59, 59), True), ((2027, 4, 10), False)])
def test_x10(days, at, is_open):
    """X10, R-3: the window's first and last second, and those beside it"""
    days.begin()
    days.at(*at)
    quote, real = (days.p.call("EXTENDDOMAINS", acmeAccountID=days.account, quoteOnly=q)
                   for q in "YN")
    if is_open:
        assert quote.json["cost"] == real.json["cost"] == 100
        assert days.term()[1] == "2028-03-09T23:59:59Z"
    else:
        refused(quote, "E11")
        refused(real, "E11")


def test_x11(days):
    """X11: each paid name at its price, the free one for nothing, counted from the old end"""
    days.grown()
    before = days.balance()
    days.at(*EXTENDED)
    assert days.extend(years=1) == ("600.00", 365)
    assert days.term() == ("2026-03-11T00:00:00Z", "2028-03-09T23:59:59Z")
    assert days.balance() == before - 60000


def test_x12(days):
    """X12: LISTTRANSACTIONS of one name shows its share of an extension"""
    days.grown()
    days.at(*EXTENDED)
    days.extend()
    assert [(t["transactionType"], t["cost"]) for t in days.rows(domainName="blog.example")] == [
        ("addDomain", 72.60), ("extendDomains", 100)]
    shares = {name: days.rows(domainName=name)[-1]["cost"] for name in days.names()}
    assert shares == {"shop.example": 100, "blog.example": 100, "*.shop.example": 400,
                      "www.shop.example": 0}


def test_x13(days):
    """X13, A-10: 22 days late it is the same, from the old end; in between it is expired (R-10)"""
    days.grown()
    before = days.balance()
    days.at(2027, 3, 11)
    assert days.subscriptions()[0]["subscriptionStatus"] == "expired"
    days.at(2027, 4, 1, 12)
    assert days.extend() == ("600.00", 365)
    assert days.term()[1] == "2028-03-09T23:59:59Z"
    assert days.subscriptions()[0]["subscriptionStatus"] == "active"
    assert days.balance() == before - 60000


def test_x14(days):
    """X14: after the window it is refused and nothing changes"""
    days.grown()
    before = days.balance()
    days.at(2027, 4, 10)
    refused(days.p.call("EXTENDDOMAINS", acmeAccountID=days.account), "E11")
    assert days.balance() == before and days.subscriptions() == []
    [s] = days.subscriptions(includePastSubscriptions="Y")
    assert s["subscriptionEndDate"] == "2027-03-10T23:59:59Z"


def test_x15(days):
    """X15: more than a year is left after the extension, and is paid for"""
    days.grown()
    days.at(*EXTENDED)
    days.extend()
    before = days.balance()
    assert days.add("new.example") == ("110.14", 402)
    assert days.term()[1] == "2028-03-09T23:59:59Z"
    assert days.balance() == before - 11014


def test_x16(days):
    """X16, A-8: on the last day no full day is left, and nothing to be paid"""
    days.begin()
    before = days.balance()
    days.at(2027, 3, 10, 23, 59, 59)
    assert days.add("last.example") == ("0.00", 0)
    assert days.term()[1] == "2027-03-10T23:59:59Z"
    assert days.balance() == before


@pytest.fixture
def first_generation(moving_stack):
    """The service under subscription_rules v1."""
    conf = moving_stack.dir / "etc" / "caas.conf"
    before = conf.read_text()
    conf.write_text(before + "subscription_rules = v1\n")
    moving_stack.clock.restart()
    yield
    conf.write_text(before)
    moving_stack.clock.restart()


def test_x17(first_generation, days):
    """X17: V1: at once, a year each time, three years in all; there are no other terms"""
    for args in ({"years": 2}, {"days": 1095}):
        refused(days.p.call("PREREGISTER", serverUrl=days.p.stack.server_url, **args), "E3",
                next(iter(args)))
    assert days.begin() == ("100.00", 365)
    days.at(2026, 3, 11)
    for args in ({"years": 2}, {"days": 730}):
        refused(days.p.call("EXTENDDOMAINS", acmeAccountID=days.account, **args), "E3",
                next(iter(args)))
    before = days.balance()
    assert days.extend() == ("100.00", 365)
    assert days.term()[1] == "2028-03-09T23:59:59Z"
    assert days.extend(days=365) == ("100.00", 365)
    assert days.term()[1] == "2029-03-09T23:59:59Z"
    refused(days.p.call("EXTENDDOMAINS", acmeAccountID=days.account), "E11")
    assert days.balance() == before - 20000
