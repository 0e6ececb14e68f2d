# SPDX-License-Identifier: BSD-2-Clause
"""Transport and HTTP: section 1.1 of the requirements."""

import json
import re
import socket
import time
import urllib.parse

import pytest
from acme import Client, Http, b64, dumps, refused, URN

NAME = "client.example"
ORDER = {"identifiers": [{"type": "dns", "value": NAME}]}


def path_of(url):
    return urllib.parse.urlsplit(url).path


def host_of(url):
    return urllib.parse.urlsplit(url).netloc


def post_bytes(url, body, target=None, headers=()):
    """A POST as it stands on the wire."""
    head = {"Host": host_of(url), "Content-Type": "application/jose+json",
            "Content-Length": str(len(body)), "Connection": "close", **dict(headers)}
    lines = [f"POST {target or path_of(url)} HTTP/1.1"]
    lines += [f"{k}: {v}" for k, v in head.items() if v is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.fixture(scope="module")
def objects(client_objects):
    return client_objects


@pytest.fixture(scope="module")
def client_objects(shared_client):
    """A URL of each kind of resource."""
    url, order = shared_client.order(NAME)
    authz = order["authorizations"][0]
    chall = shared_client.get(authz)["challenges"][0]
    account = shared_client.kid
    d = shared_client.directory
    return {"directory": shared_client.url, "newNonce": d["newNonce"],
            "newAccount": d["newAccount"], "newOrder": d["newOrder"], "account": account,
            "orders": account + "/orders", "order": url, "finalize": order["finalize"],
            "authz": authz, "challenge": chall["url"], "cert": shared_client.url + "/cert/x"}


READABLE = ("directory", "newNonce")
KINDS = ("directory", "newNonce", "newAccount", "newOrder", "account", "orders", "order",
         "finalize", "authz", "challenge", "cert")


def test_plain_http_serves_no_api(stack, client, unchanged):
    """TRN-01: the API is not on the plain port."""
    plain = stack.partner_http_url.split("/products/")[0]
    for path in ("", "/newNonce", "/newOrder"):
        target = plain + urllib.parse.urlsplit(client.url).path + path
        for method in ("GET", "POST"):
            r = client.http.request(method, target)
            assert r.status in (301, 403, 404), r
            assert r.header("Replay-Nonce") is None


def test_old_tls_is_refused(stack):
    """TRN-01: TLS 1.2 or better."""
    import ssl
    context = ssl.create_default_context(cafile=stack.tls_ca)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    u = urllib.parse.urlsplit(stack.directory_url)
    with socket.create_connection((u.hostname, u.port), 10) as s:
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(s, server_hostname="localhost")


@pytest.mark.parametrize("agent", [None, "", "x" * 2000, "caf\xe9 \xff", "a\tb"])
def test_user_agent(stack, client, agent):
    """TRN-02: no or any User-Agent will do."""
    body = dumps(client.sign(client.directory["newOrder"], ORDER)).encode()
    data = post_bytes(client.directory["newOrder"], body,
                      headers={} if agent is None else {"User-Agent": "@"})
    data = data.replace(b"User-Agent: @", b"User-Agent: " + (agent or "").encode("latin-1"))
    r = client.http.raw(client.directory["newOrder"], data)
    assert r.status == 201, r


def test_user_agent_of_a_new_account(stack, partner):
    """TRN-02: nor does it matter to newAccount, which records it."""
    c = Client(stack)
    body = dumps(c.sign(c.directory["newAccount"], {
        "termsOfServiceAgreed": True, "externalAccountBinding": c.eab(*partner.binding())},
        jwk=c.key.jwk())).encode()
    data = post_bytes(c.directory["newAccount"], body, headers={"User-Agent": "@"})
    r = c.http.raw(c.directory["newAccount"],
                   data.replace(b"User-Agent: @", b"User-Agent: \xff\xfe" + b"\xc3" * 300))
    assert r.status == 201, r


@pytest.mark.parametrize("kind", KINDS)
def test_cors_preflight(client, objects, kind, unchanged):
    """TRN-04: OPTIONS tells scripts what they may do."""
    r = client.http.request("OPTIONS", objects[kind], headers={
        "Origin": "https://other.example", "Access-Control-Request-Method": "POST"})
    assert r.status in (200, 204) and r.body == "", r
    assert r.header("Access-Control-Allow-Origin") == "*"
    allowed = re.split(", *", r.header("Access-Control-Allow-Methods"))
    assert "POST" in allowed
    assert r.header("Access-Control-Allow-Headers").lower() == "content-type"
    exposed = {h.lower() for h in
               re.split(", *", r.header("Access-Control-Expose-Headers"))}
    assert exposed >= {"link", "replay-nonce", "location", "retry-after"}
    assert int(r.header("Access-Control-Max-Age")) > 0
    assert "OPTIONS" in r.header("Allow")


@pytest.mark.parametrize("kind", KINDS)
def test_cors_on_answers(client, objects, kind, unchanged):
    """TRN-04: on every answer, errors too."""
    for method in ("GET", "PUT"):
        r = client.http.request(method, objects[kind])
        assert r.header("Access-Control-Allow-Origin") == "*", r


BROKEN_B64 = [("padding", lambda t: t + "="), ("two paddings", lambda t: t + "=="),
              ("plus", lambda t: "+" + t[1:]), ("slash", lambda t: "/" + t[1:]),
              ("space", lambda t: t[:4] + " " + t[4:]),
              ("newline", lambda t: t[:4] + "\n" + t[4:]),
              ("end of line", lambda t: t + "\n"), ("NUL", lambda t: t + "\0"),
              ("not ASCII", lambda t: t + "é"), ("one character too many",
               lambda t: t + "A" * ((1 - len(t)) % 4))]


@pytest.mark.parametrize("member", ["protected", "payload", "signature"])
@pytest.mark.parametrize("what,spoil", BROKEN_B64, ids=[w for w, _ in BROKEN_B64])
def test_strict_base64url(client, member, what, spoil, unchanged):
    """TRN-05 TOP-13"""
    jws = client.sign(client.directory["newOrder"], ORDER)
    jws[member] = spoil(jws[member])
    refused(client, client.send(client.directory["newOrder"], jws), 400, "malformed")


def test_trailing_bits(client, unchanged):
    """TRN-05: the bits that no octet uses are zero."""
    jws = client.sign(client.directory["newOrder"], ORDER)
    # 64 octets make 86 characters; the last carries two bits of data, four of none.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet.index(jws["signature"][-1])
    for stray in (1, 8, 15):
        bad = dict(jws, signature=jws["signature"][:-1] + alphabet[last | stray])
        refused(client, client.send(client.directory["newOrder"], bad), 400, "malformed")


@pytest.mark.parametrize("value", [None, "", "application/json", "application/jose", "text/plain",
                                   "application/jose+jsonx", "application/jose+json2; x",
                                   "application/x-www-form-urlencoded",
                                   "multipart/form-data; boundary=x"])
def test_wrong_content_type(client, value, unchanged):
    """TRN-06 TOP-04"""
    r = client.send(client.directory["newOrder"],
                    client.sign(client.directory["newOrder"], ORDER), content_type=value)
    refused(client, r, 415, "malformed")


@pytest.mark.parametrize("value", ["Application/Jose+JSON; charset=utf-8",
                                   "application/jose+json;charset=utf-8",
                                   "application/jose+json ; a=b; c=d"])
def test_content_type_spellings(client, value):
    """TRN-06 TOP-04"""
    r = client.send(client.directory["newOrder"],
                    client.sign(client.directory["newOrder"], ORDER), content_type=value)
    assert r.status == 201, r


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("kind", [k for k in KINDS if k not in READABLE])
def test_get_is_not_allowed(client, objects, method, kind, unchanged):
    """TRN-07 TRN-15 TOP-14"""
    r = client.http.request(method, objects[kind])
    assert r.status == 405
    assert set(r.header("Allow").split(", ")) == {"POST", "OPTIONS"}
    assert r.links("index") == [client.url]
    if method == "HEAD":
        assert r.body == ""
    else:
        assert r.problem()["type"] == URN + "malformed"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND"])
@pytest.mark.parametrize("kind", KINDS)
def test_other_methods(client, objects, method, kind, unchanged):
    """TRN-08"""
    r = client.http.request(method, objects[kind])
    assert r.status == 405, r
    assert r.problem()["type"] == URN + "malformed"
    allow = {"POST", "OPTIONS"} | ({"GET", "HEAD"} if kind in READABLE else set())
    assert set(r.header("Allow").split(", ")) == allow


def test_head_where_get_is(client, unchanged):
    """TRN-08 TRN-15: the headers of GET and no body."""
    head = client.http.request("HEAD", client.url)
    get = client.http.request("GET", client.url)
    assert head.status == get.status == 200 and head.body == "" and get.body
    for name in ("Content-Type", "Content-Length", "Cache-Control"):
        assert head.header(name) == get.header(name)


def test_post_as_get_of_public_resources(client, unchanged):
    """TRN-09"""
    r = client.post(client.url)
    assert r.status == 200 and r.json == client.directory, r
    assert r.header("Replay-Nonce")
    r = client.post(client.directory["newNonce"])
    assert r.status == 200 and r.body == "" and r.header("Replay-Nonce"), r
    # With a payload it is no POST-as-GET.
    for url in (client.url, client.directory["newNonce"]):
        refused(client, client.post(url, {}), 400, "malformed")


@pytest.mark.parametrize("path", ["/nothing", "/newAuth", "/order", "/order/", "/order/a/b",
                                  "/order/a/finalize/x", "/newOrder/", "//newOrder",
                                  "/neworder", "/new%4Frder", "/./newOrder", "/x/../newOrder",
                                  "/account", "/authz/a/b/c", "/%00", "/newOrder%00", "/%"])
def test_unknown_paths(client, path, unchanged):
    """TRN-10 TRN-11: a problem document, and none of the web server's pages."""
    target = path_of(client.url) + path
    for method in (b"GET", b"POST"):
        body = dumps(client.sign(client.url + path, ORDER)).encode()
        data = post_bytes(client.url, body, target=target).replace(b"POST", method, 1)
        r = client.http.raw(client.url, data)
        if path in ("/%00", "/newOrder%00", "/%"):    # no URI at all: the web server's word
            assert r.status in (400, 404)
            continue
        assert r.status == 404, r
        assert r.problem()["type"] == URN + "malformed"
        assert (r.header("Replay-Nonce") is not None) == (method == b"POST")


def test_unknown_servers(client, unchanged):
    """TRN-10 DIR-05"""
    base = client.url.rsplit("/", 1)[0]
    for path in ("/", "/NONE", "/NONE/newNonce", "/dv", "/DV%20", "/" + "x" * 500):
        r = client.http.request("GET", base + path)
        assert r.status == 404 and r.problem()["type"] == URN + "malformed", r


@pytest.mark.parametrize("size", [65537, 70000, 200_000, 262_144, 300_000, 3_000_000])
def test_bodies_over_the_limit(client, size, unchanged):
    """TRN-13 TOP-16: 413 as a problem document, quickly."""
    jws = client.sign(client.directory["newOrder"], ORDER)
    body = dumps({**jws, "x": ""})
    body = dumps({**jws, "x": "a" * (size - len(body))})
    assert len(body) == size
    r = client.http.raw(client.directory["newOrder"], post_bytes(
        client.directory["newOrder"], body.encode()))
    assert r.status == 413, r
    assert r.problem()["type"] == URN + "malformed"
    assert r.header("Access-Control-Allow-Origin") == "*"
    assert r.header("Cache-Control") == "no-store"
    assert r.seconds < 10


def test_a_body_at_the_limit(client):
    """TRN-13: 64 KiB are taken."""
    jws = client.sign(client.directory["newOrder"], ORDER)
    body = dumps({**jws, "x": ""})
    body = dumps({**jws, "x": "a" * (65536 - len(body))})
    r = client.send(client.directory["newOrder"], body)
    assert r.status == 201, r


def test_chunked_bodies(client):
    """TRN-13 WEB-07: a body of unknown length is taken, and limited."""
    def chunked(body, size):
        parts = [body[i:i + size] for i in range(0, len(body), size)]
        wire = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"
        head = post_bytes(client.directory["newOrder"], b"", headers={
            "Content-Length": None, "Transfer-Encoding": "chunked"})
        return client.http.raw(client.directory["newOrder"], head + wire)
    body = dumps(client.sign(client.directory["newOrder"], ORDER)).encode()
    r = chunked(body, 100)
    assert r.status == 201, r
    r = chunked(b"x" * 100_000, 5000)
    assert r.status == 413 and r.problem(), r


def test_content_length_that_lies(stack, client, unchanged):
    """TRN-13: a body cut short or with more behind it does nothing and delays nobody."""
    url = client.directory["newOrder"]
    body = dumps(client.sign(url, ORDER)).encode()
    # Too short: the JSON is cut off.
    r = client.http.raw(url, post_bytes(url, body, headers={"Content-Length": len(body) - 1}))
    refused(client, r, 400, "malformed")
    for length in ("-1", "abc", "99999999999999999999999"):
        r = client.http.raw(url, post_bytes(url, body, headers={"Content-Length": length}))
        assert r.status in (400, 413), r
    # Too long: the client is waited for by the web server, not by a responder.
    u = urllib.parse.urlsplit(url)
    with socket.create_connection((u.hostname, u.port), 10) as plain, \
            client.http.context.wrap_socket(plain, server_hostname="localhost") as tls:
        tls.sendall(post_bytes(url, body, headers={"Content-Length": len(body) + 10}))
        began = time.monotonic()
        assert client.http.request("GET", client.url).status == 200
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("signed,sent", [
    ("{new}", "{path}?x=1"), ("{new}?x=1", "{path}"), ("{new}?", "{path}"),
    ("{new}", "{path}?"), ("{new}/", "{path}"), ("{base}//newOrder", "{path}"),
    ("{base}/new%4Frder", "{path}"), ("{base}/neworder", "{path}"), ("{new}#", "{path}"),
    ("{path}", "{path}"), ("http:{rest}", "{path}"), ("HTTPS:{rest}", "{path}"),
    ("https://LOCALHOST:{port}{path}", "{path}"), ("https://localhost{path}", "{path}"),
    ("https://attacker.example{path}", "{path}"), ("https://x@localhost:{port}{path}", "{path}"),
    ("{base}/newAccount", "{path}"), ("", "{path}"), ("{new} ", "{path}"),
])
def test_url_must_match(client, signed, sent, unchanged):
    """TRN-14 JWS-19 TOP-09: octet for octet; nothing is decoded or normalised."""
    new = client.directory["newOrder"]
    names = {"new": new, "base": client.url, "path": path_of(new), "rest": new.split(":", 1)[1],
             "port": urllib.parse.urlsplit(new).port}
    body = dumps(client.sign(signed.format(**names), ORDER)).encode()
    r = client.http.raw(new, post_bytes(new, body, target=sent.format(**names)))
    refused(client, r, 403, "unauthorized")


def test_query_is_part_of_the_url(client):
    """TRN-14: signed with it, it matches."""
    new = client.directory["newOrder"] + "?a=%41"
    r = client.http.raw(new, post_bytes(new, dumps(client.sign(new, ORDER)).encode(),
                                        target=path_of(new) + "?a=%41"))
    assert r.status == 201, r


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-URL",
                                    "X-Rewrite-URL"])
