#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Make the signed zone that tests of DNSSEC validation are answered from.

Writes ZONEFILE in the form that dnsd.py reads, with records of secure.test under a
new ECDSA P-256 key, and ANCHORFILE with the DNSKEY for libunbound.  The signatures
hold from 2020 to 2085, so that the files can be kept; the key is thrown away.
Needs the openssl command.

  secure.test                 A, TXT; no CAA, which is proven
  _acme-challenge.secure.test TXT
  forged.secure.test          TXT whose signature is another's
  unsigned.secure.test        TXT without any signature
"""
import argparse
import base64
import struct
import subprocess
import tempfile

ZONE = 'secure.test'
TTL = 60                # what dnsd.py sends
INCEPTION, EXPIRATION = 1577836800, 3629145600
A, SOA, TXT, RRSIG, NSEC, DNSKEY = 1, 6, 16, 46, 47, 48


def wire(name):
    return b''.join(bytes([len(x)]) + x.encode() for x in name.split('.')) + b'\0'


def bitmap(types):
    bits = bytearray(7)
    for t in types:
        bits[t // 8] |= 0x80 >> t % 8
    return b'\0' + bytes([len(bits)]) + bytes(bits)


class Key:
    def __init__(self, path):
        self.path = path
        subprocess.run(['openssl', 'ecparam', '-name', 'prime256v1', '-genkey', '-noout',
                        '-out', path], check=True)
        der = subprocess.run(['openssl', 'ec', '-in', path, '-pubout', '-outform', 'DER'],
                             check=True, capture_output=True).stdout
        self.rdata = struct.pack('!HBB', 257, 3, 13) + der[-64:]
        words = struct.unpack('!%dH' % (len(self.rdata) // 2), self.rdata)
        total = sum(words)
        self.tag = (total + (total >> 16)) & 0xffff

    def sign(self, data):
        """r and s, 32 octets each, out of the DER sequence."""
        der = subprocess.run(['openssl', 'dgst', '-sha256', '-sign', self.path],
                             input=data, check=True, capture_output=True).stdout
        n = der[3]
        r, s = der[4:4 + n], der[6 + n:]
        return b''.join(x[-32:].rjust(32, b'\0') for x in (r, s))


def rrsig(key, name, kind, datas):
    labels = len(name.split('.'))
    fields = struct.pack('!HBBIIIH', kind, 13, labels, TTL, EXPIRATION, INCEPTION,
                         key.tag) + wire(ZONE)
    rrs = b''.join(wire(name) + struct.pack('!HHIH', kind, 1, TTL, len(d)) + d
                   for d in sorted(datas))
    return fields + key.sign(fields + rrs)


def txt(text):
    return bytes([len(text)]) + text.encode()


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('zone', metavar='ZONEFILE')
    p.add_argument('anchor', metavar='ANCHORFILE')
    args = p.parse_args()
    with tempfile.NamedTemporaryFile() as f:
        key = Key(f.name)
        soa = wire('ns.' + ZONE) + wire('hostmaster.' + ZONE) + \
            struct.pack('!5I', 1, 3600, 600, 86400, 0)
        sets = [
            (ZONE, SOA, [soa]),
            (ZONE, A, [bytes([127, 0, 0, 1])]),
            (ZONE, TXT, [txt('signed')]),
            (ZONE, NSEC, [wire('_acme-challenge.' + ZONE) +
                          bitmap([A, SOA, TXT, RRSIG, NSEC, DNSKEY])]),
            (ZONE, DNSKEY, [key.rdata]),
            ('_acme-challenge.' + ZONE, TXT, [txt('one'), txt('two')]),
            ('_acme-challenge.' + ZONE, NSEC, [wire(ZONE) + bitmap([TXT, RRSIG, NSEC])]),
        ]
        lines = ['# SPDX-License-Identifier: BSD-2-Clause',
                 '# Made by tests/fake/signzone.py, which says what is what.']
        for name, kind, datas in sets:
            lines += [f'{name} TYPE{kind} {d.hex()}' for d in datas]
            lines.append(f'{name} TYPE46 {rrsig(key, name, kind, datas).hex()}')
        forged = rrsig(key, 'forged.' + ZONE, TXT, [txt('genuine')])
        lines += [f'forged.{ZONE} TYPE16 {txt("forged").hex()}',
                  f'forged.{ZONE} TYPE46 {forged.hex()}',
                  f'unsigned.{ZONE} TYPE16 {txt("unsigned").hex()}']
    with open(args.zone, 'w', encoding='ascii') as f:
        f.write('\n'.join(lines) + '\n')
    with open(args.anchor, 'w', encoding='ascii') as f:
        f.write(f'{ZONE}. IN DNSKEY 257 3 13 {base64.b64encode(key.rdata[4:]).decode()}\n')


if __name__ == '__main__':
    main()
