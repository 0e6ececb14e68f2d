# SPDX-License-Identifier: BSD-2-Clause
"""Subdomain authorization (RFC 9444): a domain is proven for the names below it."""

import attest
import pytest
from acme import Client, at_once, b64, chain, csr, fail_type, names_of
from cryptography.hazmat.primitives.serialization import Encoding
from outside import stopped

DNS_TYPES = {"dns-01", "dns-account-01", "dns-persist-01"}


def below(name, ancestor):
    return {"type": "dns", "value": name, "ancestorDomain": ancestor}


@pytest.fixture
def account(stack, partner):
    def make(*names):
        return Client(stack).register(partner.binding(*names))
    return make


def new_authz(client, value, **more):
    return client.post(client.directory["newAuthz"],
                       {"identifier": {"type": "dns", "value": value, **more}})


def prove(client, net, domain):
    """A valid authorization of a domain for all names below it: its URL."""
    r = new_authz(client, domain, subdomainAuthAllowed=True)
    assert r.status == 201 and r.json["subdomainAuthAllowed"] is True, r
    assert client.solve(r.location, net, "dns-01")["status"] == "valid"
    return r.location


def finish(client, url, order, names):
    r = client.finalize(order, csr(names))
    assert r.status == 200, r
    return client.poll(url, lambda o: o["status"] in ("valid", "invalid"))


def certificate(client, order):
    return chain(client.post(order["certificate"]).body)[0]


def statements(stack, table, authz):
    rows = stack.sql(f"SELECT HEX(t.statement) FROM {table} t WHERE t.authz_id = {authz} ORDER BY t.id")
    return [bytes.fromhex(row[0]) for row in rows]


def row_of(stack, domain):
    return stack.sql(f"SELECT MAX(id) FROM authzs WHERE ident_value = '{domain}'")[0][0]


def test_directory(client):
    """SUB-01 DIR-02"""
    assert client.directory["meta"]["subdomainAuthAllowed"] is True


def test_by_ancestor(account, stack, net):
    """SUB-02 SUB-04 VAL-03 VAL-04 CAA-01: one proof of the domain is one for every name of the order
    that is below it; what is attested says so, and CAA of each name"""
    names = ["a.anc.example", "b.anc.example", "x.y.anc.example"]
    client = account("anc.example", *names)
    url, order = client.order(*(below(n, "ANC.example") for n in names))
    assert order["status"] == "pending" and len(order["authorizations"]) == 1
    assert [i["value"] for i in order["identifiers"]] == names
    authz = client.get(order["authorizations"][0])
    assert authz["identifier"] == {"type": "dns", "value": "anc.example"}
    assert authz["subdomainAuthAllowed"] is True and "wildcard" not in authz
    assert "dns-01" in {c["type"] for c in authz["challenges"]} <= DNS_TYPES
    for kind in ("http-01", "tls-alpn-01"):
        fail_type(client.post(f"{order['authorizations'][0]}/{kind}", {}), 404, "malformed")
    assert client.solve(order["authorizations"][0], net, "dns-01")["status"] == "valid"
    assert client.get(url)["status"] == "ready"
    done = finish(client, url, order, names)
    assert done["status"] == "valid", done
    assert names_of(certificate(client, done)) == names
    authz = row_of(stack, "anc.example")
    verdict, = (attest.parse(attest.SUBDOMAINS, s) for s in statements(stack, "verdicts", authz))
    assert (verdict["name"], verdict["adn"], verdict["method"]) == ("anc.example", "anc.example", "dns-01")
    looks = [attest.parse(attest.CAA, s)["name"] for s in statements(stack, "caa_checks", authz)]
    assert sorted(looks) == names


def test_later_order(account, net):
    """SUB-03 SUB-05 PRE-05 ORD-09: names below a domain that was proven before are ready at once"""
    client = account("pre-sub.example", "a.pre-sub.example", "b.c.pre-sub.example")
    authz = prove(client, net, "pre-sub.example")
    for names in (["a.pre-sub.example"], ["a.pre-sub.example", "b.c.pre-sub.example", "pre-sub.example"]):
        url, order = client.order(*names)
        assert order["status"] == "ready" and order["authorizations"] == [authz]
        done = finish(client, url, order, names)
        assert done["status"] == "valid", done
        assert names_of(certificate(client, done)) == sorted(names)


