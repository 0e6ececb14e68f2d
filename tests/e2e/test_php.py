# SPDX-License-Identifier: BSD-2-Clause
"""The PHP client that hosters lift from doc/examples, by its tour of a customer's life."""

import datetime
import pathlib
import subprocess

TOUR = pathlib.Path(__file__).resolve().parents[2] / "doc" / "examples" / "tour.php"
DAY = datetime.timedelta(days=1)


def tour(stack, tmp_path, *args):
    (tmp_path / "password").write_text(stack.login_password + "\n")
    r = subprocess.run(["php", "-d", "error_reporting=-1", "-d", "display_errors=stderr", TOUR,
                        *args, stack.partner_url, stack.login_name, tmp_path / "password",
                        stack.tls_ca], text=True, capture_output=True, timeout=60)
    assert r.returncode == 0 and r.stderr == "", r
    return r.stdout.splitlines()


def test_tour(moving_stack, tmp_path):
    """New customer, EAB, quote, add, list, suspend, reinstate; 300 days later extend."""
    said = tour(moving_stack, tmp_path, "begin")
    account = said[-1].removeprefix("account ")
    assert said[0] == f"for its ACME client: {moving_stack.server_url}, key id {account}"
    price = said[1].removeprefix("quote ")
    assert price != "0.00" and said[2] == f"bought for {price}"
    assert said[3] == "and again for 0.00"
    first = [line.split(" until ") for line in said[4:6]]
    assert [name for name, _ in first] == ["php.example", "www.php.example"]
    assert said[6:9] == ["suspended 1", "is suspended", "reinstated 1"]
    assert said[9].startswith("too early: ")

    end = datetime.datetime.fromisoformat(first[0][1].replace("Z", "+00:00"))
    moving_stack.clock.go_to(end - 65 * DAY)
    said = tour(moving_stack, tmp_path, "renew", account)
    assert said[1] == f"extended for {price}" and said[0] == f"quote {price}"
    for name, until in (line.split(" until ") for line in said[2:]):
        later = datetime.datetime.fromisoformat(until.replace("Z", "+00:00"))
        assert later - end == 365 * DAY, name
