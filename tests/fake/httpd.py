#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A small HTTP/1.1 server for tests that behaves as badly as it is told to.
Loopback only.

What it does for a request stands in the rules file; the first rule that fits
counts.  What no rule fits is a file below --root (as a client writes its key
authorization to ROOT/.well-known/acme-challenge/TOKEN), or 404.  The rules file
is read again whenever it has changed; replace it by rename.

One rule a line; words may be quoted, \\r \\n \\xNN stand for octets, a word that
begins with # starts a comment:

  HOST PATH ACTION [ARGUMENTS]

HOST is the Host field without port, or *.  PATH is the request target; one that
ends in * is a prefix.  Actions:

  body TEXT [CODE]          TEXT with Content-Length, status 200 or CODE
  status CODE               no body
  redirect CODE [LOCATION]  {path} in LOCATION becomes the request target
  chunked TEXT              Transfer-Encoding: chunked
  gzip TEXT                 Content-Encoding: gzip, asked for or not
  headers N TEXT            N octets of header fields, then TEXT
  raw TEXT                  these octets and nothing else
  delay MS TEXT             body after so many milliseconds
  endless                   a body without end
  endless-headers           header fields without end
  drip MS                   one octet of the body each MS milliseconds, for ever
  drip-headers MS           the same within the header
  hang                      read the request, never answer
  hang-body                 a header, then nothing
  short                     half of the body that Content-Length promises
  close                     close without a word
  reset                     a TCP reset
