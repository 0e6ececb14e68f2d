#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Which of these ports of 127.0.0.1 are taken?  Prints them; fails if there are any."""

import socket
import sys


def busy(port):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as s:
            if kind == socket.SOCK_STREAM:
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", port))
            except OSError as e:
                return e.strerror
    return None


found = [f"port {port}: {why}" for port in map(int, sys.argv[1:]) if (why := busy(port))]
if found:
    print("\n".join(found))
sys.exit(1 if found else 0)
