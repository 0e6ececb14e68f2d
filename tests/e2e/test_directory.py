# SPDX-License-Identifier: BSD-2-Clause
"""The directory: section 1.5 of the requirements."""

import pytest
from acme import Http


def test_directory(stack, client):
    """DIR-01 DIR-02 DIR-03 DIR-05 TRN-11: public, complete, and not redirected."""
    r = Http(stack.tls_ca).request("GET", stack.directory_url)
    assert r.status == 200
    assert r.header("Content-Type") == "application/json"
    assert r.header("Set-Cookie") is None
    d = r.json
    for name in ("newNonce", "newAccount", "newOrder"):
        assert d[name] == f"{stack.directory_url}/{name}"
    meta = d["meta"]
    assert meta["externalAccountRequired"] is True
    assert meta["caaIdentities"] == ["ca.example"]
    base = stack.directory_url.rsplit("/v2/", 1)[0]
    assert meta["termsOfService"] == base + "/terms"
    assert meta["website"] == base + "/"


def test_terms_can_be_read(stack, client):
    """CLI-32: the terms of service are a page with a body."""
    r = client.http.request("GET", client.directory["meta"]["termsOfService"])
    assert r.status == 200 and r.body


def test_only_what_works_is_listed(client, unchanged):
    """DIR-01 DIR-06 DIR-04: each member is a URL that is there."""
    d = dict(client.directory)
    del d["meta"]
    for name, url in d.items():
        r = client.http.request("GET", url)
        # Renewal information is behind its URL, with the name of a certificate.
        assert r.status == {"newNonce": 204, "renewalInfo": 400}.get(name, 405), (name, r)


@pytest.mark.parametrize("suffix", ["/", "/directory"])
def test_neighbouring_paths(client, suffix):
    """DIR-05: what people type beside it leads to it."""
    r = client.http.request("GET", client.url + suffix)
    assert r.status == 302 and r.location == client.url


@pytest.mark.parametrize("headers", [
    {"Content-Type": "application/jose+json"}, {"Content-Length": "0"},
    {"Accept": "text/html"}, {"Accept-Language": "de"}, {"Replay-Nonce": "x"}])
def test_odd_requests(client, headers):
    """DIR-07 DIR-05 NON-10"""
    assert client.http.request("GET", client.url, headers=headers).json == client.directory
    r = client.http.request("GET", client.directory["newNonce"], headers=headers)
    assert r.status == 204
