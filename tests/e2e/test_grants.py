# SPDX-License-Identifier: BSD-2-Clause
"""design.md 1: each role has the rights that its statements need, and no other."""

import re
import secrets

import pytest

from grants import SQL, Session, rights, statements

ROLES = ["caas_web", "caas_va", "caas_sign"]
SCRATCH = "grants_scratch"
DENIED = re.compile(r"ERROR (1142|1143) ")


def scratch(role):
    return role.replace("caas_", "scratch_")


@pytest.fixture(scope="module")
def admin(stack):
    """A database and users of their own beside those that run, with the rights of grants.sql."""
    s = Session(stack, stack.db_user)
    s.do(f"CREATE DATABASE {SCRATCH} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", f"USE {SCRATCH}",
         *(f"CREATE USER {scratch(role)}@'%'" for role in ROLES))
    for path in sorted((SQL / "schema").glob("*.sql")):
        s.do(f"source {path}")
    for r in rights():
        s.do(f"GRANT {r.what()} ON {r.table} TO {scratch(r.role)}")
    yield s
    s.do(f"DROP DATABASE {SCRATCH}", *(f"DROP USER {scratch(role)}@'%'" for role in ROLES))
    s.close()


@pytest.fixture(params=ROLES)
def role(request):
    return request.param


@pytest.fixture
def user(stack, admin, role):
    """A connection of the role's user."""
    password = secrets.token_hex(16)
    admin.do(f"SET PASSWORD FOR {scratch(role)} = PASSWORD('{password}')")
    s = Session(stack, scratch(role), password, SCRATCH)
    yield s
    s.close()


def test_none_is_missing(user, role):
    """Every statement of a role can be prepared with the rights of sql/grants.sql."""
    texts = statements(role)
    assert len(texts) > 10
    refused = {name: why for name, text in texts.items() if (why := user.unprepared(text))}
    assert refused == {}


def test_none_is_superfluous(admin, user, role):
    """Without any one right of a role, a statement of it can no longer be prepared."""
    texts = statements(role)
    own = [r for r in rights() if r.role == role]
    assert len(own) > 50 and len(own) == len(set(own))
    superfluous = []
    for r in own:
        admin.do(f"REVOKE {r.what()} ON {r.table} FROM {scratch(role)}")
        about = [t for t in texts.values() if re.search(rf"\b{r.table}\b", t)]
        answers = [why for why in map(user.unprepared, about) if why]
        assert all(map(DENIED.match, answers)), (r, answers)
        if not answers:
            superfluous.append(f"{r.what()} ON {r.table}")
        admin.do(f"GRANT {r.what()} ON {r.table} TO {scratch(role)}")
    assert superfluous == []
    assert [text for text in texts.values() if user.unprepared(text)] == []


def test_nothing_else(user, role):
    """What no right allows is refused: reading, writing and changing tables, and other databases."""
    granted = {(r.kind, r.table) for r in rights() if r.role == role}
    tables = {r.table for r in rights()}
    for table in sorted(tables):
        if ("SELECT", table) not in granted:
            assert DENIED.match(user.unprepared(f"SELECT COUNT(*) FROM {table}")), table
        if ("DELETE", table) not in granted:
            assert DENIED.match(user.unprepared(f"DELETE FROM {table} WHERE 1 = 0")), table
        for text in (f"DROP TABLE {table}", f"ALTER TABLE {table} ADD COLUMN x INT"):
            assert DENIED.match(user.refusal(text)), text
    assert user.refusal("USE caas").startswith("ERROR 1044 "), role
