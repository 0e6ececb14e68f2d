# SPDX-License-Identifier: BSD-2-Clause
"""Idempotency-Key: a call made again gets its first answer, and is done once (A-21)."""

import contextlib
import itertools
import signal
import subprocess
import time

import pytest
from acme import at_once
from outside import is_alive
from partner import Partner, refused
from stack import wait_until
from test_faultwalk import is_traced, killer, persist

DAY = 86400
STEPS_MAX = 60          # no call takes so many
fresh = (f"key-{i}" for i in itertools.count()).__next__


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "key-hosting", credit="100000.00")


def counts(p):
    """What a call could have added, but for the row of a refusal."""
    return [p.stack.sql(f"SELECT COUNT(*) FROM {t}") for t in (
        "bindings", "accounts", "subscription_names WHERE is_active = 1", "transactions",
        "transaction_names", "ledger", "audit WHERE event <> 'partner.refused'", "answers")] + [
        p.row(), p.stack.sql("SELECT id, status FROM accounts ORDER BY id")]


def near_end(p, account):
    """Its subscription can be extended."""
    p.stack.sql(f"UPDATE subscriptions s JOIN bindings b ON b.id = s.binding_id SET s.end_at = "
                f"{int(time.time()) + 50 * DAY} WHERE b.key_id = '{account}'")


ACTIONS = {
    "PREREGISTER": lambda p: {"serverUrl": p.stack.server_url, "years": "2"},
    "ADDDOMAIN": lambda p: {"acmeAccountID": p.binding()[0], "domainName": "one.key.example",
                            "addAssociatedFQDN": "Y"},
    "REMOVEDOMAIN": lambda p: {"acmeAccountID": p.binding("two.key.example")[0],
                               "domainName": "two.key.example"},
    "EXTENDDOMAINS": lambda p: {"acmeAccountID": p.binding("three.key.example")[0]},
    "SUSPENDACCOUNT": lambda p: {"acmeAccountID": p.binding()[0]},
    "DEACTIVATEACCOUNT": lambda p: {"acmeAccountID": p.binding()[0],
                                    "includeAdditionalAccounts": "N"},
}


@pytest.mark.parametrize("action", ACTIONS)
def test_repeated(p, action):
    """The first answer, byte for byte; nothing is done or charged again; the form may be written otherwise"""
    args, key = ACTIONS[action](p), fresh()
    if action == "EXTENDDOMAINS":
        near_end(p, args["acmeAccountID"])
    before = counts(p)
    first = p.keyed(key, action, **args)
    assert first.status == 200, first
    after = counts(p)
    assert after != before
    again = [p.keyed(key, action, **args), p.keyed(f'"{key}"', action, **args),
             p.keyed(key, action, **{k.upper(): v for k, v in reversed(args.items())}),
             p.keyed(key, action, **args, **({"quoteOnly": ""} if "Y" in args.values() else {}))]
    for r in again:
        assert (r.status, r.body) == (200, first.body)
        assert r.header("Content-Type") == first.header("Content-Type") == "application/json"
        assert r.header("X-Request-Id") != first.header("X-Request-Id")
    assert counts(p) == after


def test_unchanged_since(p):
    """The answer is that of then, whatever happened since"""
    account, key = p.binding()[0], fresh()
    args = {"acmeAccountID": account, "domainName": "then.key.example"}
    first = p.keyed(key, "ADDDOMAIN", **args)
    p.remove(account, "then.key.example")
    p.ok("DEACTIVATEACCOUNT", acmeAccountID=account)
    before = counts(p)
    assert p.keyed(key, "ADDDOMAIN", **args).body == first.body
    assert counts(p) == before


@pytest.mark.parametrize("action, change", [
    ("ADDDOMAIN", {"domainName": "b.other.example"}), ("ADDDOMAIN", {"addAssociatedFQDN": "Y"}),
    ("ADDDOMAIN", {"quoteOnly": "Y"}), ("REMOVEDOMAIN", {}), ("PREREGISTER", None)])
def test_other_call(p, action, change):
    """E24: the key of another call is refused, and nothing is changed"""
    args, key = {"acmeAccountID": p.binding()[0], "domainName": "a.other.example"}, fresh()
    first = p.keyed(key, "ADDDOMAIN", **args)
    before = counts(p)
    other = {"serverUrl": p.stack.server_url} if change is None else {**args, **change}
    refused(p.keyed(key, action, **other), "E24")
    assert counts(p) == before
    assert p.keyed(key, "ADDDOMAIN", **args).body == first.body
    assert p.stack.sql("SELECT detail LIKE '% E24 %' FROM audit WHERE event = 'partner.refused' "
                       "ORDER BY id DESC LIMIT 1") == [["1"]]


