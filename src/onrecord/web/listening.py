"""The place where a server listens, had or refused before the server starts and talks of it in its own way."""

from __future__ import annotations

import errno
import socket

from onrecord.errors import UsageError


def listening(host: str, port: int) -> socket.socket:
    """The place to listen at; port 0 is any that is free. `UsageError` says which of the two cannot be had."""
    # Named as TCP, or asyncio leaves Nagle's delay on and every page waits 40 ms for an acknowledgement.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    plug = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        plug.bind((host, port))
    except OSError as error:
        plug.close()
        elsewhere = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        why = f"{error.strerror}; choose another with {'--host' if elsewhere else '--port'}"
        raise UsageError(f"cannot listen at {host}:{port}: {why}") from error
    return plug
