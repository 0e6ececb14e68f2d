# SPDX-License-Identifier: BSD-2-Clause
"""GETLASTORDER: the newest certificate order of each subscribed name."""

import pytest
from acme import Client, b64, chain, csr
from cryptography.hazmat.primitives.serialization import Encoding
from partner import Partner, refused


def when(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class World:
    """Two accounts of one EAB; names with all that may become of an order."""

    def __init__(self, p, net):
        self.p = p
        self.key = p.binding("valid.last.example", "*.wild.last.example", "revoked.last.example",
                             "busy.last.example", "failed.last.example", "none.last.example",
                             "both.last.example")
        self.one, self.two = (Client(p.stack).register(self.key) for _ in range(2))
        self.ids = [c.kid.rsplit("/", 1)[1] for c in (self.one, self.two)]
        self.certs = {}
        for client, *names in ((self.one, "valid.last.example"), (self.one, "revoked.last.example"),
                               (self.one, "both.last.example"), (self.two, "both.last.example")):
            url, order, pem = client.issue(names, net)
            self.certs[client, names[0]] = (url.rsplit("/", 1)[1], chain(pem)[0])
        der = self.certs[self.one, "revoked.last.example"][1].public_bytes(Encoding.DER)
        r = self.one.post(self.one.directory["revokeCert"], {"certificate": b64(der)})
        assert r.status == 200
        url, order, pem = self.one.issue(["*.wild.last.example"], net, "dns-01")
        self.certs[self.one, "*.wild.last.example"] = (url.rsplit("/", 1)[1], chain(pem)[0])
        self.one.order("busy.last.example")
        url, order = self.one.order("failed.last.example")
        chall = self.one.challenge(order["authorizations"][0], "http-01")[1]
        net.token(chall["token"], "something else")
        self.one.post(chall["url"], {})
        self.one.poll(url, lambda o: o["status"] == "invalid")

    def rows(self, account=0, **args):
        r = self.p.call("GETLASTORDER", acmeAccountID=self.ids[account], **args)
        assert r.status == 200, r
        assert list(r.json) == ["Orders"]
        return r.json["Orders"]

    def names(self, account=0, **args):
        return [r["domainName"] for r in self.rows(account, **args)]


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "last-hosting", credit="100000.00")


@pytest.fixture(scope="module")
def world(p, shared_net):
    return World(p, shared_net)


ALL = ["valid.last.example", "*.wild.last.example", "revoked.last.example", "busy.last.example",
       "failed.last.example", "both.last.example"]


def test_bytes(world):
    """4.11: members in order; the serial number in hex, the order's id as the client knows it"""
    w = world
    token, cert = w.certs[w.one, "valid.last.example"]
    r = w.p.call("GETLASTORDER", acmeAccountID=w.ids[0], domainName="VALID.last.example")
    row = r.json["Orders"][0]
    assert r.body == (
        f'{{"Orders":[{{"orderNumber":{row["orderNumber"]},"acmeOrderID":"{token}",'
        f'"acmeOrderStatus":"valid","certificateID":{row["certificateID"]},"statusCode":6,'
        f'"statusDesc":"Valid","domainName":"valid.last.example","serialNumber":'
        f'"{row["serialNumber"]}","validNotBefore":"{when(cert.not_valid_before)}",'
        f'"validNotAfter":"{when(cert.not_valid_after)}","acmeAccountID":"{w.ids[0]}",'
        f'"acmeEABKeyID":"{w.key[0]}"}}]}}')
    assert int(row["serialNumber"], 16) == cert.serial_number
    assert row["serialNumber"] == row["serialNumber"].upper()
    assert w.p.stack.sql("SELECT o.number, c.number FROM certs c JOIN orders o ON o.id = c.order_id "
                         f"WHERE HEX(c.serial) = '{row['serialNumber']}'") == [
        [str(row["orderNumber"]), str(row["certificateID"])]]


def test_every_state(world):
    """4.11, R-7: codes and texts of the table; in progress there are none; names in their order"""
    rows = world.rows()
    assert [r["domainName"] for r in rows] == ALL
    assert [(r["acmeOrderStatus"], r.get("statusCode"), r.get("statusDesc")) for r in rows] == [
        ("valid", 6, "Valid"), ("valid", 6, "Valid"), ("valid", 8, "Revoked"),
        ("pending", None, None), ("invalid", 3, "PRE-SIGN FAILED"), ("valid", 6, "Valid")]
    for r in rows:
        has = {"certificateID", "serialNumber", "validNotBefore", "validNotAfter"} & set(r)
        assert len(has) == (4 if r["acmeOrderStatus"] == "valid" else 0), r


