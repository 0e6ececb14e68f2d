# SPDX-License-Identifier: BSD-2-Clause
"""EXTENDDOMAINS: when, for how long, for how much, and everything or nothing."""

import datetime

import pytest
from partner import Partner, refused


def extend(p, account, **args):
    return p.call("EXTENDDOMAINS", acmeAccountID=account, **args)


def end(p, account):
    """The end of the binding's only subscription."""
    [[at]] = p.stack.sql("SELECT s.end_at FROM subscriptions s JOIN bindings b ON b.id = "
                         f"s.binding_id WHERE b.key_id = '{account}'")
    return datetime.datetime.fromtimestamp(int(at), datetime.timezone.utc)


def near_end(p, account, days=50):
    """Let the subscription end so many days from today."""
    at = utc(*datetime.datetime.now(datetime.timezone.utc).timetuple()[:3], 23, 59, 59)
    at += datetime.timedelta(days=days)
    p.stack.sql(f"UPDATE subscriptions SET end_at = {int(at.timestamp())} WHERE binding_id = "
                f"(SELECT id FROM bindings WHERE key_id = '{account}')")
    return at


def utc(*ymdhms):
    return datetime.datetime(*ymdhms, tzinfo=datetime.timezone.utc)


def shares(p, number):
    """What each name has of an order."""
    return p.stack.sql(
        "SELECT CONCAT(IF(n.is_wildcard, '*.', ''), n.name), n.cents FROM transaction_names n "
        f"JOIN transactions t ON t.id = n.transaction_id WHERE t.number = {number} ORDER BY 1")


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "extend-hosting", credit="100000.00")


def test_bytes(p):
    """partner-api 4.5: a quote, then the real one: the same without and with orderNumber"""
    account = p.binding("bytes.example")[0]
    old = near_end(p, account)
    before = p.row()
    assert extend(p, account, quoteOnly="Y").body == (
        '{"success":true,"cost":100.00,"currency":"USD","extensionDurationDays":365}')
    assert p.row() == before and end(p, account) == old
    r = extend(p, account)
    assert r.body == (f'{{"success":true,"orderNumber":{r.json["orderNumber"]},"cost":100.00,'
                      '"currency":"USD","extensionDurationDays":365}')
    assert p.row() == (before[0] - 10000, before[1] - 10000, before[2] + 1)
    assert end(p, account) == old + datetime.timedelta(days=365)
    # the window has shut, so a repeated call takes nothing.
    refused(extend(p, account), "E11")
    assert p.row()[2] == before[2] + 1


@pytest.mark.parametrize("args,days,price", [
    ({"years": 2}, 730, 200), ({"days": 1095}, 1095, 300), ({"years": 1, "days": 730}, 365, 100)])
def test_terms(p, args, days, price):
    """partner-api 4.5: the term may differ from the first one; years before days"""
    account = p.binding("terms.example")[0]
    old = near_end(p, account)
    r = extend(p, account, **args)
    assert (r.json["cost"], r.json["extensionDurationDays"]) == (price, days)
    assert end(p, account) == old + datetime.timedelta(days=days)


@pytest.mark.parametrize("args,name", [
    ({"years": 4}, "years"), ({"years": 0, "days": 365}, "years"), ({"days": 366}, "days")])
def test_bad_terms(p, args, name):
    """E3, A-34"""
    refused(extend(p, p.binding("terms.example")[0], **args), "E3", name)


def test_every_name(p):
    """A-19, A-9, X12's shares: each paid name its price, free ones nothing"""
    account = p.binding("a.example", "www.a.example", "*.a.example", "b.example",
                        "gone.example")[0]
    p.remove(account, "gone.example")
    near_end(p, account)
    r = extend(p, account)
    assert r.json["cost"] == 600
    assert shares(p, r.json["orderNumber"]) == [
        ["*.a.example", "40000"], ["a.example", "10000"], ["b.example", "10000"],
        ["www.a.example", "0"]]


def test_nothing_there(p):
    """E11: no subscription, none that has a name (A-30), too early (R-3)"""
    refused(extend(p, p.binding()[0]), "E11")
    account = p.binding("none.example")[0]
    refused(extend(p, account), "E11")
    near_end(p, account)
    p.remove(account, "none.example")
    refused(extend(p, account), "E11")
    refused(extend(p, account, quoteOnly="Y"), "E11")


def test_all_or_nothing(stack):
    """E14, E12, E13: not a name is extended, not a row is left; the quote is given"""
    p = Partner.new(stack, "extend-poor", credit="150.00")
    account = p.binding("one.example")[0]
    stack.ctl("reseller", "credit", p.name, "100.00", "--reason", "second")
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="two.example")
    old = near_end(p, account)
    before = p.row()
    refused(extend(p, account), "E14")
    assert extend(p, account, quoteOnly="Y").json["cost"] == 200
    assert p.row() == before and end(p, account) == old
    assert stack.sql("SELECT COUNT(*) FROM transactions t JOIN resellers r ON r.id = "
                     f"t.reseller_id WHERE t.type = 2 AND r.login_name = '{p.name}'") == [["0"]]
    mine = f"reseller_id = (SELECT id FROM resellers WHERE login_name = '{p.name}')"
    stack.sql(f"UPDATE prices SET years = 3 WHERE kind = 1 AND {mine}")
    refused(extend(p, account), "E13")
    stack.sql(f"DELETE FROM prices WHERE kind = 1 AND {mine}")
    refused(extend(p, account), "E12")


def test_states(stack, p):
    """partner-api 4.12, R-5: suspended may, deactivated may not; A-25"""
    account = p.binding("state.example")[0]
    near_end(p, account)
    refused(extend(Partner(stack), account), "E3", "acmeAccountID")
    for status in (3, 2):
        stack.sql(f"UPDATE bindings SET status = {status} WHERE key_id = '{account}'")
        if status == 3:
            refused(extend(p, account), "E10")
    assert extend(p, account).json["cost"] == 100
