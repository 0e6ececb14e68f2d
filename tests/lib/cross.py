# SPDX-License-Identifier: BSD-2-Clause
"""Other CAs that sign an issuer's key too."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def cross(issuing, name, **change):
    """(certificate of issuing's name and key by another root, that root)"""
    key = ec.generate_private_key(ec.SECP256R1())
    root = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)

    def make(subject, public, ski, before=-1, after=900):
        return (x509.CertificateBuilder().subject_name(subject).issuer_name(root)
                .public_key(public).serial_number(x509.random_serial_number())
                .not_valid_before(now + datetime.timedelta(days=before))
                .not_valid_after(now + datetime.timedelta(days=after))
                .add_extension(x509.BasicConstraints(change.get("ca", True), None), True)
                .add_extension(ski, False).sign(key, hashes.SHA256()))
    ski = issuing.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    below = make(change.get("subject", issuing.subject),
                 change.get("public", issuing.public_key()), change.get("ski", ski),
                 *change.get("days", ()))
    return below, make(root, key.public_key(), own)


def pem(*certs):
    return "".join(c.public_bytes(serialization.Encoding.PEM).decode() for c in certs)