def test_accounts(world):
    """4.11 (V4): of that account, of all accounts, or a row for each; R-7: 14 only where listed"""
    w = world
    assert w.names(1) == ["both.last.example"]
    # Only looked at with includeAdditionalAccounts=Y.
    assert w.names(1, groupByAccount="Y") == ["both.last.example"]
    assert w.names(1, includeAdditionalAccounts="N", groupByAccount="Y") == ["both.last.example"]
    for account in (0, 1):
        rows = w.rows(account, includeAdditionalAccounts="Y")
        assert [r["domainName"] for r in rows] == ALL
        assert [r["acmeAccountID"] for r in rows] == [w.ids[0]] * 5 + [w.ids[1]]
        assert rows[-1]["statusCode"] == 6
        rows = w.rows(account, includeAdditionalAccounts="Y", groupByAccount="Y")
        assert [r["domainName"] for r in rows] == ALL + ["both.last.example"]
        assert [(r["acmeAccountID"], r["statusCode"], r["statusDesc"]) for r in rows[-2:]] == [
            (w.ids[1], 6, "Valid"), (w.ids[0], 14, "Replaced")]
    assert w.rows(0, domainName="both.last.example")[0]["statusCode"] == 6


@pytest.mark.parametrize("filters,names", [
    ("domainName = valid.last.example", ["valid.last.example"]),
    ("domainName=VALID.last.example", ["valid.last.example"]),
    ("domainName = *.wild.last.example", ["*.wild.last.example"]),
    ("domainName = wild.last.example", []), ("domainName = no name at all", []),
    ("domainName = none.last.example", []),
    ("domainName != valid.last.example", ALL[1:]),
    ("domainName ? WILD", ["*.wild.last.example"]),
    ("domainName ? *.w", ["*.wild.last.example"]), ("domainName ? é", []),
    ("domainName ? 100%_", []), ("domainName !? .last.example", []), ("domainName !? e", []),
    (["domainName ? a", "domainName !? valid", "domainName !? failed", "domainName !? busy"],
     ["*.wild.last.example", "revoked.last.example", "both.last.example"]),
    ("domainName ? valid AND domainName ? last", ["valid.last.example"]),
    ("domainName = valid.last.example AND domainName = both.last.example", []),
    ("validNotAfter > 2020-01-01", [ALL[0], ALL[1], ALL[2], ALL[5]]),
    ("validNotAfter < 2020-01-01T00:00:00Z", []),
    ("validNotAfter >= 2020-01-01 AND domainName ? b", ["both.last.example"]),
    ("validNotAfter != 2020-01-01", [ALL[0], ALL[1], ALL[2], ALL[5]]),
    ("", ALL)])
def test_filter(world, filters, names):
    """4.11: fields, operators; repeated or joined by AND, all must hold; case does not matter"""
    assert world.names(filter=filters) == names


def test_filter_by_time(world):
    """4.11: to the second; a date is the whole day"""
    w = world
    end = w.certs[w.one, "valid.last.example"][1].not_valid_after
    only = "domainName = valid.last.example AND validNotAfter "
    for op, to_second, to_day in (("=", 1, 1), ("!=", 0, 0), (">", 0, 0), ("<", 0, 0),
                                  (">=", 1, 1), ("<=", 1, 1)):
        assert len(w.rows(filter=f"{only}{op} {when(end)}")) == to_second, op
        assert len(w.rows(filter=f"{only}{op} {end:%Y-%m-%d}")) == to_day, op


@pytest.mark.parametrize("filters", [
    "x", "domainName", "domainName =", "domainName > a", "serialNumber = 00", "domainname = a",
    "validNotAfter ? 2020", "validNotAfter = tomorrow", "validNotAfter = 2026-02-30",
    "domainName = a AND ", "AND domainName = a"] + [
    ["domainName ? a"] * 33])
def test_bad_filter(world, filters):
    """E3"""
    refused(world.p.call("GETLASTORDER", acmeAccountID=world.ids[0], filter=filters), "E3", "filter")


@pytest.mark.parametrize("args,row,name", [
    ({}, "E2", "acmeAccountID"), ({"acmeAccountID": "!"}, "E4", ""),
    ({"acmeAccountID": "A" * 22}, "E3", "acmeAccountID"),
    ({"acmeAccountID": "A" * 22, "includeAdditionalAccounts": "*"}, "E3",
     "includeAdditionalAccounts"),
    ({"acmeAccountID": "A" * 22, "groupByAccount": "1"}, "E3", "groupByAccount"),
    ({"acmeAccountID": "A" * 22, "filter": "domainName ? " + "a" * 32767}, "E3", "filter"),
    ({"acmeAccountID": "A" * 22, "size": "1"}, "E1", "size")])
def test_arguments(p, args, row, name):
    """E1 E2 E3 E4"""
    refused(p.call("GETLASTORDER", **args), row, name)


