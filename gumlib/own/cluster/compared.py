"""The cluster beside the four of the book: its last coded levels, and which coded epoch of theirs is nearest."""

import pandas as pd

from gumlib import evidence
from gumlib.cases import reports
from gumlib.cases.compare.stages import ENOUGH
from gumlib.data import sorting
from gumlib.own.cluster import pieces
from gumlib.own.cluster.case import Own
from gumlib.terms import CLUSTERS, EPOCHS, VARIABLES, name


def beside_the_four(case: Own) -> list[pieces.Piece]:
    """Return the last coded levels beside those of the four clusters, and which epoch of theirs is nearest."""
    said = pieces.paragraph(nearest(case) or f"Fewer than {ENOUGH} levels are coded in one year, too few to compare.")
    end = reports.last_scored(case)
    if end is None:
        return [said]
    theirs = _theirs().xs(EPOCHS[-1], level="year").rename(index=lambda one: f"{name(one)} {EPOCHS[-1]}").T
    table = theirs.reindex(list(VARIABLES)).rename(index=lambda code: f"{code} {name(code)}").rename_axis("variable")
    table.insert(0, f"this cluster {end}", case.table.loc[end].to_numpy())
    caution = (
        "The scale is the same, the coders are not: what one coder calls 3 another may call 4. A difference of one "
        "step (0.2) says little."
    )
    return [said, pieces.Captioned(table, "Levels at the end.", index=True, words=True), pieces.paragraph(caution)]


def nearest(case: Own) -> str:
    """Return in words which coded epoch of the four clusters is nearest to the last one, or nothing."""
    end = reports.last_scored(case)
    if end is None:
        return ""
    gaps = (_theirs() - case.table.loc[end]).abs()
    near = pd.DataFrame({"gap": gaps.mean(axis=1), "shared": gaps.notna().sum(axis=1)}).query("shared >= @ENOUGH")
    if near.empty:
        return ""
    first = sorting.ordered(near.reset_index(), "gap", "cluster", "year").iloc[0]
    return (
        f"Of the {len(near)} comparable coded epochs of the four clusters of the book, {name(first['cluster'])} in "
        f"{first['year']} is nearest to this one in {end}: the {first['shared']} levels coded in both differ by "
        f"{first['gap']:.2f} on average."
    )


def _theirs() -> pd.DataFrame:
    """Levels of the four clusters, a row a cluster and epoch."""
    return evidence.wide().reindex(list(CLUSTERS), level="cluster")
