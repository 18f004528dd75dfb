"""What the page of the policy desk is given: every number and name its script works with."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from gumlib import __version__, evidence
from gumlib.cases.fitting import projection, results
from gumlib.dynamics import Parameters, settling, simulation
from gumlib.dynamics.equilibrium import GAP, HIGH_LEVEL
from gumlib.dynamics.experiments import push
from gumlib.policy import instruments
from gumlib.policy.desk import outcome
from gumlib.policy.desk.settings import (
    AIMED,
    PUSH_KEYS,
    PUSH_TARGETS,
    READINGS,
    SLIDERS,
    WORDS,
    address,
    first,
    read_as,
)
from gumlib.terms import BASIC, CLUSTERS, FACTORS, TERMS, WAYS, short

_BRIEF = (
    *("all six", "the basic four", "policy, dominant"),
    *("learning", "innovation", "insertion", "social capital", "policy", "dominant"),
)
"""What a push is aimed at, where there is room for a word or two: beside its bar in a drawing."""


def facts() -> dict[str, Any]:
    """Return what the script reads: structure, steps, bounds, draws, names."""
    return {
        "version": __version__,
        "factors": list(FACTORS),
        "basic": len(BASIC),
        "ways": list(WAYS),
        "names": {code: short(code) for code in (*FACTORS, *WAYS)},
        "words": WORDS,
        "brief": dict(zip(PUSH_TARGETS, _BRIEF, strict=True)),
        "aimed": list(AIMED),
        "pushes": list(PUSH_KEYS),
        "shares": Parameters.uniform(total=1.0).weights.tolist(),
        "first": address(first()),
        "every": outcome.KEPT_EVERY,
        "step": simulation.TIME_STEP,
        "long": outcome.DESK_STEP,
        "settle": settling.SETTLE,
        "gap": GAP,
        "high": HIGH_LEVEL,
        "length": push.LENGTH,
        "most": outcome.MOST_PUSH,
        "presets": {reading: list(read_as(reading)["p"]) for reading in READINGS},
        "fit": fit_sentence(),
        "draws": {reading: json.loads(outcome.draws(reading).to_json()) for reading in READINGS},
    }


def fit_sentence() -> str:
    """Return a sentence on whether the fit to the four clusters holds lock-in."""
    shares, count = projection.resting(), len(results.read_fit("draws"))
    locked = round(float(shares["bistable"].max()) * count)
    found = "holds no lock-in: none" if not locked else f"hardly holds lock-in: at most {locked}"
    return f"The fit {found} of its {count} draws has two resting levels at any of {len(shares)} levels of governance."


def starts() -> dict[str, dict[str, float]]:
    """Return starting levels to take over: what we coded for a cluster and year, where all levels are known.

    Returns
    -------
    For each title the levels of the factors and of governance, G.
    """
    known = evidence.wide()[[*FACTORS, "G"]].dropna()
    return {
        f"{CLUSTERS[cluster].name} {year}": {code: round(float(row[code]), 3) for code in known}
        for (cluster, year), row in known.iterrows()
    }


def levers() -> dict[str, dict[str, tuple[str | float, ...]]]:
    """Return every lever of page 5.2 to take over, by where the desk has a place for it; the size is less leakage.

    Levers of one and the same effect stand under one title: the desk cannot tell them apart.

    Returns
    -------
    ``push``: factor, size, onset, duration (that of the slider for one that lasts); ``g``: step of governance, onset;
    ``e``: share of pressure taken off, onset, duration. By title.
    """
    longest = SLIDERS["a"][-1].high
    found: dict[str, dict[tuple[str | float, ...], list[str]]] = {"push": {}, "g": {}, "e": {}}
    for _, row in instruments().iterrows():
        size, onset = round(float(row["size"] * (1 - row["leakage"])), 3), float(row["onset"])
        lasts = longest if np.isnan(row["duration"]) else float(row["duration"])
        key, values = {
            "input": ("push", (str(row["acts_on"]), size, onset, lasts)),
            "governance": ("g", (size, onset)),
            "relief": ("e", (size, onset, lasts)),
        }[row["kind"]]
        what = f", {TERMS[row['acts_on']].name}" if key == "push" else ""
        found[key].setdefault(values, []).append(f"{row['title']} ({row['level']}{what})")
    for values, titles in list(found["g"].items()):
        if len(titles) > 1:
            found["g"][round(len(titles) * float(values[0]), 3), values[1]] = [" and ".join(titles)]
    return {key: {" or ".join(titles): values for values, titles in part.items()} for key, part in found.items()}
