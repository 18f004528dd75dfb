"""The sections of a page on a case, each a list of pieces of HTML."""

from functools import lru_cache
from html import escape

import pandas as pd

from gumlib import evidence
from gumlib.cases import reports
from gumlib.data.faults import fault_counts, lines
from gumlib.evidence.wording import listed
from gumlib.figures import s4_ledger as figures
from gumlib.figures import s4_outcomes as reported
from gumlib.own.cluster import passes, pieces
from gumlib.own.cluster.case import Own
from gumlib.own.cluster.html import link
from gumlib.terms import name, sentence

_LISTED = 40
"""Lines of warnings on the page."""
_SOURCES = 10
"""Sources listed, those with most facts."""
_DISPUTES, _WORDINGS = 8, 4
"""Disputes shown: between numbers, and others."""


def ledger(case: Own) -> list[pieces.Piece]:
    """Return what the ledger tells: counts, chronology, the earliest facts."""
    known = reports.overview(case)
    dated = (
        f"The dated ones run from {known['first']} to {known['last']}."
        if "first" in known
        else "No fact carries a year."
    )
    said = pieces.paragraph(
        f"{ledger_counts(known)}.",
        dated,
        f"It holds {count(known['undated'], 'fact')} without a year." if known["undated"] and "first" in known else "",
        f"It holds {count(known['after'], 'fact')} of a time after the last coded year." if known["after"] else "",
    )
    if "first" not in known:
        return [said]
    firsts = reports.firsts(case).rename(index=sentence).rename_axis("element")
    caption = "The earliest dated fact on each element: how far back the ledger reaches."
    return [
        said,
        figures.chronology(case),
        pieces.Captioned(firsts, caption, index=True, words=True, written=dict.fromkeys(firsts, escape)),
    ]


def ledger_counts(known: dict[str, int]) -> str:
    """Return how much the ledger holds, by `reports.overview`."""
    return f"The ledger holds {count(known['facts'], 'fact')} from {count(known['sources'], 'source')}"


def outcomes(case: Own) -> list[pieces.Piece]:
    """Return outcomes as reported, with contradicting sources side by side."""
    parts: list[pieces.Piece] = []
    series = reports.outcome_series(case)
    if series.empty:
        parts.append(pieces.paragraph("No outcome is told for two years or more in one unit, so none is drawn."))
    else:
        parts.append(reported.outcomes(case))
    known, gaps = reports.overview(case), reports.gaps(case)
    if not known["disputes"]:
        return [*parts, pieces.paragraph("No fact is marked as contradicting another.")]
    many = count(known["disputes"], "dispute")
    said = f"{known['contested']} facts take part in {many}. No source is preferred to another."
    parts.append(pieces.paragraph(said))
    if len(gaps):
        caption = _cut("Disputes between numbers in one unit, widest first.", _DISPUTES, len(gaps))
        parts.append(pieces.Captioned(gaps.head(_DISPUTES), caption, index=True))
    beside = reports.beside_gaps(case)
    if len(beside):
        parts.append(pieces.Captioned(beside, "What else is said in disputes between numbers.", index=True))
    words = reports.wordings(case, _WORDINGS)
    if len(words):
        others = reports.wordings(case, known["disputes"]).index.nunique()
        caption = _cut("Disputes about dates, events or unlike counts.", _WORDINGS, others)
        parts.append(pieces.Captioned(words, caption, index=True))
    return parts


def _cut(caption: str, shown: int, every: int) -> str:
    """Return a caption that says how many of all are shown, if not all are."""
    more = f"The first {shown} of {every} are shown."
    return f"{caption} {more}" if every > shown else caption


def coded(case: Own) -> list[pieces.Piece]:
    """Return factors and ways as coded, with a figure and a table."""
    known = case.levels.dropna(subset=["level"])
    if known.empty:
        return [pieces.paragraph("Nothing is scored yet.")]
    split = int((known["spread"] > 0).sum())
    said = pieces.paragraph(
        highest_and_lowest(case),
        f"{len(case.levels) - len(known)} of {len(case.levels)} cells are blank.",
        "One pass holds scores; a level is its score over five."
        if len(_passes(case)) == 1
        else f"The passes differ in {count(split, 'cell')}. A level is the mean of the passes over five.",
    )
    wide = case.table.T.rename(index=lambda code: f"{code} {name(code)}").rename_axis("variable")
    return [said, figures.profile(case), pieces.Captioned(wide, "Levels by year.", index=True, words=True)]


