"""The sections of a page on a case, each a list of pieces of HTML."""

from __future__ import annotations

from html import escape

import pandas as pd

from gumlib import evidence, reports
from gumlib.casereport import page
from gumlib.cases.case import Case
from gumlib.cases.forward import BAND, DRAWS, Forward, forward
from gumlib.cases.messages import as_frame, lines, summary  # noqa: F401
from gumlib.errors import GumError
from gumlib.figures import cases as figures
from gumlib.figures import forward as courses
from gumlib.figures import outcomes as reported
from gumlib.terms import name, sentence

_FEW = 0.05
"""Mean errors closer than this, a quarter of a step of the scale, are not told apart."""


_LISTED = 40
"""Lines of warnings on the page."""


def ledger(case: Case) -> list[str]:
    """Return what the ledger tells: counts, chronology, the earliest facts.

    Examples
    --------
    >>> from gumlib.cases import load
    >>> ledger(load("wenzhou"))[0][:26]
    '<p>The ledger holds 229 fa'
    """
    known = reports.overview(case)
    dated = (
        f"The dated ones run from {known['first']} to {known['last']}."
        if "first" in known
        else "No fact carries a year."
    )
    said = page.paragraph(
        f"The ledger holds {_count(known['facts'], 'fact')} from {_count(known['sources'], 'source')}.",
        dated,
        f"It holds {_count(known['undated'], 'fact')} without a year." if known["undated"] and "first" in known else "",
        f"It holds {_count(known['after'], 'fact')} of a time after the last coded year." if known["after"] else "",
    )
    if "first" not in known:
        return [said]
    firsts = reports.firsts(case).rename(index=sentence).rename_axis("element")
    return [
        said,
        page.figure(figures.chronology(case)),
        page.table(firsts, "The earliest dated fact on each element: how far back the ledger reaches.", index=True),
    ]


def outcomes(case: Case) -> list[str]:
    """Return outcomes as reported, with contradicting sources side by side.

    Examples
    --------
    >>> from gumlib.cases import load
    >>> len(outcomes(load("wenzhou")))
    4
    """
    parts = []
    series = reports.outcome_series(case)
    if series.empty:
        parts.append(page.paragraph("No outcome is told for two years or more in one unit, so none is drawn."))
    else:
        parts.append(page.figure(reported.outcomes(case)))
    known, gaps = reports.overview(case), reports.gaps(case)
    if not known["disputes"]:
        return [*parts, page.paragraph("No fact is marked as contradicting another.")]
    many = _count(known["disputes"], "dispute")
    parts.append(page.paragraph(f"{known['contested']} facts take part in {many}. We do not choose between sources."))
    if len(gaps):
        parts.append(page.table(gaps.head(8), "Disputes between numbers in one unit, widest first.", index=True))
    words = reports.wordings(case)
    if len(words):
        parts.append(page.table(words, "Disputes about dates, events or unlike counts.", index=True))
    return parts


def coded(case: Case) -> list[str]:
    """Return factors and ways as coded, with a figure and a table.

    Examples
    --------
    >>> from gumlib.cases import load
    >>> len(coded(load("wenzhou")))
    3
    """
    known = case.levels.dropna(subset=["level"])
    if known.empty:
        return [page.paragraph("Nothing is scored yet.")]
    end = int(known["year"].max())
    ends = known[known["year"] == end].set_index("variable")["level"]
    best, worst = (", ".join(name(code) for code in ends.index[ends == edge]) for edge in (ends.max(), ends.min()))
    highest = f"In {end} the highest level, {ends.max():.1f} of 1, is that of {best}"
    if ends.max() == ends.min():
        best = f"In {end} all coded levels are {ends.max():.1f} of 1."
    else:
        best = f"{highest}; the lowest, {ends.min():.1f}, that of {worst}."
    split = int((known["spread"] > 0).sum())
    lone = case.scores.dropna(subset=["score"])["coder"].unique().size == 1
    said = page.paragraph(
        best,
        f"{len(case.levels) - len(known)} of {len(case.levels)} cells are blank.",
        "There is one pass." if lone else f"The passes differ in {_count(split, 'cell')}.",
        "A level is the mean of the passes over five.",
    )
    wide = case.table.T.rename(index=lambda code: f"{code} {name(code)}").rename_axis("variable")
    return [said, page.figure(figures.profile(case)), page.table(wide, "Levels by year.", index=True)]


