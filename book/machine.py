"""What a run was made on: the machine, and the lock that its environment was installed from."""

from __future__ import annotations

import hashlib
import os
import platform

from book.paths import ROOT

LOCK = ROOT / "requirements" / "book.txt"


def machine() -> str:
    """Return system, processor, cores and Python of this process."""
    parts = (platform.system(), platform.machine(), f"{os.cpu_count()} cores", f"Python {platform.python_version()}")
    return ", ".join(parts)


def lock() -> str:
    """Return the sha256 of the locked versions."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()
