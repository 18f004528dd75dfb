"""Packages that only big ensembles need: imported when first used."""

from __future__ import annotations

import importlib
from typing import Any

from gumlib.errors import GumError


def extra(module: str) -> Any:
    """Return a module of the extra ``ensemble``.

    Raises
    ------
    GumError : the module is not installed

    Examples
    --------
    >>> extra("tqdm").__name__
    'tqdm'
    """
    try:
        return importlib.import_module(module)
    except ImportError as missing:
        package = module.partition(".")[0]
        raise GumError(f"expected {package}; install gumlib with the extra ensemble", "ensemble", package) from missing
