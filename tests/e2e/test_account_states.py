# SPDX-License-Identifier: BSD-2-Clause
"""SUSPENDACCOUNT, UNSUSPENDACCOUNT, DEACTIVATEACCOUNT: who is blocked, and what becomes of it."""

import pytest
from acme import Client, fail_type
from partner import Partner, refused

ACTIONS = ("SUSPENDACCOUNT", "UNSUSPENDACCOUNT", "DEACTIVATEACCOUNT")


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "states-hosting", credit="100000.00")


class World:
    """A binding with two accounts that have keys, and a pre-registered sibling binding."""

    def __init__(self, p, name):
        self.p, self.stack, self.name = p, p.stack, name
        self.key = p.binding(name)
        self.clients = [Client(p.stack).register(self.key) for _ in range(2)]
        self.ids = [c.kid.rsplit("/", 1)[1] for c in self.clients]
        self.other_key = p.binding()
        self.other = self.other_key[0]

    def call(self, action, account=None, **args):
        return self.p.call(action + "ACCOUNT", acmeAccountID=account, **args)

    def changes(self, action, n, account=None, **args):
        assert self.call(action, account, **args).body == (
            f'{{"success":true,"nRecordsUpdated":{n}}}')

    def status(self):
        """The binding and its accounts, then the other binding and its account."""
        rows = self.stack.sql(
            "SELECT b.status, GROUP_CONCAT(a.status ORDER BY a.id) FROM bindings b JOIN accounts a "
            f"ON a.binding_id = b.id WHERE b.key_id IN ('{self.key[0]}', '{self.other}') "
            "GROUP BY b.id ORDER BY b.id")
        names = " pvsd"
        return [" usd"[int(b)] + " " + "".join(names[int(s)] for s in a.split(","))
                for b, a in rows]

    def may_order(self):
        """Which accounts get an order; the others are refused as R-9 says."""
        may = []
        for c in self.clients:
            r = c.new_order(self.name)
            if r.status != 201:
                doc = fail_type(r, r.status, "unauthorized")
                assert r.status == (401 if "deactivated" in doc["detail"] else 403)
            may.append(r.status == 201)
        return may

    def may_register(self):
        r = Client(self.stack).new_account(self.key)
        if r.status != 201:
            fail_type(r, 403, "unauthorized")
        return r.status == 201


@pytest.fixture
def world(p):
    World.number = getattr(World, "number", 0) + 1
    return World(p, f"s{World.number}.states.example")


def test_whole_binding(world):
    """4.12: Y, the default: every account of the EAB and the EAB itself, and back (R-8, R-9)"""
    w = world
    assert w.status() == ["u vv", "u p"] and w.may_order() == [True, True]
    w.changes("SUSPEND", 2, w.ids[1])
    assert w.status() == ["s ss", "u p"]
    assert w.may_order() == [False, False] and not w.may_register()
    w.changes("SUSPEND", 0, w.ids[0], includeAdditionalAccounts="Y")
    w.changes("UNSUSPEND", 2, w.ids[0], includeAdditionalAccounts="Y")
    assert w.status() == ["u vv", "u p"]
    assert w.may_order() == [True, True] and w.may_register()


def test_one_account(world):
    """4.12: N: this account only; the sibling goes on and the EAB makes accounts (A-28, A-29, R-8)"""
    w = world
    w.changes("SUSPEND", 1, w.ids[0], includeAdditionalAccounts="N")
    assert w.status() == ["u sv", "u p"] and w.may_order() == [False, True]
    assert w.may_register() and w.status() == ["u svv", "u p"]
    w.changes("SUSPEND", 0, w.ids[0], includeAdditionalAccounts="N")
    w.changes("UNSUSPEND", 0, w.ids[1], includeAdditionalAccounts="N")
    w.changes("UNSUSPEND", 1, w.ids[0], includeAdditionalAccounts="N")
    assert w.status() == ["u vvv", "u p"] and w.may_order() == [True, True]


