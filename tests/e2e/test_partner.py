# SPDX-License-Identifier: BSD-2-Clause
"""The wire of the partner API: LISTSERVERS, PREREGISTER, ADDDOMAIN and every refusal."""

import re
import urllib.parse

import pytest
from partner import PREFIX, Partner, refused

ID = r"[A-Za-z0-9_-]{22}"
KEY = r"[A-Za-z0-9_-]{43}"


@pytest.fixture(scope="module")
def binding(partner):
    """The account id of a binding with one name, wire.example."""
    return partner.binding("wire.example")[0]


@pytest.fixture(scope="module")
def other(stack):
    """A reseller with an OV server beside DV, made in the other order."""
    stack.ctl("server", "add", "OV", "--type", "OV", "--product-id", "609")
    stack.ctl("server", "add", "EV", "--type", "EV", "--product-id", "610")
    return Partner.new(stack, "wire-hosting", servers=("EV", "OV", "DV"))


def good(reply):
    assert reply.status == 200, reply
    assert reply.header("Content-Type") == "application/json", reply
    assert reply.header("Cache-Control") == "no-store"
    return reply.body


# ---- happy paths, to the byte

def test_list_servers(stack, partner):
    """partner-api 4.1"""
    assert good(partner.call("LISTSERVERS")) == (
        f'{{"Servers":[{{"serverUrl":"{stack.server_url}","productID":608,'
        '"productDescription":"CaaS DV TLS Certificate","certValidationType":"DV"}]}')


def test_list_servers_of_each(stack, other):
    """partner-api 4.1: a list for each reseller, DV first; none is an empty array."""
    rows = other.ok("LISTSERVERS")["Servers"]
    assert [(r["certValidationType"], r["productID"]) for r in rows] == [
        ("DV", 608), ("OV", 609), ("EV", 610)]
    none = Partner.new(stack, "no-servers", servers=())
    assert good(none.call("LISTSERVERS")) == '{"Servers":[]}'


def test_preregister(stack, partner):
    """partner-api 4.2: key order, equal ids, pending; A-1, A-2"""
    for spelling in ("serverUrl", "serverURL", "SERVERURL"):
        body = good(partner.call("PREREGISTER", **{spelling: stack.server_url}))
        m = re.fullmatch(rf'{{"Accounts":\[{{"acmeAccountID":"({ID})","accountStatus":"pending",'
                         rf'"eabMACKeyb64url":"{KEY}","eabMACIDb64url":"({ID})"}}\]}}', body)
        assert m and m[1] == m[2], body


def test_keys_are_arguments(partner):
    """EAB-01: certbot --eab-hmac-key takes what begins with "-" for an option; 1 of 64 would"""
    for _ in range(200):
        a = partner.ok("PREREGISTER", serverUrl=partner.stack.server_url)["Accounts"][0]
        assert a["eabMACIDb64url"][0] != "-" != a["eabMACKeyb64url"][0]


def test_preregister_is_free(stack, partner):
    """partner-api 4.2: no subscription, no money"""
    before = partner.row()
    account = partner.binding()[0]
    assert partner.row() == before
    assert stack.sql("SELECT COUNT(*) FROM subscriptions s JOIN bindings b ON b.id = "
                     f"s.binding_id WHERE b.key_id = '{account}'") == [["0"]]


@pytest.mark.parametrize("args,years", [
    ({}, 1), ({"years": "2"}, 2), ({"years": "3"}, 3), ({"days": "365"}, 1),
    ({"days": "730"}, 2), ({"days": "1095"}, 3), ({"years": "1", "days": "730"}, 1),
    ({"years": "2", "days": "nonsense"}, 2), ({"years": "", "days": "730"}, 2)])
def test_term(stack, partner, args, years):
    """partner-api 4.2, A-34: years wins, days is then not even parsed"""
    account = partner.ok("PREREGISTER", serverUrl=stack.server_url, **args)["Accounts"][0]
    rows = stack.sql("SELECT term_years FROM bindings WHERE "
                     f"key_id = '{account['acmeAccountID']}'")
    assert rows == [[str(years)]]


def test_add_domain(partner):
    """partner-api 4.3, R-13, A-22: key order, two decimals, requested name first"""
    account = partner.binding()[0]
    body = good(partner.add(account, "add.example", addAssociatedFQDN="Y"))
    assert re.fullmatch(r'{"success":true,"orderNumber":[1-9][0-9]*,"cost":100\.00,'
                        r'"currency":"USD","Domains":\[{"domainName":"add.example"},'
                        r'{"domainName":"www.add.example"}\]}', body), body
    body = good(partner.add(account, "*.add.example"))
    assert re.fullmatch(r'{"success":true,"orderNumber":[1-9][0-9]*,"cost":400\.00,'
                        r'"currency":"USD","Domains":\[{"domainName":"\*.add.example"}\]}',
                        body), body


