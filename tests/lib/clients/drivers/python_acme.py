#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""python3-acme: register; issue KIND KEY-FILE CHAIN-FILE NAME; revoke CHAIN-FILE; deactivate."""

import ipaddress
import os
import pathlib
import subprocess
import sys

import josepy
import OpenSSL
from acme import challenges, client, crypto_util, errors, messages
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ENV = os.environ
TYPES = {"http-01": challenges.HTTP01, "dns-01": challenges.DNS01}
FILE = pathlib.Path(ENV["ACME_ACCOUNT_KEY"])


def connect(key, account=None):
    os.environ["REQUESTS_CA_BUNDLE"] = ENV["ACME_CA"]
    net = client.ClientNetwork(key, account=account)
    return client.ClientV2(client.ClientV2.get_directory(ENV["ACME_DIRECTORY"], net), net)


def register():
    private = rsa.generate_private_key(65537, 2048)
    FILE.write_bytes(private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption()))
    key = josepy.JWKRSA(key=private)
    acme = connect(key)
    eab = messages.ExternalAccountBinding.from_data(
        key.public_key(), ENV["ACME_KID"], ENV["ACME_MAC"], acme.directory)
    acme.new_account(messages.NewRegistration.from_data(
        email="admin@client.example", terms_of_service_agreed=True,
        external_account_binding=eab))


def account_of(acme):
    try:
        acme.new_account(messages.NewRegistration(only_return_existing=True))
    except errors.ConflictError as e:
        return messages.RegistrationResource(uri=e.location, body=messages.Registration())
    raise AssertionError("an account that is there is no news")


def hook(what, kind, name, chall, key):
    subprocess.run([ENV["ACME_HOOK"], what, kind, name, chall.encode("token"),
                    chall.validation(key)], check=True)


def issue(kind, key_file, chain_file, name):
    acme, key = known()
    try:
        names = {"ipaddrs": [ipaddress.ip_address(name)]}
    except ValueError:
        names = {"domains": [name]}
    order = acme.new_order(crypto_util.make_csr(pathlib.Path(key_file).read_bytes(), **names))
    for authz in order.authorizations:
        body = next(c for c in authz.body.challenges if isinstance(c.chall, TYPES[kind]))
        hook("begin", kind, name, body.chall, key)
        acme.answer_challenge(body, body.chall.response(key))
    order = acme.poll_and_finalize(order)
    hook("done", kind, name, body.chall, key)
    pathlib.Path(chain_file).write_text(order.fullchain_pem)


def known():
    """A client that knows its account."""
    key = josepy.JWKRSA(key=serialization.load_pem_private_key(FILE.read_bytes(), None))
    acme = connect(key)
    acme.net.account = account_of(acme)
    return acme, key


def revoke(chain_file):
    pem = pathlib.Path(chain_file).read_bytes()
    cert = OpenSSL.crypto.load_certificate(OpenSSL.crypto.FILETYPE_PEM, pem)
    known()[0].revoke(josepy.ComparableX509(cert), 4)


def deactivate():
    acme, _ = known()
    acme.deactivate_registration(acme.net.account)


{"register": register, "issue": issue, "revoke": revoke, "deactivate": deactivate}[sys.argv[1]](*sys.argv[2:])
