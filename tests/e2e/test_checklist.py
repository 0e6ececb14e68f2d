# SPDX-License-Identifier: BSD-2-Clause
"""
Section 10 of partner-api, row by row.  What a row says in passing has tests of its own elsewhere:
the amounts and edges of X1 to X17 in test_worked, scopes and their effect on ACME in
test_account_states, the bytes of each reply in the file of its action.
"""

import collections

import pytest
from acme import Client
from partner import Partner, refused

Arg = collections.namedtuple("Arg", "required bad")

IDS = [("!", "E4"), ("A" * 22, "E3"), ("A" * 33, "E3")]
FLAG = [("y", "E3"), ("NN", "E3")]
ANCHOR = [("1" * 129, "E3")]
TERM = {"years": Arg(False, [("0", "E3"), ("4", "E3"), ("one", "E3")]),
        "days": Arg(False, [("0", "E3"), ("366", "E3"), ("x", "E3")])}
PAGE = {"page": Arg(False, [("-1", "E3"), ("x", "E3")]),
        "size": Arg(False, [("0", "E3"), ("1.5", "E3")])}
NAME = [("nodot", "E3"), ("*.*.example", "E3"), ("a" * 256, "E3")]
ACCOUNT = {"acmeAccountID": Arg(True, IDS)}
SCOPE = {"acmeAccountID": Arg(True, IDS), "includeAdditionalAccounts": Arg(False, FLAG)}

ACTIONS = {
    "LISTSERVERS": {},
    "PREREGISTER": {"serverUrl": Arg(True, [("https://other.example/v2/DV", "E3")]), **TERM},
    "ADDDOMAIN": {**ACCOUNT, "domainName": Arg(True, NAME), "quoteOnly": Arg(False, FLAG),
                  "addAssociatedFQDN": Arg(False, FLAG)},
    "REMOVEDOMAIN": {**ACCOUNT, "domainName": Arg(True, NAME)},
    "EXTENDDOMAINS": {**ACCOUNT, "quoteOnly": Arg(False, FLAG), **TERM},
    "UPDATEDOMAINS": {**ACCOUNT, "ovAnchorOrderNumber": Arg(True, ANCHOR),
                      "oldOVAnchorOrderNumber": Arg(True, ANCHOR)},
    "LISTACCOUNTS": {"acmeAccountID": Arg(False, IDS), "eabKeyID": Arg(False, IDS),
                     "includeAdditionalAccounts": Arg(False, FLAG),
                     "lastActivityOf": Arg(False, [("EAB", "E3"), ("accounts", "E3")]),
                     "includeContacts": Arg(False, FLAG), **PAGE},
    "LISTBINDINGS": {},
    "LISTDOMAINS": {**ACCOUNT, **PAGE},
    "LISTTRANSACTIONS": {**ACCOUNT, "includePastSubscriptions": Arg(False, FLAG),
                         "domainName": Arg(False, NAME),
                         "fromDate": Arg(False, [("2026-02-30", "E3"), ("today", "E3")]),
                         "toDate": Arg(False, [("10.3.2026", "E3")]), **PAGE},
    "GETLASTORDER": {**ACCOUNT, "includeAdditionalAccounts": Arg(False, FLAG),
                     "groupByAccount": Arg(False, FLAG), "domainName": Arg(False, []),
                     "filter": Arg(False, [("x", "E3"), ("serialNumber = 1", "E3")])},
    "SUSPENDACCOUNT": SCOPE,
    "UNSUSPENDACCOUNT": SCOPE,
    "DEACTIVATEACCOUNT": SCOPE,
    "ADDBUNDLE": {**ACCOUNT, "domainType": Arg(True, [("FQDN", "E3")]),
                  "numberOfDomains": Arg(True, [("2", "E3"), ("-1", "E3")]),
                  "quoteOnly": Arg(False, FLAG)},
    "CANCELSUBSCRIPTION": ACCOUNT,
}
# Of another billing model: always refused, when nothing else is wrong.
BUNDLES = ("ADDBUNDLE", "CANCELSUBSCRIPTION")
REQUIRED = [(action, arg) for action, args in ACTIONS.items()
            for arg in args if args[arg].required]
