# SPDX-License-Identifier: BSD-2-Clause
"""PKCS#10 requests put together byte by byte, so that each part can be wrong (RFC 2986)."""

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa


def tlv(tag, *parts):
    body = b"".join(parts)
    n = len(body)
    if n < 0x80:
        return bytes([tag, n]) + body
    size = (n.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + n.to_bytes(size, "big") + body


def seq(*parts):
    return tlv(0x30, *parts)


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = bytearray([first * 40 + second])
    for n in rest:
        chunk = [n & 0x7f]
        while n := n >> 7:
            chunk.append(0x80 | n & 0x7f)
        out += bytes(reversed(chunk))
    return tlv(0x06, bytes(out))


# Signature algorithms: AlgorithmIdentifier and the hash.
ECDSA_SHA1 = seq(oid("1.2.840.10045.4.1")), hashes.SHA1
ECDSA_SHA256 = seq(oid("1.2.840.10045.4.3.2")), hashes.SHA256
ECDSA_SHA384 = seq(oid("1.2.840.10045.4.3.3")), hashes.SHA384
ECDSA_SHA512 = seq(oid("1.2.840.10045.4.3.4")), hashes.SHA512
RSA_MD5 = seq(oid("1.2.840.113549.1.1.4"), b"\x05\x00"), hashes.MD5
RSA_SHA1 = seq(oid("1.2.840.113549.1.1.5"), b"\x05\x00"), hashes.SHA1
RSA_SHA256 = seq(oid("1.2.840.113549.1.1.11"), b"\x05\x00"), hashes.SHA256
RSA_SHA384 = seq(oid("1.2.840.113549.1.1.12"), b"\x05\x00"), hashes.SHA384
RSA_SHA512 = seq(oid("1.2.840.113549.1.1.13"), b"\x05\x00"), hashes.SHA512
PURE = seq(oid("1.3.101.112")), None	# Ed25519

EXTENSION_REQUEST = "1.2.840.113549.1.9.14"
MICROSOFT_EXTENSIONS = "1.3.6.1.4.1.311.2.1.14"
SAN = "2.5.29.17"


def dns(name):
    return tlv(0x82, name if isinstance(name, bytes) else name.encode())


def ip(octets):
    return tlv(0x87, octets)


def email(text):
    return tlv(0x81, text.encode())


def uri(text):
    return tlv(0x86, text.encode())


def dirname(text):
    return tlv(0xa4, cn(text))


def othername():
    return tlv(0xa0, oid("1.3.6.1.4.1.311.20.2.3"), tlv(0xa0, tlv(0x0c, b"user@corp")))


def cn(*texts, tag=0x0c, attribute="2.5.4.3"):
    """A Name with one RDN a text."""
    return seq(*(tlv(0x31, seq(oid(attribute), tlv(tag, t.encode()))) for t in texts))


def extension(which, value, critical=False):
    return seq(oid(which), b"\x01\x01\xff" if critical else b"", tlv(0x04, value))


def san(*names):
    return extension(SAN, seq(*names))


def ext_req(*extensions, which=EXTENSION_REQUEST):
    """The attribute that carries extensions."""
    return seq(oid(which), tlv(0x31, seq(*extensions)))


def spki_of(key):
    return key.public_key().public_bytes(serialization.Encoding.DER,
                                         serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(key, alg, data):
    digest = alg[1]
    if digest is None:
        return key.sign(data)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), digest())
    return key.sign(data, ec.ECDSA(digest()))


def make(key, *attributes, subject=seq(), alg=None, version=0, spki=None, signature=None):
    """The request in DER."""
    alg = alg or (RSA_SHA256 if isinstance(key, rsa.RSAPrivateKey) else ECDSA_SHA256)
    info = seq(tlv(0x02, bytes([version])), subject, spki or spki_of(key),
               tlv(0xa0, *attributes))
    return seq(info, alg[0], tlv(0x03, b"\x00", signature or sign(key, alg, info)))