def test_quote(partner):
    """partner-api 4.3: a quote is the same without orderNumber"""
    account = partner.binding()[0]
    assert good(partner.add(account, "quote.example", quoteOnly="Y")) == (
        '{"success":true,"cost":100.00,"currency":"USD",'
        '"Domains":[{"domainName":"quote.example"}]}')


def test_free_name(partner, binding):
    """A-23: a free name costs 0.00 and has an order number"""
    body = good(partner.add(binding, "www.wire.example"))
    assert re.search(r'"orderNumber":[1-9][0-9]*,"cost":0\.00,', body), body


@pytest.mark.parametrize("sent,shown", [
    ("UPPER.Example", "upper.example"), ("dot.example.", "dot.example"),
    ("*.Star.example", "*.star.example"), ("xn--bcher-kva.example", "xn--bcher-kva.example")])
def test_name_spelling(partner, sent, shown):
    """A-24"""
    reply = partner.ok("ADDDOMAIN", acmeAccountID=partner.binding()[0], domainName=sent)
    assert reply["Domains"] == [{"domainName": shown}]


def test_any_account_of_the_binding(stack, partner):
    """partner-api 3: a later account's id serves as well"""
    from acme import Client
    eab = partner.binding("first.shared.example")
    Client(stack).register(eab)
    second = Client(stack).register(eab).kid.rsplit("/", 1)[1]
    assert second != eab[0]
    refused(partner.add(second, "first.shared.example"), "E18")
    good(partner.add(second, "second.shared.example"))


# ---- arguments

@pytest.fixture
def required(stack, binding):
    """What an action must have."""
    return {"PREREGISTER": {"serverUrl": stack.server_url},
            "ADDDOMAIN": {"acmeAccountID": binding, "domainName": "args.example"}}


@pytest.mark.parametrize("arg", ["action", "loginName", "loginPassword"])
def test_missing_common(partner, arg):
    """E2, E3: what every action needs, absent, empty, repeated, over-long"""
    fields = [("action", "LISTSERVERS"), ("loginName", partner.name),
              ("loginPassword", partner.password)]

    def call(values):
        return partner.raw(urllib.parse.urlencode(
            [f for f in fields if f[0] != arg] + [(arg, v) for v in values]))

    refused(call([]), "E2", arg)
    refused(call([""]), "E2", arg)
    refused(call(["x", "x"]), "E3", arg)
    refused(call(["x" * 600]), "E3", arg)


def test_unknown_argument_long(partner):
    """E1: a long name is cut, and what comes back is JSON still"""
    reply = partner.call("LISTSERVERS", **{"xé" * 500: "1"})
    assert reply.status == 400 and reply.json["type"] == PREFIX + "malformed"
    assert re.fullmatch(r"'(xé)+x?\ufffd?' is an unrecognized argument!", reply.json["detail"])


@pytest.mark.parametrize("action,args", [
    ("PREREGISTER", {"serverUrl": "x" * 256}),
    ("PREREGISTER", {"serverUrl": "https://localhost/v2/DV"}),
    ("PREREGISTER", {"years": "0"}), ("PREREGISTER", {"years": "4"}),
    ("PREREGISTER", {"years": "1.0"}), ("PREREGISTER", {"years": "+1"}),
    ("PREREGISTER", {"years": "01"}), ("PREREGISTER", {"years": "one"}),
    ("PREREGISTER", {"years": "4", "days": "365"}),
    ("PREREGISTER", {"days": "0"}), ("PREREGISTER", {"days": "366"}),
    ("PREREGISTER", {"days": "1460"}), ("PREREGISTER", {"days": "99999999999999999999"}),
    ("ADDDOMAIN", {"acmeAccountID": "x" * 33}), ("ADDDOMAIN", {"acmeAccountID": "unknown"}),
    ("ADDDOMAIN", {"domainName": "x" * 256}), ("ADDDOMAIN", {"domainName": "nodot"}),
    ("ADDDOMAIN", {"domainName": "a..example"}), ("ADDDOMAIN", {"domainName": "a_b.example"}),
    ("ADDDOMAIN", {"domainName": "192.0.2.1"}), ("ADDDOMAIN", {"domainName": "*.*.example"}),
    ("ADDDOMAIN", {"domainName": "a*.x.example"}), ("ADDDOMAIN", {"domainName": "co.uk"}),
    ("ADDDOMAIN", {"domainName": "*.co.uk"}), ("ADDDOMAIN", {"domainName": "x.example.."}),
    ("ADDDOMAIN", {"domainName": "bücher.example"}), ("ADDDOMAIN", {"domainName": "x.local"}),
    ("ADDDOMAIN", {"domainName": "l" * 64 + ".example"}),
    ("ADDDOMAIN", {"quoteOnly": "y"}), ("ADDDOMAIN", {"quoteOnly": "YY"}),
    ("ADDDOMAIN", {"addAssociatedFQDN": "*"}), ("ADDDOMAIN", {"addAssociatedFQDN": "1"}),
    ("ADDDOMAIN", {"ovAnchorOrderNumber": "1" * 129})])