BAD = [(action, arg, *bad) for action, args in ACTIONS.items()
       for arg in args for bad in args[arg].bad]
ONCE = [(action, arg) for action, args in ACTIONS.items() for arg in args if arg != "filter"]


@pytest.fixture(scope="module")
def p(stack):
    stack.ctl("server", "add", "CKOV", "--type", "OV", "--product-id", "709")
    return Partner.new(stack, "checklist-hosting", servers=("DV", "CKOV"), credit="1000000.00")


@pytest.fixture(scope="module")
def account(p):
    return p.binding("first.check.example")[0]


@pytest.fixture(scope="module")
def values(p, account):
    """A good value of every argument."""
    return {"serverUrl": p.stack.server_url, "years": "1", "days": "365",
            "acmeAccountID": account, "eabKeyID": account, "domainName": "second.check.example",
            "quoteOnly": "Y", "addAssociatedFQDN": "Y", "includeAdditionalAccounts": "Y",
            "lastActivityOf": "account", "includeContacts": "Y", "page": "0", "size": "10",
            "includePastSubscriptions": "Y", "fromDate": "2026-01-01", "toDate": "2026-12-31",
            "groupByAccount": "Y", "filter": "domainName ? check", "domainType": "fqdn",
            "numberOfDomains": "1", "ovAnchorOrderNumber": "51000002",
            "oldOVAnchorOrderNumber": "51000001"}


@pytest.fixture
def call(p, values):
    """An action with its required arguments, and with others that are given."""
    def send(action, **args):
        required = {a: values[a] for a, arg in ACTIONS[action].items() if arg.required}
        if "includeAdditionalAccounts" in args:     # of which account?
            required["acmeAccountID"] = values["acmeAccountID"]
        return p.call(action, **{**required, **args})
    return send


def status(p, account):
    """{account: status} of its binding."""
    rows = p.ok("LISTACCOUNTS", acmeAccountID=account, includeAdditionalAccounts="Y")["Accounts"]
    return {a["acmeAccountID"]: a["accountStatus"] for a in rows}


def names(p, account, **args):
    rows = p.ok("LISTDOMAINS", acmeAccountID=account, **args)["Domains"]
    return [d["domainName"] for d in rows]


# ---- each action: happy path, each missing parameter, one unknown parameter, bad value

def test_life_of_a_customer(p):
    """Row 1: every action once, in the order in which they are needed; the sum is right"""
    before = p.row()[0]
    [server] = [s["serverUrl"] for s in p.ok("LISTSERVERS")["Servers"]
                if s["certValidationType"] == "DV"]
    [a] = p.ok("PREREGISTER", serverUrl=server)["Accounts"]
    account = {"acmeAccountID": a["acmeAccountID"]}
    assert p.ok("ADDDOMAIN", **account, domainName="life.example",
                addAssociatedFQDN="Y")["cost"] == 100
    assert names(p, a["acmeAccountID"]) == ["life.example", "www.life.example"]
    Client(p.stack).register((a["eabMACIDb64url"], a["eabMACKeyb64url"])).order("life.example")
    [order] = p.ok("GETLASTORDER", **account)["Orders"]
    assert (order["domainName"], order["acmeOrderStatus"]) == ("life.example", "pending")
    [binding] = [b for b in p.ok("LISTBINDINGS")["Bindings"]
                 if b["eabMACIDb64url"] == a["eabMACIDb64url"]]
    assert "lastActivity" in binding
    for action, becomes in (("SUSPEND", "suspended"), ("UNSUSPEND", "valid")):
        assert p.ok(f"{action}ACCOUNT", **account)["nRecordsUpdated"] == 1
        assert status(p, a["acmeAccountID"]) == {a["acmeAccountID"]: becomes}
    refused(p.call("UPDATEDOMAINS", **account), "E9")
    refused(p.call("EXTENDDOMAINS", **account), "E11")
    assert p.ok("REMOVEDOMAIN", **account, domainName="life.example") == {
        "success": True, "Domains": [{"domainName": "life.example"},
                                     {"domainName": "www.life.example"}]}
    [s] = p.ok("LISTTRANSACTIONS", **account)["subscriptions"]
    assert [t["transactionType"] for t in s["transactions"]] == ["addDomain", "refundDomain"]
    assert p.ok("DEACTIVATEACCOUNT", **account)["nRecordsUpdated"] == 1
    assert status(p, a["acmeAccountID"]) == {a["acmeAccountID"]: "deactivated"}
    assert p.row()[0] == before


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.startswith(("LIST", "GET"))])
def test_every_argument(call, values, action):
    """Row 1: a read with everything that it knows at once"""
    reply = call(action, **{a: values[a] for a in ACTIONS[action]})
    assert reply.status == 200, reply


