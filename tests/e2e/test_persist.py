# SPDX-License-Identifier: BSD-2-Clause
"""dns-persist-01, in the form of either draft (draft-ietf-acme-dns-persist; DPE-01)."""

import base64
import hashlib
import os
import time

import pytest
from acme import Client, Key, csr
from fakes import Net
from partner import Partner
from stack import Stack
from test_account_changes import change

KIND = "dns-persist-01"
ISSUER = "ca.example"
DRAFTS = ["01", "02"]


@pytest.fixture(scope="module", params=DRAFTS)
def world(request, workdir):
    """(draft, stack, net)"""
    name = f"persist-{request.param}"
    types = "{http-01, dns-01, dns-persist-01}"
    s = Stack(workdir / name, int(os.environ.get("CAAS_TEST_PORTS", "0")) + 800,
              [f"dns_persist_draft={request.param}", f"challenges={types}",
               f"queues={types[:-1]}, caa}}", f"caa_identities={{{ISSUER}}}",
               "validation_tries=1"]).up()
    n = Net(workdir / f"{name}-net", int(s.dns.split(":")[1]), int(s.http01_port))
    yield request.param, s, n
    n.stop()
    s.down()


def account(world, *names):
    return Client(world[1]).register(Partner(world[1]).binding(*names))


def b64(octets):
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def uri(world, client, domain, thumbprint=None):
    """How a record names the account."""
    if world[0] == "01":
        return client.kid
    said = bytes([len(domain)]) + domain.encode() + (
        thumbprint or client.key.thumbprint()).encode() + client.kid.encode()
    return (client.directory["meta"]["accountHashPrefix"] + "sha-256/"
            + b64(hashlib.sha256(said).digest()))


def record(world, client, domain, more="", named=None):
    world[2].set("_validation-persist." + domain, "TXT",
                 f'"{ISSUER}; accounturi={named or uri(world, client, domain)}{more}"')


def answer(client, authz_url):
    _, chall = client.challenge(authz_url, KIND)
    r = client.post(chall["url"], {})
    assert r.status == 200, r
    return client.poll(chall["url"], lambda c: c["status"] in ("valid", "invalid"))


def attempt(client, name):
    _, order = client.order(name)
    return answer(client, order["authorizations"][0])


def test_issue_twice(world):
    """DPE-02 DPE-03 DPE-04 DPE-12 DPE-13: one record, a name and its wildcard, again and again"""
    draft, stack, _ = world
    name = f"twice{draft}.example"
    client = account(world, f"*.{name}", name)
    record(world, client, name, "; policy=wildcard")
    for _ in range(2):
        _, order, _ = client.issue([name, f"*.{name}"], world[2], KIND)
        assert order["status"] == "valid"
    rows = stack.sql("SELECT z.expires_at - z.validated_at FROM authzs z WHERE "
                     f"z.ident_value = '{name}' AND z.validated_at > 0")
    assert rows and all(0 < int(ttl) <= 10 * 86400 for ttl, in rows)


def test_challenge_object(world):
    """DPE-06 DPE-07 DPE-08 CLI-45: no token, the issuers, and the last of all"""
    client = account(world, f"object{world[0]}.example")
    _, order = client.order(f"object{world[0]}.example")
    challenges = client.get(order["authorizations"][0])["challenges"]
    assert [c["type"] for c in challenges] == ["http-01", "dns-01", KIND]
    meta = client.directory["meta"]
    if world[0] == "01":
        assert challenges[-1]["issuer-domain-names"] == [ISSUER]
        assert challenges[-1]["accounturi"] == client.kid
        assert "accountHashPrefix" not in meta
    else:
        assert challenges[-1]["issuerDomainNames"] == [ISSUER] == meta["issuerDomainNames"]
        assert meta["accountHashPrefix"].endswith("/account-hash/")
        assert set(meta["issuerDomainNames"]) <= set(meta["caaIdentities"])
    assert "token" not in challenges[-1]


def test_refusals(world):
    """DPE-02 DPE-10 DPE-11 DPE-12: each says what is wrong with the record"""
    name = f"refused{world[0]}.example"
    client, other = account(world, f"*.{name}", name), account(world, "other.example")
    failed = attempt(client, name)
    assert failed["error"]["type"].endswith(":unauthorized")
    assert f"_validation-persist.{name}" in failed["error"]["detail"]
    past = int(time.time()) - 3600
    for more, named, says in (("; persistUntil=tomorrow", None, "is no time"),
                              (f"; persistUntil={past}", None, "is over"),
                              ("; policy=wildcard", uri(world, other, name), "another account"),
                              ("; policy=wildcard; policy=wildcard", None, "twice")):
        record(world, client, name, more, named)
        failed = attempt(client, name)
        assert failed["status"] == "invalid", more
        assert failed["error"]["type"].endswith(":unauthorized") and says in str(failed), failed
    record(world, client, name)
    assert "lacks policy=wildcard" in attempt(client, f"*.{name}")["error"]["detail"]
    assert attempt(client, name)["status"] == "valid"


def test_end_of_record_ends_authorization(world):
    """DPE-11: the authorization does not outlive the record"""
    name = f"until{world[0]}.example"
    client = account(world, name)
    until = int(time.time()) + 1800
    record(world, client, name, f"; persistUntil={until}")
    assert attempt(client, name)["status"] == "valid"
    (ends,), = world[1].sql(f"SELECT expires_at FROM authzs WHERE ident_value = '{name}'")
    assert int(ends) == until


def test_after_key_change(world):
    """DPE-16 KCH-08: a record that was made under an older key of the account still counts"""
    name = f"rekeyed{world[0]}.example"
    client = account(world, name)
    record(world, client, name)
    new = Key()
    assert change(client, new).status == 200
    client.key = new
    assert attempt(client, name)["status"] == "valid"
    # Of an account that is no more nothing counts.
    assert client.post(client.kid, {"status": "deactivated"}).status == 200
    r = client.post(client.directory["newOrder"],
                    {"identifiers": [{"type": "dns", "value": name}]})
    assert r.status == 401 and r.json["type"].endswith(":unauthorized")


def test_caa_names_the_method(world):
    """CAA-13 DPE-02: validationmethods may forbid, or demand, dns-persist-01"""
    name = f"caa{world[0]}.example"
    client = account(world, name)
    record(world, client, name)
    world[2].set(name, "CAA", f'0 issue "{ISSUER}; validationmethods=dns-01"')
    assert attempt(client, name)["error"]["type"].endswith(":caa")
    world[2].set(name, "CAA", f'0 issue "{ISSUER}; validationmethods=dns-persist-01"')
    assert attempt(client, name)["status"] == "valid"


def test_names_below(world):
    """DPE-12 SUB-03 SUB-04: the record of a domain is one for the names below it if it says so"""
    name = f"below{world[0]}.example"
    client = account(world, name, f"a.{name}")
    for more, status in (("", "invalid"), ("; policy=wildcard", "valid")):
        record(world, client, name, more)
        r = client.post(client.directory["newAuthz"], {"identifier": {
            "type": "dns", "value": name, "subdomainAuthAllowed": True}})
        assert [c["type"] for c in r.json["challenges"]] == ["dns-01", KIND]
        assert answer(client, r.location)["status"] == status, more
    url, order = client.order(f"a.{name}")
    assert order["status"] == "ready"
    assert client.finalize(order, csr([f"a.{name}"])).status == 200
    client.poll(url, lambda o: o["status"] == "valid")
