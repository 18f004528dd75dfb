"""A process without a network: what would leave this machine is refused, and says so.

Python reports each connection, each message, each name that is looked up and each program that is started before it
happens; here that report refuses. Another program could not be asked the same, so none may be started. Only code that
opens a connection without Python, as a library in C might, is out of reach.
"""

from __future__ import annotations

import os
import sys
from typing import Any

VARIABLE = "GUM_OFFLINE"
"""Environment variable: set, kernels of the book reach no other machine."""
_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "", None)
_TO_ADDRESS = ("socket.connect", "socket.sendto", "socket.sendmsg")
_LOOKED_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_STARTED = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile")


def close_if_asked() -> None:
    """Take the network from this process, for good, where the environment asks for it."""
    if os.environ.get(VARIABLE):
        sys.addaudithook(_hear)


def _hear(event: str, told: tuple[Any, ...]) -> None:
    if event in _TO_ADDRESS:
        _refuse(told[1])
    elif event in _LOOKED_UP:
        _refuse(told[0] if isinstance(told[0], tuple) else told[:1])
    elif event in _STARTED:
        raise OSError(f"the network is off, and {told[0]} was to be started; a page may start no other program")


def _refuse(address: Any) -> None:
    host = address[0] if isinstance(address, tuple) else None
    host = host.decode() if isinstance(host, bytes) else host
    if host not in _HERE:
        raise OSError(f"the network is off, and {host} was asked for; a page may only read what lies in data/")
