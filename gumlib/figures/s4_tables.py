"""Tables of sections 4.1 to 4.4: what the ledger holds on a cluster, and what the fitted model makes of it."""

from gumlib import cases, terms
from gumlib.cases import reports
from gumlib.cases.fitting import projection
from gumlib.figures.table import Table
from gumlib.terms import CLUSTERS

_LISTED = 8
_MISSED = 6


def firsts(cluster: str) -> Table:
    """Return the earliest dated fact on each element of a cluster."""
    rows = reports.firsts(cluster).rename(index=terms.sentence)
    caption = f"The earliest dated fact on each element. Earliest: {rows.index[0]}. Latest: {rows.index[-1]}."
    return Table(_id(cluster, "firsts"), "First facts on each element", caption, rows)


def gaps(cluster: str) -> Table:
    """Return the disputes in which sources give different numbers, the widest first, as `cases.reports.gaps` does."""
    rows = reports.gaps(cluster)
    caption = (
        "Disputes in which sources give different numbers in one unit, the widest first. "
        f"The highest number is up to {rows['times'].max():.1f} times the lowest."
    )
    forms = {"lowest": ".6g", "highest": ".6g", "times": ".1f"}
    return Table(_id(cluster, "gaps"), "Where sources differ in a number", caption, rows.head(_LISTED), forms)


def wordings(cluster: str) -> Table:
    """Return the first disputes of a cluster about dates, events or counts of different things."""
    rows = reports.wordings(cluster).astype(object).fillna("undated")
    caption = f"What each source says, dispute by dispute, the earliest first. Disputes shown: {rows.index.nunique()}."
    return Table(_id(cluster, "wordings"), "Where sources differ in other ways", caption, rows)


def most_used(cluster: str) -> Table:
    """Return the sources of a cluster that supply the most facts."""
    rows = reports.most_used(cluster)
    caption = (
        "Sources by the number of facts that they supply, with our label for their kind. "
        f"Facts from the first: {rows['facts'].iloc[0]}."
    )
    return Table(_id(cluster, "sources"), "Sources that supply the most facts", caption, rows)


def missed(cluster: str) -> Table:
    """Return the coded levels of a cluster that the fitted model misses most, as `projection.misses` does."""
    rows = projection.misses(cases.load(cluster)).head(_MISSED)
    rows = rows.assign(variable=rows["variable"].map(terms.name)).set_index("year")
    caption = (
        "Coded level, level of the fitted model, their gap, the level of the rival, and the facts behind the score. "
        f"Widest gap: {rows['variable'].iloc[0]}."
    )
    named = rows.rename(columns={"variable": "element", "told": "model", "rival": "independent"})
    return Table(_id(cluster, "missed"), "Levels that the model misses most", caption, named, ".2f")


def onward(cluster: str) -> Table:
    """Return the levels of a cluster ten years on beside the later facts, as `projection.onward` does."""
    rows = projection.onward(cases.load(cluster)).rename(index=terms.name).rename_axis("element")
    falling = ", ".join(rows.index[rows["falls"] > 1 / 2]) or "none"
    caption = (
        "Coded level, the model ten years on with its interval, the rival, and the later facts by their direction. "
        f"Falls in most draws: {falling}."
    )
    columns = {"coded": "coded 2010", "low": "model 2020, from", "median": "middle", "high": "to"}
    columns |= {"rival": "independent 2020", "up": "facts up"}
    rows = rows.drop(columns="falls").rename(columns=columns)
    return Table(_id(cluster, "onward"), "The model after 2010, and the facts", caption, rows, ".2f")


def later(cluster: str, facts: str) -> Table:
    """Return chosen facts that begin after the last coded year; `facts` are their ids, parted by blanks."""
    rows = projection.facts(cases.load(cluster), facts)
    caption = f"A choice of ours among the later facts, with the element that each is on. Facts shown: {len(rows)}."
    return Table(_id(cluster, "later"), "Facts after 2010", caption, rows)


def _id(cluster: str, what: str) -> str:
    return f"tab-{CLUSTERS[cluster].section.replace('.', '-')}-{what}"