def test_bad_value(partner, required, action, args):
    """E3 for every kind of value; A-24 for names"""
    refused(partner.call(action, **{**required[action], **args}), "E3", next(iter(args)))


@pytest.mark.parametrize("value", ["not base64", "a+b", "a/b", "YQ==", "é", "a.b"])
def test_not_base64url(partner, value):
    """E4"""
    refused(partner.add(value, "x.example"), "E4")


@pytest.mark.parametrize("raw,arg", [
    ("acmeAccountID=%00", "acmeAccountID"), ("acmeAccountID=a%00b", "acmeAccountID"),
    ("domainName=%ff", "domainName"), ("domainName=%c0%af", "domainName"),
    ("domainName=%ed%a0%80", "domainName"), ("domainName=%zz", "domainName"),
    ("domainName=%4", "domainName"), ("loginName=%00", "loginName")])
def test_malformed_form(partner, raw, arg):
    """R-4: a bad form is refused before anything else in it is looked at"""
    refused(partner.raw("action=NOSUCH&" + raw), "E3", arg)


def test_argument_names_ignore_case(stack, partner):
    """partner-api 1: parameter names, not actions and not logins"""
    fields = {"ACTION": "PREREGISTER", "loginname": partner.name,
              "LoginPassword": partner.password, "serverurl": stack.server_url, "YEARS": "1"}
    good(partner.raw(urllib.parse.urlencode(fields)))
    refused(partner.call("listservers"), "E3", "action")
    refused(partner.call("LISTSERVERS", loginName=partner.name.upper()), "E5")
    refused(partner.call("LISTSERVERS", loginPassword=partner.password.swapcase()), "E5")


def test_form_oddities(partner):
    """Empty parts do not count; '+' is a blank; a name without '=' is an empty value."""
    good(partner.raw("&&" + partner.form("LISTSERVERS") + "&&"))
    refused(partner.raw(partner.form("LISTSERVERS") + "&x"), "E1", "x")
    refused(partner.raw(partner.form("LISTSERVERS") + "&=1"), "E1", "")
    refused(partner.raw(partner.form("LISTSERVERS") + "&a+b=1"), "E1", "a b")
    refused(partner.raw(""), "E2", "action")


# ---- the order of checks

def test_order_of_checks(stack, partner, binding):
    """R-4: of several faults the earliest in the order is told"""
    wrong = {"loginPassword": "wrong"}
    refused(partner.call("NOSUCH", **wrong), "E3", "action")
    refused(partner.call("ADDDOMAIN", loginName=None, **wrong), "E2", "loginName")
    refused(partner.call("ADDDOMAIN", nonsense="1", **wrong), "E5")
    refused(partner.call("ADDDOMAIN", nonsense="1"), "E1", "nonsense")
    refused(partner.call("ADDDOMAIN", acmeAccountID="a b"), "E2", "domainName")
    refused(partner.add("a b", "bad"), "E4")
    refused(partner.add("unknown", "bad"), "E3", "domainName")
    refused(partner.add("unknown", "wire.example", ovAnchorOrderNumber="1"), "E3",
            "acmeAccountID")
    # The binding's state, then the rule, then what is there already.
    refused(partner.add(binding, "wire.example", ovAnchorOrderNumber="1"), "E9")
    stack.sql(f"UPDATE bindings SET status = 3 WHERE key_id = '{binding}'")
    refused(partner.add(binding, "wire.example", ovAnchorOrderNumber="1"), "E10")
    stack.sql(f"UPDATE bindings SET status = 1 WHERE key_id = '{binding}'")
    refused(partner.add(binding, "wire.example"), "E18")