def test_forged_hosts(client, header, unchanged):
    """TRN-14 WEB-03 TOP-10: no header makes another base URL."""
    new = client.directory["newOrder"]
    evil = "https://attacker.example" + path_of(new)
    value = {"Forwarded": "host=attacker.example;proto=https"}.get(header, "attacker.example")
    body = dumps(client.sign(evil, ORDER)).encode()
    refused(client, client.http.raw(new, post_bytes(new, body, headers={header: value})),
            403, "unauthorized")
    r = client.http.request("GET", client.url, headers={header: value})
    assert r.json == client.directory


def test_no_header_injection(client, unchanged):
    """TRN-16 SEC-09: what clients send never makes a header or a log line."""
    new = client.directory["newOrder"]
    evil = "a\r\nX-Evil: 1\r\n\r\n"
    for how in ({"protected": {"url": new + evil}}, {"protected": {"kid": client.kid + evil}},
                {"protected": {"alg": evil}}):
        r = client.send(new, client.sign(new, ORDER, **how))
        assert r.header("X-Evil") is None and r.status in (400, 403), r
    r = client.new_order("a\r\nX-Evil: 1")
    refused(client, r, 400, "malformed")
    assert r.header("X-Evil") is None
    assert "\nX-Evil" not in client.stack.log("pool")