def highest_and_lowest(case: Own) -> str:
    """Return the highest and the lowest level of the last coded year in words; empty if nothing is scored."""
    end = reports.last_scored(case)
    if end is None:
        return ""
    ends = case.table.loc[end].dropna().round(9)
    if ends.max() == ends.min():
        return f"In {end} all coded levels are {ends.max():.2g} of 1."
    return f"In {end} {_edge('highest', ends, ends.max())}; {_edge('lowest', ends, ends.min())}."


def _edge(which: str, ends: pd.Series, level: float) -> str:
    """The highest or lowest level, and the variables that hold it."""
    names = [name(code) for code in ends.index[ends == level]]
    plural, verb = ("", "is that") if len(names) == 1 else ("s", "are those")
    return f"the {which} level{plural}, {level:.2g} of 1, {verb} of {listed(names)}"


def _passes(case: Own) -> list[str]:
    """Passes that hold a score."""
    return sorted(case.scores.dropna(subset=["score"])["coder"].unique())


@lru_cache(maxsize=1)
def _alpha(case: Own) -> pd.Series:
    """Agreement over all cells, as `evidence.agreement` has it."""
    return evidence.agreement("cluster", table=case.scores.assign(cluster=case.name)).loc["all"]


def accord(case: Own) -> str:
    """Return in words how far the passes agree, or why that is not known."""
    number = len(_passes(case))
    if number < 2:
        held = "Only one pass holds scores" if number else "No cell of any pass is scored"
        return f"{held}, so nothing is known of how far two coders would agree."
    row = _alpha(case)
    if pd.isna(row["alpha"]):
        return "The passes share no cells whose scores vary, so agreement cannot be measured."
    return (
        f"Krippendorff's ordinal alpha over the {row['cells']:.0f} cells scored "
        f"{'twice' if number == 2 else 'by two passes or more'} is {row['alpha']:.2f} "
        f"(95\u00a0% interval {row['low']:.2f} to {row['high']:.2f}, resampling cells)."
    )


def agreement(case: Own) -> list[pieces.Piece]:
    """Return how far the passes agree, each two of them where there are more."""
    number = len(_passes(case))
    if number < 2 or pd.isna(_alpha(case)["alpha"]):
        return [pieces.paragraph(accord(case))]
    row = _alpha(case)
    said: list[pieces.Piece] = [
        pieces.paragraph(
            accord(case),
            f"{row['exact']:.0%} of the cells are equal, {row['within_one']:.0%} lie within one step.",
            f"The customary floor is {evidence.RELIABLE}.",
            "Cells of one cluster are not independent, so the doubt is larger.",
        )
    ]
    if number > 2:
        alphas, _ = passes.comparison(case.scores.assign(cluster=case.name))
        caption = "Alpha between each two passes, and all."
        said.append(pieces.Captioned(alphas.rename_axis("variable"), caption, index=True, words=True))
    return said


def sources(case: Own) -> list[pieces.Piece]:
    """Return the sources most used, with their addresses."""
    number = case.ledger["source_key"].nunique()
    used = reports.most_used(case, top=_SOURCES).join(case.sources["url"].rename("address"))
    used = used[[column for column in used if used[column].notna().any()]].rename_axis("key")
    every = "All sources, and how many facts rest on each."
    caption = f"The {_SOURCES} of {number} sources on which most facts rest." if number > _SOURCES else every
    return [pieces.Captioned(used, caption, index=True, written={"address": link})]


def warnings(faults: pd.DataFrame) -> list[pieces.Piece]:
    """Return the warnings of the check, many of one kind summed up."""
    if faults.empty:
        return [pieces.paragraph("The check found nothing to warn of.")]
    told = [text.removeprefix("Warning: ") for text in lines(faults)]
    more = len(told) - _LISTED
    found = f"The check found {fault_counts(faults)}. Nothing was mended silently: what was read otherwise is listed."
    return [
        pieces.paragraph(found),
        pieces.listing(*told[:_LISTED]),
        *([pieces.paragraph(f"And {more} more; `gum case check` lists them.")] if more > 0 else []),
    ]


def count(number: int, what: str) -> str:
    """Return a number and what is counted.

    Examples
    --------
    >>> count(1, "fact"), count(2, "fact")
    ('1 fact', '2 facts')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"
