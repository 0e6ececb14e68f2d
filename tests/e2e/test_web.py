# SPDX-License-Identifier: BSD-2-Clause
"""What the shipped configuration of each web server promises, seen on the wire."""

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import time
import urllib.parse
import urllib.request

import pytest
from acme import Client, chain, dumps, fail_type, x509
from history import more_accounts
from partner import Partner, refused
from stack import wait_until


def exchange(stack, text, tls=True, timeout=30, at=None):
    """One raw HTTP/1.1 exchange: (status, [(name, value)] line by line, body)."""
    url = urllib.parse.urlsplit(stack.directory_url if tls else stack.partner_http_url)
    with socket.create_connection(at or ("127.0.0.1", url.port), timeout=timeout) as s:
        if tls:
            s = ssl.create_default_context(cafile=stack.tls_ca).wrap_socket(
                s, server_hostname="localhost")
        for part in text if isinstance(text, list) else [text]:
            s.sendall(part if isinstance(part, bytes) else part.encode())
        data = b""
        while chunk := s.recv(65536):
            data += chunk
        s.close()
    head, body = data.split(b"\r\n\r\n", 1)
    status, *lines = head.decode().split("\r\n")
    return int(status.split()[1]), [tuple(x.split(": ", 1)) for x in lines], body


def head(method, target, *more):
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close",
                        *more]) + "\r\n\r\n"


def values(headers, name):
    return [v for n, v in headers if n.lower() == name.lower()]


def path_of(url):
    return urllib.parse.urlsplit(url).path


def test_links_stand_alone(stack, client, net):
    """HDR-08 WEB-05 CLI-38: one Link a line."""
    _, order, _ = client.issue(["client.example"], net)
    url = order["authorizations"][0]
    challenge = client.get(url)["challenges"][0]["url"]
    body = dumps(client.sign(challenge, {}))
    status, headers, _ = exchange(stack, head(
        "POST", path_of(challenge), "Content-Type: application/jose+json",
        f"Content-Length: {len(body)}") + body)
    links = values(headers, "Link")
    assert status == 200
    assert len(links) == 2 and not [v for v in links if v.count("<") != 1], links
    assert sorted(v.split("rel=")[1] for v in links) == ['"index"', '"up"']
    assert not [n for n, _ in headers if n.lower().startswith("x-links")]


@pytest.mark.parametrize("chunks", [1, 3])
def test_body_in_chunks(stack, client, chunks):
    """WEB-07: a body without Content-Length is as good as one with it."""
    url = client.directory["newOrder"]
    body = dumps(client.sign(url, {"identifiers": [{"type": "dns", "value": "client.example"}]}))
    size = len(body) // chunks + 1
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    status, _, answer = exchange(stack, [
        head("POST", path_of(url), "Content-Type: application/jose+json",
             "Transfer-Encoding: chunked"),
        *[f"{len(p):x}\r\n{p}\r\n" for p in parts], "0\r\n\r\n"])
    assert status == 201, answer


def test_expect_continue(stack, client):
    """WEB-07: 100-continue."""
    url = client.directory["newOrder"]
    body = dumps(client.sign(url, {"identifiers": [{"type": "dns", "value": "client.example"}]}))
    status, _, answer = exchange(stack, head(
        "POST", path_of(url), "Content-Type: application/jose+json", "Expect: 100-continue",
        f"Content-Length: {len(body)}") + body)
    # The interim answer may come first.
    assert status in (100, 201), answer
    assert b'"status":"pending"' in answer


def test_ipv6(stack, partner):
    """WEB-10: the same over IPv6, and the client's address is what it is"""
    at = ("::1", int(stack.environ["STACK_HTTPS6_PORT"]))
    client = Client(stack)
    binding = partner.binding("client.example")
    status, _, body = exchange(stack, head("GET", path_of(client.url)), at=at)
    assert status == 200 and json.loads(body) == client.directory
    url = client.directory["newAccount"]
    body = dumps(client.sign(url, {"termsOfServiceAgreed": True,
                                   "externalAccountBinding": client.eab(*binding)}))
    status, headers, answer = exchange(stack, head(
        "POST", path_of(url), "Content-Type: application/jose+json",
        f"Content-Length: {len(body)}") + body, at=at)
    assert status == 201, answer
    name = values(headers, "Location")[0].rsplit("/", 1)[1]
    assert stack.sql(f"SELECT ip_address FROM accounts WHERE acme_account_id = '{name}'") == [["::1"]]


