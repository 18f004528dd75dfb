"""Spare the build what takes time and changes no page."""

from __future__ import annotations

import gc
from functools import cache

import pybtex.plugin
from sphinx.application import Sphinx


def setup(_: Sphinx) -> None:
    """Collect no garbage; ask once, not for each citation, which bibliography plugins are installed.

    Garbage collection takes a sixth of a warm build and spares it some thirty megabytes.
    """
    gc.disable()
    pybtex.plugin.entry_points = cache(pybtex.plugin.entry_points)
