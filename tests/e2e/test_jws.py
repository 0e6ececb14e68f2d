# SPDX-License-Identifier: BSD-2-Clause
"""Signed requests: section 1.2 of the requirements."""

import hashlib
import hmac
import json

import pytest
from acme import Client, Key, b64, dumps, fail_type, refused
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, padding, rsa, utils
from stack import wait_until

NAME = "client.example"
ORDER = {"identifiers": [{"type": "dns", "value": NAME}]}
P256_N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
P256_P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff
ALGORITHMS = ["ES256", "RS256", "ES384", "ES512", "EdDSA"]


def new_order(client, payload=ORDER, **how):
    return client.sign(client.directory["newOrder"], payload, **how)


def send(client, body):
    return client.send(client.directory["newOrder"], body)


def resign(client, jws, protected=None, payload=None):
    """The same JWS with a header or payload text of any kind, signed well."""
    p = jws["protected"] if protected is None else b64(protected)
    body = jws["payload"] if payload is None else payload
    return {"protected": p, "payload": body,
            "signature": b64(client.key.sign(f"{p}.{body}".encode()))}


def header_of(client, **members):
    return {"alg": "ES256", "nonce": client.nonce(), "url": client.directory["newOrder"],
            "kid": client.kid, **members}


# -- form

def forms(j):
    return {
        "compact": f"{j['protected']}.{j['payload']}.{j['signature']}",
        "compact as JSON": dumps(f"{j['protected']}.{j['payload']}.{j['signature']}"),
        "general": {"payload": j["payload"], "signatures": [
            {"protected": j["protected"], "signature": j["signature"]}]},
        "flattened and general": {**j, "signatures": []},
        "unprotected header": {**j, "header": {"kid": "x"}},
        "empty header": {**j, "header": {}},
        "null header": {**j, "header": None},
        "array": [j],
        "no payload": {k: v for k, v in j.items() if k != "payload"},
        "no protected": {k: v for k, v in j.items() if k != "protected"},
        "no signature": {k: v for k, v in j.items() if k != "signature"},
        "payload null": {**j, "payload": None},
        "payload object": {**j, "payload": ORDER},
        "payload number": {**j, "payload": 1},
        "protected object": {**j, "protected": {"alg": "ES256"}},
        "protected empty": {**j, "protected": ""},
        "signature number": {**j, "signature": 1},
        "signature array": {**j, "signature": [j["signature"]]},
        "signature empty": {**j, "signature": ""},
        "two in a row": dumps(j) + dumps(j),
    }


@pytest.mark.parametrize("what", list(forms(dict.fromkeys(["protected", "payload", "signature"],
                                                          "AA"))))
def test_only_flattened(client, what, unchanged):
    """JWS-01 JWS-02 JWS-04 JWS-25 TOP-11"""
    refused(client, send(client, forms(new_order(client))[what]), 400, "malformed")


def test_unknown_members(client):
    """JWS-03 JWS-22 JWS-23: beside the three, in the header and in the payload: ignored
    and never shown."""
    jws = new_order(client, {**ORDER, "resource": "new-order", "evil": "shown?"},
                    protected={"typ": "JOSE", "x-evil": [1]})
    r = send(client, {**jws, "comment": {"a": 1}, "resource": "new-order"})
    assert r.status == 201 and "evil" not in r.body and "resource" not in r.body, r


@pytest.mark.parametrize("members", [
    {"b64": False, "crit": ["b64"]}, {"b64": False}, {"b64": True}, {"crit": ["b64"]},
    {"crit": []}, {"crit": ["exp"], "exp": 1}, {"crit": None}, {"crit": "url"}], ids=dumps)
def test_no_extensions(client, members, unchanged):
    """JWS-05 TOP-11"""
    refused(client, send(client, new_order(client, protected=members)), 400, "malformed")


@pytest.mark.parametrize("text", ["", "[]", "null", '"x"', "1", "{", "{}x", "[{}]"])
def test_header_is_an_object(client, text, unchanged):
    """JWS-01 JWS-21"""
    refused(client, send(client, resign(client, new_order(client), protected=text)),
            400, "malformed")


@pytest.mark.parametrize("name", ["alg", "url", "kid", "jwk"])
@pytest.mark.parametrize("value", [1, True, None, [], {}, ["x"], 1.5], ids=dumps)
def test_no_coercion(client, name, value, unchanged):
    """JWS-25"""
    drop = ["kid"] if name == "jwk" else []
    r = send(client, new_order(client, protected={name: value}, drop=drop))
    refused(client, r, 400, "malformed")