def test_plain_http(stack, partner):
    """E6, whatever else is wrong: method, size, form, login"""
    url = stack.partner_http_url
    refused(partner.raw(partner.form("LISTSERVERS"), url), "E6")
    refused(partner.raw("nonsense", url), "E6")
    refused(partner.raw("x" * 140000, url), "E6")
    refused(partner.raw("x" * 400000, url), "E6")
    refused(partner.raw(None, url, "GET"), "E6")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_method(partner, method):
    """E20, before the size"""
    for body in (None, "x" * 140000):
        reply = partner.raw(body, method=method)
        refused(reply, "E20")
        assert reply.header("Allow") == "POST"


def test_size(partner):
    """E21: 128 KiB are read, more is not; before anything in the form"""
    form = partner.form("LISTSERVERS")
    padding = "&" * (131072 - len(form))
    good(partner.raw(form + padding))
    refused(partner.raw(form + padding + "&"), "E21")
    refused(partner.raw("x" * 250000), "E21")
    refused(partner.raw("x" * 1000000), "E21")


@pytest.mark.parametrize("path", ["/products/%21ACMEAdmin", "/products/!ACMEAdmin?x=1"])
def test_path(stack, partner, path):
    """partner-api 1: both spellings; what stands in the query is not read"""
    url = stack.partner_url.rsplit("/products", 1)[0] + path
    good(partner.raw(partner.form("LISTSERVERS"), url))
    query = urllib.parse.urlsplit(url)._replace(query=partner.form("LISTSERVERS")).geturl()
    refused(partner.raw("", query), "E2", "action")


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded; charset=UTF-8",
                                  "text/plain", None])
def test_content_type(partner, kind):
    """No check of R-4 looks at the type of the request; the answer's is always JSON."""
    good(partner.raw(partner.form("LISTSERVERS"), content_type=kind))
    refused(partner.raw('{"action":"LISTSERVERS"}', content_type="application/json"), "E2",
            "action")


def test_internal_fault(stack, partner):
    """E23: a fault of ours tells nothing of itself"""
    stack.sql("RENAME TABLE reseller_servers TO reseller_servers_away")
    try:
        refused(partner.call("LISTSERVERS"), "E23")
    finally:
        stack.sql("RENAME TABLE reseller_servers_away TO reseller_servers")
    good(partner.call("LISTSERVERS"))


# ---- tenants and servers

def test_foreign_account(stack, partner, binding):
    """A-25: another reseller's account and an unknown one are the same answer"""
    second = Partner(stack, "LOGIN2")
    for account in (binding, "AAAAAAAAAAAAAAAAAAAAAA"):
        refused(second.add(account, "foreign.example"), "E3", "acmeAccountID")
        refused(second.add(account, "foreign.example", quoteOnly="Y"), "E3", "acmeAccountID")


def test_foreign_server(stack, partner, other):
    """partner-api 4.1: a server of the service that is not this reseller's"""
    url = stack.server_url.replace("/DV", "/OV")
    refused(partner.call("PREREGISTER", serverUrl=url), "E3", "serverUrl")
    good(other.call("PREREGISTER", serverUrl=url))


@pytest.mark.parametrize("kind,arg", [("OV", "ovAnchorOrderNumber"),
                                      ("EV", "evAnchorOrderNumber")])
def test_organisation_servers(stack, other, kind, arg):
    """partner-api 4.3 rule 7: without a validated organisation nothing is sold"""
    url = stack.server_url.replace("/DV", "/" + kind)
    account = other.ok("PREREGISTER", serverUrl=url)["Accounts"][0]["acmeAccountID"]
    before = other.row()
    refused(other.add(account, "org.example"), "E2", arg)
    refused(other.add(account, "org.example", **{arg: "51000001"}), "E3", arg)
    assert other.row() == before


@pytest.mark.parametrize("arg", ["ovAnchorOrderNumber", "evAnchorOrderNumber"])
def test_anchor_on_dv(partner, binding, arg):
    """E9"""
    refused(partner.add(binding, "anchor.example", **{arg: "1"}), "E9")
    refused(partner.add(binding, "anchor.example", quoteOnly="Y", **{arg: "1"}), "E9")


def test_suspended_binding_buys(stack, partner):
    """partner-api 4.12: names may be added to a suspended binding"""
    account = partner.binding()[0]
    stack.sql(f"UPDATE bindings SET status = 2 WHERE key_id = '{account}'")
    good(partner.add(account, "suspended.example"))
