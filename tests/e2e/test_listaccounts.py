# SPDX-License-Identifier: BSD-2-Clause
"""LISTACCOUNTS and LISTBINDINGS: who is there, with which credential, since when."""

import datetime

import pytest
from acme import Client
from history import more_accounts
from partner import Partner, refused


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "lists-hosting", credit="100000.00")


class World:
    """One EAB with three accounts, the last still without an order; a second, never used."""

    def __init__(self, p):
        self.p = p
        self.key = p.binding("one.lists.example")
        self.unused = p.binding()
        self.clients = [Client(p.stack).register(self.key, contact=contact) for contact in
                        (["mailto:a@lists.example", "mailto:b@lists.example"], [], None)]
        self.ids = [c.kid.rsplit("/", 1)[1] for c in self.clients]
        assert self.ids[0] == self.key[0]


@pytest.fixture(scope="module")
def world(stack):
    return World(Partner.new(stack, "world-hosting", credit="1000.00"))


def ids(reply):
    assert reply.status == 200, reply
    assert list(reply.json) == ["Accounts"]
    return [a["acmeAccountID"] for a in reply.json["Accounts"]]


def test_bytes(stack):
    """4.7, 4.8, 1: members in order; what is not known yet is left out; empty arrays"""
    p = Partner.new(stack, "bytes-hosting")
    assert p.call("LISTACCOUNTS").body == '{"Accounts":[]}'
    assert p.call("LISTBINDINGS").body == '{"Bindings":[]}'
    kid, mac = p.binding()
    assert p.call("LISTACCOUNTS").body == (
        f'{{"Accounts":[{{"acmeAccountID":"{kid}","accountStatus":"pending",'
        f'"eabMACKeyb64url":"{mac}","eabMACIDb64url":"{kid}"}}]}}')
    assert p.call("LISTBINDINGS").body == (
        f'{{"Bindings":[{{"reusable":true,"eabMACKeyb64url":"{mac}","eabMACIDb64url":"{kid}"}}]}}')
    Client(stack).register((kid, mac), contact=["mailto:x@lists.example"])
    [[at]] = stack.sql("SELECT last_activity_at FROM accounts WHERE acme_account_id = "
                       f"'{kid}'")
    at = datetime.datetime.fromtimestamp(int(at), datetime.timezone.utc).strftime(
        "%Y-%m-%dT%H:%M:%SZ")
    assert p.call("LISTACCOUNTS", includeContacts="Y").body == (
        f'{{"Accounts":[{{"acmeAccountID":"{kid}","accountStatus":"valid",'
        f'"userAgent":"caas-tests/1","ipAddress":"127.0.0.1","lastActivity":"{at}",'
        f'"eabMACKeyb64url":"{mac}","eabMACIDb64url":"{kid}","contacts":["x@lists.example"]}}]}}')
    assert p.call("LISTBINDINGS").body == (
        f'{{"Bindings":[{{"reusable":true,"lastActivity":"{at}","eabMACKeyb64url":"{mac}",'
        f'"eabMACIDb64url":"{kid}"}}]}}')
    stack.sql(f"UPDATE bindings SET is_reusable = 0 WHERE key_id = '{kid}'")
    assert p.ok("LISTBINDINGS")["Bindings"][0]["reusable"] is False


def test_selectors(world):
    """4.7, R-6, A-26: one account, those of its EAB, those of a key id, or all"""
    p, (a, b, c), other = world.p, world.ids, world.unused[0]
    every = [a, other, b, c]

    def listed(**args):
        return ids(p.call("LISTACCOUNTS", **args))
    assert listed() == every
    assert listed(includeAdditionalAccounts="Y") == every
    assert listed(acmeAccountID=b) == [b]
    assert listed(acmeAccountID=b, includeAdditionalAccounts="N") == [b]
    assert listed(acmeAccountID=b, includeAdditionalAccounts="Y") == [a, b, c]
    assert listed(eabKeyID=a) == [a, b, c]
    assert listed(EABKeyID=a, includeAdditionalAccounts="Y") == [a, b, c]
    assert listed(eabKeyID=a, includeAdditionalAccounts="N") == [a, b, c]
    assert listed(acmeAccountID=other, eabKeyID=a) == [other]
    assert listed(acmeAccountID="", eabKeyID="", includeAdditionalAccounts="") == every


def test_whose(stack, world):
    """E3, R-6, A-25: an account or key id of another reseller is as an unknown one"""
    for who in (Partner(stack), Partner(stack, "LOGIN2")):
        refused(who.call("LISTACCOUNTS", acmeAccountID=world.ids[1]), "E3", "acmeAccountID")
        refused(who.call("LISTACCOUNTS", eabKeyID=world.key[0]), "E3", "eabKeyID")
        assert world.key[0] not in ids(who.call("LISTACCOUNTS"))
        assert world.key[0] not in who.call("LISTBINDINGS").body


