"""Every public figure can be drawn, without a warning, and says what a reader needs.

The book draws nearly all of them, a warning fails its build, and nothing is drawn here that it has drawn.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable
from functools import cache

import pytest

from book.paths import HTML
from gumlib import cases, data, figures, gvc
from gumlib.cases.fitting.unfitted import forward
from gumlib.figures.card import Figure

EXAMPLES = {
    "cluster": lambda: "wenzhou",
    "name": lambda: "ningbo-firms",
    "case": lambda: cases.load("wenzhou"),
    "wide": lambda: gvc.wide_indicators(gvc.condensed(2005), {}),
    "table": lambda: gvc.condensed(2005),
    "regions": lambda: ("CHN", "USA"),
    "industries": lambda: ("c4", "c5", "c12"),
    "told": lambda: forward(cases.load("wenzhou"), count=32),
}
"""A value for each argument that a figure asks for, made when it is asked."""


def public() -> list[Callable[..., Figure]]:
    modules = [
        importlib.import_module(f"gumlib.figures.{found.name}") for found in pkgutil.iter_modules(figures.__path__)
    ]
    return [
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__ == module.__name__
        and function.__annotations__.get("return") is Figure
    ]


def of(function: Callable[..., Figure]) -> str:
    return f"{function.__module__}.{function.__name__}"


@cache
def built() -> dict[str, list[dict]]:
    """Return what the built book says of its figures, by the function that drew them."""
    found: dict[str, list[dict]] = {}
    for file in sorted((HTML / "figures").glob("fig-*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        assert file.with_suffix(".svg").read_text(encoding="utf-8").lstrip().startswith("<svg ")
        found.setdefault(record["function"], []).append(record)
    return found


@cache
def records(function: Callable[..., Figure]) -> list[dict]:
    """Return what is said of a function's figures: in the book where it stands there, else of an example drawn now."""
    if of(function) in built():
        return built()[of(function)]
    asked = inspect.signature(function).parameters.values()
    needed = [parameter.name for parameter in asked if parameter.default is parameter.empty]
    assert set(needed) <= set(EXAMPLES), f"add an example of {', '.join(needed)} to EXAMPLES"
    figure = function(**{name: EXAMPLES[name]() for name in needed})
    assert figure.svg.startswith("<svg ")
    return [figure.record()]


@pytest.mark.parametrize("function", public(), ids=lambda function: of(function)[15:])
def test_a_figure_is_drawn_and_described(function):
    for record in records(function):
        assert record["function"] == of(function)
        assert set(record["sources"]) <= set(data.registry().index)
        assert record["caption"].rstrip().endswith(".")
        assert not record["title"].endswith(".")
        assert len(record["alt"]) > 60
        assert record["alt"] != record["caption"]


def test_there_are_figures_and_no_two_share_an_id():
    ids = [record["id"] for function in public() for record in records(function)]
    assert len(ids) > 10
    assert len(set(ids)) == len(ids)