@pytest.mark.parametrize("action", BUNDLES)
def test_bundles(call, action):
    """Row 1, E10: what nobody here has a right to"""
    refused(call(action), "E10")


@pytest.mark.parametrize("empty", [None, ""])
@pytest.mark.parametrize("action,arg", REQUIRED)
def test_missing(call, p, action, arg, empty):
    """Row 1, E2: absent, and empty"""
    if action == "UPDATEDOMAINS" and arg != "acmeAccountID":
        # On a DV server no organisation is asked for.
        [a] = p.ok("PREREGISTER", serverUrl=p.stack.server_url.replace("/DV", "/CKOV"))["Accounts"]
        refused(call(action, acmeAccountID=a["acmeAccountID"], **{arg: empty}), "E2", arg)
    else:
        refused(call(action, **{arg: empty}), "E2", arg)


@pytest.mark.parametrize("action", ACTIONS)
def test_unknown(call, p, action):
    """Row 1, E1: the name comes back, and E1 is told before E2; another action's is unknown too"""
    for name in ("nonsense", 'a"<é', "currency"):
        refused(call(action, **{name: "1"}), "E1", name)
        refused(p.call(action, **{name: "1"}), "E1", name)


@pytest.mark.parametrize("action,arg,value,row", BAD)
def test_bad_value(call, action, arg, value, row):
    """Row 1, E3, and E4 for what is not base64url"""
    refused(call(action, **{arg: value}), row, arg)


@pytest.mark.parametrize("action,arg", ONCE)
def test_repeated(call, values, action, arg):
    """E3: twice, whatever the case of the letters"""
    refused(call(action, **{arg: [values[arg], values[arg]]}), "E3", arg)
    refused(call(action, **{arg: values[arg], arg.swapcase(): values[arg]}), "E3", arg)


# ---- the other rows

def test_login(stack):
    """Row 2, E5: case of both, an unknown name, a lock, another network, an expired password: one
    answer"""
    p = Partner.new(stack, "Checklist-Login")
    p.ok("LISTSERVERS")
    answers = [p.call("LISTSERVERS", loginName=p.name.lower()),
               p.call("LISTSERVERS", loginPassword=p.password.swapcase()),
               p.call("LISTSERVERS", loginName="nobody")]
    for change, back in ((["--lock"], ["--unlock"]),
                         (["--network", "192.0.2.0/24", "--network", "2001:db8::/32"],
                          ["--network", "any"]),
                         (["--password-expires", "2026-01-01"], ["--password-expires", "never"])):
        stack.ctl("reseller", "set", p.name, *change)
        answers.append(p.call("LISTSERVERS"))
        stack.ctl("reseller", "set", p.name, *back)
        p.ok("LISTSERVERS")
    for reply in answers:
        refused(reply, "E5")
        assert reply.header("WWW-Authenticate") is None


