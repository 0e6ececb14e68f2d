#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A small DNS server for tests: UDP and TCP, loopback only.

It answers for every name under its top-level domains (those of the zone file
and --tld): what the zone file holds, NODATA with a SOA for all else.  Names
elsewhere are REFUSED.  The zone file is read again whenever it has changed;
replace it by rename, or a half-written one may be read.

One record or one action a line; words may be quoted, \\DDD is an octet, a word
that begins with # starts a comment, and a first label * stands for whatever is
not written out:

  NAME A 127.0.0.1            NAME CNAME TARGET
  NAME AAAA ::1               NAME NS TARGET
  NAME TXT "one" "two"        one record of two strings
  NAME CAA 0 issue "ca.example; validationmethods=dns-01"
  NAME TYPE257 00056973       any type, RDATA in hex

  NAME TYPE !NXDOMAIN         also NODATA SERVFAIL REFUSED FORMERR NOTIMP
  NAME TYPE !SERVFAIL 2       only the first two questions
  NAME TYPE !drop             never answer (a count may follow too)
  NAME TYPE !garbage          octets that are no answer
  NAME TYPE !truncate         TC over UDP, all of it over TCP
  NAME TYPE !notcp            TC over UDP, TCP is closed without a word
  NAME TYPE !delay 500        answer after so many milliseconds
  NAME TYPE !turns            one of its records to each question, in turn

