"""Packages that only some parts of gumlib need: imported when first used."""

from __future__ import annotations

import importlib
from typing import Any

from gumlib.errors import GumError


def extra(module: str, name: str) -> Any:
    """Return a module of the extra `name` of gumlib.

    Parameters
    ----------
    module : the module, such as ``"pooch"``
    name : the extra of pyproject.toml that brings it, such as ``"gvc"``

    Raises
    ------
    GumError : the module is not installed

    Examples
    --------
    >>> extra("json", "gvc").__name__
    'json'
    """
    try:
        return importlib.import_module(module)
    except ImportError as missing:
        package = module.partition(".")[0]
        how = f'expected {package}, which is not installed; run: pip install "gumlib[{name}]"'
        raise GumError(how, name, package) from missing