def test_mixed(account, net):
    """SUB-02 AUZ-08: names that are not below the domain, and wildcards, have proofs of their own"""
    names = ["a.mix.example", "*.a.mix.example", "mix-other.example"]
    client = account("mix.example", *names)
    url, order = client.order(below("a.mix.example", "mix.example"),
                              below("*.a.mix.example", "mix.example"), "mix-other.example")
    authzs = [client.get(a) for a in order["authorizations"]]
    assert {(z["identifier"]["value"], z.get("wildcard"), z.get("subdomainAuthAllowed"))
            for z in authzs} == {("mix.example", None, True), ("a.mix.example", True, None),
                                 ("mix-other.example", None, None)}
    for a in order["authorizations"]:
        assert client.get(url)["status"] == "pending"
        assert client.solve(a, net, "dns-01")["status"] == "valid"
    assert finish(client, url, order, names)["status"] == "valid"
    # What was proven below does not prove what is above, nor a wildcard.
    client = account("a.mix.example", "b.a.mix.example", "mix.example", "*.a.mix.example")
    prove(client, net, "a.mix.example")
    for name in ("mix.example", "*.a.mix.example"):
        assert client.order(name)[1]["status"] == "pending"
    assert client.order("b.a.mix.example")[1]["status"] == "ready"


def test_not_granted(account, net):
    """SUB-02 SUB-03: without the flag, for a domain that the subscription does not hold, and for one
    below which others register names, an authorization is an ordinary one"""
    client = account("plain-sub.example", "a.plain-sub.example", "a.foreign-sub.example", "github.io")
    for more in ({}, {"subdomainAuthAllowed": False}):
        r = new_authz(client, "plain-sub.example", **more)
        assert r.status == 201 and "subdomainAuthAllowed" not in r.json
        assert "http-01" in {c["type"] for c in r.json["challenges"]}
    assert client.solve(r.location, net, "dns-01")["status"] == "valid"
    assert client.order("a.plain-sub.example")[1]["status"] == "pending"
    _, order = client.order(below("a.foreign-sub.example", "foreign-sub.example"))
    authz = client.get(order["authorizations"][0])
    assert authz["identifier"]["value"] == "a.foreign-sub.example"
    assert "subdomainAuthAllowed" not in authz
    r = new_authz(client, "github.io", subdomainAuthAllowed=True)
    assert r.status == 201 and "subdomainAuthAllowed" not in r.json, r
    fail_type(new_authz(client, "foreign-sub.example", subdomainAuthAllowed=True), 403,
              "rejectedIdentifier")
    fail_type(new_authz(client, "plain-sub.example", subdomainAuthAllowed="yes"), 400, "malformed")


def test_wildcard_is_enough(account, net):
    """SUB-02: who has the wildcard of a domain has the names below it"""
    client = account("*.wild-sub.example", "a.wild-sub.example")
    prove(client, net, "wild-sub.example")
    assert client.order("a.wild-sub.example")[1]["status"] == "ready"


@pytest.mark.parametrize("name, ancestor, status, error", [
    ("a.bad-sub.example", "a.bad-sub.example", 400, "malformed"),
    ("a.bad-sub.example", "b.a.bad-sub.example", 400, "malformed"),
    ("a.bad-sub.example", "ad-sub.example", 400, "malformed"),
    ("a.bad-sub.example", "sub.example", 400, "malformed"),
    ("a.bad-sub.example", "*.bad-sub.example", 400, "malformed"),
    ("a.bad-sub.example", "", 400, "malformed"),
    ("a.bad-sub.example", ".example", 400, "malformed"),
    ("a.bad-sub.example", "example", 400, "malformed"),
    ("a.bad-sub.co.uk", "co.uk", 400, "rejectedIdentifier"),
    ("a.someone.github.io", "github.io", 400, "rejectedIdentifier"),
    ("a.bad-sub.example", 1, 400, "malformed"),
    ("a.bad-sub.example", None, 400, "malformed"),
])
def test_bad_ancestor(account, name, ancestor, status, error):
    """SUB-02: a label-aligned domain above the name, that its owner alone has"""
    client = account("bad-sub.example", "a.bad-sub.example")
    with client.stack.unchanged():
        r = client.new_order({"type": "dns", "value": name, "ancestorDomain": ancestor})
        fail_type(r, status, error)


def test_caa_of_each_name(account, net):
    """SUB-05 CAA-01 FIN-19: the domain's CAA is not asked when it is proven; that of each name is,
    where it may be more than what stands above"""
    client = account("caa-sub.example", "a.caa-sub.example", "b.caa-sub.example")
    net.set("caa-sub.example", "CAA", '0 issue "other.example"')
    net.set("a.caa-sub.example", "CAA", '0 issue "ca.example"')
    for name in ("caa-sub.example", "a.caa-sub.example"):
        net.set(name, "A", "127.0.0.1")
    prove(client, net, "caa-sub.example")
    url, order = client.order("a.caa-sub.example")
    assert finish(client, url, order, ["a.caa-sub.example"])["status"] == "valid"
    names = ["a.caa-sub.example", "b.caa-sub.example"]
    url, order = client.order(*names)
    assert order["status"] == "ready"
    done = finish(client, url, order, names)
    assert done["status"] == "invalid" and done["error"]["type"].endswith(":caa"), done
    assert done["error"]["status"] == 403
    assert [s["identifier"]["value"] for s in done["error"]["subproblems"]] == ["b.caa-sub.example"]