def test_refused_leaves_it_free(stack):
    """E14, E18: what changed nothing has no answer to keep; the call is judged anew"""
    p, key = Partner.new(stack, "key-poor-hosting", credit="99.99"), fresh()
    args = {"acmeAccountID": p.binding()[0], "domainName": "free.key.example"}
    refused(p.keyed(key, "ADDDOMAIN", **args), "E14")
    p.keyed(key, "ADDDOMAIN", **args, quoteOnly="Y")
    p.keyed(key, "LISTDOMAINS", acmeAccountID=args["acmeAccountID"])
    stack.ctl("reseller", "credit", p.name, "0.01")
    first = p.keyed(key, "ADDDOMAIN", **args)
    assert first.status == 200, first
    assert p.keyed(key, "ADDDOMAIN", **args).body == first.body
    refused(p.keyed(fresh(), "ADDDOMAIN", **args), "E18")
    assert p.row() == (0, 0, 3)


def test_own_keys(stack, p):
    """The key is one's own: another reseller's is another"""
    other, key = Partner(stack, "LOGIN2"), fresh()
    mine, theirs = (x.keyed(key, "PREREGISTER", serverUrl=stack.server_url) for x in (p, other))
    assert mine.status == theirs.status == 200 and mine.body != theirs.body


@pytest.mark.parametrize("key, good", [
    ("a", True), ("x" * 128, True), ('"8e03978e-40d5-43dd-bc93-6894a57f9324"', True),
    ("AZaz09-._~:+/=", True), ("", False), ('""', False), ("x" * 129, False), ("a b", False),
    ("a,b", False), ('a"b', False), ('"a', False), ("a\\b", False), ("\u00e4", False)])
def test_keys(p, key, good):
    """E3: 1 to 128 letters, digits and -._~:+/=, with or without the quotes of a string"""
    before = counts(p)
    r = p.keyed(key.encode("latin-1"), "PREREGISTER", serverUrl=p.stack.server_url)
    if good:
        assert r.status == 200, r
    else:
        refused(r, "E3", "Idempotency-Key")
        assert counts(p) == before


def test_kept_secret(stack, p):
    """partner-api 2: the MAC key is not readable where the answer is kept, and an answer is bound to its key"""
    key, moved = fresh(), fresh()
    first = p.keyed(key, "PREREGISTER", serverUrl=stack.server_url)
    a = first.json["Accounts"][0]
    rows = stack.sql("SELECT HEX(body) FROM answers")
    for secret in (a["eabMACKeyb64url"], a["eabMACIDb64url"], p.password):
        assert not [r for r in rows if secret.encode().hex().upper() in r[0]]
    stack.sql(f"UPDATE answers SET idempotency_key = '{moved}' WHERE idempotency_key = '{key}'")
    before = counts(p)
    refused(p.keyed(moved, "PREREGISTER", serverUrl=stack.server_url), "E23")
    assert counts(p) == before


def test_twins(stack, p):
    """Twelve of the same at once: the others wait for the first, one charge, one answer"""
    key = fresh()
    form = p.form("ADDDOMAIN", acmeAccountID=p.binding()[0], domainName="twin.key.example")
    before = p.row()

    def call():
        mine = Partner(stack, name=p.name, password=p.password)
        for _ in range(50):
            r = mine.raw(form, headers={"Idempotency-Key": key})
            if r.status != 429:
                return r.status, r.body
        return r.status, r.body

    replies = at_once([call] * 12)
    assert len(set(replies)) == 1 and replies[0][0] == 200, replies
    assert p.row() == (before[0] - 10000, before[1] - 10000, before[2] + 1)


def test_forgotten(stack, p):
    """After a day housekeeping forgets it, and the key is free"""
    keys = fresh(), fresh()
    first = [p.keyed(k, "PREREGISTER", serverUrl=stack.server_url).body for k in keys]
    for key, age in zip(keys, (DAY + 1, DAY - 60)):
        stack.sql(f"UPDATE answers SET created_at = created_at - {age} WHERE idempotency_key = '{key}'")
    stack.ctl("housekeeping")
    second = [p.keyed(k, "PREREGISTER", serverUrl=stack.server_url).body for k in keys]
    assert second[0] != first[0] and second[1] == first[1]


