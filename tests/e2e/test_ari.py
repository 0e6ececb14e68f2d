# SPDX-License-Identifier: BSD-2-Clause
"""ACME Renewal Information, and orders that replace a certificate (RFC 9773)."""

import base64
import datetime
import json

import pytest
from acme import Client, at_once, b64, chain, fail_type, serialization, x509

NAME = "client.example"


def octets(number):
    """The content octets of a positive INTEGER."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def certid(leaf, serial=None, aki=None):
    aki = aki or leaf.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    aki = aki if isinstance(aki, bytes) else aki.value.key_identifier
    return f"{b64(aki)}.{b64(serial or octets(leaf.serial_number))}"


@pytest.fixture
def issued(client, net):
    """A certificate of client's: its leaf."""
    return chain(client.issue([NAME], net)[2])[0]


def info(client, name, method="GET"):
    url = client.directory["renewalInfo"] + "/" + name
    return client.http.request(method, url)


def window(reply):
    w = reply.json["suggestedWindow"]
    return [datetime.datetime.fromisoformat(w[k].replace("Z", "+00:00")) for k in ("start", "end")]


def utc(at):
    return at.replace(tzinfo=datetime.timezone.utc)


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def test_window(client, issued):
    """ARI-01 ARI-03 ARI-04 ARI-05 ARI-08 ARI-09: anybody asks, and may keep the answer a while"""
    r = info(client, certid(issued))
    assert r.status == 200 and r.header("Content-Type") == "application/json"
    assert list(r.json) == ["suggestedWindow"]
    start, end = window(r)
    life = utc(issued.not_valid_after) - utc(issued.not_valid_before)
    assert start < utc(issued.not_valid_before) + life * 2 / 3 < end < utc(issued.not_valid_after)
    retry = int(r.header("Retry-After"))
    assert 3600 <= retry <= 86400
    assert r.header("Cache-Control") == "public, max-age=600" and 600 <= retry
    assert r.header("Replay-Nonce") is None
    # The same for everybody at any time, whatever the query.
    assert window(info(client, certid(issued))) == [start, end]
    head = info(client, certid(issued), "HEAD")
    assert head.status == 200 and head.body == "" and head.header("Retry-After")


def test_without_sign_octet(client, issued):
    """ARI-15 CLI-11: unambiguous, so it is taken"""
    whole = octets(issued.serial_number)
    assert window(info(client, certid(issued, whole.lstrip(b"\0")))) == window(
        info(client, certid(issued)))


def test_methods(client, issued):
    """ARI-03: GET and HEAD only"""
    r = client.http.request("POST", client.directory["renewalInfo"] + "/" + certid(issued), b"{}")
    assert r.status == 405 and r.header("Allow") == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("name, status", [
    ("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE", 404),
    ("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE=", 400),
    ("aYhba4dGQEHhs3uEe6CuLN4ByNQ", 400),
    ("x" * 129, 400), (".", 400), ("a.b.c", 400), ("!.!", 400),
])
def test_no_such(client, name, status):
    """ARI-06 TOP-39: unknown is 404, bad syntax 400"""
    r = info(client, name)
    assert r.status == status and r.json["type"].endswith(":malformed"), r
    assert r.header("Cache-Control") == "no-store"


def test_foreign_issuer(client, issued):
    """ARI-06 TOP-39: our serial under another key identifier is not ours"""
    assert info(client, certid(issued, aki=b"\x01" * 20)).status == 404


def test_revoked(client, issued):
    """ARI-07: at once"""
    assert window(info(client, certid(issued)))[0] > now()
    der = issued.public_bytes(serialization.Encoding.DER)
    assert client.post(client.directory["revokeCert"], {"certificate": b64(der)}).status == 200
    start, end = window(info(client, certid(issued)))
    assert start < end <= now()


