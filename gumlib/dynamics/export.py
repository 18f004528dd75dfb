"""The mechanism for other programs: as XMILE, as a table, as JSON, as a module for sympy.

All four are written from one list of quantities, so that they hold the same equations.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal
from xml.etree import ElementTree

import numpy as np
import pandas as pd

from gumlib import __version__
from gumlib.data.downloads import Downloads, Offer
from gumlib.dynamics.parameters import ByFactor, Parameters
from gumlib.dynamics.simulation import TIME_STEP, simulate
from gumlib.errors import GumError
from gumlib.terms import BASIC, FACTORS, TERMS, WAYS

Kind = Literal["constant", "auxiliary", "stock"]


@dataclass(frozen=True)
class Quantity:
    """One quantity of the model, written in the four operations and powers (``^``).

    Parameters
    ----------
    name : as programs read it, such as ``cluster_learning``
    kind : a constant; an auxiliary, computed at each moment; or a stock, whose rate of change the equation is
    equation : the value of a constant, the formula of an auxiliary, the rate of a stock
    start : the stock at the start; missing for what is no stock
    unit : ``1`` for shares and levels
    note : what it is, in the book's words
    """

    name: str
    kind: Kind
    equation: str
    start: float | None
    unit: str
    note: str


_Write = Callable[[list[Quantity], float], str]


def quantities(parameters: Parameters, x0: ByFactor, governance: float) -> list[Quantity]:
    """Return the mechanism under steady governance, each quantity after those that its equation names.

    Raises
    ------
    GumError : a batch of parameter sets, levels or governance outside [0, 1]

    Examples
    --------
    >>> told = quantities(Parameters.uniform(), 0.3, 0.8)
    >>> [one.equation for one in told if one.name == "strength"]
    ['governance_floor + (1 - governance_floor) * governance']
    """
    if parameters.baseline.ndim > 1 or parameters.weights.ndim > 2 or parameters.exponent.ndim:
        raise GumError("expected one parameter set, got a batch; take one draw", "dynamics", "export")
    opening = simulate(parameters, x0, TIME_STEP, governance, every=TIME_STEP)
    levels = dict(zip(FACTORS, map(float, opening.levels[0]), strict=True))
    ways = dict(zip(WAYS, map(float, opening.ways[0]), strict=True))
    return [*_constants(parameters, governance), *_auxiliaries(parameters), *_stocks(levels, ways)]


def _constants(parameters: Parameters, governance: float) -> Iterator[Quantity]:
    def constant(name: str, value: Any, unit: str, note: str) -> Quantity:
        return Quantity(name, "constant", repr(float(value)), None, unit, note)

    yield constant("governance", governance, "1", "cluster governance, g")
    yield constant("governance_floor", parameters.governance_floor, "1", "left of an interaction without governance")
    yield constant("exponent", parameters.exponent, "1", "steepness of the response, n")
    yield constant("half_saturation", parameters.half_saturation, "1", "level at which the response is one half")
    yield constant("lag_rate", parameters.lag_rate, "1/year", "speed at which a way follows its mechanism")
    yield constant("own_share", parameters.own_share, "1", "share of a mechanism that its own factor carries alone")
    for row, factor in enumerate(FACTORS):
        yield constant(f"growth_{factor}", parameters.baseline[row], "1/year", f"growth by itself of {_said(factor)}")
        yield constant(f"decay_{factor}", parameters.decay[row], "1/year", f"decay of {_said(factor)}")
        for column in np.flatnonzero(parameters.weights[row]):
            acting = FACTORS[column]
            note = f"how strongly {_said(acting)} acts on {_said(factor)}"
            yield constant(f"weight_{acting}_on_{factor}", parameters.weights[row, column], "1/year", note)


def _auxiliaries(parameters: Parameters) -> Iterator[Quantity]:
    def auxiliary(name: str, equation: str, unit: str, note: str) -> Quantity:
        return Quantity(name, "auxiliary", equation, None, unit, note)

    left = "governance_floor + (1 - governance_floor) * governance"
    yield auxiliary("strength", left, "1", "what governance leaves of an interaction")
    for factor in FACTORS:
        power = f"{_name(factor)} ^ exponent"
        response = f"{power} / ({power} + half_saturation ^ exponent)"
        yield auxiliary(f"effect_{factor}", response, "1", f"what {_said(factor)} contributes to those it acts on")
    for row, factor in enumerate(FACTORS):
        acting = [FACTORS[column] for column in np.flatnonzero(parameters.weights[row])]
        pull = " + ".join(f"weight_{other}_on_{factor} * effect_{other}" for other in acting) or "0"
        yield auxiliary(f"pull_{factor}", pull, "1/year", f"pull of the others on {_said(factor)}")
    for factor in BASIC:
        others = " + ".join(f"effect_{other}" for other in BASIC if other != factor)
        helped = f"(1 - own_share) / {len(BASIC) - 1} * (1 + half_saturation ^ exponent) * ({others})"
        equation = f"{_name(factor)} * (own_share + {helped})"
        yield auxiliary(f"mechanism_{factor}", equation, "1", f"how strongly the mechanism of {_said(factor)} runs")


def _stocks(levels: dict[str, float], ways: dict[str, float]) -> Iterator[Quantity]:
    for factor, level in levels.items():
        name = _name(factor)
        rate = f"(strength * pull_{factor} + growth_{factor}) * (1 - {name}) - decay_{factor} * {name}"
        yield Quantity(name, "stock", rate, level, "1", f"level of {_said(factor)}")
    for (way, reached), factor in zip(ways.items(), BASIC, strict=True):
        rate = f"lag_rate * (strength * mechanism_{factor} - {_name(way)})"
        yield Quantity(_name(way), "stock", rate, reached, "1", f"how far {_said(way)} has come")


def _said(code: str) -> str:
    return TERMS[code].name


def _name(code: str) -> str:
    return re.sub(r"\W", "_", TERMS[code].name.lower())


def xmile(told: list[Quantity], years: float) -> str:
    """Write the model as XMILE 1.0, which PySD and Simlin read; Simlin takes the same Runge-Kutta steps as gumlib."""
    root = ElementTree.Element("xmile", version="1.0", xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0")
    header = ElementTree.SubElement(root, "header")
    for tag, text in {"vendor": "gumlib", "name": "The GUM model as a dynamical system"}.items():
        ElementTree.SubElement(header, tag).text = text
    ElementTree.SubElement(header, "product", version=__version__, lang="en").text = "gumlib"
    specs = ElementTree.SubElement(root, "sim_specs", method="RK4", time_units="year")
    for tag, value in {"start": 0.0, "stop": float(years), "dt": TIME_STEP}.items():
        ElementTree.SubElement(specs, tag).text = repr(value)
    variables = ElementTree.SubElement(ElementTree.SubElement(root, "model"), "variables")
    for one in told:
        change = f"change_of_{one.name}"
        if one.kind == "stock":
            stock = _variable(variables, "stock", one.name, repr(one.start), one.unit, one.note)
            ElementTree.SubElement(stock, "inflow").text = change
            _variable(variables, "flow", change, one.equation, "1/year", f"rate of change: {one.note}")
        else:
            _variable(variables, "aux", one.name, one.equation, one.unit, one.note)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _variable(
    parent: ElementTree.Element, tag: str, name: str, equation: str, unit: str, note: str
) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, tag, name=name)
    for part, text in {"doc": note, "eqn": equation, "units": unit}.items():
        ElementTree.SubElement(made, part).text = text
    return made


def table(told: list[Quantity], _: float) -> str:
    """Write a row a quantity as CSV."""
    written: str = pd.DataFrame([asdict(one) for one in told]).to_csv(index=False, lineterminator="\n")
    return written


def as_json(told: list[Quantity], years: float) -> str:
    """Write quantities and times as JSON."""
    times = {"unit": "year", "start": 0.0, "stop": float(years), "step": TIME_STEP, "method": "RK4"}
    document = {"gumlib": __version__, "time": times, "quantities": [asdict(one) for one in told]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def sympy(told: list[Quantity], _: float) -> str:
    """Write a module that holds `rates`, an expression a stock, with `values` and `start` to put in."""
    stocks = [one for one in told if one.kind == "stock"]
    constants = [one for one in told if one.kind == "constant"]
    names = [one.name for one in (*constants, *stocks)]
    head = f'"""The GUM model as a dynamical system, from gumlib {__version__}."""'
    lines = [head, "", "from sympy import symbols", ""]
    lines += [f"{', '.join(names)} = symbols(\n    {' '.join(names)!r}\n)", ""]
    lines += [f"{one.name} = {_python(one)}" for one in told if one.kind == "auxiliary"]
    lines += ["", "rates = {", *(f"    {one.name}: {_python(one)}," for one in stocks), "}"]
    lines += ["values = {", *(f"    {one.name}: {one.equation}," for one in constants), "}"]
    lines += ["start = {", *(f"    {one.name}: {one.start!r}," for one in stocks), "}"]
    return "\n".join(lines) + "\n"


def _python(one: Quantity) -> str:
    return one.equation.replace("^", "**")


def downloads(parameters: Parameters, x0: ByFactor, governance: float, years: float) -> Downloads:
    """Return links to the mechanism in every format, each a run of so many years.

    Raises
    ------
    GumError : as `quantities`
    """
    told = quantities(parameters, x0, governance)

    def offer(write: _Write, file: str, use: str) -> Offer:
        return Offer(file, use, lambda: write(told, years).encode())

    return Downloads(tuple(offer(*one) for one in FORMATS.values()))


FORMATS: dict[str, tuple[_Write, str, str]] = {
    "xmile": (xmile, "gum-mechanism.xmile", "XMILE, for PySD, Simlin or Stella"),
    "csv": (table, "gum-mechanism.csv", "Table with an equation a row"),
    "json": (as_json, "gum-mechanism.json", "The same with times and units, for programs"),
    "sympy": (sympy, "gum_mechanism.py", "Module for sympy"),
}
"""What writes the model, and name and use of the file, by the name of the format."""