def agreement(case: Case) -> list[str]:
    """Return how far two passes agree.

    Examples
    --------
    >>> from gumlib.cases import load
    >>> "0.9" in agreement(load("wenzhou"))[0]
    True
    """
    passes = sorted(case.scores.dropna(subset=["score"])["coder"].unique())
    if len(passes) < 2:
        return [page.paragraph("There is one pass, so nothing is known of how far two coders would agree.")]
    table = case.scores.assign(cluster=case.name)
    both = evidence.paired(table).dropna()
    if both.empty or both.to_numpy().max() == both.to_numpy().min():
        return [page.paragraph("The passes share no cells whose scores vary, so agreement cannot be measured.")]
    row = evidence.agreement(table=table).loc["all"]
    return [
        page.paragraph(
            f"Krippendorff's ordinal alpha over the {row['cells']:.0f} cells scored twice is {row['alpha']:.2f}",
            f"(95\u00a0% interval {row['low']:.2f} to {row['high']:.2f}, resampling cells).",
            f"{row['exact']:.0%} of the cells are equal, {row['within_one']:.0%} lie within one step.",
            f"The customary floor is {evidence.RELIABLE}.",
            "Cells of one cluster are not independent, so the doubt is larger.",
        )
    ]


def model(case: Case) -> list[str]:
    """Return what the model says, marked as ours, and how far off it is.

    Examples
    --------
    >>> from gumlib.cases import load
    >>> len(model(load("wenzhou")))
    3
    """
    try:
        told = forward(case)
    except GumError as lacking:
        return [page.paragraph("The model was not run.", str(lacking).split("] ", 1)[-1].capitalize() + ".")]
    return [
        '<div class="ours">'
        + page.paragraph(
            f"Ours: {DRAWS} parameter sets drawn from the compendium's ranges, none fitted to this cluster, run from "
            f"{told.start} on with governance as coded, straight between epochs. Policy measures, shocks and pressure "
            "from outside are left out.",
            f"At the start nothing is known of {', '.join(map(name, told.unknown))}: there any level may stand."
            if told.unknown
            else "",
        )
        + "</div>",
        page.figure(courses.course(case, told)),
        _verdict(told),
    ]


def _verdict(told: Forward) -> str:
    table = told.misses
    if not table.loc["gum", "cells"]:
        return page.paragraph("No factor is coded after the start, so there is nothing to compare with.")
    gum, rival, still = (table.loc[label, "error"] for label in table.index)
    gap = rival - gum
    near = (
        "The two are too close to be told apart on one cluster."
        if abs(gap) < _FEW
        else f"The {'model' if gap > 0 else 'rival'} comes closer; one cluster decides nothing."
    )
    return page.paragraph(
        f"Of the {table.loc['gum', 'cells']:.0f} later levels coded, {table.loc['gum', 'inside']:.0%} lie inside the "
        f"model's band, which is meant to hold {BAND[1] - BAND[0]}\u00a0%.",
        f"The middle run misses by {gum:.2f} of the scale on average, that of the rival without interactions by "
        f"{rival:.2f}.",
        near,
        f"To say that nothing changes misses by {still:.2f}." if pd.notna(still) else "",
    )


def sources(case: Case) -> list[str]:
    """Return the sources most used.

    Examples
    --------
    >>> from gumlib.cases import load
    >>> len(sources(load("wenzhou")))
    1
    """
    used = reports.most_used(case, top=10)
    used = used[[column for column in used if used[column].notna().any()]].rename_axis("key")
    return [page.table(used, "The sources on which most facts rest.", index=True)]


def warnings(faults: pd.DataFrame) -> list[str]:
    """Return the warnings of the check, many of one kind summed up.

    Examples
    --------
    >>> warnings(as_frame([]))
    ['<p>The check found nothing to warn of.</p>']
    """
    if faults.empty:
        return [page.paragraph("The check found nothing to warn of.")]
    told = [text.removeprefix("Warning: ") for text in lines(faults)]
    return [
        page.paragraph(
            f"The check found {summary(faults)}. Nothing was mended silently: what was read otherwise is listed."
        ),
        "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in told[:_LISTED]) + "</ul>",
        page.paragraph(f"And {len(told) - _LISTED} more; `gum case check` lists them.") if len(told) > _LISTED else "",
    ]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