def test_whose(stack, world):
    """A-25: another reseller sees nothing"""
    refused(Partner(stack).call("GETLASTORDER", acmeAccountID=world.ids[0]), "E3", "acmeAccountID")


def test_empty(p):
    """1: the array is there: no subscription, no order"""
    assert p.call("GETLASTORDER", acmeAccountID=p.binding()[0]).body == '{"Orders":[]}'
    key = p.binding("empty.last.example")
    for args in ({}, {"domainName": "empty.last.example"}, {"domainName": "x"}):
        assert p.call("GETLASTORDER", acmeAccountID=key[0], **args).body == '{"Orders":[]}'


def test_renewal(p, net):
    """R-7, R-16: a renewal in progress stands alone; then its certificate does.  Other orders of the
    same names, of names removed and added again, and of names that only a wildcard holds; 4.11: a certificate is to be
    collected until its client has had it"""
    key = p.binding("a.renew.example", "b.renew.example", "*.renew.example")
    client = Client(p.stack).register(key)

    def rows(**args):
        return p.ok("GETLASTORDER", acmeAccountID=key[0], **args)["Orders"]
    client.issue(["a.renew.example"], net)
    first = rows()
    assert [(r["domainName"], r["statusCode"]) for r in first] == [("a.renew.example", 6)]
    url, order = client.ready(["a.renew.example", "b.renew.example", "c.renew.example"], net)
    # c is entitled by the wildcard, but is no name of the subscription.
    assert [(r["domainName"], r["acmeOrderStatus"], r.get("statusCode")) for r in rows()] == [
        ("a.renew.example", "ready", None), ("b.renew.example", "ready", None)]
    assert client.finalize(order, csr(["a.renew.example", "b.renew.example", "c.renew.example"])
                           ).status == 200
    order = client.poll(url, lambda o: o["status"] == "valid")
    a, b = rows()
    assert a["certificateID"] == b["certificateID"] != first[0]["certificateID"]
    assert a["orderNumber"] == b["orderNumber"]
    # Nobody has come for it yet; somebody else does not count.
    uncollected = (9, "Issued but not yet collected")
    assert (a["statusCode"], a["statusDesc"]) == uncollected
    other = Client(p.stack).register(key)
    assert other.post(order["certificate"]).status == 404
    assert client.post(order["certificate"] + "/999").status == 404
    assert [(r["statusCode"], r["statusDesc"]) for r in rows()] == [uncollected] * 2
    for _ in range(2):
        assert client.post(order["certificate"]).status == 200
        assert [(r["statusCode"], r["statusDesc"]) for r in rows()] == [(6, "Valid")] * 2
    # Its certificate is seen again when the name comes back.
    p.remove(key[0], "a.renew.example")
    assert [r["domainName"] for r in rows()] == ["b.renew.example"]
    p.ok("ADDDOMAIN", acmeAccountID=key[0], domainName="a.renew.example")
    assert rows()[1]["certificateID"] == a["certificateID"]


def test_rejected(p, net):
    """4.11, R-9: what the gate refused is rejected, what expired has failed"""
    key = p.binding("gone.last.example", "stays.last.example")
    client = Client(p.stack).register(key)
    _, order = client.ready(["gone.last.example", "stays.last.example"], net)
    p.remove(key[0], "gone.last.example")
    client.finalize(order, csr(["gone.last.example", "stays.last.example"]))
    [row] = p.ok("GETLASTORDER", acmeAccountID=key[0])["Orders"]
    assert (row["acmeOrderStatus"], row["statusCode"], row["statusDesc"]) == (
        "invalid", 7, "Rejected")
    client.order("stays.last.example")
    p.stack.sql("UPDATE orders o JOIN accounts a ON a.id = o.account_id SET o.expires_at = 1 WHERE "
                f"a.acme_account_id = '{key[0]}'")
    [row] = p.ok("GETLASTORDER", acmeAccountID=key[0])["Orders"]
    assert (row["acmeOrderStatus"], row["statusCode"], row["statusDesc"]) == (
        "invalid", 3, "PRE-SIGN FAILED")


def test_over(p):
    """4.11: the active subscription's names only; R-10 keeps them in LISTDOMAINS"""
    key = p.binding("over.last.example")
    Client(p.stack).register(key).order("over.last.example")
    assert len(p.ok("GETLASTORDER", acmeAccountID=key[0])["Orders"]) == 1
    p.stack.sql("UPDATE subscriptions s JOIN bindings b ON b.id = s.binding_id SET s.end_at = "
                f"UNIX_TIMESTAMP() - 1 WHERE b.key_id = '{key[0]}'")
    assert p.ok("GETLASTORDER", acmeAccountID=key[0])["Orders"] == []
    assert len(p.ok("LISTDOMAINS", acmeAccountID=key[0])["Domains"]) == 1
