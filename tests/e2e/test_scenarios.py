# SPDX-License-Identifier: BSD-2-Clause
"""The files of tests/scenario, each a test, in a stack whose clock moves on."""

import os
import pathlib

import pytest
from clock import Clock
from fakes import Net
from partner import Partner
from scenario import Scenario
from stack import Stack

FILES = sorted((pathlib.Path(__file__).resolve().parents[1] / "scenario").glob("*.scn"))


@pytest.fixture(scope="module")
def world(workdir):
    """(stack, partner, net, clock) of its own: nobody else may meet the moved clock."""
    s = Stack(workdir / "scenarios", int(os.environ.get("CAAS_TEST_PORTS", "0")) + 400).up()
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