def test_signing_input_is_what_came(client):
    """JWS-17: blanks and order of members of the header and the payload are the client's."""
    header = json.dumps(header_of(client), indent=3, sort_keys=True).replace("\n", "\r\n") + " "
    payload = b64(json.dumps(ORDER, indent=5) + "\n")
    assert send(client, resign(client, {}, header, payload)).status == 201
    escaped = dumps(header_of(client)).replace('"alg"', '"\\u0061lg"')
    assert send(client, resign(client, {}, escaped, payload)).status == 201


@pytest.mark.parametrize("payload", ["", "[]", "null", "1", '"x"', "{", "x"])
def test_payload_is_an_object(client, payload, unchanged):
    """JWS-21"""
    refused(client, send(client, new_order(client, payload)), 400, "malformed")


# -- algorithms

def mac_of_public_key(client):
    """The classic confusion: the public key as a MAC key."""
    spki = client.key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def sign(data):
        return hmac.new(spki, data, hashlib.sha256).digest()
    return sign


@pytest.mark.parametrize("alg", ["none", "None", "", "HS256", "HS384", "HS512", "RS1", "RS384",
                                 "RS512", "PS256", "PS384", "PS512", "ES256K", "es256", "ES256 ",
                                 "Ed448", "RSA1_5", "dir", "A" * 1000])
def test_unsupported_algorithms(client, alg, unchanged):
    """JWS-06 ERRT-08 TOP-05"""
    jws = new_order(client, protected={"alg": alg})
    if alg.startswith("HS"):
        sign = mac_of_public_key(client)
        jws["signature"] = b64(sign(f"{jws['protected']}.{jws['payload']}".encode()))
    if alg.lower() == "none":
        jws["signature"] = ""
    doc = refused(client, send(client, jws), 400, "badSignatureAlgorithm")
    assert doc["algorithms"] == ALGORITHMS


def test_second_name_of_eddsa(stack, partner):
    """OTH-02: RFC 9864 calls it Ed25519; either name at any time."""
    c = Client(stack, Key("EdDSA"))
    c.key.alg = "Ed25519"
    c.register(partner.binding())
    for alg in ("EdDSA", "Ed25519"):
        assert c.post(c.kid, protected={"alg": alg}).status == 200


@pytest.mark.parametrize("alg", ["ES384", "ES512", "RS256", "EdDSA", "Ed25519"])
def test_algorithm_of_another_key(client, alg, unchanged):
    """JWS-07: an account's key does not change with the header."""
    refused(client, send(client, new_order(client, protected={"alg": alg})), 400, "malformed")


@pytest.mark.parametrize("key_alg", ALGORITHMS)
@pytest.mark.parametrize("alg", ALGORITHMS)
def test_algorithm_fits_the_jwk(stack, key_alg, alg, unchanged):
    """JWS-07"""
    c = Client(stack, Key(key_alg))
    r = c.post(c.directory["newAccount"], {"onlyReturnExisting": True},
               jwk=c.key.jwk(), protected={"alg": alg})
    # With the algorithm that fits all is well but that there is no account.
    refused(c, r, 400, "accountDoesNotExist" if alg == key_alg else "badPublicKey")


# -- which key

def test_jwk_and_kid(client, unchanged):
    """JWS-08 TOP-07"""
    refused(client, send(client, new_order(client, protected={"jwk": client.key.jwk()})),
            400, "malformed")
    refused(client, send(client, new_order(client, drop=["kid"])), 400, "malformed")


@pytest.mark.parametrize("kind", ["newOrder", "account", "order", "newNonce", "directory"])
def test_jwk_where_kid_belongs(client, kind, unchanged):
    """JWS-09 TOP-07"""
    url = {"account": client.kid, "order": client.url + "/order/" + "A" * 22,
           "directory": client.url}.get(kind) or client.directory[kind]
    payload = ORDER if kind == "newOrder" else None
    refused(client, client.post(url, payload, jwk=client.key.jwk()), 400, "malformed")


def test_kid_where_jwk_belongs(client, unchanged):
    """JWS-09 TOP-07"""
    r = client.post(client.directory["newAccount"], {"termsOfServiceAgreed": True})
    refused(client, r, 400, "malformed")