@pytest.mark.parametrize("args,row,name", [
    ({"includeAdditionalAccounts": "N"}, "E2", "acmeAccountID"),
    ({"includeAdditionalAccounts": "x"}, "E2", "acmeAccountID"),
    ({"includeAdditionalAccounts": "x", "eabKeyID": "A" * 22}, "E3", "includeAdditionalAccounts"),
    ({"acmeAccountID": "!"}, "E4", ""), ({"eabKeyID": "!"}, "E4", ""),
    ({"acmeAccountID": "A" * 22}, "E3", "acmeAccountID"), ({"eabKeyID": "A" * 22}, "E3", "eabKeyID"),
    ({"eabKeyID": "A" * 33}, "E3", "eabKeyID"), ({"lastActivityOf": "EAB"}, "E3", "lastActivityOf"),
    ({"lastActivityOf": "accounts"}, "E3", "lastActivityOf"),
    ({"includeContacts": "y"}, "E3", "includeContacts"), ({"page": "-1"}, "E3", "page"),
    ({"size": "0"}, "E3", "size"), ({"domainName": "x.example"}, "E1", "domainName")])
def test_arguments(world, args, row, name):
    """E1 E2 E3 E4"""
    refused(world.p.call("LISTACCOUNTS", **args), row, name)


def test_bindings_take_nothing(world):
    """E1: LISTBINDINGS has no parameters of its own (4.8)"""
    refused(world.p.call("LISTBINDINGS", page="0"), "E1", "page")


def test_last_activity(world):
    """4.7: of the whole EAB, the default, or of the account alone"""
    p, stack = world.p, world.p.stack
    at = {}
    for i, (client, day) in enumerate(zip(world.ids, ("03", "05", "04"))):
        at[client] = f"2026-05-{day}T08:11:0{i}Z"
        stack.sql(f"UPDATE accounts SET last_activity_at = UNIX_TIMESTAMP('2026-05-{day} 08:11:0{i}')"
                  f" WHERE acme_account_id = '{client}'")
    own = p.ok("LISTACCOUNTS", eabKeyID=world.key[0], lastActivityOf="account")["Accounts"]
    assert {a["acmeAccountID"]: a["lastActivity"] for a in own} == at
    for args in ({}, {"lastActivityOf": "eab"}):
        whole = p.ok("LISTACCOUNTS", eabKeyID=world.key[0], **args)["Accounts"]
        assert {a["lastActivity"] for a in whole} == {at[world.ids[1]]}
    listed = p.ok("LISTBINDINGS")["Bindings"]
    assert [b.get("lastActivity") for b in listed] == [at[world.ids[1]], None]
    # An order counts as activity.
    world.clients[2].order("one.lists.example")
    [last] = p.ok("LISTACCOUNTS", acmeAccountID=world.ids[2], lastActivityOf="account")["Accounts"]
    assert last["lastActivity"] > at[world.ids[1]]
    assert p.ok("LISTBINDINGS")["Bindings"][0]["lastActivity"] == last["lastActivity"]


def test_contacts(world):
    """4.7: includeContacts, off by default"""
    rows = world.p.ok("LISTACCOUNTS", eabKeyID=world.key[0], includeContacts="Y")["Accounts"]
    assert [r["contacts"] for r in rows] == [["a@lists.example", "b@lists.example"], [], []]
    assert "contacts" not in world.p.call("LISTACCOUNTS", includeContacts="N").body


def test_states(p):
    """3, 4.8: every state by its name; a suspended EAB stays in the list, a deactivated one goes"""
    keys = [p.binding() for _ in range(3)]
    for key in keys[1:]:
        Client(p.stack).register(key)
    states = {a["acmeAccountID"]: a["accountStatus"] for a in p.ok("LISTACCOUNTS")["Accounts"]}
    assert [states[k] for k, _ in keys] == ["pending", "valid", "valid"]
    p.ok("SUSPENDACCOUNT", acmeAccountID=keys[1][0])
    p.ok("DEACTIVATEACCOUNT", acmeAccountID=keys[2][0])
    states = {a["acmeAccountID"]: a["accountStatus"] for a in p.ok("LISTACCOUNTS")["Accounts"]}
    assert [states[k] for k, _ in keys] == ["pending", "suspended", "deactivated"]
    listed = [b["eabMACIDb64url"] for b in p.ok("LISTBINDINGS")["Bindings"]]
    assert [k in listed for k, _ in keys] == [True, True, False]


def test_long_lists(stack):
    """1: without page and size everything, in parts; page by page the same, also while it grows"""
    p = Partner.new(stack, "long-hosting")
    key = p.binding()[0]
    more_accounts(p, key, 1999)
    every = ids(p.call("LISTACCOUNTS"))
    assert len(set(every)) == 2000 and every[0] == key and every[1:] == sorted(every[1:])
    assert ids(p.call("LISTACCOUNTS", eabKeyID=key)) == every
    assert ids(p.call("LISTACCOUNTS", page="0")) == every[:100]
    assert ids(p.call("LISTACCOUNTS", page="1", size="5000")) == every[1000:]
    assert ids(p.call("LISTACCOUNTS", page="2", size="1000")) == []
    assert ids(p.call("LISTACCOUNTS", page="3", size="500")) == every[1500:]
    paged = []
    for page in range(5):
        paged += ids(p.call("LISTACCOUNTS", page=page, size=450))
        p.binding()
    assert paged[:2000] == every
