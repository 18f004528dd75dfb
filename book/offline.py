"""A process without a network: every connection but to this machine is refused, and says so."""

from __future__ import annotations

import os
import socket
from typing import Any

VARIABLE = "GUM_OFFLINE"
"""Environment variable: set, kernels of the book reach no other machine."""
_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "", None)


def close_if_asked() -> None:
    """Take the network from this process where the environment asks for it."""
    if os.environ.get(VARIABLE):
        socket.socket.connect = _guarded(socket.socket.connect)  # type: ignore[method-assign]
        socket.socket.connect_ex = _guarded(socket.socket.connect_ex)  # type: ignore[method-assign]
        socket.getaddrinfo = _asked(socket.getaddrinfo)


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        _refuse(address[0] if isinstance(address, tuple) else None)
        return connect(self, address)

    return guarded


def _asked(lookup: Any) -> Any:
    def asked(host: Any, *rest: Any, **named: Any) -> Any:
        _refuse(host.decode() if isinstance(host, bytes) else host)
        return lookup(host, *rest, **named)

    return asked


def _refuse(host: str | None) -> None:
    if host not in _HERE:
        raise OSError(f"the network is off, and {host} was asked for; a page may only read what lies in data/")
