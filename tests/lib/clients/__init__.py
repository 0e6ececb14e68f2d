# SPDX-License-Identifier: BSD-2-Clause
"""ACME clients that people use, by name."""

from clients.commands import Acmetool, Certbot, Dehydrated, Lacme, Lego, Uacme
from clients.libraries import NodeAcmeClient, PythonAcme, RubyAcmeClient
from clients.servers import Caddy, ModMd

CLIENTS = {c.__name__.lower(): c for c in (
    Uacme, Certbot, Lego, Dehydrated, Acmetool, Lacme, Caddy, ModMd, PythonAcme,
    RubyAcmeClient, NodeAcmeClient)}