@pytest.mark.parametrize("action", ACTIONS)
def test_plain_http(p, action):
    """Row 3, E6: every action, with a login that is right, wrong or not there"""
    url = p.stack.partner_http_url
    for login in ({}, {"loginPassword": "wrong"}, {"loginName": None, "loginPassword": None}):
        refused(p.raw(p.form(action, **login), url), "E6")


def test_preregister(p):
    """Row 4: spelling of serverURL, years before days, equal ids, pending; no subscription"""
    for spelling, term, price in (("serverUrl", {}, 100), ("serverURL", {"years": 2}, 200),
                                  ("serverurl", {"days": 1095}, 300),
                                  ("serverURL", {"years": 1, "days": 1095}, 100)):
        [a] = p.ok("PREREGISTER", **{spelling: p.stack.server_url}, **term)["Accounts"]
        account = a["acmeAccountID"]
        assert account == a["eabMACIDb64url"] and a["accountStatus"] == "pending"
        assert status(p, account) == {account: "pending"}
        assert p.ok("LISTTRANSACTIONS", acmeAccountID=account) == {"subscriptions": []}
        # The term is the binding's.
        assert p.ok("ADDDOMAIN", acmeAccountID=account, domainName="a.example",
                    quoteOnly="Y")["cost"] == price


def test_add_domain(p):
    """Row 5: a quote leaves no trace and has no orderNumber; a duplicate is E18, its quote too"""
    account = p.binding()[0]
    before, lists = p.row(), p.call("LISTTRANSACTIONS", acmeAccountID=account).body
    quote = p.add(account, "five.example", quoteOnly="Y", addAssociatedFQDN="Y").json
    assert names(p, account) == [] and p.row() == before
    assert p.call("LISTTRANSACTIONS", acmeAccountID=account).body == lists
    real = p.add(account, "five.example", addAssociatedFQDN="Y").json
    assert real.pop("orderNumber") > 0 and real == quote
    assert p.row() == (before[0] - 10000, before[1] - 10000, before[2] + 1)
    for q in "YN":
        for name in ("five.example", "www.five.example"):
            refused(p.add(account, name, quoteOnly=q), "E18")
    assert p.row() == (before[0] - 10000, before[1] - 10000, before[2] + 1)


def test_remove_domain(days):
    """Row 6: E8 after the window; in it names go, and a name is gone only once"""
    days.begin("six.example")
    days.add("seven.example")
    days.at(2027, 4, 9, 23, 59, 59)
    assert days.remove("six.example") == ["six.example"]
    refused(days.p.remove(days.account, "six.example"), "E8")
    days.at(2027, 4, 10)
    refused(days.p.remove(days.account, "seven.example"), "E8")


def test_extend_domains(days):
    """Row 7: a quote changes nothing; the second extension in a window is refused (A-12)"""
    days.begin("seven.example")
    days.at(2026, 11, 30)
    before, term = days.balance(), days.term()
    assert "orderNumber" not in days.p.ok("EXTENDDOMAINS", acmeAccountID=days.account,
                                          quoteOnly="Y")
    assert (days.balance(), days.term()) == (before, term)
    days.extend()
    refused(days.p.call("EXTENDDOMAINS", acmeAccountID=days.account), "E11")
    assert days.balance() == before - 10000


def test_list_transactions(p):
    """Row 8: visible at once, whoever looks for it in whatever case; refunds when refunded"""
    account = p.binding()[0]
    number = p.add(account, "eight.example").json["orderNumber"]

    def rows():
        return [(t["transactionType"], t["orderNumber"]) for s in p.ok(
            "LISTTRANSACTIONS", acmeAccountID=account, domainName="EIGHT.example")["subscriptions"]
            for t in s["transactions"]]
    assert rows() == [("addDomain", number)]
    p.remove(account, "eight.example")
    assert [kind for kind, _ in rows()] == ["addDomain", "refundDomain"]