@pytest.mark.parametrize("spoil", [
    lambda k: k + "/", lambda k: k + "?", lambda k: k + "?a=b", lambda k: k + "#x",
    lambda k: k.replace("https://", "http://"), lambda k: k.replace("localhost", "LOCALHOST"),
    lambda k: k.replace("localhost", "127.0.0.1"), lambda k: k.replace("localhost", "evil.example"),
    lambda k: k.replace("/v2/", "/v2//"), lambda k: k.replace("/account/", "/Account/"),
    lambda k: k.replace("/account/", "/./account/"), lambda k: k.replace("/account/", "/acct/"),
    lambda k: k.replace("/DV/", "/OTHER/"), lambda k: k.split("localhost")[1],
    lambda k: k.rsplit("/", 1)[1], lambda k: k.rsplit("/", 1)[0] + "/", lambda k: "",
    lambda k: " " + k, lambda k: k + "\0", lambda k: k + "/orders",
    lambda k: k.rsplit("/", 1)[0] + "/" + "A" * 100, lambda k: k[:-1] + "%41"])
def test_kid_is_exact(client, spoil, unchanged):
    """JWS-10 TOP-08: anything that is not the form of an account URL."""
    r = send(client, new_order(client, protected={"kid": spoil(client.kid)}))
    refused(client, r, 400, "malformed")


@pytest.mark.parametrize("spoil", [lambda i: "A" * 22, lambda i: i.swapcase(), lambda i: i[:-1],
                                   lambda i: i + "A", lambda i: "x"])
def test_unknown_kid(client, spoil, unchanged):
    """JWS-10 ERRT-01"""
    base, account_id = client.kid.rsplit("/", 1)
    r = send(client, new_order(client, protected={"kid": base + "/" + spoil(account_id)}))
    refused(client, r, 400, "accountDoesNotExist")


def test_kid_of_a_pending_account(stack, client, partner):
    """JWS-10: an account that waits for its key is none yet."""
    a = partner.ok("PREREGISTER", serverUrl=stack.server_url)["Accounts"][0]
    with stack.unchanged():
        kid = client.kid.rsplit("/", 1)[0] + "/" + a["acmeAccountID"]
        refused(client, send(client, new_order(client, protected={"kid": kid})),
                400, "accountDoesNotExist")


def test_kid_of_another_account(client, stranger, unchanged):
    """JWS-10 JWS-18 TOP-08: A's kid with B's signature."""
    jws = client.sign(client.directory["newOrder"], ORDER, key=stranger.key)
    refused(client, send(client, jws), 400, "malformed")


def test_account_of_another_server(stack, client, unchanged):
    """JWS-10: accounts belong to one server."""
    if ["OTHER"] not in stack.sql("SELECT name FROM servers"):
        stack.ctl("server", "add", "OTHER")
    other = client.twin()
    other.url = client.url.replace("/DV", "/OTHER")
    other._directory = None
    # A responder that was asked for a server that is not there looks again a second later.
    wait_until(lambda: all(other.http.request("GET", other.url).status == 200 for _ in range(32)),
               10, "every responder knows the new server")
    assert other.directory["newOrder"].endswith("/v2/OTHER/newOrder")
    # Its own URL, and that URL with the other server's name.
    refused(other, other.post(other.directory["newOrder"], ORDER), 400, "malformed")
    other.kid = client.kid.replace("/DV/", "/OTHER/")
    refused(other, other.post(other.directory["newOrder"], ORDER), 400, "accountDoesNotExist")


# -- signatures

def raw(r, s, size=32):
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def ecdsa_cases(good):
    r, s = int.from_bytes(good[:32], "big"), int.from_bytes(good[32:], "big")
    return {
        "DER": utils.encode_dss_signature(r, s), "63 octets": good[1:], "65 octets": good + b"\0",
        "32 octets": good[:32], "none": b"", "zeros": bytes(64), "r is 0": raw(0, s),
        "s is 0": raw(r, 0), "r is n": raw(P256_N, s), "s is n": raw(r, P256_N),
        "all ones": b"\xff" * 64, "r and s swapped": good[32:] + good[:32],
        "one bit": good[:-1] + bytes([good[-1] ^ 1]), "twice": good + good,
        "of P-384's size": raw(r, s, 48), "64 KB": b"A" * 40000,
        "s plus n": raw(r, s + P256_N) if s + P256_N < 1 << 256 else raw(r, s ^ 2),
    }


@pytest.mark.parametrize("what", list(ecdsa_cases(bytes([1]) * 64)))
def test_ecdsa_signatures(client, what, unchanged):
    """JWS-15 JWS-18 TOP-06"""
    jws = new_order(client)
    good = client.key.sign(f"{jws['protected']}.{jws['payload']}".encode())
    jws["signature"] = b64(ecdsa_cases(good)[what])
    refused(client, send(client, jws), 400, "malformed")


