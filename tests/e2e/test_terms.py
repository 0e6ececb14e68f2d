# SPDX-License-Identifier: BSD-2-Clause
"""What the operator changes while it runs: terms of service (RFC 8555 s7.3.3), refused names."""

import os

import pytest
from acme import Client, csr, refused
from fakes import Net
from partner import Partner
from stack import Stack


@pytest.fixture(scope="module")
def world(workdir):
    """(stack, net): agreement to the terms that are in force is demanded."""
    s = Stack(workdir / "terms", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 800,
              ["terms_enforced=yes"]).up()
    n = Net(workdir / "terms-net", int(s.dns.split(":")[1]), int(s.http01_port))
    yield s, n
    n.stop()
    s.down()


def put_in_force(stack, url):
    conf = stack.dir / "etc" / "caas.conf"
    old = Client(stack).directory["meta"]["termsOfService"]
    conf.write_text(conf.read_text().replace(f'"{old}"', f'"{url}"'))
    r = stack.ctl("reload", check=False)
    assert r.returncode == 0, r


def test_changed_terms(world):
    """ACC-15 HDR-06 LOG-04: no order, and no certificate of an older one, until the account agrees"""
    stack, net = world
    client = Client(stack).register(Partner(stack).binding("*.terms.example"))
    url, order = client.ready(["one.terms.example"], net)
    new = client.directory["meta"]["termsOfService"] + "?version=2"
    put_in_force(stack, new)
    client.nonces.clear()
    for reply in (lambda: client.new_order("two.terms.example"),
                  lambda: client.finalize(order, csr(["one.terms.example"]))):
        r = reply()
        refused(client, r, 403, "userActionRequired", instance=new)
        assert r.links("terms-of-service") == [new]
    assert client.get(url)["status"] == "ready"
    # Reading is free, and a newAccount that does not agree changes nothing.
    assert client.get(client.kid)["status"] == "valid"
    for terms in (None, False):
        assert client.new_account(terms=terms).status == 200
        refused(client, client.new_order("two.terms.example"), 403, "userActionRequired",
                instance=new)
    refused(client, client.new_account(terms="true"), 400, "malformed")
    assert client.new_account(terms=True).status == 200
    assert client.finalize(order, csr(["one.terms.example"])).status == 200
    client.issue(["two.terms.example"], net)
    # Which terms, and when: of both.
    old = new.removesuffix("?version=2")
    name = client.kid.rsplit("/", 1)[1]
    rows = stack.sql("SELECT detail, at FROM audit WHERE event = 'account.agree' AND "
                     f"actor = '{name}' ORDER BY id")
    assert [url for url, _ in rows] == [old, new]
    assert int(rows[0][1]) <= int(rows[1][1])
    assert stack.sql(f"SELECT tos_url, tos_agreed_at FROM accounts WHERE acme_account_id = '{name}'") \
        == [[new, rows[1][1]]]


def test_refused_names(world):
    """SEC-12 LOG-05 FIN-18: names of high risk, and those below, are neither subscribed nor ordered, and
    an order that has one is not finalized any more"""
    stack, net = world
    partner = Partner(stack)
    account = partner.ok("PREREGISTER", serverUrl=stack.server_url)["Accounts"][0]
    for name in ("www.bank.example", "mybank.example"):
        partner.ok("ADDDOMAIN", acmeAccountID=account["acmeAccountID"], domainName=name)
    client = Client(stack).register((account["eabMACIDb64url"], account["eabMACKeyb64url"]))
    url, order = client.ready(["www.bank.example"], net)
    conf = stack.dir / "etc" / "caas.conf"
    conf.write_text(conf.read_text() + 'refused_names = {"bank.example"}\n')
    assert stack.ctl("reload", check=False).returncode == 0
    client.nonces.clear()
    refused(client, client.new_order("www.bank.example"), 400, "rejectedIdentifier")
    assert partner.add(account["acmeAccountID"], "mail.bank.example").status == 400
    refused(client, client.finalize(order, csr(["www.bank.example"])), 400, "rejectedIdentifier")
    lost = client.get(url)
    assert lost["status"] == "invalid" and lost["error"]["type"].endswith(":rejectedIdentifier")
    client.issue(["mybank.example"], net)


def test_new_accounts_agree_at_once(world):
    """ACC-05: what is in force when the account is made"""
    stack, net = world
    client = Client(stack).register(Partner(stack).binding("new.terms.example"))
    client.issue(["new.terms.example"], net)
