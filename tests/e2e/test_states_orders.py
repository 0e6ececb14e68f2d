# SPDX-License-Identifier: BSD-2-Clause
"""What becomes of an order whose account is suspended or deactivated at each of its steps."""

import os
import signal

import pytest
from acme import Client, csr, fail_type
from partner import Partner
from stack import wait_until

NAME = "step.states.example"


@pytest.fixture(scope="module")
def p(stack):
    return Partner.new(stack, "steps-hosting", credit="100000.00")


class Case:
    def __init__(self, p, scope):
        self.p, self.scope = p, scope
        self.client = Client(p.stack).register(p.binding(NAME))

    def call(self, action):
        account = self.client.kid.rsplit("/", 1)[1]
        r = self.p.ok(action + "ACCOUNT", acmeAccountID=account,
                      includeAdditionalAccounts=self.scope)
        assert r["nRecordsUpdated"] == 1

    def order(self):
        """(status, error) of its newest order, in the database."""
        return self.p.stack.sql(
            "SELECT o.status, COALESCE(o.error, '') FROM orders o JOIN accounts a ON a.id = "
            f"o.account_id WHERE a.acme_account_id = '{self.client.kid.rsplit('/', 1)[1]}' "
            "ORDER BY o.id DESC LIMIT 1")[0]


@pytest.fixture(params=["Y", "N"])
def case(p, request):
    return Case(p, request.param)


def test_suspended_at_each_step(case, net):
    """R-9: newOrder, challenge and finalize are refused, and go on where they were afterwards"""
    c = case.client
    case.call("SUSPEND")
    fail_type(c.new_order(NAME), 403, "unauthorized")
    fail_type(c.post(c.directory["newAuthz"], {"identifier": {"type": "dns", "value": NAME}}),
              403, "unauthorized")
    case.call("UNSUSPEND")
    url, order = c.order(NAME)
    case.call("SUSPEND")
    chall = c.serve(order["authorizations"][0], net)
    fail_type(c.post(chall["url"], {}), 403, "unauthorized")
    # Reading goes on.
    assert c.get(url)["status"] == "pending"
    assert c.get(order["authorizations"][0])["status"] == "pending"
    case.call("UNSUSPEND")
    assert c.solve(order["authorizations"][0], net)["status"] == "valid"
    case.call("SUSPEND")
    fail_type(c.finalize(order, csr([NAME])), 403, "unauthorized")
    assert c.get(url)["status"] == "ready"
    case.call("UNSUSPEND")
    r = c.finalize(order, csr([NAME]))
    assert r.status == 200
    order = c.poll(url, lambda o: o["status"] != "processing")
    # What it has stays its own (partner-api 3): download, and revocation.
    case.call("SUSPEND")
    pem = c.post(order["certificate"])
    assert pem.status == 200
    assert c.get(c.kid)["status"] == "valid"
    r = c.post(c.directory["revokeCert"], {"certificate": der(pem.body)})
    assert r.status == 200, r


def der(pem):
    """The first certificate's bytes in base64url."""
    text = pem.split("-----END")[0].split("\n", 1)[1].replace("\n", "")
    return text.replace("+", "-").replace("/", "_").rstrip("=")


@pytest.mark.parametrize("action,kept", [("SUSPEND", True), ("DEACTIVATE", False)])
def test_during_signing(case, net, action, kept):
    """R-9, design.md 2.6: between finalize and the signature: no certificate, the order ends"""
    c = case.client
    url, order = c.ready([NAME], net)
    signer = case.p.stack.pids("signer")[0]
    os.kill(signer, signal.SIGSTOP)
    try:
        r = c.finalize(order, csr([NAME]))
        assert r.status == 200 and r.json["status"] == "processing", r
        case.call(action)
    finally:
        os.kill(signer, signal.SIGCONT)
    if kept:
        order = c.poll(url, lambda o: o["status"] != "processing")
        assert order["status"] == "invalid" and order["error"]["type"].endswith(":unauthorized")
        assert "certificate" not in order
        case.call("UNSUSPEND")
        c.issue([NAME], net)
    else:
        wait_until(lambda: case.order()[0] == "5", 30, "the signer's decision")
        assert "unauthorized" in case.order()[1]
        assert case.p.stack.sql("SELECT COUNT(*) FROM certs c JOIN accounts a ON a.id = "
                                "c.account_id WHERE a.acme_account_id = "
                                f"'{c.kid.rsplit('/', 1)[1]}'") == [["0"]]


@pytest.mark.parametrize("step", ["pending", "ready"])
def test_deactivated_ends_orders(case, net, step):
    """R-9, ACC-13: 401 for everything, and orders that no signer has are invalid at once"""
    c = case.client
    url, order = c.order(NAME) if step == "pending" else c.ready([NAME], net)
    chall = c.challenge(order["authorizations"][0], "http-01")[1]
    case.call("DEACTIVATE")
    assert case.order()[0] == "5" and "deactivated" in case.order()[1]
    for r in (c.new_order(NAME), c.post(url), c.post(chall["url"], {}),
              c.finalize(order, csr([NAME])), c.post(c.kid)):
        fail_type(r, 401, "unauthorized")


def test_during_validation(case, net):
    """R-9: a check under way ends as it ends; without the account it leads nowhere"""
    c = case.client
    url, order = c.order(NAME)
    chall = c.serve(order["authorizations"][0], net)
    validators = case.p.stack.pids("validator")
    try:
        for pid in validators:
            os.kill(pid, signal.SIGSTOP)
        assert c.post(chall["url"], {}).status == 200
        case.call("SUSPEND")
    finally:
        for pid in validators:
            os.kill(pid, signal.SIGCONT)
    c.poll(url, lambda o: o["status"] == "ready")
    fail_type(c.finalize(order, csr([NAME])), 403, "unauthorized")
    case.call("UNSUSPEND")
    assert c.finalize(order, csr([NAME])).status == 200
