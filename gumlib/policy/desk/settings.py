"""The sliders of the policy desk, a setting of them, and the address by which it is cited.

Limits of the sliders, and where they stand at first, are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TypeAlias

import pandas as pd

from gumlib.cases.fitting import priors, results
from gumlib.dynamics import Parameters
from gumlib.dynamics.experiments import pulse, push
from gumlib.dynamics.parameters import RANGES
from gumlib.errors import GumError, one_of
from gumlib.terms import FACTORS, sentence
from gumlib.terms import name as named

_GROUPS = {
    "all six": "all six factors",
    "basic only": "the four basic factors",
    "policy and dominant only": "public policy and dominant enterprises",
}
PUSH_TARGETS = {"".join(codes): _GROUPS[group] for group, codes in push.AIMS.items()} | {
    code: named(code) for code in FACTORS
}
"""What a push can be aimed at: codes of the factors, and how to call them."""
READINGS = {"fitted": "as fitted to the four clusters", "ranges": "our ranges"}
"""Where the parameters come from: the medians of the fit, or the middle of what chapter 2 tries."""
PUSH_KEYS = ("a", "b", "c")
"""Keys of the pushes in the address."""
_START = {"L": 0.3, "I": 0.1, "E": 0.4, "S": 0.1, "P": 0.2, "D": 0.1}
"""Levels at which the desk opens (ours): a low cluster that is inserted in a chain."""
Setting: TypeAlias = Mapping[str, tuple[str | float, ...]]
"""A setting: for each key of `SLIDERS` the values of its sliders, after its word for a key of `WORDS`."""


@dataclass(frozen=True)
class Slider:
    """One slider: label, unit, limits, step, and where it stands at first."""

    label: str
    low: float
    high: float
    step: float
    value: float
    unit: str = ""

    def snap(self, value: float) -> float:
        """Return the nearest value the slider can take."""
        inside = min(max(value, self.low), self.high)
        return round(self.low + round((inside - self.low) / self.step) * self.step, 6)


def _force(size: float, onset: float, most: float) -> tuple[Slider, ...]:
    return (
        Slider("size", 0, most, 0.001, size, "1/year"),
        Slider("begins in year", 0, 40, 0.5, onset),
        Slider("lasts", 0.5, 40, 0.5, push.LENGTH, "years"),
    )


def _middles() -> dict[str, dict[str, float]]:
    """Return each argument of `Parameters.uniform` in both readings: posterior medians, and the usual ones."""
    usual = Parameters.uniform()
    ours = {name: float(getattr(usual, name).flat[0]) for name in _LABELS if name != "total"}
    ours["total"] = float(usual.weights[0].sum())
    fit = _quantiles()["q50"]
    fixed = {"exponent": float(priors.fitted_parameters(results.read_fit("draws")).exponent)}
    return {"fitted": {name: fixed.get(name) or float(fit[name]) for name in _LABELS}, "ranges": ours}


def _quantiles() -> pd.DataFrame:
    """Return the posterior quantiles of the model fitted to the four clusters, a row a parameter."""
    return results.read_fit("fits").query("model == 'gum'").set_index("parameter")


def _parameters() -> dict[str, Slider]:
    """Return a slider for each argument of `Parameters.uniform`: our range, and 5 to 95 % of the fit, within it."""
    fit, opening = _quantiles(), _MIDDLES["fitted"]
    sliders = {}
    for name, (label, limits, step, unit) in _LABELS.items():
        spread = tuple(fit.loc[name, ["q05", "q95"]]) if name in fit.index else limits
        low, high = min(limits[0], spread[0]), max(limits[1], spread[1])
        ends = (round(floor(round(low / step, 6)) * step, 6), round(ceil(round(high / step, 6)) * step, 6))
        slider = Slider(label, *ends, step, opening[name], unit)
        sliders[name] = replace(slider, value=slider.snap(opening[name]))
    return sliders


_LABELS = {
    "total": ("ω, effect of all others on a factor", RANGES["total"], 0.001, "1/year"),
    "baseline": ("b, growth by itself", RANGES["baseline_L"], 0.001, "1/year"),
    "decay": ("δ, decay", RANGES["decay_L"], 0.001, "1/year"),
    "exponent": ("n, steepness of the response", RANGES["exponent"], 0.1, ""),
    "half_saturation": ("κ, level of half response", RANGES["half_saturation"], 0.01, ""),
    "governance_floor": ("γ0, interaction left without governance", RANGES["governance_floor"], 0.01, ""),
    "lag_rate": ("η, speed of the ways", (0.1, 1.0), 0.01, "1/year"),
    "own_share": ("α, share a mechanism's own factor carries", RANGES["own_share"], 0.01, ""),
}
_MIDDLES = _middles()
_PARAMETERS = _parameters()
PARAMETERS = tuple(_PARAMETERS)
"""Arguments of `Parameters.uniform`, in the order of the sliders."""
SLIDERS: dict[str, tuple[Slider, ...]] = {
    "g": (
        Slider("now", 0, 1, 0.01, pulse.GOVERNANCE),
        Slider("later", 0, 1, 0.01, 0.8),
        Slider("change begins in year", 0, 40, 0.5, 5),
        Slider("change takes", 0, 20, 0.5, 5, "years"),
    ),
    "x": tuple(Slider(sentence(code), 0, 1, 0.01, _START[code]) for code in FACTORS),
    "a": _force(0.04, 10, 0.25),
    "b": _force(0.0, 10, 0.25),
    "c": _force(0.0, 10, 0.25),
    "s": _force(0.0, 25, 0.5),
    "e": (
        Slider("share taken off", 0, 1, 0.01, 0.0),
        Slider("begins in year", 0, 40, 0.5, 25),
        Slider("lasts", 0.5, 40, 0.5, push.LENGTH, "years"),
    ),
    "y": (Slider("years shown", 10, 80, 1, 50),),
    "p": tuple(_PARAMETERS.values()),
    "r": (),
}
"""The sliders by key of the address: governance, start, three pushes, a shock and what eases it, years, parameters
and where they come from."""
AIMED = (*PUSH_KEYS, "s")
"""Keys whose first value is an aim."""
WORDS: dict[str, Mapping[str, str]] = {**dict.fromkeys(AIMED, PUSH_TARGETS), "r": READINGS}
"""Keys whose first value is a word, and the words it can be."""
_OPENING = {**dict.fromkeys(AIMED, "".join(FACTORS)), "r": "fitted"}


def first() -> Setting:
    """Return the setting at which the desk opens."""
    return {
        key: (*([_OPENING[key]] if key in WORDS else []), *(s.value for s in sliders))
        for key, sliders in SLIDERS.items()
    }


def read_as(reading: str) -> Setting:
    """Return the part of a setting that a reading decides: its parameters, on the sliders, and its name."""
    middles = _MIDDLES[one_of(reading, tuple(READINGS), "desk", "reading")]
    return {"p": tuple(slider.snap(middles[name]) for name, slider in _PARAMETERS.items()), "r": (reading,)}


def examples(reading: str = "fitted") -> dict[str, Setting]:
    """Return settings worth a look, by title, under one reading of the parameters."""
    both = {**first(), **read_as(reading)}
    now, later, onset, takes = both["g"]
    high = (0.7,) * len(FACTORS)
    return {
        "Reform and push": both,
        "Reform alone": {**both, "a": (both["a"][0], 0.0, *both["a"][2:])},
        "Push alone": {**both, "g": (now, now, onset, takes)},
        "Shock from a high level": {
            **both,
            "g": (later, later, onset, takes),
            "x": high,
            "a": (both["a"][0], 0.0, *both["a"][2:]),
            "s": ("".join(FACTORS), 0.2, 10, 10),
        },
    }


def address(setting: Setting) -> str:
    """Return what stands behind the page's address for a setting; `read_setting` gives the setting back.

    Examples
    --------
    >>> address(first())[:38]
    '#g=0.6,0.8,5,5&x=0.3,0.1,0.4,0.1,0.2,0'
    """
    told = {
        key: ",".join(part if isinstance(part, str) else f"{part:.10g}" for part in setting[key]) for key in SLIDERS
    }
    return "#" + "&".join(f"{key}={value}" for key, value in told.items())


def read_setting(text: str) -> Setting:
    """Return the setting of an address; what is missing stands as at first, what is outside is moved inside.

    Raises
    ------
    GumError : a value that is no number, a word that is none of `WORDS`

    Examples
    --------
    >>> read_setting("#g=0.5,0.9,3,0&y=30")["g"], read_setting(address(first())) == first()
    ((0.5, 0.9, 3.0, 0.0), True)
    """
    found = dict(part.split("=", 1) for part in text.rpartition("#")[2].split("&") if "=" in part)
    setting = dict(first())
    for key in SLIDERS.keys() & found.keys():
        values = found[key].split(",")
        word = [one_of(values.pop(0), tuple(WORDS[key]), "desk", key)] if key in WORDS else []
        try:
            numbers = [s.snap(float(v)) for s, v in zip(SLIDERS[key], values, strict=True)]
        except ValueError as error:
            raise GumError(f"expected {len(SLIDERS[key])} numbers, got {found[key]!r}", "desk", key) from error
        setting[key] = (*word, *numbers)
    return setting


def numbers(setting: Setting, key: str) -> list[float]:
    """Return the numbers of one key of a setting, without its word."""
    return [float(value) for value in setting[key] if not isinstance(value, str)]