TYPE of an action may be *.  An action on a name that has records too goes
first, except delay, truncate and turns, which only change how they are sent.  A name
with NSEC records (TYPE47) and RRSIGs (TYPE46) is answered as in a signed zone;
NAME TYPE6 replaces the SOA that is made up for the top-level domain.
"""
import argparse
import asyncio
import ipaddress
import os
import socket
import struct
import sys

TYPES = {'A': 1, 'NS': 2, 'CNAME': 5, 'SOA': 6, 'TXT': 16, 'AAAA': 28,
         'DS': 43, 'RRSIG': 46, 'NSEC': 47, 'DNSKEY': 48, 'CAA': 257, '*': 0}
NAMES = {number: name for name, number in TYPES.items()}
RCODES = {'NODATA': 0, 'FORMERR': 1, 'SERVFAIL': 2, 'NXDOMAIN': 3,
          'NOTIMP': 4, 'REFUSED': 5}
QR, AA, TC, RD, RA = 0x8000, 0x0400, 0x0200, 0x0100, 0x0080
UDP_MAX = 1232
CHAIN_MAX = 16


def words(line):
    """Split a line; a word is (bytes, was it quoted)."""
    out, i = [], 0
    while i < len(line):
        if line[i].isspace():
            i += 1
            continue
        if line[i] == '#':
            break
        quoted = line[i] == '"'
        i += quoted
        word = bytearray()
        while i < len(line) and not (line[i] == '"' if quoted else line[i].isspace()):
            if line[i] == '\\' and line[i + 1:i + 4].isdigit():
                word.append(int(line[i + 1:i + 4]))
                i += 4
            else:
                i += line[i] == '\\'
                word += line[i].encode()
                i += 1
        i += quoted
        out.append(bytes(word))
    return out


def encode_name(name):
    out = b''
    for label in name.rstrip('.').split('.'):
        if label:
            out += bytes([len(label)]) + label.encode('latin-1')
    return out + b'\0'


def string(data):
    return bytes([len(data)]) + data


def rdata(kind, args):
    if kind in ('A', 'AAAA'):
        return ipaddress.ip_address(args[0].decode()).packed
    if kind in ('CNAME', 'NS'):
        return encode_name(args[0].decode())
    if kind == 'TXT':
        return b''.join(map(string, args))
    if kind == 'CAA':
        return bytes([int(args[0])]) + string(args[1]) + args[2]
    return bytes.fromhex(b''.join(args).decode())


class Action:
    def __init__(self, name, arg):
        self.name = name
        self.arg = arg      # milliseconds, or how many times; None: always
        self.turn = 0

    def one_of(self, records):
        self.turn += 1
        return [records[(self.turn - 1) % len(records)]]

    def due(self):
        if self.name == 'delay' or self.arg is None:
            return True
        self.arg -= 1
        return self.arg >= 0


class Zone:
    def __init__(self, path, tlds):
        self.path = path
        self.extra = tlds
        self.stamp = None
        self.refresh()

    def refresh(self):
        st = os.stat(self.path)
        stamp = (st.st_mtime_ns, st.st_size, st.st_ino)
        if stamp == self.stamp:
            return
        self.stamp = stamp
        self.records, self.actions, self.names = {}, {}, set()
        self.tlds = set(self.extra)
        with open(self.path, encoding='utf-8') as f:
            for number, line in enumerate(f, 1):
                try:
                    self.add(words(line))
                except (ValueError, IndexError, KeyError) as e:
                    print(f'{self.path}:{number}: {e!r}', file=sys.stderr, flush=True)

    def add(self, line):
        if not line:
            return
        name = line[0].decode().lower().rstrip('.')
        kind = line[1].decode().upper()
        number = TYPES.get(kind) if kind in TYPES else int(kind.removeprefix('TYPE'))
        self.names.add(name)
        self.tlds.add(name.rsplit('.', 1)[-1])
        if line[2:] and line[2].startswith(b'!'):
            arg = int(line[3]) if line[3:] else None
            self.actions[name, number] = Action(line[2][1:].decode(), arg)
        else:
            self.records.setdefault(name, {}).setdefault(number, []).append(
                rdata(kind, line[2:]))

    def owner(self, name):
        """The name that answers: itself, or the wildcard above it."""
        rest = name
        while name not in self.names and '.' in rest:
            rest = rest.split('.', 1)[1]
            if '*.' + rest in self.names:
                return '*.' + rest
        return name

    def action(self, owner, qtype):
        return self.actions.get((owner, qtype)) or self.actions.get((owner, 0))

    def soa(self, name):
        """Owner and RDATA of the SOA above a name."""
        rest = name
        while rest:
            if 6 in self.records.get(rest, {}):
                return rest, self.records[rest][6][0]
            rest = rest.split('.', 1)[1] if '.' in rest else ''
        tld = name.rsplit('.', 1)[-1]
        return tld, encode_name('ns.' + tld) + encode_name('hostmaster.' + tld) + \
            struct.pack('!5I', 1, 3600, 600, 86400, 0)


class Question:
    def __init__(self, packet):
        self.id, self.flags, qd, _, _, ar = struct.unpack_from('!6H', packet)
        if qd != 1 or self.flags & QR:
            raise ValueError('no question')
        at, labels = 12, []
        while packet[at] != 0:
            if packet[at] > 63:
                raise ValueError('compressed question')
            labels.append(packet[at + 1:at + 1 + packet[at]].decode('latin-1'))
            at += 1 + packet[at]
        self.raw = packet[12:at + 5]
        self.name = '.'.join(labels).lower()
        self.type = struct.unpack_from('!H', packet, at + 1)[0]
        self.size, self.do, self.edns = 512, False, False
        at += 5
        if ar and packet[at:at + 3] == b'\0\0\x29':
            self.edns = True
            self.size = max(512, struct.unpack_from('!H', packet, at + 3)[0])
            self.do = bool(packet[at + 7] & 0x80)


class Answer:
    def __init__(self, q):
        self.q = q
        self.rcode = 0
        self.answer, self.authority = [], []

    def put(self, section, zone, name, kind, owner=None):
        """Add a record set, with its signatures when they are wanted."""
        sets = zone.records.get(owner or name, {})
        for data in sets.get(kind, []):
            section.append((name, kind, data))
        if self.q.do:
            for sig in sets.get(46, []):
                if struct.unpack_from('!H', sig)[0] == kind:
                    section.append((name, 46, sig))

    def negative(self, zone, name):
        top, soa = zone.soa(name)
        if 6 in zone.records.get(top, {}):
            self.put(self.authority, zone, top, 6)
        else:
            self.authority.append((top, 6, soa))
        if self.q.do:
            self.put(self.authority, zone, name, 47)

    def bytes(self, limit):
        out = struct.pack('!6H', self.q.id, QR | AA | RA | (self.q.flags & RD) | self.rcode,
                          1, len(self.answer), len(self.authority), self.q.edns)
        out += self.q.raw
        for name, kind, data in self.answer + self.authority:
            out += encode_name(name) + struct.pack('!HHIH', kind, 1, 60, len(data)) + data
        if self.q.edns:
            out += b'\0' + struct.pack('!HHIH', 41, UDP_MAX, 0x8000 if self.q.do else 0, 0)
        return out if len(out) <= limit else self.cut()

    def cut(self):
        out = struct.pack('!6H', self.q.id, QR | AA | RA | TC | (self.q.flags & RD),
                          1, 0, 0, self.q.edns) + self.q.raw
        if self.q.edns:
            out += b'\0' + struct.pack('!HHIH', 41, UDP_MAX, 0x8000 if self.q.do else 0, 0)
        return out


def resolve(zone, q, a):
    """Fill the answer; returns the action that says how it is sent, or None."""
    name, how = q.name, None
    if name.rsplit('.', 1)[-1] not in zone.tlds:
        a.rcode = RCODES['REFUSED']
        return None
    for _ in range(CHAIN_MAX):
        owner = zone.owner(name)
        action = zone.action(owner, q.type)
        if action is not None and action.due():
            if action.name in RCODES:
                a.rcode = RCODES[action.name]
                if a.rcode in (0, 3):
                    a.negative(zone, name)
                return how
            how = how or action
        sets = zone.records.get(owner, {})
        if q.type in sets:
            a.put(a.answer, zone, name, q.type, owner)
            if how and how.name == 'turns':
                a.answer = how.one_of(a.answer)
            return how
        if 5 not in sets:
            a.negative(zone, name)
            return how
        a.put(a.answer, zone, name, 5, owner)
        labels, data, at = [], sets[5][0], 0
        while data[at]:
            labels.append(data[at + 1:at + 1 + data[at]].decode('latin-1'))
            at += 1 + data[at]
        name = '.'.join(labels).lower()
        if any(name == seen for seen, kind, _ in a.answer if kind == 5) or \
                name.rsplit('.', 1)[-1] not in zone.tlds:
            return how
    return how


class Server:
    def __init__(self, zone, log):
        self.zone = zone
        self.log = log

    def reply(self, packet, tcp):
        """The bytes to send, or None for silence, and after how many seconds."""
        try:
            q = Question(packet)
        except (ValueError, IndexError, struct.error):
            return None, 0
        if self.log:
            kind = NAMES.get(q.type, f'TYPE{q.type}')
            print('tcp' if tcp else 'udp', q.name, kind, file=self.log, flush=True)
        self.zone.refresh()
        a = Answer(q)
        how = resolve(self.zone, q, a)
        limit = 65535 if tcp else min(q.size, UDP_MAX)
        if how is None:
            return a.bytes(limit), 0
        if how.name == 'delay':
            return a.bytes(limit), how.arg / 1000
        if how.name == 'garbage':
            return packet[:12] + b'\xff' * 40, 0
        if how.name == 'drop' or (how.name == 'notcp' and tcp):
            return None, 0
        return a.bytes(limit) if tcp else a.cut(), 0


class Udp(asyncio.DatagramProtocol):
    def __init__(self, server):
        self.server = server

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        out, wait = self.server.reply(data, tcp=False)
        if out is None:
            return
        if wait:
            asyncio.get_running_loop().call_later(wait, self.transport.sendto, out, addr)
        else:
            self.transport.sendto(out, addr)


async def serve_tcp(server, reader, writer):
    try:
        while True:
            size = struct.unpack('!H', await reader.readexactly(2))[0]
            out, wait = server.reply(await reader.readexactly(size), tcp=True)
            if out is None:
                break
            await asyncio.sleep(wait)
            writer.write(struct.pack('!H', len(out)) + out)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def sockets(address, port):
    """A UDP and a TCP socket on one port."""
    family = socket.AF_INET6 if ':' in address else socket.AF_INET
    for _ in range(50):
        udp = socket.socket(family, socket.SOCK_DGRAM)
        udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        udp.bind((address, port))
        tcp = socket.socket(family, socket.SOCK_STREAM)
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tcp.bind((address, udp.getsockname()[1]))
            return udp, tcp
        except OSError:
            udp.close()
            tcp.close()
            if port:
                raise
    raise OSError('no port that is free for both UDP and TCP')


async def run(args):
    log = open(args.log, 'a', encoding='utf-8') if args.log else None
    server = Server(Zone(args.zone, args.tld), log)
    udp, tcp = sockets(args.address, args.port)
    await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: Udp(server), sock=udp)
    listener = await asyncio.start_server(
        lambda r, w: serve_tcp(server, r, w), sock=tcp, backlog=512)
    print('ready', args.address, udp.getsockname()[1], flush=True)
    await listener.serve_forever()


def main():
    p = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog='Prints "ready ADDRESS PORT" when it listens; SIGTERM ends it.')
    p.add_argument('zone', metavar='ZONEFILE')
    p.add_argument('--address', default='127.0.0.1', help='loopback address (%(default)s)')
    p.add_argument('--port', type=int, default=0, help='0: any free one')
    p.add_argument('--tld', action='append', default=[],
                   help='answer for this top-level domain too')
    p.add_argument('--log', help='append "udp|tcp NAME TYPE" for each question')
    args = p.parse_args()
    if not ipaddress.ip_address(args.address).is_loopback:
        p.error('only loopback addresses')
    try:
        asyncio.run(run(args))
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    main()
