# SPDX-License-Identifier: BSD-2-Clause
"""A small ACME client that can also do everything wrong.

It speaks JWS by hand, so that a test can send any header, payload or signature.
"""

import base64
import concurrent.futures
import datetime
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
import time
import urllib.parse

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

CURVES = {"ES256": (ec.SECP256R1, "P-256", 32, hashes.SHA256),
          "ES384": (ec.SECP384R1, "P-384", 48, hashes.SHA384),
          "ES512": (ec.SECP521R1, "P-521", 66, hashes.SHA512)}
URN = "urn:ietf:params:acme:error:"
# ERRT-29: no other token may be used.
TOKENS = frozenset("""accountDoesNotExist alreadyReplaced alreadyRevoked badCSR badNonce
    badPublicKey badRevocationReason badSignatureAlgorithm caa compound connection dns
    externalAccountRequired incorrectResponse invalidContact invalidProfile malformed
    orderNotReady rateLimited rejectedIdentifier serverInternal tls unauthorized
    unsupportedContact unsupportedIdentifier userActionRequired""".split())


def b64(data):
    if isinstance(data, str):
        data = data.encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def dumps(value):
    return json.dumps(value, separators=(",", ":"))


class Key:
    """An account key of any algorithm."""

    def __init__(self, alg="ES256", private=None):
        self.alg = alg
        if private is not None:
            self.private = private
        elif alg in CURVES:
            self.private = ec.generate_private_key(CURVES[alg][0]())
        elif alg == "RS256":
            self.private = rsa.generate_private_key(65537, 2048)
        elif alg == "EdDSA":
            self.private = ed25519.Ed25519PrivateKey.generate()
        else:
            raise ValueError(alg)

    def jwk(self):
        public = self.private.public_key()
        if self.alg in CURVES:
            _, name, size, _ = CURVES[self.alg]
            n = public.public_numbers()
            return {"crv": name, "kty": "EC", "x": b64(n.x.to_bytes(size, "big")),
                    "y": b64(n.y.to_bytes(size, "big"))}
        if self.alg == "RS256":
            n = public.public_numbers()
            return {"e": b64(n.e.to_bytes((n.e.bit_length() + 7) // 8, "big")), "kty": "RSA",
                    "n": b64(n.n.to_bytes((n.n.bit_length() + 7) // 8, "big"))}
        raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return {"crv": "Ed25519", "kty": "OKP", "x": b64(raw)}

    def thumbprint(self):
        text = json.dumps(self.jwk(), sort_keys=True, separators=(",", ":"))
        return b64(hashlib.sha256(text.encode()).digest())

    def sign(self, data):
        if self.alg in CURVES:
            _, _, size, digest = CURVES[self.alg]
            r, s = utils.decode_dss_signature(self.private.sign(data, ec.ECDSA(digest())))
            return r.to_bytes(size, "big") + s.to_bytes(size, "big")
        if self.alg == "RS256":
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(data)


class Reply:
    """An HTTP answer."""

    def __init__(self, status, headers, body, seconds):
        self.status, self.headers, self.body, self.seconds = status, headers, body, seconds

    def header(self, name):
        """The only value of a header, None when there is none."""
        values = self.all(name)
        assert len(values) <= 1, f"{name} stands {len(values)} times"
        return values[0] if values else None

    def all(self, name):
        return [v for k, v in self.headers if k.lower() == name.lower()]

    def links(self, rel):
        return [v.split(">")[0].lstrip("<") for v in self.all("Link")
                if f'rel="{rel}"' in v]

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def location(self):
        return self.header("Location")

    def problem(self):
        """The problem document, its form checked (TRN-11, TRN-12)."""
        assert self.header("Content-Type") == "application/problem+json", self
        doc = self.json
        assert doc["status"] == self.status, doc
        assert doc["detail"], doc
        assert doc["type"].removeprefix(URN) in TOKENS, doc
        return doc

    def __repr__(self):
        return f"<{self.status} {self.body[:600]!r}>"


def fail_type(reply, status, kind, **more):
    """Assert a problem of that status and ACME type; returns it."""
    assert reply.status == status, reply
    doc = reply.problem()
    assert doc["type"] == URN + kind, doc
    for key, value in more.items():
        assert doc[key] == value, doc
    return doc


def refused(client, reply, status, kind, **more):
    """fail_type, and what every refusal of a POST has: a nonce that is good for the next
    request, the link to the directory, no caching, scripts may read it
    (NON-02 NON-09 NON-11 HDR-01 TRN-04)."""
    doc = fail_type(reply, status, kind, **more)
    assert reply.header("Replay-Nonce"), reply.headers
    assert reply.links("index") == [client.url], reply.headers
    assert reply.header("Cache-Control") == "no-store"
    assert reply.header("Access-Control-Allow-Origin") == "*"
    return doc


def reply_of(response, data, seconds):
    return Reply(response.status, response.getheaders(),
                 data.decode("latin-1") if data[:1] == b"\x30" else data.decode(), seconds)


class Http:
    """One connection at a time to the stack, TLS verified; source: address to call from."""

    def __init__(self, ca, source=None):
        self.source = (source, 0) if source else None
        self.context = ssl.create_default_context(cafile=ca)
        self.connections = {}

    def request(self, method, url, body=None, headers=None, timeout=30):
        u = urllib.parse.urlsplit(url)
        target = u.path + ("?" + u.query if u.query else "")
        key = (u.scheme, u.netloc)
        for attempt in (0, 1):
            fresh = key not in self.connections
            if fresh:
                self.connections[key] = (
                    http.client.HTTPSConnection(u.netloc, context=self.context, timeout=timeout,
                                                source_address=self.source)
                    if u.scheme == "https" else
                    http.client.HTTPConnection(u.netloc, timeout=timeout))
            connection = self.connections[key]
            began = time.monotonic()
            try:
                connection.request(method, target, body=body, headers=headers or {})
                r = connection.getresponse()
                data = r.read()
                break
            except (http.client.RemoteDisconnected, ConnectionError, ssl.SSLEOFError):
                connection.close()
                del self.connections[key]
                if fresh or attempt:
                    raise
        if r.will_close:
            connection.close()
            del self.connections[key]
        return reply_of(r, data, time.monotonic() - began)

    def raw(self, url, data, timeout=30):
        """Send these bytes on a connection of their own; the one answer to them."""
        u = urllib.parse.urlsplit(url)
        began = time.monotonic()
        with socket.create_connection((u.hostname, u.port), timeout) as plain, \
                self.context.wrap_socket(plain, server_hostname=u.hostname) as tls:
            tls.sendall(data)
            r = http.client.HTTPResponse(tls, method=data.split(b" ", 1)[0].decode("latin-1"))
            r.begin()
            return reply_of(r, r.read(), time.monotonic() - began)


class Client:
    """An ACME client with one account key."""

    def __init__(self, stack, key=None, url=None):
        self.stack = stack
        self.http = Http(stack.tls_ca)
        self.url = url or stack.directory_url
        self.key = key or Key()
        self.kid = None
        self.nonces = []
        self._directory = None

    def clone(self):
        """The same account on connections and nonces of its own, for another thread."""
        other = Client(self.stack, self.key, self.url)
        other.kid, other._directory = self.kid, self._directory
        return other

    @property
    def directory(self):
        if self._directory is None:
            r = self.http.request("GET", self.url)
            assert r.status == 200, r
            self._directory = r.json
        return self._directory

    def nonce(self):
        if not self.nonces:
            r = self.http.request("HEAD", self.directory["newNonce"])
            assert r.status == 200, r
            self.nonces.append(r.header("Replay-Nonce"))
        return self.nonces.pop()

    def sign(self, url, payload, key=None, kid=None, jwk=None, protected=None, drop=(),
             nonce=None):
        """The JWS as a dict.  payload: None is POST-as-GET, str is taken as it is."""
        key = key or self.key
        header = {"alg": key.alg, "nonce": nonce or self.nonce(), "url": url}
        if jwk is not None:
            header["jwk"] = jwk
        elif kid or self.kid:
            header["kid"] = kid or self.kid
        else:
            header["jwk"] = key.jwk()
        header.update(protected or {})
        for name in drop:
            header.pop(name, None)
        p = b64(dumps(header))
        text = "" if payload is None else payload if isinstance(payload, str) else dumps(payload)
        body = b64(text)
        return {"protected": p, "payload": body,
                "signature": b64(key.sign(f"{p}.{body}".encode()))}

    def send(self, url, body, content_type="application/jose+json", method="POST", headers=None,
             timeout=30):
        """Send a body as it is; keeps the fresh nonce."""
        head = {"User-Agent": "caas-tests/1"}
        if content_type is not None:
            head["Content-Type"] = content_type
        head.update(headers or {})
        r = self.http.request(method, url, body if isinstance(body, (str, bytes)) else
                              dumps(body), head, timeout)
        fresh = r.header("Replay-Nonce")
        if fresh:
            self.nonces.append(fresh)
        return r

    def post(self, url, payload=None, timeout=30, **how):
        return self.send(url, self.sign(url, payload, **how), timeout=timeout)

    # -- the steps of RFC 8555

    def eab(self, kid, mac, key=None, url=None, alg="HS256", protected=None, payload=None,
            signature=None):
        header = {"alg": alg, "kid": kid, "url": url or self.directory["newAccount"]}
        header.update(protected or {})
        p = b64(dumps(header))
        body = b64(dumps((key or self.key).jwk()) if payload is None else payload)
        digest = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}.get(alg, "sha256")
        mac = hmac.new(unb64(mac), f"{p}.{body}".encode(), digest).digest()
        return {"protected": p, "payload": body,
                "signature": b64(mac) if signature is None else signature}

    def new_account(self, binding=None, contact=None, terms=True, **more):
        payload = {"termsOfServiceAgreed": terms} if terms is not None else {}
        if contact is not None:
            payload["contact"] = contact
        if binding:
            payload["externalAccountBinding"] = self.eab(*binding)
        payload.update(more)
        return self.post(self.directory["newAccount"], payload, jwk=self.key.jwk())

    def register(self, binding, **more):
        r = self.new_account(binding, **more)
        assert r.status in (200, 201), r
        self.kid = r.location
        return self

    def new_order(self, *names, **more):
        return self.post(self.directory["newOrder"],
                         {"identifiers": [ident(n) for n in names], **more})

    def order(self, *names, **more):
        """A new order that must succeed: (url, object)."""
        r = self.new_order(*names, **more)
        assert r.status == 201, r
        return r.location, r.json

    def get(self, url):
        r = self.post(url)
        assert r.status == 200, r
        return r.json

    def challenge(self, authz_url, kind):
        """(authz, the challenge of that type)"""
        authz = self.get(authz_url)
        return authz, next(c for c in authz["challenges"] if c["type"] == kind)

    def key_authz(self, token):
        return f"{token}.{self.key.thumbprint()}"

    def digest(self, token):
        return hashlib.sha256(self.key_authz(token).encode()).digest()

    def txt(self, token):
        return b64(self.digest(token))

    def account_label(self):
        """The label of dns-account-01 (DAC-02)."""
        hashed = hashlib.sha256(self.kid.encode()).digest()[:10]
        return "_" + base64.b32encode(hashed).decode().lower()

    def serve(self, authz_url, net, kind="http-01"):
        """Put the right answer where net (fakes.Net) serves it; the challenge."""
        authz, chall = self.challenge(authz_url, kind)
        name = authz["identifier"]["value"]
        if kind == "dns-persist-01":
            return chall  # its record stays, and is there already
        if kind == "http-01":
            net.token(chall["token"], self.key_authz(chall["token"]))
        elif kind == "tls-alpn-01":
            net.cert(*alpn_answer(authz["identifier"], self.digest(chall["token"])))
        elif kind == "dns-account-01":
            net.txt(f"{self.account_label()}._acme-challenge.{name}", self.txt(chall["token"]))
        else:
            net.txt("_acme-challenge." + name, self.txt(chall["token"]))
        return chall

    def solve(self, authz_url, net, kind="http-01"):
        """Answer a challenge with what net serves; the final challenge."""
        chall = self.serve(authz_url, net, kind)
        if chall["status"] == "valid":
            return chall
        r = self.post(chall["url"], {})
        assert r.status == 200, r
        return self.poll(chall["url"], lambda c: c["status"] in ("valid", "invalid"))

    def poll(self, url, done, seconds=60):
        end = time.monotonic() + seconds
        while True:
            value = self.get(url)
            if done(value):
                return value
            assert time.monotonic() < end, f"{url} after {seconds} s: {value}"
            time.sleep(0.1)

    def ready(self, names, net, kind="http-01"):
        """A ready order: (url, object)."""
        url, order = self.order(*names)
        for a in order["authorizations"]:
            chall = self.solve(a, net, kind)
            assert chall["status"] == "valid", chall
        order = self.get(url)
        assert order["status"] == "ready", order
        return url, order

    def twin(self):
        """Another client of the same account, for requests side by side."""
        c = Client(self.stack, self.key, self.url)
        c.kid, c._directory = self.kid, self.directory
        return c

    def finalize(self, order, csr_der, **how):
        return self.post(order["finalize"], {"csr": b64(csr_der)}, **how)

    def issue(self, names, net, kind="http-01", csr_key=None):
        """The whole way: (order url, order, PEM chain)."""
        url, order = self.ready(names, net, kind)
        r = self.finalize(order, csr(names, csr_key))
        assert r.status == 200, r
        order = self.poll(url, lambda o: o["status"] in ("valid", "invalid"))
        assert order["status"] == "valid", order
        return url, order, self.post(order["certificate"]).body


def at_once(calls):
    """What the calls give, all of them begun together."""
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait(30)
        return call()
    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def ident(name):
    """A DNS name, an ipaddress object, or what is to be sent as it is."""
    if isinstance(name, dict):
        return name
    return {"type": "dns" if isinstance(name, str) else "ip", "value": str(name)}


def general_name(name):
    return x509.DNSName(name) if isinstance(name, str) else x509.IPAddress(name)


def csr(names, key=None, cn=None, extensions=(), san=True):
    """A CSR in DER."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = [x509.NameAttribute(x509.NameOID.COMMON_NAME, cn)] if cn else []
    b = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(subject))
    if san and names:
        b = b.add_extension(x509.SubjectAlternativeName([general_name(n) for n in names]), False)
    for ext, critical in extensions:
        b = b.add_extension(ext, critical)
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return b.sign(key, algorithm).public_bytes(serialization.Encoding.DER)


ACME_IDENTIFIER = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.31")


def alpn_cert(name, digest, names=None, critical=True, oid=ACME_IDENTIFIER, value=None,
              issuer_key=None):
    """A certificate for tls-alpn-01 with its key, in PEM (RFC 8737 s3)."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "challenge")])
    now = datetime.datetime.now(datetime.timezone.utc)
    cert = (x509.CertificateBuilder().subject_name(subject).issuer_name(subject)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName(names or [x509.DNSName(name)]), False)
            .add_extension(x509.UnrecognizedExtension(oid, value or b"\x04\x20" + digest),
                           critical)
            .sign(issuer_key or key, hashes.SHA256()))
    return cert.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption())


def alpn_answer(identifier, digest):
    """(server name, certificate) for an identifier (RFC 8737 s3, RFC 8738 s6)."""
    name = identifier["value"]
    if identifier["type"] == "dns":
        return name, alpn_cert(name, digest)
    address = ipaddress.ip_address(name)
    return address.reverse_pointer, alpn_cert(name, digest, [x509.IPAddress(address)])


def chain(pem):
    """The certificates of a PEM text, in order; nothing may stand between them (CRT-02)."""
    mark = "-----END CERTIFICATE-----\n"
    parts = pem.split(mark)
    assert parts.pop() == "", "text behind the last certificate"
    return [x509.load_pem_x509_certificate((p + mark).encode()) for p in parts]


def signed_by(cert, issuer):
    """Assert that issuer's key signed cert, and that the names fit."""
    assert cert.issuer == issuer.subject
    issuer.public_key().verify(cert.signature, cert.tbs_certificate_bytes,
                               ec.ECDSA(cert.signature_hash_algorithm))


def names_of(cert):
    """The names of a certificate's SAN, sorted."""
    san = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return sorted(str(n.value) for n in san)