@pytest.mark.parametrize("k", range(3))
def test_kth_forbidden(account, net, k):
    """SUB-05 CAA-09 FIN-19: of three names below the k-th is forbidden"""
    domain = f"kth{k}-sub.example"
    names = [f"n{i}.{domain}" for i in range(3)]
    client = account(domain, *names)
    prove(client, net, domain)
    net.set(names[k], "CAA", '0 issue "other.example"')
    net.set(names[k], "A", "127.0.0.1")
    url, order = client.order(*names)
    done = finish(client, url, order, names)
    assert done["status"] == "invalid" and done["error"]["type"].endswith(":caa"), done
    assert [s["identifier"]["value"] for s in done["error"]["subproblems"]] == [names[k]]
    others = [n for n in names if n != names[k]]
    url, order = client.order(*others)
    assert finish(client, url, order, others)["status"] == "valid"


def test_raced(account, stack, net):
    """SUB-05 FIN-17 AUZ-10: orders below one domain, finalized while it is given up: each ends, none
    that came later is made"""
    names = [f"r{i}.race-sub.example" for i in range(6)]
    client = account("race-sub.example", *names)
    authz = prove(client, net, "race-sub.example")
    orders = at_once([lambda c=client.twin(), n=n: (c, n, *c.order(n)) for n in names])
    assert all(order["status"] == "ready" for _, _, _, order in orders)
    giver = client.twin()
    replies = at_once([lambda c=c, n=n, o=o: c.finalize(o, csr([n])) for c, n, _, o in orders]
                      + [lambda: giver.post(authz, {"status": "deactivated"})])
    assert replies.pop().status == 200
    assert {r.status for r in replies} <= {200, 403}, replies
    for reply, (c, name, url, _) in zip(replies, orders):
        done = c.poll(url, lambda o: o["status"] in ("valid", "invalid"))
        assert done["status"] == "invalid" or reply.status == 200, done
        if done["status"] == "valid":
            assert names_of(certificate(c, done)) == [name]
    assert client.order(names[0])[1]["status"] == "pending"
    assert stack.ctl("doctor", check=False).returncode == 0


def test_given_up(account, stack, net):
    """SUB-05 AUZ-10 ORD-11 FIN-18: a domain that was given up proves nothing below any more, at any
    time before the signature"""
    client = account("up-sub.example", "a.up-sub.example")
    authz = prove(client, net, "up-sub.example")
    lost, ready = client.order("a.up-sub.example")
    url, order = client.order("a.up-sub.example")
    assert (ready["status"], order["status"]) == ("ready", "ready")
    with stopped(*stack.pids("signer")):
        r = client.finalize(order, csr(["a.up-sub.example"]))
        assert r.status == 200 and r.json["status"] == "processing", r
        assert client.post(authz, {"status": "deactivated"}).json["status"] == "deactivated"
    done = client.poll(url, lambda o: o["status"] in ("valid", "invalid"))
    assert done["status"] == "invalid" and done["error"]["type"].endswith(":unauthorized"), done
    assert client.get(lost)["status"] == "invalid"
    assert client.order("a.up-sub.example")[1]["status"] == "pending"


def test_unsubscribed(stack, partner, net):
    """SUB-02 R-9: a domain that left the subscription proves nothing below it any more; the name
    itself is still there to be ordered"""
    a = partner.ok("PREREGISTER", serverUrl=stack.server_url)["Accounts"][0]
    for name in ("left-sub.example", "a.left-sub.example"):
        partner.ok("ADDDOMAIN", acmeAccountID=a["acmeAccountID"], domainName=name)
    client = Client(stack).register((a["eabMACIDb64url"], a["eabMACKeyb64url"]))
    prove(client, net, "left-sub.example")
    url, order = client.order("a.left-sub.example")
    with stopped(*stack.pids("signer")):
        r = client.finalize(order, csr(["a.left-sub.example"]))
        assert r.status == 200 and r.json["status"] == "processing", r
        assert partner.remove(a["acmeAccountID"], "left-sub.example").status == 200
    done = client.poll(url, lambda o: o["status"] in ("valid", "invalid"))
    assert done["status"] == "invalid", done
    assert done["error"]["type"].endswith(":rejectedIdentifier"), done
    assert client.order("a.left-sub.example")[1]["status"] == "pending"


def test_revocation(account, net):
    """SUB-05 REV-01 REV-10: who holds the domain for all names below may revoke their certificates"""
    names = ["a.rev-sub.example", "b.rev-sub.example"]
    owner = account("rev-sub.example", *names)
    _, order, _ = owner.issue(names, net)
    payload = {"certificate": b64(certificate(owner, order).public_bytes(Encoding.DER))}
    other = account("rev-sub.example", *names)
    authz = prove(other, net, "rev-sub.example")
    assert other.post(authz, {"status": "deactivated"}).status == 200
    fail_type(other.post(other.directory["revokeCert"], payload), 403, "unauthorized")
    prove(other, net, "rev-sub.example")
    assert other.post(other.directory["revokeCert"], payload).status == 200