@pytest.mark.parametrize("alg", ALGORITHMS)
def test_bad_signatures(stack, alg, unchanged):
    """JWS-15 JWS-16 JWS-18: whatever the algorithm."""
    c = Client(stack, Key(alg))
    url = c.directory["newAccount"]
    jws = c.sign(url, {"onlyReturnExisting": True}, jwk=c.key.jwk())
    good = c.key.sign(f"{jws['protected']}.{jws['payload']}".encode())
    other = Key(alg).sign(f"{jws['protected']}.{jws['payload']}".encode())
    for bad in (good[:-1], good + b"\0", b"\0" + good, b"", bytes(len(good)), other,
                b"\xff" * len(good), good[:8] + bytes([good[8] ^ 0x80]) + good[9:]):
        refused(c, c.send(url, {**jws, "signature": b64(bad)}), 400, "malformed")
    changed = {**jws, "payload": b64('{"onlyReturnExisting":false}')}
    refused(c, c.send(url, changed), 400, "malformed")
    # And the unspoilt one is good: only the account is missing.
    refused(c, c.send(url, jws), 400, "accountDoesNotExist")


def test_rsa_with_another_digest(stack, unchanged):
    """JWS-06 JWS-18: RS256 is SHA-256, whatever the signature says of itself."""
    c = Client(stack, Key("RS256"))
    url = c.directory["newAccount"]
    jws = c.sign(url, {"onlyReturnExisting": True}, jwk=c.key.jwk())
    data = f"{jws['protected']}.{jws['payload']}".encode()
    for pad, digest in ((padding.PKCS1v15(), hashes.SHA1()), (padding.PKCS1v15(), hashes.SHA512()),
                        (padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())):
        bad = c.key.private.sign(data, pad, digest)
        refused(c, c.send(url, {**jws, "signature": b64(bad)}), 400, "malformed")


@pytest.mark.parametrize("url", [None, "", "x"])
def test_url_is_needed(client, url, unchanged):
    """JWS-19"""
    jws = new_order(client, drop=["url"]) if url is None else new_order(client,
                                                                        protected={"url": url})
    r = send(client, jws)
    refused(client, r, 400 if url is None else 403, "malformed" if url is None else "unauthorized")


# -- the jwk