def test_reseller_over_ipv6(stack):
    """partner-api 2, WEB-10: a reseller that may call from a network of IPv6 alone"""
    at = ("::1", int(stack.environ["STACK_HTTPS6_PORT"]))
    p = Partner.new(stack, f"ipv6-hosting-{stack.web}")
    stack.ctl("reseller", "set", p.name, "--network", "::/64")
    body = p.form("LISTSERVERS")
    status, _, answer = exchange(stack, head(
        "POST", path_of(stack.partner_url), "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}") + body, at=at)
    assert status == 200 and b"Servers" in answer, answer
    refused(p.call("LISTSERVERS"), "E5")
    assert stack.sql("SELECT network FROM logins WHERE name_sha256 = "
                     f"UNHEX(SHA2('{p.name}', 256)) AND succeeded_at > 0") == [["::1/128"]]


def test_path_untouched(stack, client):
    """WEB-02 JWS-19 TRN-14: the responder sees the path octet for octet."""
    for target in ("/v2/DV/a%2Fb", "/v2/DV//newNonce", "/v2/DV/%6eewNonce", "/v2/DV/x%41?q=%2f"):
        status, headers, body = exchange(stack, head("GET", target))
        assert status == 404, target
        assert json.loads(body)["type"].endswith(":malformed"), target
        assert values(headers, "Content-Type") == ["application/problem+json"]
        assert f'uri={target}' in stack.log("caas-responder").replace('"', ""), target


def test_problems_pass(client):
    """WEB-01 TRN-10 TRN-11: the responder's errors are not replaced."""
    fail_type(client.http.request("GET", client.url + "/nothing"), 404, "malformed")
    fail_type(client.http.request("PUT", client.directory["newOrder"], "x"), 405, "malformed")
    fail_type(client.send(client.directory["newOrder"], "{}", "text/plain"), 415, "malformed")
    fail_type(client.send(client.directory["newOrder"], "{}"), 400, "malformed")


@pytest.mark.parametrize("size", [65537, 120000, 200000, 300000, 999_999, 1_000_000, 3_000_000])
def test_large_body(stack, client, partner, size):
    """TRN-13 WEB-01: 413 is a problem document, whoever refuses it, and each API has its form."""
    r = client.send(client.directory["newOrder"], "x" * size)
    fail_type(r, 413, "malformed")
    if size < (250_000 if stack.web == "nginx" else 1_000_000):
        assert r.header("Replay-Nonce"), "the responder's own answer"
    if size > 131072:
        refused(partner.raw("x" * size), "E21")


def test_idempotency_key_passes(stack, partner):
    """A-21: the header reaches the responder as it came"""
    replies = [partner.keyed(key, "PREREGISTER", serverUrl=stack.server_url)
               for key in ("web-1", '"web-1"', "web-2")]
    assert [r.status for r in replies] == [200] * 3
    assert replies[0].body == replies[1].body != replies[2].body
    refused(partner.keyed("a b", "PREREGISTER", serverUrl=stack.server_url), "E3",
            "Idempotency-Key")


def test_large_body_without_tls(stack, partner):
    """E6: refused at any size, and in the words that say why"""
    for size in (300_000, 3_000_000):
        refused(partner.raw("x" * size, stack.partner_http_url), "E6")


@pytest.mark.parametrize("what", ["crl", "issuer"])
def test_repository(stack, client, net, what):
    """CRL-01 CRT-08 WEB-04: served over plain HTTP, to be kept for a while, with HEAD too"""
    leaf = chain(client.issue(["client.example"], net)[2])[0]
    if what == "crl":
        points = leaf.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        url = points[0].full_name[0].value
    else:
        access = leaf.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
        url = access[0].access_location.value
    answers = {}
    for method in ("GET", "HEAD"):
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as r:
            assert r.status == 200 and "max-age=" in r.headers["Cache-Control"]
            answers[method] = r.headers["Content-Type"], r.headers["Content-Length"]
            body = r.read()
            assert (body == b"") == (method == "HEAD")
            if method == "GET":
                assert len(body) == int(r.headers["Content-Length"])
    kind = {"crl": "application/pkix-crl", "issuer": "application/pkix-cert"}[what]
    assert answers["GET"][0] == kind == answers["HEAD"][0]


