# SPDX-License-Identifier: BSD-2-Clause
"""The files of tests/scenario, each a test, in a stack whose clock moves on."""

import os
import pathlib

import pytest
from clock import Clock
from fakes import Net
from partner import Partner
from scenario import Failed, Scenario
from stack import Stack

FILES = sorted((pathlib.Path(__file__).resolve().parents[1] / "scenario").glob("*.scn"))


@pytest.fixture(scope="module")
def world(workdir):
    """(stack, partner, net, clock) of its own: nobody else may meet the moved clock."""
    # Quick to give up, so that a scenario sees the end of what hangs.
    s = Stack(workdir / "scenarios", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 400, (
        "http_timeout_ms=1500", "http_connect_timeout_ms=1000", "dns_timeout_ms=1500",
        "validation_tries=2", "validation_retry_s=1")).up()
    n = Net(workdir / "scenarios-net", int(s.dns.split(":")[1]), int(s.http01_port),
            int(s.tlsalpn01_port))
    yield s, Partner(s), n, Clock(s)
    n.stop()
    s.down()


@pytest.mark.parametrize("path", FILES, ids=[f.stem for f in FILES])
def test_scenario(world, path):
    stack, partner, net, clock = world
    net.clear()
    Scenario(stack, partner, net, clock, path).play()


# What a player must not let pass, and the line that it names.
WRONG = {"status": ("SEND GET $directory\nWANT 404", 2),
         "header": ("SEND GET $directory\nWANT 200\nWANT header Allow", 3),
         "json": ("SEND GET $directory\nWANT 200\nWANT json newNonce other", 3),
         "there": ("SEND GET $directory\nWANT 200\nWANT no newNonce", 3),
         "type": ("SEND POST $newOrder {}\nWANT 415 badNonce", 2),
         "detail": ("SEND POST $newOrder {}\nWANT 415 malformed\nWANT detail xyzzy", 3),
         "rows": ("NOTE orders\nWANT rows 1 orders", 2),
         "word": ("# head\nSENT GET $directory", 2),
         "case": ("want 200", 1),
         "want": ("SEND GET $directory\nWANT nothing", 2),
         "name": ("SEND GET $nowhere\nWANT 200", 1),
         "client": ("POST $newOrder as=nobody {}\nWANT 400", 1),
         "quotes": ("SEND GET '$directory", 1),
         "unseen": ("SEND GET $directory\nSEND GET $directory\nWANT 200", 2),
         "last": ("SEND GET $directory\nWANT 200\nSEND GET $directory", 3)}


@pytest.mark.parametrize("case", WRONG)
def test_player_refuses(world, tmp_path, case):
    """A wrong expectation, an unknown word and a request of which nothing is expected fail, by line."""
    stack, partner, net, clock = world
    text, line = WRONG[case]
    path = tmp_path / "wrong.scn"
    path.write_text(text + "\n")
    with pytest.raises(Failed, match=f"^wrong.scn:{line}: "):
        Scenario(stack, partner, net, clock, path).play()