def test_suspend(p):
    """Row 9: Y, N and *; suspended twice is suspended once; each gets its own state back; the EAB
    is blocked with Y and *, and not with N"""
    key, other = p.binding("nine.example"), Partner.new(p.stack, "checklist-nine")
    one, two = (Client(p.stack).register(key).kid.rsplit("/", 1)[1] for _ in range(2))
    lonely = other.binding()

    def change(who, action, **args):
        return who.ok(f"{action}ACCOUNT", **args)["nRecordsUpdated"]

    def registers(key):
        return Client(p.stack).new_account(key).status
    assert change(p, "SUSPEND", acmeAccountID=one, includeAdditionalAccounts="N") == 1
    assert status(p, one) == {one: "suspended", two: "valid"}
    # Once more, with the other: what one was before it was first suspended is what counts.
    assert [change(p, "SUSPEND", acmeAccountID=one) for _ in range(2)] == [1, 0]
    assert registers(key) == 403
    assert change(p, "UNSUSPEND", acmeAccountID=two) == 2
    assert status(p, one) == {one: "valid", two: "valid"}
    assert change(p, "SUSPEND", acmeAccountID=two, includeAdditionalAccounts="N") == 1
    assert registers(key) == 201
    assert change(other, "SUSPEND", includeAdditionalAccounts="*") == 1
    assert registers(lonely) == 403
    assert change(other, "UNSUSPEND", includeAdditionalAccounts="*") == 1
    assert status(other, lonely[0]) == {lonely[0]: "pending"} and registers(lonely) == 201


def test_deactivate(stack):
    """Row 10: final; E7; * needs no id and takes none"""
    p = Partner.new(stack, "checklist-ten", credit="1000.00")
    key = p.binding("ten.example")
    account = Client(stack).register(key).kid.rsplit("/", 1)[1]
    refused(p.call("DEACTIVATEACCOUNT", acmeAccountID=account, includeAdditionalAccounts="*"),
            "E3", "acmeAccountID")
    assert p.ok("DEACTIVATEACCOUNT", includeAdditionalAccounts="*")["nRecordsUpdated"] == 1
    assert status(p, account) == {account: "deactivated"}
    refused(p.call("DEACTIVATEACCOUNT", acmeAccountID=account, includeAdditionalAccounts="N"), "E7")
    for scope in ({"acmeAccountID": account}, {"includeAdditionalAccounts": "*"}):
        for action in ("UNSUSPEND", "SUSPEND", "DEACTIVATE"):
            assert p.ok(f"{action}ACCOUNT", **scope)["nRecordsUpdated"] == 0
    assert status(p, account) == {account: "deactivated"}
    assert Client(stack).new_account(key).status == 403


@pytest.fixture(scope="module")
def newcomer(stack):
    return Partner.new(stack, "checklist-empty", servers=())


@pytest.mark.parametrize("action,array", [
    ("LISTSERVERS", "Servers"), ("LISTACCOUNTS", "Accounts"), ("LISTBINDINGS", "Bindings"),
    ("LISTDOMAINS", "Domains"), ("LISTTRANSACTIONS", "subscriptions"), ("GETLASTORDER", "Orders")])
def test_empty_lists(newcomer, p, action, array):
    """Row 11: the array is there, empty, and spelt as it is"""
    of_binding = "acmeAccountID" in ACTIONS[action] and action != "LISTACCOUNTS"
    reply = (p.call(action, acmeAccountID=p.binding()[0]) if of_binding else
             newcomer.call(action))
    assert reply.status == 200 and reply.body == f'{{"{array}":[]}}', reply