def number(n, size=None):
    return b64(n.to_bytes(size or (n.bit_length() + 7) // 8, "big"))


def ec_point(crv="P-256", curve=ec.SECP256R1):
    n = ec.generate_private_key(curve()).public_key().public_numbers()
    return n, {"kty": "EC", "crv": crv, "x": number(n.x, 32), "y": number(n.y, 32)}


def bad_ec_keys():
    n, jwk = ec_point()
    while n.x >> 248 == 0 or n.y >> 248 == 0:
        n, jwk = ec_point()
    yield "x short", {**jwk, "x": number(n.x >> 8)}
    yield "y short", {**jwk, "y": number(n.y >> 8)}
    yield "x with a zero before", {**jwk, "x": b64(b"\0" + n.x.to_bytes(32, "big"))}
    yield "y with a zero before", {**jwk, "y": b64(b"\0" + n.y.to_bytes(32, "big"))}
    yield "off the curve", {**jwk, "y": number(n.y ^ 1, 32)}
    yield "x not in the field", {**jwk, "x": number(min(n.x + P256_P, (1 << 256) - 1), 32)}
    yield "p, p", {**jwk, "x": number(P256_P), "y": number(P256_P)}
    yield "infinity", {**jwk, "x": number(0, 32), "y": number(0, 32)}
    yield "empty", {**jwk, "x": "", "y": ""}
    yield "P-384 said of P-256", {**jwk, "crv": "P-384"}
    yield "secp256k1", {**ec_point("secp256k1", ec.SECP256K1)[1]}
    yield "unknown curve", {**jwk, "crv": "P-255"}
    yield "lower-case curve", {**jwk, "crv": "p-256"}
    yield "no such kty", {**jwk, "kty": "ec"}
    yield "symmetric", {"kty": "oct", "k": b64(bytes(32))}
    yield "symmetric without k", {"kty": "oct"}
    yield "with d", {**jwk, "d": b64(bytes(31) + b"\1")}
    yield "with oth", {**jwk, "oth": []}


EC_CASES = list(bad_ec_keys())


@pytest.mark.parametrize("what", [w for w, _ in EC_CASES])
def test_bad_ec_keys(stack, what, unchanged):
    """JWS-07 JWS-11 JWS-14 TOP-17"""
    c = Client(stack)
    r = c.post(c.directory["newAccount"], {"onlyReturnExisting": True}, jwk=dict(EC_CASES)[what])
    refused(c, r, 400, "badPublicKey")


def rsa_jwk(n, e=65537):
    return {"kty": "RSA", "n": n if isinstance(n, str) else number(n),
            "e": e if isinstance(e, str) else number(e)}


def odd(bits):
    """A number of that size without small factors that looks like a modulus."""
    return rsa.generate_private_key(65537, bits).public_key().public_numbers().n \
        if bits in (1024, 2048) else (1 << bits - 1) + (1 << bits // 2) + 1


def bad_rsa_keys():
    n = odd(2048)
    raw_n = n.to_bytes(256, "big")
    for bits in (512, 1024, 2040, 2047, 2049, 2050, 8192, 16384):
        yield f"{bits} bits", rsa_jwk(odd(bits))
    yield "n with a zero before", rsa_jwk(b64(b"\0" + raw_n))
    yield "n with zeros before", rsa_jwk(b64(bytes(5) + raw_n))
    yield "e with a zero before", rsa_jwk(n, b64(b"\0\1\0\1"))
    yield "even n", rsa_jwk(n - 1)
    yield "e is 1", rsa_jwk(n, 1)
    yield "e is 2", rsa_jwk(n, 2)
    yield "e is 65536", rsa_jwk(n, 65536)
    yield "e is empty", rsa_jwk(n, "")
    yield "e is huge", rsa_jwk(n, n - 2)
    yield "n is empty", rsa_jwk("")
    yield "n is 0", rsa_jwk(b64(b"\0"))
    for private in ("d", "p", "q", "dp", "dq", "qi"):
        yield f"with {private}", {**rsa_jwk(n), private: b64(b"\1")}


RSA_CASES = list(bad_rsa_keys())


@pytest.mark.parametrize("what", [w for w, _ in RSA_CASES])
def test_bad_rsa_keys(stack, what, unchanged):
    """JWS-11 JWS-13 JWS-27 TOP-17 TOP-18"""
    c = Client(stack, Key("ES256"))
    r = c.post(c.directory["newAccount"], {"onlyReturnExisting": True}, jwk=dict(RSA_CASES)[what],
               protected={"alg": "RS256"})
    refused(c, r, 400, "badPublicKey")


@pytest.mark.parametrize("bits", [2048, 2056, 3072, 4096])
def test_good_rsa_keys(stack, bits, unchanged):
    """JWS-13"""
    c = Client(stack, Key("RS256", rsa.generate_private_key(65537, bits)))
    r = c.post(c.directory["newAccount"], {"onlyReturnExisting": True}, jwk=c.key.jwk())
    refused(c, r, 400, "accountDoesNotExist")


def test_weak_rsa_keys(stack, partner):
    """JWS-13 KEY-03 KEY-06: a modulus that anybody can factor makes no account."""
    binding = partner.binding()
    p = rsa.generate_private_key(65537, 2048).private_numbers().p
    q = p + 2
    while pow(2, q - 1, q) != 1 or (q - 1) % 65537 == 0:
        q += 2
    d = pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p),
                                    rsa.RSAPublicNumbers(65537, p * q))
    c = Client(stack, Key("RS256", numbers.private_key()))
    with stack.unchanged():
        refused(c, c.new_account(binding), 400, "badPublicKey")


def bad_okp_keys():
    raw_448 = ed448.Ed448PrivateKey.generate().public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    jwk = Key("EdDSA").jwk()
    yield "Ed448", {"kty": "OKP", "crv": "Ed448", "x": b64(raw_448)}
    yield "X25519", {**jwk, "crv": "X25519"}
    yield "x short", {**jwk, "x": b64(bytes(31))}
    yield "x long", {**jwk, "x": b64(bytes(33))}
    yield "with d", {**jwk, "d": b64(bytes(32))}


OKP_CASES = list(bad_okp_keys())


@pytest.mark.parametrize("what", [w for w, _ in OKP_CASES])
def test_bad_okp_keys(stack, what, unchanged):
    """JWS-11 JWS-16"""
    c = Client(stack, Key("EdDSA"))
    r = c.post(c.directory["newAccount"], {"onlyReturnExisting": True}, jwk=dict(OKP_CASES)[what])
    refused(c, r, 400, "badPublicKey")


@pytest.mark.parametrize("spoil", [
    {"kty": None}, {"kty": 1}, {"crv": 1}, {"x": 1}, {"x": None}, {"y": "a="}, {"x": "+/"},
    {"alg": "ES384"}, {"alg": "RS256"}, {"alg": 1}, {"use": "enc"}, {"use": 1},
    {"key_ops": ["encrypt"]}, {"key_ops": "verify"}, {"key_ops": [1]}], ids=dumps)
def test_contradicting_jwks(stack, spoil, unchanged):
    """JWS-12 JWS-25 TRN-05"""
    c = Client(stack)
    jwk = {**c.key.jwk(), **spoil}
    r = c.post(c.directory["newAccount"], {"onlyReturnExisting": True}, jwk=jwk)
    refused(c, r, 400, "malformed")


def test_missing_members_of_the_jwk(stack, unchanged):
    """JWS-14"""
    c = Client(stack)
    for name in ("kty", "crv", "x", "y"):
        jwk = {k: v for k, v in c.key.jwk().items() if k != name}
        r = c.post(c.directory["newAccount"], {"onlyReturnExisting": True}, jwk=jwk)
        refused(c, r, 400, "malformed")


def test_jwks_that_say_more(stack, partner):
    """JWS-12 JWS-26 JWS-28 TOP-18: other members and another order of them are the same key."""
    c = Client(stack).register(partner.binding())
    jwk = dict(reversed(c.key.jwk().items()))
    with stack.unchanged():
        for more in ({}, {"alg": "ES256", "use": "sig", "key_ops": ["verify"]},
                     {"kid": "mine", "x5c": [], "ext": True}):
            r = c.post(c.directory["newAccount"], {"termsOfServiceAgreed": True},
                       jwk={**jwk, **more})
            assert r.status == 200 and r.location == c.kid, r


@pytest.mark.parametrize("alg", ALGORITHMS)
def test_thumbprints(stack, partner, alg):
    """JWS-26: what the service keeps is the thumbprint of RFC 7638."""
    c = Client(stack, Key(alg)).register(partner.binding())
    stored = stack.sql("SELECT TO_BASE64(key_thumbprint) FROM accounts WHERE acme_account_id = "
                       f"'{c.kid.rsplit('/', 1)[1]}'")[0][0]
    assert stored.rstrip("=").replace("+", "-").replace("/", "_") == c.key.thumbprint()


def test_published_private_keys_are_blocked(stack, partner):
    """JWS-11 KEY-08: a key whose holder sent its private half is refused ever after; one that
    a stranger only says things about is not."""
    binding = partner.binding()
    c = Client(stack)
    victim = Client(stack)
    d = number(c.key.private.private_numbers().private_value, 32)
    refused(c, c.post(c.directory["newAccount"], {"onlyReturnExisting": True},
                      jwk={**c.key.jwk(), "d": d}), 400, "badPublicKey")
    refused(c, c.new_account(binding), 400, "badPublicKey")
    with stack.unchanged():
        jws = c.sign(c.directory["newAccount"], {}, jwk={**victim.key.jwk(), "d": d})
        refused(c, c.send(c.directory["newAccount"], jws), 400, "badPublicKey")
    assert victim.new_account(binding).status == 201


# -- order of checks

def test_order_of_checks(client, unchanged):
    """JWS-24: method, media type, size, form, alg, url, nonce, key, signature."""
    new = client.directory["newOrder"]
    big = "x" * 70000
    assert client.send(new, big, method="PUT", content_type="text/plain").status == 405
    refused(client, client.send(new, big, content_type="text/plain"), 415, "malformed")
    refused(client, client.send(new, big), 413, "malformed")
    none = {"protected": {"alg": "none", "url": "x", "nonce": "x"}}
    refused(client, send(client, new_order(client, **none)), 400, "badSignatureAlgorithm")
    url = {"protected": {"url": "x", "nonce": "AAAA", "kid": "x"}}
    refused(client, send(client, new_order(client, **url)), 403, "unauthorized")
    nonce = {"protected": {"nonce": "AAAA", "kid": "x"}}
    refused(client, send(client, new_order(client, **nonce)), 400, "badNonce")
    kid = {"protected": {"kid": "x"}}
    jws = {**new_order(client, **kid), "signature": "AAAA"}
    fail_type(send(client, jws), 400, "malformed")
