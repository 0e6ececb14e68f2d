# SPDX-License-Identifier: BSD-2-Clause
"""UPDATEDOMAINS: names move from one validated organisation to another (partner-api 4.6)."""

import pytest
from partner import Partner, refused

SERVERS = (("UPOV", "OV", "711"), ("UPEV", "EV", "712"))
OLD, NEW = "51000001", "51000777"


@pytest.fixture(scope="module")
def p(stack):
    for name, kind, product in SERVERS:
        stack.ctl("server", "add", name, "--type", kind, "--product-id", product)
    return Partner.new(stack, "organisations", servers=("DV", "UPOV", "UPEV"), credit="100000.00")


def organised(p, server, **anchors):
    """A binding of that server whose names have anchors; no organisation can be validated yet, so
    its names are bought on DV and it is moved."""
    account = p.binding(*anchors)[0]
    where = f"(SELECT id FROM bindings WHERE key_id = '{account}')"
    p.stack.sql(f"UPDATE bindings SET server_id = (SELECT id FROM servers WHERE name = '{server}') "
                f"WHERE key_id = '{account}'")
    for name, anchor in anchors.items():
        p.stack.sql(f"UPDATE subscription_names n JOIN subscriptions s ON s.id = n.subscription_id "
                    f"SET n.anchor = '{anchor}' WHERE s.binding_id = {where} AND n.name = '{name}'")
    return account


def anchors(p, account):
    return dict(p.stack.sql(
        "SELECT n.name, n.anchor FROM subscription_names n JOIN subscriptions s ON s.id = "
        "n.subscription_id JOIN bindings b ON b.id = s.binding_id "
        f"WHERE b.key_id = '{account}'"))


def update(p, account, kind="OV", old=OLD, new=NEW, **args):
    return p.call("UPDATEDOMAINS", acmeAccountID=account, **{
        f"{kind.lower()}AnchorOrderNumber": new, f"old{kind}AnchorOrderNumber": old}, **args)


NAMES = {"a.org.example": OLD, "b.org.example": OLD, "c.org.example": "51000002"}


def test_bytes(p):
    """4.6: every name of that anchor, no other; repeated it finds none; nothing is billed"""
    account, other = organised(p, "UPOV", **NAMES), organised(p, "UPOV", **NAMES)
    before = p.row()
    assert update(p, account).body == '{"nRecordsUpdated":2,"success":true}'
    moved = {"a.org.example": NEW, "b.org.example": NEW, "c.org.example": "51000002"}
    assert anchors(p, account) == moved
    assert update(p, account).body == '{"nRecordsUpdated":0,"success":true}'
    assert anchors(p, account) == moved
    assert anchors(p, other) == NAMES
    assert p.row() == before
    assert p.stack.sql("SELECT a.actor, a.detail FROM audit a JOIN bindings b ON b.id = "
                       f"a.object_id WHERE a.event = 'partner.update-domains' AND b.key_id = '{account}'") == [
        ["reseller organisations", f"{OLD} to {NEW}"]]


def test_ev(p):
    """4.6 (V3): the other pair on a server of that kind"""
    account = organised(p, "UPEV", **NAMES)
    assert update(p, account, "EV").json == {"nRecordsUpdated": 2, "success": True}
    assert "AnchorOrderNumber" not in p.call("LISTDOMAINS", acmeAccountID=account).body


def test_listed(p):
    """4.9: LISTDOMAINS tells the anchor on OV bindings"""
    account = organised(p, "UPOV", **{"a.org.example": OLD})
    update(p, account)
    [row] = p.ok("LISTDOMAINS", acmeAccountID=account)["Domains"]
    assert list(row) == ["domainName", "expiresAt", "ovAnchorOrderNumber"]
    assert row["ovAnchorOrderNumber"] == NEW


def test_removed_and_none(p):
    """4.6: names that are out stay as they were; no match is no error, nor is no subscription"""
    account = organised(p, "UPOV", **NAMES)
    p.remove(account, "a.org.example")
    assert update(p, account).json["nRecordsUpdated"] == 1
    assert anchors(p, account)["a.org.example"] == OLD
    assert update(p, organised(p, "UPOV")).json == {"nRecordsUpdated": 0, "success": True}


@pytest.mark.parametrize("kind", ["OV", "EV"])
def test_dv(p, kind):
    """E9, whatever is given"""
    account = p.binding("dv.org.example")[0]
    refused(update(p, account, kind), "E9")
    refused(p.call("UPDATEDOMAINS", acmeAccountID=account), "E9")


@pytest.mark.parametrize("kind,other", [("OV", "EV"), ("EV", "OV")])
def test_pair(p, kind, other):
    """E2: both of the pair; E3: the other kind's, and what is too long; nothing changes"""
    account = organised(p, f"UP{kind}", **NAMES)
    new, old = f"{kind.lower()}AnchorOrderNumber", f"old{kind}AnchorOrderNumber"
    refused(update(p, account, kind, new=None), "E2", new)
    refused(update(p, account, kind, old=""), "E2", old)
    refused(update(p, account, kind, new="1" * 129), "E3", new)
    for arg in (f"{other.lower()}AnchorOrderNumber", f"old{other}AnchorOrderNumber"):
        refused(update(p, account, kind, **{arg: "1"}), "E3", arg)
    assert anchors(p, account) == NAMES


@pytest.mark.parametrize("args,row,name", [
    ({}, "E2", "acmeAccountID"), ({"acmeAccountID": "!"}, "E4", ""),
    ({"acmeAccountID": "A" * 22}, "E3", "acmeAccountID"),
    ({"acmeAccountID": "A" * 22, "quoteOnly": "Y"}, "E1", "quoteOnly")])
def test_arguments(p, args, row, name):
    """E1 E2 E3 E4"""
    refused(p.call("UPDATEDOMAINS", **args), row, name)


def test_whose(stack, p):
    """A-25, and a deactivated binding: E10"""
    account = organised(p, "UPOV", **NAMES)
    refused(update(Partner(stack), account), "E3", "acmeAccountID")
    p.stack.sql(f"UPDATE bindings SET status = 3 WHERE key_id = '{account}'")
    refused(update(p, account), "E10")
    assert anchors(p, account) == NAMES
