"""The section on the model: what was run, on what governance, and how far off it is."""

from functools import lru_cache

import pandas as pd

from gumlib.cases.fitting.unfitted import BAND, DRAWS, Forward, forward
from gumlib.errors import GumError
from gumlib.evidence.wording import listed
from gumlib.figures import own_forward as courses
from gumlib.own.cluster import pieces
from gumlib.own.cluster.case import Own
from gumlib.terms import name

_FEW = 0.05
"""Mean errors closer than this, a quarter of a step of the scale, are not told apart."""


def model(case: Own) -> list[pieces.Piece]:
    """Return what the model says, marked as such, and how far off it is."""
    try:
        runs = forward_runs(case)
    except GumError as lacking:
        return [pieces.paragraph("The model was not run.", pieces.reason(lacking))]
    return [
        pieces.ours(
            f"The model, not the sources: {DRAWS} parameter sets drawn from the ranges of the executable book, none "
            f"fitted to this cluster, run from {runs.start} on. Policy measures, shocks and pressure from outside are "
            "left out.",
            _governance(case, runs),
            _unknown(case, runs),
            _outside(case),
        ),
        courses.course(case, runs),
        pieces.paragraph(verdict(runs), *_errors(runs)),
    ]


@lru_cache(maxsize=1)
def forward_runs(case: Own) -> Forward:
    """Return the runs of a case, which more than one section needs."""
    return forward(case)


def _governance(case: Own, told: Forward) -> str:
    """Say how governance is filled in where it is not coded; see `Case.governance`."""
    known = case.table["G"].dropna().index
    first, last, end = known[0], known[-1], case.years[-1]
    if len(known) == 1:
        return f"Governance is coded in {first} only; it stays at that level throughout."
    before = f", before {first} it stands as in {first}" if told.start < first else ""
    after = f", after {last} it stands as in {last}" if last < end else ""
    return f"Governance runs as coded: between coded epochs in a straight line{before}{after}."


def _unknown(case: Own, told: Forward) -> str:
    """Say what is not coded at the start, and what stands in its place."""
    filled = pd.isna(case.table.loc[told.start, "G"])
    names = [name(code) for code in (*told.unknown, *("G" * filled))]
    if not names:
        return ""
    free, ruled = "such a factor may start at any level", "governance is filled in as just said"
    both = told.unknown and filled
    ways = f"{free}, and {ruled}" if both else f"{free}" if told.unknown else f"{ruled}"
    return f"At the start nothing is known of {listed(names)}: {ways}."


def _outside(case: Own) -> str:
    """Say which series of industry and pressure a fit in Python would find."""
    fit = "A fit in Python (gumlib.cases.fit) takes the pressure from outside"
    if case.outside is not None:
        return f"{fit} from context.csv, {case.outside.index[0]} to {case.outside.index[-1]}."
    if case.chinese:
        return f"{fit} that is measured for China, {case.pressure.index[0]} to {case.pressure.index[-1]}."
    where = f"The country is {case.country}" if case.country else "cluster.csv names no country"
    return f"{where}, so no series of industry or pressure measured for China is used, and there is no context.csv."


def verdict(told: Forward) -> str:
    """Return how many later levels lie inside the band, of the factors and of the upgrading index U."""
    own, (hit, epochs) = told.misses.loc["gum"], told.index
    cells = int(own["cells"])
    if not cells + epochs:
        return "No factor is coded after the start, so there is nothing to compare with."
    inside = round(own["inside"] * cells) if cells else 0
    return (
        f"Of the {cells + epochs} later levels coded, {inside + hit} ({(inside + hit) / (cells + epochs):.0%}) lie "
        f"inside the model's band, which is meant to hold {BAND[1] - BAND[0]}\u00a0%: {inside} of {cells} "
        "levels of factors, "
        + (f"and the upgrading index U in {hit} of {epochs} epochs." if epochs else "while the index U is not coded.")
    )


def _errors(told: Forward) -> list[str]:
    table = told.misses
    if not table.loc["gum", "cells"]:
        return []
    gum, rival, still = (table.loc[label, "error"] for label in table.index)
    gap = rival - gum
    near = (
        "The two are too close to be told apart on one cluster."
        if abs(gap) < _FEW
        else f"The {'model' if gap > 0 else 'rival'} comes closer; one cluster decides nothing."
    )
    return [
        f"For the factors the middle run misses by {gum:.2f} of the scale on average, that of the rival without "
        f"interactions by {rival:.2f}.",
        near,
        f"To say that nothing changes misses by {still:.2f}." if pd.notna(still) else "",
    ]
