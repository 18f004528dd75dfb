"""What was found, in words: a sentence or two from each section, at the head of the page."""

from contextlib import suppress

from gumlib.cases import reports
from gumlib.errors import GumError
from gumlib.evidence.wording import how_many
from gumlib.own.cluster import advice, compared, modelled, pieces, sections
from gumlib.own.cluster.case import Own
from gumlib.terms import FACTORS


def findings(case: Own) -> list[pieces.Piece]:
    """Return what was found as a list of sentences."""
    told = [_facts(case), _rise(case), sections.highest_and_lowest(case), sections.accord(case), compared.nearest(case)]
    with suppress(GumError):  # the section on the model says why
        told.append("The model: " + modelled.verdict(modelled.forward_runs(case)))
    with suppress(GumError):
        told.append("The model, levers: " + advice.leading(advice.ranked_levers(case)))
    return [pieces.listing(*told)]


def _facts(case: Own) -> str:
    known = reports.overview(case)
    span = f", from {known['first']} to {known['last']}" if "first" in known else ", none with a year"
    return sections.ledger_counts(known) + f"{span}; {how_many(known['disputes'], 'dispute')} between facts."


def _rise(case: Own) -> str:
    """Say how the mean level of the factors moved, over those coded at both ends."""
    coded = case.table[list(FACTORS)].dropna(how="all")
    ends = coded.iloc[[0, -1]].dropna(axis=1) if len(coded) > 1 else coded.iloc[:0]
    if ends.empty:
        return ""
    first, last = ends.mean(axis=1).round(2)
    way = "rose" if last > first else "fell" if last < first else "did not change,"
    number = ends.shape[1]
    return (
        f"The mean level of the {sections.count(number, 'factor')} coded at both ends {way} "
        f"from {first:.2f} in {ends.index[0]} to {last:.2f} in {ends.index[-1]}, of 1."
    )
