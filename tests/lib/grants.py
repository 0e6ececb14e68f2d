# SPDX-License-Identifier: BSD-2-Clause
"""The rights of sql/grants.sql one by one, and the statements that each role prepares."""

import pathlib
import re
import subprocess
from typing import NamedTuple

SQL = pathlib.Path(__file__).resolve().parents[2] / "sql"


class Right(NamedTuple):
    role: str       # caas_web
    kind: str       # SELECT
    column: str     # empty: the whole table
    table: str

    def what(self):
        """As GRANT and REVOKE have it."""
        return f"{self.kind} ({self.column})" if self.column else self.kind


def without_comments(path):
    return "\n".join(line for line in path.read_text().splitlines() if not line.startswith("--"))


def rights():
    found = []
    for grant in without_comments(SQL / "grants.sql").split(";"):
        if not grant.strip():
            continue
        what, table, role = re.fullmatch(r"\s*GRANT\s+(.*)\s+ON\s+(\w+)\s+TO\s+(\w+)\s*", grant,
                                         re.DOTALL).groups()
        one = r"(SELECT|INSERT|UPDATE|DELETE)(?:\s*\(([^)]*)\))?"
        assert re.fullmatch(rf"{one}(,\s*{one})*\s*", what), what
        for kind, columns in re.findall(one, what):
            found += [Right(role, kind, c.strip(), table) for c in columns.split(",")]
    return found


def statements(role):
    """{name: text} of what a role prepares when it connects."""
    found = {}
    for path in sorted((SQL / "query").glob("*.sql")):
        used_by = re.search(r"^-- used by: (.*)$", path.read_text(), re.MULTILINE).group(1).split()
        if role.removeprefix("caas_") in used_by:
            found[path.stem] = " ".join(without_comments(path).split()).rstrip(";")
    return found


class Session:
    """A connection that stays open: one mariadb(1), fed line by line."""

    def __init__(self, stack, user, password="", database=""):
        self.lines = 0
        self.child = subprocess.Popen(
            ["mariadb", "--no-defaults", "-N", "-B", "-n", "--force", "-S", stack.db_socket,
             "-u", user, *([f"-p{password}"] if password else []), *([database] if database else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def ask(self, *lines):
        """What the statements print, errors among it."""
        self.lines += 1
        end = f"end of {self.lines}"
        self.child.stdin.write("".join(f"{line};\n" for line in (*lines, f"SELECT '{end}'")))
        self.child.stdin.flush()
        out = []
        for line in self.child.stdout:
            if line.rstrip("\n") == end:
                return out
            out.append(line.rstrip("\n"))
        raise AssertionError(f"mariadb ended: {out}")

    def do(self, *lines):
        """Statements that print nothing."""
        out = self.ask(*lines)
        assert out == [], out

    def refusal(self, text):
        """None, or why a statement failed."""
        out = self.ask(text)
        errors = [line for line in out if line.startswith("ERROR ")]
        assert bool(out) == bool(errors), out
        return "\n".join(errors) or None

    def unprepared(self, text):
        """
        None, or why a statement cannot be prepared.  The columns that INSERT ... SELECT fills are
        looked at when it is executed only: such a one is, and rolled back.
        """
        quoted = text.replace("\\", "\\\\").replace("'", "\\'")
        refusal = self.refusal(f"PREPARE one FROM '{quoted}'")
        if refusal or not re.match(r"INSERT (?:IGNORE )?INTO \w+ \([^)]*\) SELECT ", text):
            return refusal
        self.do("START TRANSACTION")
        refusal = self.refusal("EXECUTE one USING " + ", ".join("1" * text.count("?")))
        self.do("ROLLBACK")
        return refusal

    def close(self):
        self.child.stdin.close()
        self.child.wait(timeout=30)
        self.child.stdout.close()
