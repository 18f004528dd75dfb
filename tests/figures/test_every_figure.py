"""Every public figure can be drawn, without a warning, and says what a reader needs."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache

import pytest

from gumlib import cases, data, figures
from gumlib.cases.fit.unfitted import forward
from gumlib.figures.card import Figure

EXAMPLES = {
    "cluster": lambda: "wenzhou",
    "name": lambda: "ningbo-firms",
    "case": lambda: cases.load("wenzhou"),
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
        and function.__annotations__.get("return") == "Figure"
    ]


@cache
def example(function: Callable[..., Figure]) -> Figure:
    asked = inspect.signature(function).parameters.values()
    needed = [parameter.name for parameter in asked if parameter.default is parameter.empty]
    assert set(needed) <= set(EXAMPLES), f"add an example of {', '.join(needed)} to EXAMPLES"
    return function(**{name: EXAMPLES[name]() for name in needed})


@pytest.mark.parametrize("function", public(), ids=lambda function: f"{function.__module__[15:]}.{function.__name__}")
def test_a_figure_is_drawn_and_described(function):
    figure = example(function)
    assert figure.svg.startswith("<svg ")
    assert figure.record()["function"] == f"{function.__module__}.{function.__name__}"
    assert set(figure.sources) <= set(data.registry().index)
    assert figure.caption.rstrip().endswith(".")
    assert not figure.title.endswith(".")
    assert len(figure.alt) > 60
    assert figure.alt != figure.caption


def test_there_are_figures_and_no_two_share_an_id():
    ids = [example(function).id for function in public()]
    assert len(ids) > 10
    assert len(set(ids)) == len(ids)
