# SPDX-License-Identifier: BSD-2-Clause
"""One stack and one set of fake servers for the tests of a run."""

import os
import pathlib
import sys
import tempfile

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

from acme import Client  # noqa: E402
from clock import Clock  # noqa: E402
from days import Days  # noqa: E402
from fakes import Net  # noqa: E402
from knot import Knot  # noqa: E402
from partner import Partner  # noqa: E402
from stack import Stack  # noqa: E402


@pytest.fixture(scope="session")
def workdir():
    """A directory that the roles can enter; kept when CAAS_TEST_DIR names it."""
    named = os.environ.get("CAAS_TEST_DIR")
    path = pathlib.Path(named) if named else pathlib.Path(tempfile.mkdtemp(prefix="caas-e2e."))
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o755)
    return path


@pytest.fixture(scope="session", autouse=True)
def sanitizers(workdir):
    """Every process of a sanitized pool (STACK_BUILD_DIR) writes its findings here: there are none."""
    found = workdir / "sanitizers"
    found.mkdir(exist_ok=True)
    found.chmod(0o1777)
    for name in ("ASAN", "UBSAN", "LSAN"):
        given = os.environ.get(f"{name}_OPTIONS")
        os.environ[f"{name}_OPTIONS"] = ":".join(
            ([given] if given else []) + [f"log_path={found}/report", "print_stacktrace=1"])
    yield
    reports = {path.name: path.read_text(errors="replace")[:8000] for path in found.iterdir()}
    assert not reports, "\n".join(f"{name}:\n{text}" for name, text in reports.items())


# CAAS_TEST_WEB=WEB runs every test through that web server; with CAAS_TEST_WEB_ONLY=1
# only those that go through one.  Without it all go through nginx, and those of some
# modules through mod_fcgid too.
WEBS = {"test_thin_line": ["nginx", "apache-fcgid"], "test_web": ["nginx", "apache-fcgid"]}


def pytest_generate_tests(metafunc):
    """One stack after the other: tests are sorted by the web server."""
    if "stack" in metafunc.fixturenames and not hasattr(metafunc.module, "stack"):
        # Interned: pytest keeps a fixture while its parameter is the same object.
        chosen = sys.intern(os.environ.get("CAAS_TEST_WEB", ""))
        webs = [chosen] if chosen else WEBS.get(metafunc.module.__name__, ["nginx"])
        metafunc.parametrize("stack", webs, indirect=True, scope="session")


def goes_through_web(item):
    return "stack" in getattr(getattr(item, "callspec", None), "params", ())


def pytest_collection_modifyitems(config, items):
    if os.environ.get("CAAS_TEST_WEB_ONLY"):
        config.hook.pytest_deselected(items=[i for i in items if not goes_through_web(i)])
        items[:] = [i for i in items if goes_through_web(i)]


@pytest.fixture(scope="session")
def stack(request, workdir):
    """CAAS_TEST_PORTS moves its ports, so that two runs do not meet."""
    s = Stack(workdir / f"stack-{request.param}", int(os.environ.get("CAAS_TEST_PORTS", "0")),
              web=request.param).up()
    yield s
    s.down()


@pytest.fixture(scope="session")
def moving_stack(workdir):
    """A second stack, for tests that move its time by its clock."""
    ports = int(os.environ.get("CAAS_TEST_PORTS", "0")) + 600
    s = Stack(workdir / "moving", ports).up()
    s.clock = Clock(s)
    yield s
    s.down()


@pytest.fixture(scope="session")
def moving_partner(moving_stack):
    """FQDN 100.00 a year, wildcard 400.00."""
    return Partner.new(moving_stack, "moving-hosting", credit="1000000.00")


@pytest.fixture
def days(moving_stack, moving_partner):
    return Days(moving_stack, moving_partner)


@pytest.fixture(scope="session")
def shared_net(stack, workdir):
    n = Net(workdir / f"net-{stack.web}", int(stack.dns.split(":")[1]), int(stack.http01_port),
            int(stack.tlsalpn01_port))
    yield n
    n.stop()


@pytest.fixture
def net(shared_net):
    """The fake servers, without what earlier tests told them."""
    shared_net.clear()
    yield shared_net
    shared_net.clear()


@pytest.fixture(scope="module")
def knot(stack, shared_net, workdir):
    """A real DNS server instead of the fake one."""
    shared_net.end("dnsd")
    k = Knot(workdir / f"knot-{stack.web}", int(stack.dns.split(":")[1]))
    yield k
    k.stop()
    shared_net.start("dnsd")


@pytest.fixture(scope="session")
def partner(stack):
    return Partner(stack)


@pytest.fixture(scope="session")
def shared_binding(partner):
    return partner.binding("client.example", "*.client.example")


@pytest.fixture(scope="session")
def shared_client(stack, shared_binding):
    """An account for tests that do not change it; what it proved stays proven for later orders."""
    return Client(stack).register(shared_binding)


@pytest.fixture
def client(stack, shared_binding):
    """An account that has proven nothing yet."""
    return Client(stack).register(shared_binding)


class Rough:
    """A stack to be treated roughly, with its own fake servers and an account."""

    def __init__(self, workdir, ports):
        # Quick to give up, so that a test sees the end of what hangs.
        self.stack = Stack(workdir / "rough", ports, (
            "http_timeout_ms=1500", "http_connect_timeout_ms=1000", "dns_timeout_ms=1500",
            "validation_tries=2", "validation_retry_s=1")).up()
        self.net = Net(workdir / "rough-net", int(self.stack.dns.split(":")[1]),
                       int(self.stack.http01_port))
        self.partner = Partner(self.stack)
        self.client = Client(self.stack).register(
            self.partner.binding("rough.example", "*.rough.example"))

    def end(self):
        self.net.stop()
        self.stack.down()


@pytest.fixture(scope="session")
def shared_rough(workdir):
    r = Rough(workdir, int(os.environ.get("CAAS_TEST_PORTS", "0")) + 100)
    yield r
    r.end()


@pytest.fixture
def rough(shared_rough):
    """A second stack, whose processes a test may stop and kill.  Doctor has the last word."""
    shared_rough.net.clear()
    yield shared_rough
    report = shared_rough.stack.ctl("doctor", check=False)
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.fixture
def unchanged(stack):
    """The test must leave no trace in the database; name it after other fixtures."""
    with stack.unchanged():
        yield


@pytest.fixture(scope="session")
def stranger(stack, partner):
    """An account of another binding, which has no business with client's objects."""
    return Client(stack).register(partner.binding("stranger.example"))