def test_pages(p):
    """Row 11: the last full page, the page behind it, one too large; over all lists with pages"""
    account = p.binding(*(f"p{i}.eleven.example" for i in range(4)))[0]
    every = names(p, account)
    for page, size, shown in ((0, 4, every), (1, 4, []), (0, 2, every[:2]), (1, 2, every[2:]),
                              (1, 3, every[3:]), (0, 5, every), (0, 1000, every),
                              (4294967295, 1000, [])):
        assert names(p, account, page=page, size=size) == shown, (page, size)
        rows = p.ok("LISTTRANSACTIONS", acmeAccountID=account, page=page, size=size)
        assert [d["name"] for s in rows["subscriptions"] for t in s["transactions"]
                for d in t["domains"]] == shown, (page, size)
        accounts = p.ok("LISTACCOUNTS", acmeAccountID=account, page=page, size=size)["Accounts"]
        assert len(accounts) == (page == 0)


def test_tenants(stack, p):
    """Row 12: two accounts of one EAB see the same; another partner sees nothing, in any action"""
    key = p.binding("twelve.example")
    one, two = (Client(stack).register(key).kid.rsplit("/", 1)[1] for _ in range(2))
    assert one != two
    p.ok("ADDDOMAIN", acmeAccountID=two, domainName="more.twelve.example")
    for action in ("LISTDOMAINS", "LISTTRANSACTIONS"):
        first, second = (p.call(action, acmeAccountID=a).body for a in (one, two))
        assert first == second and "more.twelve.example" in first
    stranger = Partner.new(stack, "checklist-twelve", credit="1000.00")
    before = p.call("LISTTRANSACTIONS", acmeAccountID=one).body
    for action, args in (
            ("ADDDOMAIN", {"domainName": "x.example"}),
            ("REMOVEDOMAIN", {"domainName": "twelve.example"}), ("EXTENDDOMAINS", {}),
            ("UPDATEDOMAINS", {"ovAnchorOrderNumber": "1", "oldOVAnchorOrderNumber": "2"}),
            ("LISTACCOUNTS", {}), ("LISTDOMAINS", {}), ("LISTTRANSACTIONS", {}),
            ("GETLASTORDER", {}), ("SUSPENDACCOUNT", {}), ("UNSUSPENDACCOUNT", {}),
            ("DEACTIVATEACCOUNT", {})):
        refused(stranger.call(action, acmeAccountID=one, **args), "E3", "acmeAccountID")
    refused(stranger.call("LISTACCOUNTS", eabKeyID=key[0]), "E3", "eabKeyID")
    assert stranger.call("LISTACCOUNTS").body == '{"Accounts":[]}'
    assert stranger.call("LISTBINDINGS").body == '{"Bindings":[]}'
    assert stranger.ok("SUSPENDACCOUNT", includeAdditionalAccounts="*")["nRecordsUpdated"] == 0
    assert status(p, one) == {one: "valid", two: "valid"}
    assert p.call("LISTTRANSACTIONS", acmeAccountID=one).body == before


def test_no_money(moving_stack, days):
    """Row 13, E14: a cent too little, and nothing is changed: neither bought nor extended"""
    days.p = Partner.new(moving_stack, "checklist-thirteen", credit="199.99")
    days.begin("thirteen.example")
    days.at(2027, 2, 1)

    def everything():
        return [days.p.call(a, acmeAccountID=days.account).body for a in
                ("LISTTRANSACTIONS", "LISTDOMAINS", "GETLASTORDER", "LISTACCOUNTS")] + [days.p.row()]
    before = everything()
    refused(days.p.call("EXTENDDOMAINS", acmeAccountID=days.account), "E14")
    fresh = days.p.binding()[0]
    refused(days.p.add(fresh, "more.example", addAssociatedFQDN="Y"), "E14")
    assert days.p.ok("LISTTRANSACTIONS", acmeAccountID=fresh) == {"subscriptions": []}
    assert everything() == before
    moving_stack.ctl("reseller", "credit", days.p.name, "0.01", "--reason", "the cent")
    assert days.extend() == ("100.00", 365)
