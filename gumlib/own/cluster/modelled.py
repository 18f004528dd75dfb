"""The section on the model: what was run, on what governance, and how far off it is."""

from __future__ import annotations

import pandas as pd

from gumlib.cases.case import Case
from gumlib.cases.fitting.unfitted import BAND, DRAWS, Forward, forward
from gumlib.errors import GumError
from gumlib.evidence.wording import listed
from gumlib.figures import own_forward as courses
from gumlib.own.cluster import html
from gumlib.terms import name

_FEW = 0.05
"""Mean errors closer than this, a quarter of a step of the scale, are not told apart."""


def model(case: Case) -> list[str]:
    """Return what the model says, marked as such, and how far off it is."""
    try:
        told = forward(case)
    except GumError as lacking:
        why = str(lacking).split("] ", 1)[-1]
        return [html.paragraph("The model was not run.", f"{why[0].upper()}{why[1:]}.")]
    return [
        '<div class="ours">'
        + html.paragraph(
            f"The model, not the sources: {DRAWS} parameter sets drawn from the ranges of the executable book, none "
            f"fitted to this cluster, run from {told.start} on. Policy measures, shocks and pressure from outside are "
            "left out.",
            _governance(case, told),
            _unknown(case, told),
        )
        + "</div>",
        html.figure(courses.course(case, told)),
        _verdict(told),
    ]


def _governance(case: Case, told: Forward) -> str:
    """Say how governance is filled in where it is not coded; see `Case.governance`."""
    known = case.table["G"].dropna().index
    first, last, end = known[0], known[-1], case.years[-1]
    if len(known) == 1:
        return f"Governance is coded in {first} only; it stays at that level throughout."
    before = f", before {first} it stands as in {first}" if told.start < first else ""
    after = f", after {last} it stands as in {last}" if last < end else ""
    return f"Governance runs as coded: between coded epochs in a straight line{before}{after}."


def _unknown(case: Case, told: Forward) -> str:
    """Say what is not coded at the start, and what stands in its place."""
    filled = pd.isna(case.table.loc[told.start, "G"])
    names = [name(code) for code in (*told.unknown, *("G" * filled))]
    if not names:
        return ""
    ways = ["such a factor may start at any level"] * bool(told.unknown)
    ways += ["governance is filled in as just said"] * filled
    return f"At the start nothing is known of {listed(names)}: {', and '.join(ways)}."


def _index(told: Forward) -> str:
    """Say of the upgrading index, which the levels of the factors leave out, how often it lies in its band."""
    own = told.frame[(told.frame["variable"] == "U") & (told.frame["year"] > told.start)]
    wide = own.pivot(index="year", columns="series", values=["low", "level", "high"])
    if ("level", "coded") not in wide:
        return "The upgrading index U is not coded after the start."
    coded = wide["level", "coded"].dropna()
    inside = (wide["low", "gum"][coded.index] <= coded) & (coded <= wide["high", "gum"][coded.index])
    return f"The upgrading index U, which is not among them, lies inside in {inside.sum()} of {len(coded)} epochs."


def _verdict(told: Forward) -> str:
    table = told.misses
    if not table.loc["gum", "cells"]:
        return html.paragraph("No factor is coded after the start, so there is nothing to compare with.")
    gum, rival, still = (table.loc[label, "error"] for label in table.index)
    gap = rival - gum
    near = (
        "The two are too close to be told apart on one cluster."
        if abs(gap) < _FEW
        else f"The {'model' if gap > 0 else 'rival'} comes closer; one cluster decides nothing."
    )
    return html.paragraph(
        f"Of the {table.loc['gum', 'cells']:.0f} later levels coded, {table.loc['gum', 'inside']:.0%} lie inside the "
        f"model's band, which is meant to hold {BAND[1] - BAND[0]}\u00a0%.",
        _index(told),
        f"The middle run misses by {gum:.2f} of the scale on average, that of the rival without interactions by "
        f"{rival:.2f}.",
        near,
        f"To say that nothing changes misses by {still:.2f}." if pd.notna(still) else "",
    )
