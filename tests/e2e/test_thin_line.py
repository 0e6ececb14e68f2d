# SPDX-License-Identifier: BSD-2-Clause
"""One certificate, from a binding to a verified chain."""

import pytest
from acme import Client, Key, chain, names_of, signed_by
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