"""
import argparse
import asyncio
import gzip
import ipaddress
import json
import os
import socket
import ssl
import struct
import sys
import warnings

HEAD_MAX = 65536
REASONS = {200: 'OK', 204: 'No Content', 404: 'Not Found'}


def words(line):
    """Split a line into octet strings."""
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
            if line[i] == '\\' and line[i + 1] == 'x':
                word.append(int(line[i + 2:i + 4], 16))
                i += 4
            elif line[i] == '\\':
                word += {'r': b'\r', 'n': b'\n'}.get(line[i + 1], line[i + 1].encode())
                i += 2
            else:
                word += line[i].encode()
                i += 1
        i += quoted
        out.append(bytes(word))
    return out


class Rules:
    def __init__(self, path):
        self.path = path
        self.stamp = None
        self.rules = []
        self.refresh()

    def refresh(self):
        if self.path is None:
            return
        st = os.stat(self.path)
        stamp = (st.st_mtime_ns, st.st_size, st.st_ino)
        if stamp == self.stamp:
            return
        self.stamp = stamp
        self.rules = []
        with open(self.path, encoding='utf-8') as f:
            for number, line in enumerate(f, 1):
                w = words(line)
                if len(w) > 2 and hasattr(Reply, 'do_' + w[2].decode().replace('-', '_')):
                    self.rules.append((w[0].decode().lower(), w[1].decode(), w[2].decode(), w[3:]))
                elif w:
                    print(f'{self.path}:{number}: not a rule', file=sys.stderr, flush=True)

    def find(self, host, path):
        for h, p, action, args in self.rules:
            if h in ('*', host) and (path == p or p[-1] == '*' and path.startswith(p[:-1])):
                return action, args
        return None


def head(code, fields=b'', length=None):
    out = b'HTTP/1.1 %d %s\r\n' % (code, REASONS.get(code, 'Status').encode())
    if length is not None:
        out += b'Content-Length: %d\r\n' % length
    return out + b'Content-Type: application/octet-stream\r\nConnection: close\r\n' + \
        fields + b'\r\n'


class Reply:
    """The actions; each writes its answer."""

    def __init__(self, writer, target):
        self.w = writer
        self.target = target

    async def send(self, data):
        self.w.write(data)
        await self.w.drain()

    async def do_body(self, text, code=b'200'):
        await self.send(head(int(code), length=len(text)) + text)

    async def do_status(self, code):
        await self.send(head(int(code), length=0))

    async def do_redirect(self, code, location=None):
        field = b''
        if location is not None:
            field = b'Location: ' + location.replace(b'{path}', self.target) + b'\r\n'
        await self.send(head(int(code), field, 0))

    async def do_chunked(self, text):
        await self.send(head(200, b'Transfer-Encoding: chunked\r\n') +
                        b'%x\r\n%s\r\n0\r\n\r\n' % (len(text), text))

    async def do_gzip(self, text):
        data = gzip.compress(text)
        await self.send(head(200, b'Content-Encoding: gzip\r\n', len(data)) + data)

    async def do_headers(self, n, text):
        fields = b''
        while len(fields) < int(n):
            fields += b'X-Filler: ' + b'f' * 100 + b'\r\n'
        await self.send(head(200, fields, len(text)) + text)

    async def do_raw(self, text):
        await self.send(text)

    async def do_delay(self, ms, text):
        await asyncio.sleep(int(ms) / 1000)
        await self.do_body(text)

    async def do_endless(self):
        await self.send(head(200))
        while True:
            await self.send(b'x' * 65536)

    async def do_endless_headers(self):
        await self.send(b'HTTP/1.1 200 OK\r\n')
        while True:
            await self.send(b'X-Filler: ffffffff\r\n' * 100)

    async def drip(self, ms, data):
        while True:
            await self.send(data)
            await asyncio.sleep(int(ms) / 1000)

    async def do_drip(self, ms):
        await self.send(head(200, length=10 ** 9))
        await self.drip(ms, b'x')

    async def do_drip_headers(self, ms):
        await self.send(b'HTTP/1.1 200 OK\r\nX-Filler: ')
        await self.drip(ms, b'f')

    async def do_hang(self):
        await asyncio.Event().wait()

    async def do_hang_body(self):
        await self.send(head(200, length=100))
        await asyncio.Event().wait()

    async def do_short(self):
        await self.send(head(200, length=100) + b'x' * 50)

    async def do_close(self):
        pass

    async def do_reset(self):
        self.w.get_extra_info('socket').setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.w.transport.abort()


class Server:
    def __init__(self, args):
        self.rules = Rules(args.rules)
        self.root = args.root
        self.log = open(args.log, 'a', encoding='utf-8') if args.log else None

    def note(self, method, target, fields, writer):
        if self.log:
            print(json.dumps({'peer': writer.get_extra_info('peername')[0],
                              'tls': writer.get_extra_info('ssl_object') is not None,
                              'method': method, 'target': target, 'fields': fields}),
                  file=self.log, flush=True)

    def file(self, target):
        """The file that a target names, if it lies below the root."""
        if self.root is None or '..' in target:
            return None
        path = os.path.join(self.root, target.split('?')[0].lstrip('/'))
        if not os.path.isfile(path):
            return None
        with open(path, 'rb') as f:
            return f.read()

    async def answer(self, data, writer):
        lines = data.decode('latin-1').split('\r\n')
        method, target = lines[0].split(' ')[:2]
        fields = [line.split(': ', 1) for line in lines[1:] if ': ' in line]
        self.note(method, target, fields, writer)
        host = next((v for k, v in fields if k.lower() == 'host'), '').lower()
        if host.count(':') == 1 or ']:' in host:
            host = host.rsplit(':', 1)[0]
        self.rules.refresh()
        reply = Reply(writer, target.encode('latin-1'))
        found = self.rules.find(host, target)
        if found is not None:
            await getattr(reply, 'do_' + found[0].replace('-', '_'))(*found[1])
            return
        text = self.file(target)
        await (reply.do_status(b'404') if text is None else reply.do_body(text))

    async def serve(self, reader, writer):
        """One request a connection; a peer that goes away ends the reply."""
        job = None
        try:
            data = await reader.readexactly(1)
            if data == b'\x16':     # a TLS handshake on the wrong port
                await Reply(writer, b'').do_status(b'400')
                return
            data += await reader.readuntil(b'\r\n\r\n')
            job = asyncio.ensure_future(self.answer(data, writer))
            gone = asyncio.ensure_future(reader.read())
            await asyncio.wait([job, gone], return_when=asyncio.FIRST_COMPLETED)
            gone.cancel()
            if job.done() and job.exception() and \
                    not isinstance(job.exception(), ConnectionError):
                print(repr(job.exception()), file=sys.stderr, flush=True)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass
        finally:
            if job is not None:
                job.cancel()
            writer.close()


def listeners(addresses, port):
    """A socket for each address, all on one port."""
    for _ in range(50):
        out, wanted = [], port
        try:
            for address in addresses:
                family = socket.AF_INET6 if ':' in address else socket.AF_INET
                s = socket.socket(family, socket.SOCK_STREAM)
                out.append(s)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                s.bind((address, wanted))
                wanted = s.getsockname()[1]
            return out, wanted
        except OSError:
            for s in out:
                s.close()
            if port:
                raise
    raise OSError('no port that is free on all addresses')


def tls_context(args):
    ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ctx.load_cert_chain(args.tls_pem)
    if args.tls_max:
        warnings.simplefilter('ignore', DeprecationWarning)
        ctx.set_ciphers('ALL:@SECLEVEL=0')
        ctx.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        ctx.maximum_version = ssl.TLSVersion['TLSv' + args.tls_max.replace('.', '_')]
    return ctx


async def run(args):
    server = Server(args)
    ports = []
    for tls in [None] + ([tls_context(args)] if args.tls_pem else []):
        socks, port = listeners(args.address, args.tls_port if tls else args.port)
        for s in socks:
            await asyncio.start_server(server.serve, sock=s, ssl=tls, backlog=4096,
                                       limit=HEAD_MAX)
        ports.append(port)
    print('ready', ','.join(args.address), *ports, flush=True)
    await asyncio.Event().wait()


def main():
    p = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog='Prints "ready ADDRESSES PORT [TLSPORT]" when it listens; SIGTERM ends it.')
    p.add_argument('rules', metavar='RULES', nargs='?', help='rules file')
    p.add_argument('--address', action='append',
                   help='loopback address, may be repeated (127.0.0.1)')
    p.add_argument('--port', type=int, default=0, help='0: any free one')
    p.add_argument('--root', help='directory of files')
    p.add_argument('--tls-pem', help='certificate and key: serve https too')
    p.add_argument('--tls-port', type=int, default=0, help='0: any free one')
    p.add_argument('--tls-max', choices=['1', '1.1', '1.2'], help='newest TLS version offered')
    p.add_argument('--log', help='append each request as a line of JSON')
    args = p.parse_args()
    args.address = args.address or ['127.0.0.1']
    if not all(ipaddress.ip_address(a).is_loopback for a in args.address):
        p.error('only loopback addresses')
    try:
        asyncio.run(run(args))
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    main()
