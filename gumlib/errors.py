"""The one exception of gumlib, and packages that only some parts of it need."""

import importlib
from typing import Any


class GumError(ValueError):
    """Say what was expected, what came and what to do.

    Parameters
    ----------
    message : what was expected, what came, what to do, in plain words
    step : the part of gumlib that stopped, such as ``"data"`` or ``"evidence"``
    variable : the name at fault, such as a file, a column or an argument

    Examples
    --------
    >>> raise GumError("expected one of L I E S P D, got 'Q'; take a code", "model", "factor")
    Traceback (most recent call last):
    gumlib.errors.GumError: [model: factor] expected one of L I E S P D, got 'Q'; take a code
    """

    def __init__(self, message: str, step: str, variable: str) -> None:
        super().__init__(f"[{step}: {variable}] {message}")
        self.step = step
        self.variable = variable


def one_of(value: str, allowed: tuple[str, ...], step: str, variable: str) -> str:
    """Return `value` if it is allowed, else raise a `GumError` that lists what is."""
    if value not in allowed:
        raise GumError(f"expected one of {', '.join(allowed)}; got {value!r}", step, variable)
    return value


def extra(module: str, name: str) -> Any:
    """Return a module of the extra `name` of gumlib.

    Parameters
    ----------
    module : the module, such as ``"pooch"``
    name : the extra of pyproject.toml that brings it, such as ``"gvc"``

    Raises
    ------
    GumError : the module is not installed
    """
    try:
        return importlib.import_module(module)
    except ImportError as missing:
        package = module.partition(".")[0]
        how = f'expected {package}, which is not installed; run: pip install "gumlib[{name}]"'
        raise GumError(how, name, package) from missing