def test_everything(stack):
    """4.12: *: every account and every EAB of this reseller, and of no other"""
    p = Partner.new(stack, "states-all", credit="1000.00")
    w, stranger = World(p, "all.states.example"), World(Partner(stack, "LOGIN2"), "s.example")
    refused(w.call("SUSPEND", w.ids[0], includeAdditionalAccounts="*"), "E3", "acmeAccountID")
    w.changes("SUSPEND", 3, includeAdditionalAccounts="*")
    assert w.status() == ["s ss", "s s"]
    assert w.may_order() == [False, False] and not w.may_register()
    w.changes("SUSPEND", 0, includeAdditionalAccounts="*")
    w.changes("UNSUSPEND", 3, includeAdditionalAccounts="*")
    assert w.status() == ["u vv", "u p"] and w.may_order() == [True, True]
    w.changes("DEACTIVATE", 3, includeAdditionalAccounts="*")
    assert w.status() == ["d dd", "d d"]
    w.changes("UNSUSPEND", 0, includeAdditionalAccounts="*")
    w.changes("DEACTIVATE", 0, includeAdditionalAccounts="*")
    assert w.may_order() == [False, False] and not w.may_register()
    assert stranger.status() == ["u vv", "u p"] and stranger.may_order() == [True, True]


def test_pending(world):
    """4.12: a pending account is suspended as one, and is pending again; R-8: a new row meanwhile"""
    w = world
    w.changes("SUSPEND", 1, w.other, includeAdditionalAccounts="N")
    w.changes("SUSPEND", 1, w.key[0], includeAdditionalAccounts="N")
    assert w.status() == ["u sv", "u s"]
    w.changes("UNSUSPEND", 1, w.other, includeAdditionalAccounts="N")
    assert w.status() == ["u sv", "u p"]
    w.changes("SUSPEND", 1, w.other)
    w.changes("UNSUSPEND", 1, w.other)
    assert w.status() == ["u sv", "u p"]
    # Registered while account #1 is suspended alone: #1 stays as it is.
    w.changes("SUSPEND", 1, w.other, includeAdditionalAccounts="N")
    assert not Client(w.stack).register(w.other_key).kid.endswith(w.other)
    assert w.status() == ["u sv", "u sv"]
    w.changes("UNSUSPEND", 1, w.other)
    assert Client(w.stack).register(w.other_key).kid.endswith(w.other)
    assert w.status() == ["u sv", "u vv"]


def test_mixed(world):
    """4.12, EAB-15: the state when first suspended counts, whatever the scopes that came after"""
    w = world
    w.changes("SUSPEND", 1, w.ids[0], includeAdditionalAccounts="N")
    w.changes("SUSPEND", 1, w.ids[0])
    assert w.status() == ["s ss", "u p"]
    # 4.12 gives the account its state back and leaves the EAB alone; a suspended EAB stops
    # all its accounts (EAB-15), so nothing is ordered until the EAB works again.
    w.changes("UNSUSPEND", 1, w.ids[1], includeAdditionalAccounts="N")
    assert w.status() == ["s sv", "u p"]
    assert w.may_order() == [False, False] and not w.may_register()
    w.changes("UNSUSPEND", 1, w.ids[1])
    assert w.status() == ["u vv", "u p"]
    w.changes("DEACTIVATE", 1, w.ids[0], includeAdditionalAccounts="N")
    w.changes("SUSPEND", 1, w.ids[0])
    w.changes("UNSUSPEND", 1, w.ids[0])
    assert w.status() == ["u dv", "u p"] and w.may_order() == [False, True]
    w.changes("SUSPEND", 1, w.ids[1], includeAdditionalAccounts="N")
    w.changes("DEACTIVATE", 1, w.ids[0])
    assert w.status() == ["d dd", "u p"]


def test_deactivated_for_good(world):
    """4.12, E7, R-8: one account ends; with N a second time is refused, with Y it is skipped"""
    w = world
    w.changes("DEACTIVATE", 1, w.ids[0], includeAdditionalAccounts="N")
    for _ in range(2):
        refused(w.call("DEACTIVATE", w.ids[0], includeAdditionalAccounts="N"), "E7")
    for action in ("SUSPEND", "UNSUSPEND"):
        w.changes(action, 0, w.ids[0], includeAdditionalAccounts="N")
    assert w.may_order() == [False, True] and w.may_register()
    assert w.status() == ["u dvv", "u p"]
    # The key id stands for the binding though account #1 has ended (partner-api 3).
    w.p.ok("ADDDOMAIN", acmeAccountID=w.key[0], domainName="more.states.example")
    w.changes("DEACTIVATE", 2, w.key[0], includeAdditionalAccounts="Y")
    assert w.status() == ["d ddd", "u p"] and not w.may_register()
    w.changes("UNSUSPEND", 0, w.ids[0])
    assert w.status() == ["d ddd", "u p"] and w.may_order() == [False, False]
    # no buying any more, but names may go.
    refused(w.p.add(w.key[0], "yetmore.states.example"), "E10")
    assert w.p.remove(w.key[0], "more.states.example").status == 200


