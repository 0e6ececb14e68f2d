# SPDX-License-Identifier: BSD-2-Clause
"""Statements of perspectives (design: caas-verdict-v1, caas-caa-v1), to be read and made anew."""

import pathlib
import re

from cryptography.hazmat.primitives import serialization

VERDICT = (b"caas-verdict-v1\0", (
    ("perspective", str), ("key_id", str), ("authz_id", int), ("account_id", int),
    ("account_url", str), ("thumbprint", bytes), ("ident_type", int), ("name", str),
    ("wildcard", int), ("adn", str), ("method", str), ("token", str), ("result", int),
    ("dnssec", int), ("checked_at", int)))
# The same of a name and all names below it (RFC 9444).
SUBDOMAINS = (b"caas-verdict-subdomains-v1\0", VERDICT[1])
CAA = (b"caas-caa-v1\0", (
    ("perspective", str), ("key_id", str), ("name", str), ("wildcard", int),
    ("account_url", str), ("method", str), ("issuers", str), ("result", int),
    ("dnssec", int), ("checked_at", int)))


def parse(layout, data):
    label, fields = layout
    assert data.startswith(label), data[:20]
    at, out = len(label), {}
    for name, kind in fields:
        size = 8 if kind is int else 4
        number = int.from_bytes(data[at:at + size], "big")
        at += size
        if kind is int:
            out[name] = number
        else:
            out[name] = data[at:at + number] if kind is bytes else data[at:at + number].decode()
            at += number
    assert at == len(data)
    return out


def build(layout, values):
    label, fields = layout
    out = label
    for name, kind in fields:
        value = values[name]
        if kind is int:
            out += value.to_bytes(8, "big")
        else:
            value = value if kind is bytes else value.encode()
            out += len(value).to_bytes(4, "big") + value
    return out


class Perspective:
    """The stack's own: its key file lies under the stack's directory."""

    def __init__(self, stack):
        directory = pathlib.Path(stack.dir)
        pem = (directory / "etc" / "keys" / "va" / "attest.key").read_bytes()
        self.key = serialization.load_pem_private_key(pem, None)
        conf = (directory / "etc" / "caas-signer.conf").read_text()
        self.name = re.search(r"perspective (\S+) \{", conf).group(1)

    def sign(self, statement):
        return self.key.sign(statement)