def test_base_url_is_ours(stack):
    """WEB-03 TRN-14: Host and forwarding headers change no URL."""
    text = head("GET", path_of(stack.directory_url), "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: http").replace("Host: localhost", "Host: evil.example")
    status, _, body = exchange(stack, text)
    assert status == 200 and b"evil" not in body
    assert body == exchange(stack, head("GET", path_of(stack.directory_url)))[2]


def test_answers_are_plain(stack, client):
    """WEB-04 NON-11: neither packed nor stored, no validators of a cache."""
    url = client.directory["newOrder"]
    body = dumps(client.sign(url, {"identifiers": [{"type": "dns", "value": "client.example"}]}))
    _, headers, _ = exchange(stack, head(
        "POST", path_of(url), "Content-Type: application/jose+json",
        "Accept-Encoding: gzip, br", f"Content-Length: {len(body)}") + body)
    for name in ("Content-Encoding", "ETag", "Last-Modified"):
        assert values(headers, name) == [], name
    assert values(headers, "Cache-Control") == ["no-store"]


def test_head_and_empty(stack):
    """WEB-06 TRN-15: the status line, exact lengths, no body on HEAD and 204."""
    nonce = path_of(stack.directory_url) + "/newNonce"
    status, headers, body = exchange(stack, head("HEAD", nonce))
    assert (status, body) == (200, b"") and values(headers, "Replay-Nonce")
    status, headers, body = exchange(stack, head("GET", nonce))
    assert (status, body) == (204, b"")
    assert values(headers, "Content-Type") == [] and values(headers, "Replay-Nonce")
    status, headers, body = exchange(stack, head("GET", path_of(stack.directory_url)))
    assert values(headers, "Content-Length") in ([], [str(len(body))])


def test_nothing_in_the_way(stack):
    """WEB-09: neither a client certificate nor a password is asked for."""
    r = subprocess.run(["openssl", "s_client", "-connect",
                        urllib.parse.urlsplit(stack.directory_url).netloc,
                        "-CAfile", stack.tls_ca, "-verify_return_error"],
                       input="", text=True, capture_output=True, timeout=30)
    assert "No client certificate CA names sent" in r.stdout
    assert "Verify return code: 0 (ok)" in r.stdout, ": the chain is whole"
    status, headers, _ = exchange(stack, head("GET", path_of(stack.directory_url),
                                              "User-Agent: x"))
    assert status == 200 and values(headers, "WWW-Authenticate") == []


def test_http2(stack):
    """CLI-53"""
    r = subprocess.run(["curl", "-sS", "--http2", "--cacert", stack.tls_ca, "-o", os.devnull,
                        "-w", "%{http_version} %{http_code}", stack.directory_url],
                       text=True, capture_output=True, timeout=30)
    assert r.stdout == "2 200", r


@pytest.fixture(scope="module")
def breaking(stack, workdir):
    """A call, as a file for curl, of a list whose rest cannot be made."""
    p = Partner.new(stack, "breaking-hosting")
    more_accounts(p, p.binding()[0], 600)
    bad = p.binding()[0]
    stack.sql(f"UPDATE bindings SET mac_key = REVERSE(mac_key) WHERE key_id = '{bad}'")
    refused(p.call("LISTACCOUNTS", eabKeyID=bad), "E23")
    assert len(p.ok("LISTACCOUNTS", page=0, size=500)["Accounts"]) == 500
    form = workdir / f"breaking-{stack.web}"
    form.write_text(p.form("LISTACCOUNTS"))
    return form


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_broken_off(stack, breaking, version):
    """partner-api 1: a list that breaks off ends like no whole one: its connection is cut"""
    r = subprocess.run(["curl", "-sS", version, "--max-time", "10", "--cacert", stack.tls_ca,
                        "--data", f"@{breaking}", stack.partner_url],
                       text=True, capture_output=True, timeout=30)
    assert r.stdout.startswith('{"Accounts":[{')
    # The transfer was closed before its end; the HTTP/2 stream was not closed cleanly.
    cut = {"--http1.1": [18], "--http2": [92]}[version]
    if stack.web == "apache-fcgid":     # cannot: it writes an error page behind what there was
        cut = [0]
        assert "500 Internal Server Error" in r.stdout
    elif stack.web == "apache" and version == "--http2":
        cut += [28]     # mod_http2 does not always reset the stream, and ends it after its Timeout
    assert r.returncode in cut, r