def test_ended_by_its_holder(world):
    """E7: an account that its own client deactivated (ACC-13)"""
    w = world
    assert w.clients[0].post(w.clients[0].kid, {"status": "deactivated"}).status == 200
    refused(w.call("DEACTIVATE", w.ids[0], includeAdditionalAccounts="N"), "E7")
    w.changes("SUSPEND", 1, w.ids[0])
    w.changes("UNSUSPEND", 1, w.ids[0])
    assert w.status() == ["u dv", "u p"]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("args,row,name", [
    ({}, "E2", "acmeAccountID"),
    ({"includeAdditionalAccounts": "Y"}, "E2", "acmeAccountID"),
    ({"includeAdditionalAccounts": "x"}, "E2", "acmeAccountID"),
    ({"acmeAccountID": "", "includeAdditionalAccounts": "N"}, "E2", "acmeAccountID"),
    ({"acmeAccountID": "A" * 22, "includeAdditionalAccounts": "n"}, "E3", "includeAdditionalAccounts"),
    ({"acmeAccountID": "A" * 22, "includeAdditionalAccounts": ["N", "N"]}, "E3",
     "includeAdditionalAccounts"),
    ({"acmeAccountID": "A" * 22}, "E3", "acmeAccountID"),
    ({"acmeAccountID": "A" * 33}, "E3", "acmeAccountID"),
    ({"acmeAccountID": "no base64"}, "E4", ""),
    ({"acmeAccountID": "A" * 22, "quoteOnly": "Y"}, "E1", "quoteOnly")])
def test_arguments(p, action, args, row, name):
    """E1 E2 E3 E4, R-4"""
    refused(p.call(action, **args), row, name)


@pytest.mark.parametrize("action", ACTIONS)
def test_ownership(stack, world, action):
    """A-25: another reseller's account is as unknown"""
    for scope in ("Y", "N"):
        refused(Partner(stack).call(action, acmeAccountID=world.ids[0],
                                    includeAdditionalAccounts=scope), "E3", "acmeAccountID")
    assert world.status() == ["u vv", "u p"]


def test_money_goes_on(world):
    """4.12: time and money of the subscription are not touched; names may be bought and removed"""
    w = world
    before = w.p.row()
    w.changes("SUSPEND", 2, w.ids[0])
    assert w.p.row() == before
    w.p.ok("ADDDOMAIN", acmeAccountID=w.ids[0], domainName="bought.states.example")
    assert w.p.remove(w.ids[0], "bought.states.example").status == 200
    assert [d["domainName"] for d in w.p.ok("LISTDOMAINS", acmeAccountID=w.ids[0])["Domains"]] \
        == [w.name]
    w.changes("DEACTIVATE", 2, w.ids[0])
    assert w.p.row()[:2] == before[:2]


def test_audit(world):
    """design.md 7: a row for each call that changed something"""
    w = world
    w.changes("SUSPEND", 2, w.ids[0])
    w.changes("SUSPEND", 0, w.ids[0])
    w.changes("UNSUSPEND", 1, w.ids[1], includeAdditionalAccounts="N")
    w.changes("DEACTIVATE", 2, w.ids[0])
    rows = w.stack.sql("SELECT actor, event, detail FROM audit WHERE detail IN "
                       f"('{w.ids[0]}', '{w.ids[1]}') AND event LIKE 'partner.%account' ORDER BY id")
    who = "reseller states-hosting"
    assert rows == [[who, "partner.suspend-account", w.ids[0]],
                    [who, "partner.unsuspend-account", w.ids[1]],
                    [who, "partner.deactivate-account", w.ids[0]]]
