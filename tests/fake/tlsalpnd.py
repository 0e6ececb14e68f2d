#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A TLS server for tls-alpn-01 that shows what it is told to.  Loopback only.

What it shows for a server name stands in the directory --certs: NAME.pem holds a
certificate and its key.  NAME.mode, if it is there, is one of

  plain     take the handshake without selecting a protocol
  tls11     speak nothing newer than TLS 1.1
  hang      read the ClientHello, never answer
  close     close without a word
  reset     a TCP reset
  http      answer that this is no TLS
  other     select another protocol (http/1.1)

What comes first after the handshake is written to NAME.after: nothing, when the client
closes.  A name without a file gets an alert.  The name is read from the ClientHello; one
connection a thread, each ended after 20 seconds.
"""
import argparse
import pathlib
import socket
import ssl
import struct
import threading

CONNECTION_S = 20


def server_name(hello):
    """The SNI of a ClientHello record; "" when there is none."""
    try:
        at = 5 + 4 + 2 + 32
        at += 1 + hello[at]
        at += 2 + struct.unpack_from(">H", hello, at)[0]
        at += 1 + hello[at]
        end = at + 2 + struct.unpack_from(">H", hello, at)[0]
        at += 2
        while at + 4 <= end:
            kind, length = struct.unpack_from(">HH", hello, at)
            if kind == 0:
                size = struct.unpack_from(">H", hello, at + 7)[0]
                return hello[at + 9:at + 9 + size].decode()
            at += 4 + length
    except (IndexError, struct.error, UnicodeDecodeError):
        pass
    return ""


def shake(connection, path, mode):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(path)
    if mode == "tls11":
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    if mode == "other":
        context.set_alpn_protocols(["http/1.1"])
    elif mode != "plain":
        context.set_alpn_protocols(["acme-tls/1"])
    with context.wrap_socket(connection, server_side=True) as tls:
        path.with_suffix(".after").write_bytes(tls.recv(1))


def serve(connection, certs):
    with connection:
        connection.settimeout(CONNECTION_S)
        try:
            name = server_name(connection.recv(4096, socket.MSG_PEEK))
            mode_file = certs / f"{name}.mode"
            mode = mode_file.read_text().strip() if mode_file.exists() else ""
            if mode == "hang":
                connection.recv(4096)
                connection.recv(1)
            elif mode == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                      struct.pack("ii", 1, 0))
            elif mode == "http":
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            elif mode != "close":
                shake(connection, certs / f"{name}.pem", mode)
        except (OSError, ssl.SSLError):
            pass


def accept(listener, certs):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, certs), daemon=True).start()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--certs", type=pathlib.Path, required=True)
    parser.add_argument("--address", action="append", choices=["127.0.0.1", "::1"])
    args = parser.parse_args()
    listeners = [socket.create_server((a, args.port), backlog=128, family=(
        socket.AF_INET6 if ":" in a else socket.AF_INET)) for a in args.address or ["127.0.0.1"]]
    print(f"ready {args.port}", flush=True)
    for listener in listeners[1:]:
        threading.Thread(target=accept, args=(listener, args.certs), daemon=True).start()
    accept(listeners[0], args.certs)


if __name__ == "__main__":
    main()
