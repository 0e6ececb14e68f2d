# SPDX-License-Identifier: BSD-2-Clause
"""The signer believes attestations and the client's own signature, never a column.

Every case takes an order that a real client brought to its finalize request, and
does to it, while the signer is held, what somebody who may write every row of the
database could do.  All cases wait for the signer together; each is a test.
"""

import concurrent.futures
import datetime
import json
import os
import signal
import time

import attest
import pytest
from acme import Client, Key, b64, csr, dumps, unb64
from attest import CAA, VERDICT, Perspective
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from stack import wait_until

DOMAIN = "forge.example"
HOUR = 3600


class Case:
    """An order, named after what is done to it."""

    def __init__(self, world, name, wildcard=False, client=None, base=None):
        self.world, self.stack = world, world.stack
        self.client = client or world.client
        self.base = base or f"{name}.{DOMAIN}"
        self.names = [("*." if wildcard else "") + self.base]
        self.kind = "dns-01" if wildcard else "http-01"
        self.csr = csr(self.names)

    def order(self):
        self.url, self.object = self.client.order(*self.names)
        self.id, authzs = self.sql(f"SELECT id, HEX(authzs) FROM orders WHERE idents LIKE "
                                   f"'%{self.names[0]}%' ORDER BY id DESC LIMIT 1")[0]
        self.authz = str(int(authzs[:16], 16))
        return self

    def prove(self):
        for a in self.object["authorizations"]:
            chall = self.client.solve(a, self.world.net, self.kind)
            assert chall["status"] == "valid", chall
        return self

    def finalize(self):
        r = self.client.finalize(self.object, self.csr)
        assert r.status == 200, r
        assert r.json["status"] == "processing", r

    def sql(self, text):
        return self.stack.sql(text)

    # -- what somebody may do to rows

    def only_status(self):
        """All that a proof would have changed, but no proof."""
        self.sql(f"UPDATE authzs SET status=2, validated_at={int(time.time())}, active_type=1 "
                 f"WHERE id={self.authz}; UPDATE orders SET status=2, authz_left=0 "
                 f"WHERE id={self.id}")

    def drop(self, table):
        self.sql(f"DELETE FROM {table} WHERE authz_id={self.authz}")

    def copy_from(self, other, tables=("verdicts", "caa_checks")):
        """The evidence of another authorization, under this one's id."""
        for table in tables:
            self.drop(table)
            yes = "is_valid" if table == "verdicts" else "is_permitted"
            extra = "method, " if table == "verdicts" else ""
            self.sql(f"INSERT INTO {table} (id, authz_id, {extra}{yes}, checked_at, statement, "
                     f"signature, record) SELECT (SELECT MAX(id) + 1 FROM {table}), "
                     f"{self.authz}, {extra}{yes}, checked_at, statement, signature, record "
                     f"FROM {table} WHERE authz_id={other.authz} ORDER BY id DESC LIMIT 1")

    def _replace(self, table, statement, signature):
        self.sql(f"UPDATE {table} SET statement=X'{statement.hex()}', "
                 f"signature=X'{signature.hex()}' WHERE authz_id={self.authz}")

    def _statement(self, table):
        row = self.sql(f"SELECT HEX(statement), HEX(signature) FROM {table} "
                       f"WHERE authz_id={self.authz}")[0]
        return bytes.fromhex(row[0]), bytes.fromhex(row[1])

    def restate(self, table, resign=True, **changes):
        """Another statement; signed by the host's own key, or with the old signature."""
        layout = VERDICT if table == "verdicts" else CAA
        old, signature = self._statement(table)
        new = attest.build(layout, {**attest.parse(layout, old), **changes})
        assert new != old
        self._replace(table, new, self.world.perspective.sign(new) if resign else signature)

    def flip(self, table, bit):
        statement, signature = self._statement(table)
        broken = bytearray(signature)
        broken[bit // 8] ^= 1 << bit % 8
        self._replace(table, statement, bytes(broken))

    def put_jws(self, jws):
        text = jws if isinstance(jws, str) else dumps(jws)
        self.sql(f"UPDATE orders SET finalize_jws=X'{text.encode().hex()}' WHERE id={self.id}")

    def jws(self):
        return json.loads(bytes.fromhex(
            self.sql(f"SELECT HEX(finalize_jws) FROM orders WHERE id={self.id}")[0][0]))

    def signed(self, payload, **how):
        return self.client.sign(self.object["finalize"], payload, **how)


def ago(seconds):
    return int(time.time()) - seconds


# -- forgeries: bare status, copied, of another account, expired

def bare_status(c):
    """design 3: authzs, order and authz_left say that all is proven; nobody saw a proof."""


def copied(c):
    c.copy_from(c.world.donor)


def copied_verdict_own_caa(c):
    c.copy_from(c.world.donor, ["verdicts"])


def foreign_authz(c):
    """Another account's authorization for the same name, as if it were this order's."""
    c.sql(f"UPDATE orders SET authzs=UNHEX(LPAD(HEX({c.world.foreign.authz}), 16, '0')) "
          f"WHERE id={c.id}")


def foreign_copied(c):
    c.copy_from(c.world.foreign)


def expired(c):
    """30 days and a minute old; the columns beside it stay young."""
    c.restate("verdicts", checked_at=ago(30 * 24 * HOUR + 60))


def expired_columns(c):
    """Columns that make it look old do not matter."""
    c.sql(f"UPDATE verdicts SET checked_at=1 WHERE authz_id={c.authz}; "
          f"UPDATE caa_checks SET checked_at=1 WHERE authz_id={c.authz}; "
          f"UPDATE authzs SET validated_at=1, expires_at=1 WHERE id={c.authz}")


def from_the_future(c):
    c.restate("verdicts", checked_at=ago(-HOUR))


# -- verdicts

def failed_verdict(c):
    """A signed failure in a row that says that it is none."""
    c.restate("verdicts", result=0)


def verdict_bit(c):
    c.flip("verdicts", 100)


def verdict_last_bit(c):
    c.flip("verdicts", 511)


def verdict_token(c):
    c.restate("verdicts", resign=False, token="A" * 43)


def verdict_name(c):
    c.restate("verdicts", resign=False, name="victim.example", adn="victim.example")


def verdict_unknown_key(c):
    c.restate("verdicts", key_id="0123456789abcdef")


def verdict_unknown_perspective(c):
    c.restate("verdicts", perspective="elsewhere")


def verdict_account_id(c):
    c.restate("verdicts", account_id=1)


def verdict_account_url(c):
    c.restate("verdicts", account_url=c.client.kid + "x")


def verdict_thumbprint(c):
    """The proof was given with another account key."""
    c.restate("verdicts", thumbprint=bytes(32))


def verdict_method(c):
    """CAA was judged for http-01, the proof claims dns-01."""
    c.restate("verdicts", method="dns-01")


def verdict_wildcard_method(c):
    c.restate("verdicts", method="http-01")
    c.restate("caa_checks", method="http-01")


def verdict_unknown_method(c):
    c.restate("verdicts", method="tls-sni-01")
    c.restate("caa_checks", method="tls-sni-01")


def verdict_adn(c):
    c.restate("verdicts", adn=DOMAIN)


def verdict_of_ancestor(c):
    """SUB-04: the domain above was proven by dns-01, but not for the names below it."""
    above = c.world.above
    c.sql(f"UPDATE caa_checks SET authz_id={above.authz} WHERE authz_id={c.authz}; "
          f"UPDATE authzs SET covers_subdomains=1 WHERE id={above.authz}; "
          f"UPDATE orders SET authzs=UNHEX(LPAD(HEX({above.authz}), 16, '0')) WHERE id={c.id}")


def _widen(c, name=DOMAIN, method="dns-01", resign=True):
    """A verdict for all names below a domain, with CAA for this one."""
    old, signature = c._statement("verdicts")
    new = attest.build(attest.SUBDOMAINS, {**attest.parse(VERDICT, old), "name": name, "adn": name,
                                           "method": method})
    c._replace("verdicts", new, c.world.perspective.sign(new) if resign else signature)
    if method != c.kind:
        c.restate("caa_checks", method=method)
    c.sql(f"UPDATE caa_checks SET name='{c.base}' WHERE authz_id={c.authz}")


def subdomains(c):
    """SUB-05: signed by who saw it, this is a proof."""
    _widen(c)


def subdomains_unsigned(c):
    _widen(c, resign=False)


def subdomains_http(c):
    """VAL-03: no prune mark."""
    _widen(c, method="http-01")


def subdomains_tld(c):
    _widen(c, DOMAIN.split(".")[1])


def subdomains_elsewhere(c):
    _widen(c, "other." + DOMAIN)


def subdomains_caa_of_domain(c):
    """SUB-05: CAA was looked at for the domain, not for the name."""
    _widen(c)
    c.restate("caa_checks", name=DOMAIN)


def subdomains_caa_missing(c):
    _widen(c)
    c.sql(f"UPDATE caa_checks SET name='' WHERE authz_id={c.authz}")


def verdict_is_caa(c):
    statement, signature = c._statement("caa_checks")
    c._replace("verdicts", statement, signature)


def verdict_trailing(c):
    statement, _ = c._statement("verdicts")
    c._replace("verdicts", statement + b"\0", c.world.perspective.sign(statement + b"\0"))


# -- CAA

def caa_missing(c):
    c.drop("caa_checks")


def caa_old(c):
    c.restate("caa_checks", checked_at=ago(8 * HOUR + 60))


def caa_other_name(c):
    c.copy_from(c.world.donor, ["caa_checks"])


def caa_wildcard(c):
    c.restate("caa_checks", wildcard=1)


def caa_account(c):
    c.restate("caa_checks", account_url=c.world.foreign.client.kid)


def caa_issuers(c):
    c.restate("caa_checks", issuers="other.example\n")


def caa_no(c):
    c.restate("caa_checks", result=0)


def caa_bit(c):
    c.flip("caa_checks", 7)


def caa_unsigned_change(c):
    c.restate("caa_checks", resign=False, checked_at=ago(1))


# -- the client's own request

def csr_replaced(c):
    """The CSR is another, the signature the client's."""
    jws = c.jws()
    c.put_jws({**jws, "payload": b64(dumps({"csr": b64(csr(c.names))}))})


def csr_other_key(c):
    """All of it made by somebody who has not the account's key."""
    c.put_jws(c.signed({"csr": b64(csr(c.names))}, key=Key()))


def csr_jwk(c):
    key = Key()
    c.put_jws(c.signed({"csr": b64(csr(c.names))}, key=key, jwk=key.jwk()))


def csr_other_order(c):
    c.put_jws(c.world.donor.jws())


def csr_other_order_same_names(c):
    """The account holder's signed request for the same name, in another order."""
    other = Case(c.world, "csr-other-order-same-names").order()
    c.put_jws(other.signed({"csr": b64(csr(c.names))}))


def csr_other_account(c):
    c.put_jws(c.world.foreign.client.sign(c.object["finalize"], {"csr": b64(csr(c.names))}))


def csr_account_key_replaced(c):
    """Key and request are both the thief's: the proof names the old key."""
    key = Key()
    c.sql(f"UPDATE accounts SET key_jwk='{json.dumps(key.jwk(), sort_keys=True, separators=(',', ':'))}' "
          f"WHERE acme_account_id='{c.client.kid.rsplit('/', 1)[1]}'")
    c.put_jws(c.signed({"csr": b64(csr(c.names))}, key=key))


def csr_signature_bit(c):
    jws = c.jws()
    raw = bytearray(unb64(jws["signature"]))
    raw[5] ^= 1
    c.put_jws({**jws, "signature": b64(bytes(raw))})


def csr_none(c):
    c.put_jws(c.signed({}))


def csr_no_jws(c):
    c.put_jws("{}")


def csr_more_names(c):
    """What the client signed is checked anew: a name more than proven."""
    c.put_jws(c.signed({"csr": b64(csr(c.names + [DOMAIN]))}))


def csr_account_key(c):
    """FIN-12: a CSR for the account's own key, past the responder."""
    c.put_jws(c.signed({"csr": b64(csr(c.names, c.client.key.private))}))


def csr_weak(c):
    """KEY-07: a curve that no certificate has, past the responder."""
    c.put_jws(c.signed({"csr": b64(csr(c.names, ec.generate_private_key(ec.SECP256K1())))}))


def key_blocked(c):
    """KEY-08: found out between finalize and signing."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(x509.load_der_x509_csr(c.csr).public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))
    c.sql(f"INSERT INTO blocked_keys VALUES (X'{digest.finalize().hex()}', 'a test', 1)")


# -- the order and those who stand behind it, as they are now

def order_idents(c):
    c.sql(f"UPDATE orders SET idents=CONCAT(idents, 'dns:z.{DOMAIN}\\n') WHERE id={c.id}")


def order_no_authzs(c):
    c.sql(f"UPDATE orders SET authzs='' WHERE id={c.id}")


def order_expired(c):
    c.sql(f"UPDATE orders SET expires_at={ago(1)} WHERE id={c.id}")


def order_profile(c):
    c.sql(f"UPDATE orders SET profile='nosuch' WHERE id={c.id}")


def name_removed(c):
    c.sql("UPDATE subscription_names n JOIN subscriptions s ON s.id = n.subscription_id "
          "JOIN accounts a ON a.binding_id = s.binding_id SET n.is_active=0 "
          f"WHERE a.acme_account_id='{c.client.kid.rsplit('/', 1)[1]}'")


def subscription_ended(c):
    c.sql("UPDATE subscriptions s JOIN accounts a ON a.binding_id = s.binding_id "
          f"SET s.end_at={ago(60)} "
          f"WHERE a.acme_account_id='{c.client.kid.rsplit('/', 1)[1]}'")


def binding_suspended(c):
    c.sql("UPDATE bindings b JOIN accounts a ON a.binding_id = b.id SET b.status=2 "
          f"WHERE a.acme_account_id='{c.client.kid.rsplit('/', 1)[1]}'")


def account_suspended(c):
    c.sql("UPDATE accounts SET status=3 "
          f"WHERE acme_account_id='{c.client.kid.rsplit('/', 1)[1]}'")


def account_revoked(c):
    c.sql("UPDATE accounts SET status=5 "
          f"WHERE acme_account_id='{c.client.kid.rsplit('/', 1)[1]}'")


def _plant(c, change):
    """The intent of a predecessor that never was: bytes with a reserved serial."""
    issuer_id, issuer = c.sql("SELECT id, HEX(cert) FROM issuers")[0]
    ca = x509.load_der_x509_certificate(bytes.fromhex(issuer))
    now = datetime.datetime.now(datetime.timezone.utc)
    serial = int.from_bytes(b"\x51" + os.urandom(15), "big")
    public = x509.load_der_x509_csr(c.csr).public_key()
    b = (x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(ca.subject)
         .public_key(public).serial_number(serial).not_valid_before(now)
         .not_valid_after(now + datetime.timedelta(days=30))
         .add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in c.names]), True))
    planted = change(b).sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    hexed = f"X'{serial:032x}'"
    c.sql(f"INSERT INTO serials (serial, issuer_id, order_id, status, created_at) VALUES "
          f"({hexed}, {issuer_id}, {c.id}, 1, 1); INSERT INTO issuances VALUES ({c.id}, {hexed}, "
          f"{issuer_id}, X'{planted.tbs_certificate_bytes.hex()}', 1)")


def planted_ca(c):
    """LIN-01: the bytes to be signed were written by somebody else, and make a CA."""
    _plant(c, lambda b: b.add_extension(x509.BasicConstraints(True, None), True))


def planted_without_serial(c):
    _plant(c, lambda b: b)
    c.sql(f"DELETE FROM serials WHERE order_id={c.id}")


STATEMENT = "statement is no verdict"
# What is done -> (problem type, words of the reason in log and audit); "" is no refusal.
CASES = {
    bare_status: ("unauthorized", "authorization without attestation"),
    copied: ("unauthorized", "attestation of another authorization"),
    copied_verdict_own_caa: ("unauthorized", "attestation of another authorization"),
    foreign_authz: ("unauthorized", "attestation of another account"),
    foreign_copied: ("unauthorized", "attestation of another authorization"),
    expired: ("unauthorized", "attestation expired"),
    expired_columns: ("", ""),
    from_the_future: ("unauthorized", "attestation from the future"),
    failed_verdict: ("unauthorized", "attestation of a failure"),
    verdict_bit: ("unauthorized", "signature of an attestation does not verify"),
    verdict_last_bit: ("unauthorized", "signature of an attestation does not verify"),
    verdict_token: ("unauthorized", "signature of an attestation does not verify"),
    verdict_name: ("unauthorized", "signature of an attestation does not verify"),
    verdict_unknown_key: ("unauthorized", "perspective that is not trusted"),
    verdict_unknown_perspective: ("unauthorized", "perspective that is not trusted"),
    verdict_account_id: ("unauthorized", "attestation of another account"),
    verdict_account_url: ("unauthorized", "attestation of another account"),
    verdict_thumbprint: ("unauthorized", "account key is not the attested one"),
    verdict_method: ("unauthorized", "CAA attestation of another account, method or issuer"),
    verdict_wildcard_method: ("unauthorized", "method that does not prove such a name"),
    verdict_unknown_method: ("unauthorized", "method that does not prove such a name"),
    verdict_adn: ("unauthorized", "another authorization domain name"),
    verdict_of_ancestor: ("unauthorized", "not those of the order's identifiers"),
    subdomains: ("", ""),
    subdomains_unsigned: ("unauthorized", "signature of an attestation does not verify"),
    subdomains_http: ("unauthorized", "method that does not prove names below"),
    subdomains_tld: ("unauthorized", "names below a public suffix"),
    subdomains_elsewhere: ("unauthorized", "not those of the order's identifiers"),
    subdomains_caa_of_domain: ("unauthorized", "CAA attestation of another name"),
    subdomains_caa_missing: ("unauthorized", "authorization without CAA attestation"),
    verdict_is_caa: ("unauthorized", STATEMENT),
    verdict_trailing: ("unauthorized", STATEMENT),
    caa_missing: ("unauthorized", "authorization without CAA attestation"),
    caa_old: ("unauthorized", "attestation expired"),
    caa_other_name: ("unauthorized", "CAA attestation of another name"),
    caa_wildcard: ("unauthorized", "CAA attestation of another name"),
    caa_account: ("unauthorized", "CAA attestation of another account, method or issuer"),
    caa_issuers: ("unauthorized", "CAA attestation of another account, method or issuer"),
    caa_no: ("caa", "CAA records forbid issuance for caa-no.forge.example"),
    caa_bit: ("unauthorized", "signature of an attestation does not verify"),
    caa_unsigned_change: ("unauthorized", "signature of an attestation does not verify"),
    csr_replaced: ("unauthorized", "signature of the finalize request does not verify"),
    csr_other_key: ("unauthorized", "signature of the finalize request does not verify"),
    csr_jwk: ("unauthorized", "finalize request"),
    csr_other_order: ("unauthorized", "finalize request for another order"),
    csr_other_order_same_names: ("unauthorized", "finalize request for another order"),
    csr_other_account: ("unauthorized", "finalize request of another account"),
    csr_account_key_replaced: ("unauthorized", "account key is not the attested one"),
    csr_signature_bit: ("unauthorized", "signature of the finalize request does not verify"),
    csr_none: ("unauthorized", "finalize request without CSR"),
    csr_no_jws: ("unauthorized", "stored finalize request is no JWS"),
    csr_more_names: ("badCSR", "which is not in the order"),
    csr_account_key: ("badCSR", "key of an account"),
    csr_weak: ("badCSR", ""),
    key_blocked: ("badCSR", "known to be compromised"),
    order_idents: ("unauthorized", "not those of the order's identifiers"),
    order_no_authzs: ("unauthorized", "order without authorizations"),
    order_expired: ("unauthorized", "order expired"),
    order_profile: ("invalidProfile", "not offered any more"),
    name_removed: ("rejectedIdentifier", "subscription does not hold every name"),
    subscription_ended: ("rejectedIdentifier", "subscription does not hold every name"),
    binding_suspended: ("unauthorized", "binding is suspended or deactivated"),
    account_suspended: ("unauthorized", "account is suspended"),
    account_revoked: ("unauthorized", "account is revoked"),
    planted_ca: ("unauthorized", "stored bytes: lint"),
    planted_without_serial: ("unauthorized", "stored bytes: lint"),
}
WILDCARD = {verdict_wildcard_method}
# These change more than their order, so the account is their own.
OWN_ACCOUNT = {csr_account_key_replaced, name_removed, subscription_ended, binding_suspended,
               account_suspended, account_revoked}
WITHOUT_PROOF = {bare_status, copied, foreign_copied}


def label(forge):
    return forge.__name__.strip("_").replace("_", "-")


class World:
    """All orders, forged and answered."""

    def __init__(self, stack, partner, net):
        self.stack, self.net = stack, net
        self.perspective = Perspective(stack)

        def account():
            wild = [f"*.{label(forge)}.{DOMAIN}" for forge in WILDCARD]
            return Client(stack).register(partner.binding(DOMAIN, "*." + DOMAIN, *wild))

        self.client = account()
        stranger = account()
        self.donor = Case(self, "donor").order().prove()
        self.foreign = Case(self, "foreign-authz", client=stranger).order().prove()
        self.above = Case(self, "above", base=DOMAIN)
        self.above.kind = "dns-01"
        self.above.order().prove()
        self.cases = {}
        for forge in CASES:
            own = account() if forge in OWN_ACCOUNT else None
            c = Case(self, label(forge), forge in WILDCARD, own).order()
            self.cases[forge] = c
        self._each(lambda f, c: c.only_status() if f in WITHOUT_PROOF else c.prove(), 1)
        self.control = Case(self, "control").order().prove()
        signer, = stack.pids("signer")
        os.kill(signer, signal.SIGSTOP)
        try:
            # A client has one connection: everybody who finalizes has one of his own.
            self.donor.finalize()
            self._each(lambda f, c: self._finalize(c), 8)
            self._finalize(self.control)
            self._each(lambda f, c: f(c), 1)
        finally:
            os.kill(signer, signal.SIGCONT)
        wait_until(self._decided, 60, "every order decided")

    def _finalize(self, case):
        client = Client(self.stack, case.client.key)
        client.kid = case.client.kid
        r = client.finalize(case.object, case.csr)
        assert r.status == 200 and r.json["status"] == "processing", r

    def _each(self, do, threads):
        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            for future in [pool.submit(do, f, c) for f, c in self.cases.items()]:
                future.result(60)

    def _decided(self):
        ids = ",".join(c.id for c in [*self.cases.values(), self.control])
        return self.stack.sql(f"SELECT COUNT(*) FROM orders WHERE id IN ({ids}) "
                              "AND status = 3") == [["0"]]


@pytest.fixture(scope="module")
def world(stack, partner, shared_net):
    shared_net.clear()
    return World(stack, partner, shared_net)


def issued(case):
    """[certificates, serials that are not burned, intents] of an order."""
    return [int(n) for n in case.sql(
        f"SELECT (SELECT COUNT(*) FROM certs WHERE order_id={case.id}), "
        f"(SELECT COUNT(*) FROM serials WHERE order_id={case.id} AND status<>3), "
        f"(SELECT COUNT(*) FROM issuances WHERE order_id={case.id})")[0]]


def test_control(world):
    """FIN-16: the order that nobody touched has its certificate: so the others are
    refused for what was done to them."""
    c = world.control
    assert c.client.get(c.url)["status"] == "valid"
    assert issued(c) == [1, 1, 0]


@pytest.mark.parametrize("forge", CASES, ids=label)
def test_forgery(world, forge):
    """Design 3, VAL-07, CAA-09, SCH-03, FIN-11, FIN-12, KEY-08, LIN-01, R-9: no certificate from
    rows alone (SEC-10), none without a fresh look at CAA (CAA-16), none by a method that does
    not prove such a name, or for the domain above it unless that was proven for all names below
    (VAL-01 VAL-03 DNS-10 SUB-04 SUB-05); the order says what the client may know, log and audit say why."""
    c = world.cases[forge]
    kind, why = CASES[forge]
    status, error = c.sql(f"SELECT status, error FROM orders WHERE id={c.id}")[0]
    if kind == "":
        assert status == "4" and issued(c) == [1, 1, 0]
        return
    assert status == "5", error
    problem = json.loads(error)
    assert problem["type"] == "urn:ietf:params:acme:error:" + kind, problem
    assert problem["detail"] and "attest" not in problem["detail"]
    assert issued(c) == [0, 0, 0]
    audits = c.sql(f"SELECT detail FROM audit WHERE event='cert.refuse' AND object_id={c.id}")
    assert len(audits) == 1 and why in audits[0][0], audits
    lines = [line for line in world.stack.log("caas-signer").splitlines()
             if "cert.refuse" in line and c.id in line]
    assert len(lines) == 1 and why in lines[0], lines


def test_client_sees_the_refusal(world):
    """ORD-12 SEC-09: an invalid order with its problem; nothing of the inside."""
    c = world.cases[csr_replaced]
    order = c.client.get(c.url)
    assert order["status"] == "invalid" and "certificate" not in order
    assert order["error"]["status"] == 403, order