def zulu(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def pull(stack, *args, minutes=10):
    span = datetime.timedelta(minutes=minutes)
    r = stack.ctl("renewal", "pull", "--issued-from", zulu(now() - span), "--issued-to",
                  zulu(now() + span), *args, "--json", check=False)
    assert r.returncode == 0, r
    return json.loads(r.stdout)


def test_pulled_forward(stack, partner, net):
    """ARI-07: by the operator, for the certificates that are meant and no others"""
    client = Client(stack).register(partner.binding("*.pull.example", "pull.example",
                                                    "notpull.example"))
    names = ["pull.example", "www.pull.example", "notpull.example"]
    leaves = {n: chain(client.issue([n], net)[2])[0] for n in names}
    before = window(info(client, certid(leaves["notpull.example"])))
    said = pull(stack, "--name", "pull.example", "--within-hours", "6", "--explanation-url",
                "https://ca.example/why", "--issuer", "test-ca", "--profile", "default")
    assert said["pulled"] == 2 and said["issuedThen"] >= 3
    for n in names[:2]:
        r = info(client, certid(leaves[n]))
        start, end = window(r)
        assert start <= now() < end <= now() + datetime.timedelta(hours=6)
        assert r.json["explanationURL"] == "https://ca.example/why"
    r = info(client, certid(leaves["notpull.example"]))
    assert window(r) == before and "explanationURL" not in r.json
    assert pull(stack, "--name", "www.pull.example", "--now")["pulled"] == 1
    assert window(info(client, certid(leaves["www.pull.example"])))[1] < now()
    assert pull(stack, "--name", "nobody.example")["pulled"] == 0
    assert stack.sql("SELECT COUNT(*) > 0 FROM audit WHERE event = 'renewal.pull'") == [["1"]]


@pytest.mark.parametrize("args, text", [
    ((), "must be given"),
    (("--issued-from", "today", "--issued-to", "today"), "is no time"),
    (("--issued-from", "2026-01-02T00:00:00Z", "--issued-to", "2026-01-01T00:00:00Z"), "before"),
    (("--now", "--within-hours", "3"), "exclude"),
    (("--within-hours", "0"), "hours"),
])
def test_bad_pull(stack, args, text):
    r = stack.ctl("renewal", "pull", *args, check=False)
    assert r.returncode == 64 and text in r.stderr, r


# -- replaces

def replace(client, leaf, *names, **how):
    return client.new_order(*(names or [NAME]), replaces=certid(leaf, **how))


def test_replaces(client, issued, net):
    """ARI-10: in the order for its whole life"""
    r = replace(client, issued, NAME)
    assert r.status == 201 and r.json["replaces"] == certid(issued)
    url = r.location
    assert client.get(url)["replaces"] == certid(issued)
    # What was proven is used again, so it can be finalized at once.
    assert r.json["status"] == "ready"


def test_replaced_once(client, issued):
    """ARI-12 ERRT-02 TOP-39: a second order is told so, in parallel too"""
    twins = [client.twin() for _ in range(6)]
    for t in twins:
        t.nonce()
    replies = at_once([lambda t=t: replace(t, issued) for t in twins])
    assert sorted(r.status for r in replies) == [201] + [409] * 5
    for r in replies:
        if r.status == 409:
            fail_type(r, 409, "alreadyReplaced")


def test_failed_order_frees(client, issued, net):
    """ARI-13 TOP-39: the predecessor may be tried again once the order failed"""
    r = replace(client, issued, NAME, "x.client.example")
    assert r.status == 201
    fail_type(replace(client, issued), 409, "alreadyReplaced")
    net.clear()
    for authz in r.json["authorizations"]:
        if client.get(authz)["status"] == "pending":
            net.rule("* * status 404")
            _, chall = client.challenge(authz, "http-01")
            client.post(chall["url"], {})
            client.poll(chall["url"], lambda c: c["status"] == "invalid")
    assert client.get(r.location)["status"] == "invalid"
    assert replace(client, issued).status == 201


def test_foreign(client, stranger, issued, stack):
    """ARI-11 TOP-39: another account's certificate"""
    with stack.unchanged():
        r = stranger.new_order("stranger.example", replaces=certid(issued))
    fail_type(r, 403, "unauthorized")


def test_nothing_in_common(client, issued):
    """ARI-11 TOP-39: no identifier in common"""
    fail_type(replace(client, issued, "y.client.example"), 400, "malformed")


@pytest.mark.parametrize("name", ["aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE", "x", "", 7, None])
def test_unknown_predecessor(client, name, stack):
    """ARI-14 CLI-42: of a type at which clients try again without it"""
    with stack.unchanged():
        fail_type(client.new_order(NAME, replaces=name), 400, "malformed")


def test_id_is_not_base64_with_padding(client, issued):
    """TOP-39: an identifier with padding is none"""
    padded = ".".join(base64.urlsafe_b64encode(base64.urlsafe_b64decode(p + "=" * (-len(p) % 4))
                                               + b"x").decode() for p in certid(issued).split("."))
    assert "=" in padded
    fail_type(client.new_order(NAME, replaces=padded), 400, "malformed")