def test_terms(stack, client):
    """CLI-32 DIR-02"""
    r = client.http.request("GET", client.directory["meta"]["termsOfService"])
    assert r.status == 200 and "Terms of service" in r.body
    assert r.header("Content-Type").split(";")[0] == "text/plain"


def test_plain_http(stack):
    """TRN-01: CRLs, issuers and the refusing partner path; nothing else is there."""
    for target in ("/", "/v2/DV", "/v2/DV/newNonce", "/terms", "/products/", "/products/other",
                   "/caas-error/away.asis", "/crl", "//v2/DV", "/crl/../v2/DV"):
        assert exchange(stack, head("GET", target), tls=False)[0] == 404, target
    assert exchange(stack, head("GET", "/crl/none.crl"), tls=False)[0] == 404
    body = "action=LISTSERVERS&loginName=x&loginPassword=y"
    status, headers, answer = exchange(stack, head(
        "POST", "/products/!ACMEAdmin", "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}") + body, tls=False)
    assert status >= 400 and b"HTTPS" in answer, answer
    assert values(headers, "Content-Type") == ["application/json"]


def test_not_ours(stack):
    """Outside of the routes TLS has nothing either."""
    for target in ("/", "/caas-error/away.asis", "/products/other", "/crl/x"):
        assert exchange(stack, head("GET", target))[0] == 404, target


def test_silent_clients(stack, client):
    """WEB-07: requests whose bodies do not come hold no responder."""
    url = urllib.parse.urlsplit(stack.directory_url)
    context = ssl.create_default_context(cafile=stack.tls_ca)
    idle = []
    for _ in range(32):
        c = http.client.HTTPSConnection(url.netloc, context=context, timeout=10)
        c.putrequest("POST", url.path + "/newOrder")
        c.putheader("Content-Type", "application/jose+json")
        c.putheader("Content-Length", "20000")
        c.endheaders()
        c.send(b"x" * 10000)
        idle.append(c)
    began = time.monotonic()
    for _ in range(20):
        assert client.http.request("GET", stack.directory_url).status == 200
    assert time.monotonic() - began < 5
    for c in idle:
        c.close()


def test_responders_away(stack):
    """WEB-08 CLI-13 CLI-46: a problem document with Retry-After, and service again at once."""
    if stack.web == "apache-fcgid":
        pytest.skip("Apache starts the responders itself")
    pool = stack.pids("pool")[0]
    os.kill(pool, signal.SIGTERM)
    wait_until(lambda: not os.path.exists(f"/proc/{pool}") or
               b"\nState:\tZ" in open(f"/proc/{pool}/status", "rb").read(), 45, "the pool's end")
    try:
        client = Client(stack)
        for method, url in (("GET", stack.directory_url), ("POST", stack.partner_url),
                            ("HEAD", stack.directory_url + "/newNonce")):
            r = client.http.request(method, url, "{}" if method == "POST" else None)
            assert r.status == 503, r
            assert r.header("Retry-After") == "5"
            if url == stack.partner_url:
                assert r.header("Content-Type") == "application/json"
                assert r.json == {"type": "urn:sectigo:params:acme:error:serverInternal",
                                  "detail": "An unknown error occurred!"}
            else:
                assert r.header("Content-Type") == "application/problem+json"
            if method == "GET":
                assert r.problem()["type"].endswith(":serverInternal")
        status, headers, body = exchange(stack, head("GET", "/crl/x.crl"), tls=False)
        assert (status, values(headers, "Retry-After")) == (503, ["5"])
        assert json.loads(body)["status"] == 503
    finally:
        stack.restart("pool")
    assert client.http.request("GET", stack.directory_url).status == 200


def test_no_responders_of_caasd(stack):
    """workers = 0: caasd keeps validators and signer, and makes no socket."""
    if stack.web != "apache-fcgid":
        pytest.skip("caasd starts the responders")
    names = {name for name, _ in stack.status()}
    assert {"pool", "validator", "signer", "web"} <= names and "responder" not in names
    assert not (stack.dir / "run" / "caas.sock").exists()
