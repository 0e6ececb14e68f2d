# SPDX-License-Identifier: BSD-2-Clause
"""Orders whose authorizations are worked by two queues at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor

from acme import Client
from stack import wait_until

ROUNDS = 200
HALF = 10       # names of an order that each queue gets
LANES = 2       # orders in work at once
HANDS = 10      # requests in work at once for each

# An order whose status says one thing and whose count says another.
TORN = ("SELECT COUNT(*) FROM orders"
        " WHERE (status = 1 AND authz_left = 0) OR (status = 2 AND authz_left <> 0)")


class Lane:
    """Works one order of 20 names after the other, with many hands."""

    def __init__(self, stack, partner, net, number):
        http = [f"h{i}.lane{number}.example" for i in range(HALF)]
        dns = [f"d{i}.lane{number}.example" for i in range(HALF)]
        self.net = net
        self.dns = set(dns)
        self.names = http + dns
        self.stack = stack
        self.binding = partner.binding(f"*.lane{number}.example")
        self.pool = ThreadPoolExecutor(HANDS)
        self.number = number

    def hand(self):
        """The client of this thread."""
        if not hasattr(self.local, "client"):
            self.local.client = self.client.clone()
        return self.local.client

    def challenge(self, url):
        authz = self.hand().get(url)
        kind = "dns-01" if authz["identifier"]["value"] in self.dns else "http-01"
        return authz["identifier"]["value"], next(
            c for c in authz["challenges"] if c["type"] == kind)

    def respond(self, challenge):
        r = self.hand().post(challenge["url"], {})
        assert r.status == 200, r
        return r.json["status"]

    def round(self):
        """The order's URL, once it is ready; by an account that has proven nothing yet."""
        client = self.client = Client(self.stack).register(self.binding)
        self.local = threading.local()
        url, order = client.order(*self.names)
        found = list(self.pool.map(self.challenge, order["authorizations"]))
        for name, c in found:
            if name not in self.dns:
                self.net.token(c["token"], client.key_authz(c["token"]))
        self.net.txts({"_acme-challenge." + name: client.txt(c["token"])
                       for name, c in found if name in self.dns})
        statuses = list(self.pool.map(self.respond, [c for _, c in found]))
        assert set(statuses) <= {"valid", "processing"}, statuses
        order = client.poll(url, lambda o: o["status"] != "pending")
        assert order["status"] == "ready", order
        return url


def test_orders_over_two_queues(stack, partner, net):
    """
    design.md 2, 4, ORD-05: whichever queue is last, authz_left comes to 0 once and the
    order is ready with it; 200 rounds, and none is stuck.
    """
    lanes = [Lane(stack, partner, net, i) for i in range(LANES)]
    lock, torn = threading.Lock(), []

    def work(lane):
        for i in range(ROUNDS // LANES):
            lane.round()
            if i % 10 == 0:
                with lock:
                    torn.append(stack.sql(TORN))

    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(work, lanes))
    assert all(t == [["0"]] for t in torn), torn
    keys = ", ".join(f"'{lane.binding[0]}'" for lane in lanes)
    ours = ("orders o JOIN accounts a ON a.id = o.account_id"
            f" JOIN bindings b ON b.id = a.binding_id WHERE b.key_id IN ({keys})")
    assert stack.sql("SELECT COUNT(*), SUM(o.status = 2), SUM(o.authz_left), "
                     f"SUM(LENGTH(o.authzs)) / 8 FROM {ours}") == \
        [[str(ROUNDS), str(ROUNDS), "0", f"{ROUNDS * 2 * HALF}.0000"]]
    # One proof an authorization: nothing was counted twice.
    assert stack.sql("SELECT COUNT(*), COUNT(DISTINCT v.authz_id), SUM(v.is_valid) FROM verdicts v"
                     " JOIN authzs z ON z.id = v.authz_id JOIN " + ours.replace(
                         "orders o JOIN", "orders o ON o.id = z.order_id JOIN", 1)) == \
        [[str(ROUNDS * 2 * HALF)] * 3]
    wait_until(lambda: stack.sql("SELECT COUNT(*) FROM jobs WHERE is_done = 0") == [["0"]], 10,
               "the last job")
    assert stack.ctl("doctor").returncode == 0