# ---- kill -9

def walk(rough, call, make):
    """Kill at each of these system calls in turn; (times killed, times after the commit)."""
    stack, p = rough.stack, rough.partner
    killed = after_commit = 0
    for step in range(1, STEPS_MAX):
        key, (action, args) = f"{call}-{action_of(make)}-{step}", make(p)
        pids = wait_until(lambda: len(stack.pids("responder")) == 8 and stack.pids("responder"), 20,
                          "all responders are there")
        before = counts(p)
        with killer(pids, step, call):
            lost = p.keyed(key, action, **args)
        done = counts(p) != before
        first = persist(lambda: p.keyed(key, action, **args))
        after = counts(p)
        assert first.status == 200, first
        assert p.keyed(key, action, **args).body == first.body and counts(p) == after
        assert after[3] == [[str(int(before[3][0][0]) + (action == "ADDDOMAIN"))]]
        assert int(after[0][0][0]) - int(before[0][0][0]) == (action == "PREREGISTER")
        assert after[-2][0] == before[-2][0] - (10000 if action == "ADDDOMAIN" else 0)
        if lost.status == 200:
            assert lost.body == first.body
            return killed, after_commit
        assert lost.status == 503 and not all(map(is_alive, pids)), lost
        killed += 1
        after_commit += done
    raise AssertionError(f"after {STEPS_MAX} steps there is no end")


def action_of(make):
    return make.__name__


def add(p):
    return "ADDDOMAIN", {"acmeAccountID": p.binding()[0], "domainName": "x.kill.example"}


def preregister(p):
    return "PREREGISTER", {"serverUrl": p.stack.server_url}


@pytest.mark.parametrize("make", [add, preregister])
def test_killed_after_commit(rough, make):
    """A-21: the responder dies after the commit, before the answer: one charge, the same answer"""
    killed, after_commit = walk(rough, "write", make)
    assert killed == after_commit >= 2      # the log's line, the answer


def test_killed_before_commit(rough):
    """And at each of its requests to the database, the last of which is the COMMIT"""
    killed, after_commit = walk(rough, "sendto", add)
    assert killed >= 12 and after_commit == 0


# ---- the database is lost

@contextlib.contextmanager
def breaker(pids, step, trace):
    """strace that breaks what a process reads from its step on, once; what it did is in trace."""
    args = [a for pid in pids for a in ("-p", str(pid))]
    p = subprocess.Popen(["strace", "-qq", "-f", "-e", "trace=sendto,recvfrom", "-o", trace, "-e",
                          f"inject=recvfrom:error=ECONNRESET:when={step}", *args])
    try:
        wait_until(lambda: all(map(is_traced, pids)), 10, "strace")
        yield
    finally:
        p.send_signal(signal.SIGTERM)
        p.wait(10)


def requests(trace):
    """(what was sent last before the break, or None; all that was sent)"""
    sent, broken = [], None
    for line in trace.read_text(errors="replace").splitlines():
        if "sendto(" in line:
            sent.append(line.split('"')[1])
        elif "(INJECTED)" in line:
            broken = sent[-1] if sent else ""
    return broken, sent


def test_lost_commit(rough, tmp_path):
    """design.md 7: the answer to COMMIT is lost; the key's row tells that it happened: 200, one charge"""
    stack, p, trace = rough.stack, rough.partner, tmp_path / "trace"
    step = 40
    for _ in range(100):
        key, (action, args) = fresh(), add(p)
        before = counts(p)
        with breaker(stack.pids("responder"), step, trace):
            first = p.keyed(key, action, **args)
        done = counts(p) != before
        assert first.status == (200 if done else 503), first
        again = p.keyed(key, action, **args)
        assert again.status == 200 and (not done or again.body == first.body)
        assert p.row()[0] == before[-2][0] - 10000
        broken, sent = requests(trace)
        # How often it reads depends on how fast the answers come: nearer, until it is the last.
        if broken is not None and "COMMIT" in broken and done:
            break
        step += -1 if broken is None else 1
    else:
        raise AssertionError("the answer to the COMMIT was never hit")
    # It was not done anew: what followed was only the look whether it had happened.
    assert first.status == 200 and sent[-1] != broken
    assert sum("COMMIT" in s for s in sent) == sum("START TRANSACTION" in s for s in sent)