BAD_JSON = [
    ("duplicate", '{"identifiers":[],"identifiers":[{"type":"dns","value":"NAME"}]}'),
    ("duplicate, escaped", '{"identifiers":[],"identi\\u0066iers":[{"type":"dns","value":"NAME"}]}'),
    ("duplicate within", '{"identifiers":[{"type":"dns","type":"dns","value":"NAME"}]}'),
    ("lone high surrogate", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":"\\ud800"}'),
    ("lone low surrogate", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":"\\udc00"}'),
    ("swapped surrogates", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":"\\udc00\\ud800"}'),
    ("too deep", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":' + "[" * 17 + "]" * 17 + "}"),
    ("far too deep", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":' + "[" * 10000 + "]" * 10000
     + "}"),
    ("deep objects", '{"a":' * 3000 + "1" + "}" * 3000),
    ("trailing garbage", '{"identifiers":[{"type":"dns","value":"NAME"}]} x'),
    ("two values", '{"identifiers":[{"type":"dns","value":"NAME"}]}{}'),
    ("NUL behind", '{"identifiers":[{"type":"dns","value":"NAME"}]}\0'),
    ("NUL in the name", '{"identifiers":[{"type":"dns","value":"NAME\\u0000.evil.example"}]}'),
    ("raw NUL in the name", '{"identifiers":[{"type":"dns","value":"NAME\0.evil.example"}]}'),
    ("raw control character", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":"\n"}'),
    ("comment", '{"identifiers":[{"type":"dns","value":"NAME"}]/* */}'),
    ("trailing comma", '{"identifiers":[{"type":"dns","value":"NAME"},]}'),
    ("single quotes", "{'identifiers':[{'type':'dns','value':'NAME'}]}"),
    ("NaN", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":NaN}'),
    ("Infinity", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":-Infinity}'),
    ("leading zero", '{"identifiers":[{"type":"dns","value":"NAME"}],"x":012}'),
    ("byte order mark", '\ufeff{"identifiers":[{"type":"dns","value":"NAME"}]}'),
    ("cut off", '{"identifiers":[{"type":"dns","value":"NAME"}]'),
    ("spaces", "   "), ("null", "null"), ("array", "[]"), ("string", '"x"'), ("number", "1"),
]


@pytest.mark.parametrize("text", [t for _, t in BAD_JSON], ids=[w for w, _ in BAD_JSON])
def test_strict_json_payload(client, text, unchanged):
    """TRN-17 JWS-21 TOP-12 TOP-16"""
    r = client.post(client.directory["newOrder"], text.replace("NAME", NAME))
    refused(client, r, 400, "malformed")


@pytest.mark.parametrize("octets", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
                                    b"\xe2\x82"])
def test_strict_utf8(client, octets, unchanged):
    """TRN-17: invalid UTF-8, in the payload and around it."""
    new = client.directory["newOrder"]
    jws = client.sign(new, ORDER)
    body = dumps(jws).encode()[:-1] + b',"x":"' + octets + b'"}'
    refused(client, client.send(new, body), 400, "malformed")
    payload = dumps(ORDER).encode()[:-1] + b',"x":"' + octets + b'"}'
    jws["payload"] = b64(payload)
    jws["signature"] = b64(client.key.sign(f"{jws['protected']}.{jws['payload']}".encode()))
    refused(client, client.send(new, jws), 400, "malformed")


@pytest.mark.parametrize("name", ["protected", "payload", "signature"])
def test_duplicate_members_of_the_jws(client, name, unchanged):
    """TRN-17 TOP-12"""
    jws = client.sign(client.directory["newOrder"], ORDER)
    body = dumps(jws)[:-1] + f',"{name}":{json.dumps(jws[name])}}}'
    refused(client, client.send(client.directory["newOrder"], body), 400, "malformed")


@pytest.mark.parametrize("name", ["alg", "nonce", "url", "kid"])
def test_duplicate_members_of_the_header(client, name, unchanged):
    """TRN-17 TOP-12"""
    new = client.directory["newOrder"]
    header = {"alg": "ES256", "nonce": client.nonce(), "url": new, "kid": client.kid}
    protected = b64(dumps(header)[:-1] + f',"{name}":{json.dumps(header[name])}}}')
    payload = b64(dumps(ORDER))
    jws = {"protected": protected, "payload": payload,
           "signature": b64(client.key.sign(f"{protected}.{payload}".encode()))}
    refused(client, client.send(new, jws), 400, "malformed")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"x", b"\0", b'"' * 1000,
                                  b"{" * 60000, b"[" * 60000, b"\xff" * 100, b"%PDF"])
def test_bodies_that_are_no_jws(client, body, unchanged):
    """TRN-17 JWS-01 TOP-16: refused fast."""
    r = client.send(client.directory["newOrder"], body)
    refused(client, r, 400, "malformed")
    assert r.seconds < 5


def test_timestamps(shared_client, objects):
    """TRN-18: RFC 3339 in UTC with Z and whole seconds."""
    for kind in ("order", "authz"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
                            shared_client.get(objects[kind])["expires"])


def test_urls_are_stable(shared_client, objects):
    """TRN-19: absolute, and the same at each look."""
    client = shared_client
    first = [client.get(objects[k]) for k in ("order", "authz")]
    assert first == [client.twin().get(objects[k]) for k in ("order", "authz")]
    for url in (first[0]["finalize"], first[0]["authorizations"][0],
                first[1]["challenges"][0]["url"], client.kid):
        assert url.startswith(client.url + "/")


@pytest.mark.parametrize("kind", ["order", "finalize", "authz", "challenge"])
def test_foreign_objects_are_like_missing_ones(client, stranger, objects, kind, unchanged):
    """TRN-20 AUZ-11 ORD-14 TOP-27: the same answer, to the byte."""
    payload = {"csr": "AA"} if kind == "finalize" else {} if kind == "challenge" else None
    answers = []
    for url in (objects[kind], *missing(objects[kind])):
        r = stranger.post(url, payload)
        refused(stranger, r, 404, "malformed")
        answers.append(r.body)
    assert len(set(answers)) == 1


@pytest.fixture
def asked(stack):
    """asked(call): what responders execute in the database meanwhile"""
    def run(call):
        stack.sql("SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = 1")
        try:
            call()
        finally:
            stack.sql("SET GLOBAL general_log = 0")
        return stack.sql("SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE "
                         "user_host LIKE 'caas_web[%' AND command_type = 'Execute' ORDER BY event_time")
    return run


@pytest.mark.parametrize("kind", ["order", "finalize", "authz", "challenge"])
def test_foreign_objects_cost_what_gone_ones_do(stack, stranger, objects, asked, kind):
    """SEC-05: nothing more is looked up for what is another's, so no clock tells the two apart"""
    url, order = stranger.order("stranger.example")
    authz = order["authorizations"][0]
    gone = {"order": url, "finalize": order["finalize"], "authz": authz,
            "challenge": authz + "/http-01"}[kind]
    stack.sql("DELETE FROM authzs WHERE order_id = (SELECT MAX(id) FROM orders); "
              "DELETE FROM orders ORDER BY id DESC LIMIT 1")
    payload = {"csr": "AA"} if kind == "finalize" else {} if kind == "challenge" else None
    costs = [asked(lambda u=u: refused(stranger, stranger.post(u, payload), 404, "malformed"))
             for u in (objects[kind], gone)]
    assert costs[0] == costs[1] and len(costs[0]) >= 3, costs


def missing(url):
    """The URL with ids that nothing has: one of the same form, and others."""
    parts = url.split("/")
    at = next(i for i, p in enumerate(parts) if p in ("order", "authz")) + 1
    flipped = ("B" if parts[at][0] != "B" else "C") + parts[at][1:]
    for other in (flipped, parts[at][:-1], parts[at] + "A", "1", "A" * 22, "%41" * 7 + "A"):
        yield "/".join(parts[:at] + [other] + parts[at + 1:])


def test_urls_are_not_counted(client):
    """TRN-20: neighbours cannot be guessed."""
    urls = [client.order(NAME)[0].rsplit("/", 1)[1] for _ in range(4)]
    assert len(set(urls)) == 4
    for a, b in zip(urls, urls[1:]):
        assert len(a) == 22 and sum(x == y for x, y in zip(a, b)) < 12


def test_long_request_lines(client, unchanged):
    """TOP-16: what the web server itself refuses is refused fast."""
    r = client.http.raw(client.url, post_bytes(client.url, b"", target="/v2/DV/" + "a" * 12_000))
    assert r.status in (400, 404, 414) and r.seconds < 5
    assert Http(client.stack.tls_ca).request("GET", client.url).status == 200
