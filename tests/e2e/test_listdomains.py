# SPDX-License-Identifier: BSD-2-Clause
"""LISTDOMAINS: the names of a binding (partner-api 4.9)."""

import pytest
from partner import Partner, refused


def names(reply):
    assert reply.status == 200, reply
    assert list(reply.json) == ["Domains"]
    return [d["domainName"] for d in reply.json["Domains"]]


def test_list(stack, partner):
    """4.9: in the order in which they came, with the end of the last day; to the byte"""
    kid, _ = partner.binding()
    assert partner.call("LISTDOMAINS", acmeAccountID=kid).body == '{"Domains":[]}'
    for name in ("zz.list.example", "*.list.example", "aa.list.example"):
        partner.ok("ADDDOMAIN", acmeAccountID=kid, domainName=name)
    r = partner.call("LISTDOMAINS", acmeAccountID=kid)
    assert names(r) == ["zz.list.example", "*.list.example", "aa.list.example"]
    ends = {d["expiresAt"] for d in r.json["Domains"]}
    assert len(ends) == 1 and ends.pop().endswith("T23:59:59Z")
    assert r.body.startswith('{"Domains":[{"domainName":"zz.list.example","expiresAt":"20')
    partner.ok("REMOVEDOMAIN", acmeAccountID=kid, domainName="zz.list.example")
    assert names(partner.call("LISTDOMAINS", acmeAccountID=kid)) == \
        ["*.list.example", "aa.list.example"]


def test_paging(stack, partner):
    """1: page counts from 0; page alone means 100; neither means everything"""
    kid, _ = partner.binding()
    every = [f"n{i:03}.page.example" for i in range(105)]
    for name in every:
        partner.ok("ADDDOMAIN", acmeAccountID=kid, domainName=name)

    def page(**args):
        return names(partner.call("LISTDOMAINS", acmeAccountID=kid, **args))
    assert page() == every
    assert page(page=0) == every[:100] and page(page=1) == every[100:] and page(page=2) == []
    assert page(page=0, size=2) == every[:2] and page(page=52, size=2) == every[104:]
    assert page(size=3) == every[:3]
    assert page(page=0, size=5000) == every
    assert page(page="", size="") == every


@pytest.mark.parametrize("args", [{"page": "-1"}, {"page": "x"}, {"size": "0"}, {"size": "1.5"},
                                  {"page": "99999999999"}])
def test_bad_page(stack, partner, args):
    """E3, naming the argument"""
    kid, _ = partner.binding()
    refused(partner.call("LISTDOMAINS", acmeAccountID=kid, **args), "E3", next(iter(args)))


def test_whose(stack, partner):
    """E2 E3 E4: any account of the binding, and nobody else's"""
    kid, _ = partner.binding("whose.list.example")
    refused(partner.call("LISTDOMAINS"), "E2", "acmeAccountID")
    refused(partner.call("LISTDOMAINS", acmeAccountID="!"), "E4")
    refused(partner.call("LISTDOMAINS", acmeAccountID="A" * 22), "E3", "acmeAccountID")
    refused(Partner(stack, "LOGIN2").call("LISTDOMAINS", acmeAccountID=kid), "E3",
            "acmeAccountID")
    refused(partner.call("LISTDOMAINS", acmeAccountID=kid, filter="x"), "E1", "filter")


def test_past(moving_stack):
    """R-10: names stay for the 30 days after the end, then they are gone"""
    partner = Partner(moving_stack)
    kid, _ = partner.binding("past.list.example")
    end = partner.ok("LISTDOMAINS", acmeAccountID=kid)["Domains"][0]["expiresAt"]
    import datetime
    end = datetime.datetime.fromisoformat(end.replace("Z", "+00:00"))
    moving_stack.clock.go_to(end + datetime.timedelta(days=29, hours=23))
    assert names(partner.call("LISTDOMAINS", acmeAccountID=kid)) == ["past.list.example"]
    moving_stack.clock.go_to(end + datetime.timedelta(days=30, hours=1))
    assert names(partner.call("LISTDOMAINS", acmeAccountID=kid)) == []
