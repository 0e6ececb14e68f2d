# SPDX-License-Identifier: BSD-2-Clause
"""One certificate, from a binding to a verified chain."""

import time

import pytest
from acme import Client, Key, at_once, chain, csr, names_of, signed_by
from cryptography.hazmat.primitives.asymmetric import ec


@pytest.mark.parametrize("kind", ["http-01", "dns-01"])
def test_issue(stack, partner, net, kind):
    """CRT-01 CRT-02 FIN-16 ORD-01 ORD-10"""
    name = f"{kind}.thin.example"
    client = Client(stack).register(partner.binding(name))
    _, order, pem = client.issue([name], net, kind)
    leaf, issuer = chain(pem)
    signed_by(leaf, issuer)
    assert names_of(leaf) == [name]
    assert order["status"] == "valid"


@pytest.mark.parametrize("alg", ["ES256", "ES384", "ES512", "RS256", "EdDSA"])
def test_account_key_algorithms(stack, partner, net, alg):
    """JWS-06 JWS-07 CLI-39"""
    client = Client(stack, Key(alg)).register(partner.binding("alg.example"))
    client.issue(["alg.example"], net)


def test_wildcard_and_base(stack, partner, net):
    """AUZ-01 AUZ-02 AUZ-12 DNS-02"""
    client = Client(stack).register(partner.binding("*.wild.example", "wild.example"))
    url, order = client.order("*.wild.example", "wild.example")
    authzs = [client.get(a) for a in order["authorizations"]]
    assert [a["identifier"]["value"] for a in authzs] == ["wild.example"] * 2
    assert sorted(a.get("wildcard", False) for a in authzs) == [False, True]
    wild = next(a for a in authzs if a.get("wildcard"))
    assert [c["type"] for c in wild["challenges"]] == ["dns-01", "dns-account-01"]
    _, order, pem = client.issue(["*.wild.example", "wild.example"], net, "dns-01",
                                 ec.generate_private_key(ec.SECP384R1()))
    assert order["status"] == "valid"


class Impatient(Client):
    """Notes how long every answer took."""

    def __init__(self, *args):
        super().__init__(*args)
        self.waits = []

    def send(self, *args, **how):
        r = super().send(*args, **how)
        self.waits.append(r.seconds)
        return r


def test_patience(stack, partner, net):
    """CLI-28 CLI-31: of four clients at work none waits two seconds for an answer, nor eight for a
    verdict: Caddy would give the order up, win-acme looks four times, each two seconds apart"""
    account = Client(stack).register(partner.binding("*.patient.example"))
    clients = [Impatient(stack, account.key, stack.directory_url) for _ in range(4)]
    verdicts = []

    def work(n, client):
        client.kid = account.kid
        for i in range(8):
            name = f"n{n}-{i}.patient.example"
            _, order = client.order(name)
            chall = client.serve(order["authorizations"][0], net)
            began = time.monotonic()
            assert client.post(chall["url"], {}).status == 200
            client.poll(order["authorizations"][0], lambda z: z["status"] == "valid")
            verdicts.append(time.monotonic() - began)
            assert client.finalize(order, csr([name])).status == 200
    at_once([lambda n=n, c=c: work(n, c) for n, c in enumerate(clients)])
    waits = sorted(w for c in clients for w in c.waits)
    assert len(verdicts) == 32 and max(verdicts) < 8, verdicts
    assert waits[len(waits) * 99 // 100] < 2, waits[-10:]
