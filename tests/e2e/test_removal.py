# SPDX-License-Identifier: BSD-2-Clause
"""REMOVEDOMAIN: what goes, what goes along, and what comes back."""

import pytest
from partner import Partner, refused


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "removal-hosting", credit="100000.00")


def removed(reply):
    assert reply.status == 200, reply
    return [d["domainName"] for d in reply.json["Domains"]]


def refunds(p, account):
    """Every row refundDomain of a binding: [cents, days, its ledger row's cents, names]."""
    return p.stack.sql(
        "SELECT t.cents, t.days, (SELECT SUM(l.cents) FROM ledger l WHERE l.transaction_id = "
        "t.id), GROUP_CONCAT(CONCAT(IF(n.is_wildcard, '*.', ''), n.name, '=', n.cents) "
        "ORDER BY n.cents DESC) FROM transactions t JOIN transaction_names n ON "
        "n.transaction_id = t.id JOIN subscriptions s ON s.id = t.subscription_id JOIN bindings "
        f"b ON b.id = s.binding_id WHERE t.type = 3 AND b.key_id = '{account}' GROUP BY t.id "
        "ORDER BY t.id")


def test_bytes(p):
    """partner-api 4.4: the reply; case and a trailing dot as in ADDDOMAIN (A-24)"""
    account = p.binding("bytes.example")[0]
    assert p.remove(account, "BYTES.example.").body == (
        '{"success":true,"Domains":[{"domainName":"bytes.example"}]}')


def test_pair(p):
    """A paid name takes its free one along; the order's money comes back with a row"""
    account = p.binding()[0]
    before = p.row()
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="*.pair.example", addAssociatedFQDN="Y")
    assert removed(p.remove(account, "*.pair.example")) == ["*.pair.example", "pair.example"]
    assert refunds(p, account) == [["40000", "365", "40000", "*.pair.example=40000,pair.example=0"]]
    assert p.row() == (before[0], before[1], before[2] + 2)


def test_free_one_alone(p):
    """A-14: only it goes, nothing comes back; the paid one may carry another"""
    account = p.binding()[0]
    p.ok("ADDDOMAIN", acmeAccountID=account, domainName="alone.example", addAssociatedFQDN="Y")
    before = p.row()
    assert removed(p.remove(account, "www.alone.example")) == ["www.alone.example"]
    assert refunds(p, account) == [] and p.row() == before
    assert p.ok("ADDDOMAIN", acmeAccountID=account, domainName="www.alone.example")["cost"] == 0


def test_added_again(p):
    """A-16, A-17, A-18: an ordinary order in the same subscription; each is given back once"""
    account = p.binding("again.example")[0]
    before = p.row()
    for n in (1, 2, 3):
        assert removed(p.remove(account, "again.example")) == ["again.example"]
        refused(p.remove(account, "again.example"), "E8")
        assert len(refunds(p, account)) == n
        assert p.ok("ADDDOMAIN", acmeAccountID=account,
                    domainName="again.example")["cost"] == 100
    assert p.row()[:2] == before[:2]
    assert p.stack.sql("SELECT COUNT(*) FROM subscriptions s JOIN bindings b ON b.id = "
                       f"s.binding_id WHERE b.key_id = '{account}'") == [["1"]]


@pytest.mark.parametrize("name", ["not.there.example", "*.there.example", "www.there.example"])
def test_not_there(p, name):
    """E8, R-5: a name that is not there, and a binding that never had one; nothing changes"""
    before = p.row()
    refused(p.remove(p.binding()[0], name), "E8")
    assert p.row() == before
    refused(p.remove(p.binding("there.example")[0], name), "E8")


@pytest.mark.parametrize("name", ["a..example", "-a.example", "a b.example", "*.*.example", "1.2.3.4"])
def test_bad_name(p, name):
    """R-16"""
    refused(p.remove(p.binding()[0], name), "E3", "domainName")


def test_ownership(stack, p):
    """A-25: another reseller's account is as unknown"""
    account = p.binding("own.example")[0]
    refused(Partner(stack).remove(account, "own.example"), "E3", "acmeAccountID")
    assert removed(p.remove(account, "own.example")) == ["own.example"]


@pytest.mark.parametrize("status", [2, 3])
def test_binding_is_off(p, status):
    """partner-api 4.12: REMOVEDOMAIN works on suspended and on deactivated bindings"""
    account = p.binding("off.example")[0]
    p.stack.sql(f"UPDATE bindings SET status = {status} WHERE key_id = '{account}'")
    assert removed(p.remove(account, "off.example")) == ["off.example"]


def test_audit(p):
    """design.md 7: a row in the transaction that it tells of"""
    account = p.binding("audited.example")[0]
    p.remove(account, "audited.example")
    assert p.stack.sql("SELECT a.actor, a.detail FROM audit a JOIN bindings b ON b.id = "
                       f"a.object_id WHERE a.event = 'partner.remove-domain' AND b.key_id = "
                       f"'{account}'") == [["reseller removal-hosting", "audited.example"]]
