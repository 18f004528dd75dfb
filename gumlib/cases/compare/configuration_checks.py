"""How far a solution hangs on choices: anchors, cuts, a cluster, an epoch, a coder, or the date alone."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pandas as pd

from gumlib import evidence
from gumlib.cases import qca
from gumlib.cases.compare.configurations import BASE, CODEBOOK, Choices, case_epochs, sets, solve_sets
from gumlib.cases.qca import Anchors, Solutions
from gumlib.data import sorting
from gumlib.terms import CLUSTERS, EPOCHS, FACTORS, WAYS, name

_Variant = tuple[str, str, Choices, pd.DataFrame]


def variants() -> pd.DataFrame:
    """Return the solutions for the upgrading index when one choice at a time is changed.

    Returns
    -------
    Frame with kind, variant, cases, rows (observed), positive (rows), intermediate and parsimonious (formulas;
    tied ones parted by ``or``), models (tied parsimonious ones), same (whether conservative and intermediate
    formulas are those of the first row), and for each factor its place in the intermediate solution: ``every``
    path, ``some``, ``none``, or ``absent`` if any path asks for its absence. The first row is the base.
    """
    found = [
        {"kind": kind, "variant": variant, **_summary(solve_sets(memberships, "U", setting))}
        for kind, variant, setting, memberships in _all()
    ]
    frame = pd.DataFrame(found)
    formulas = frame[["conservative", "intermediate"]]
    return frame.assign(same=formulas.eq(formulas.iloc[0]).all(axis=1))


def _summary(solved: Solutions) -> dict[str, object]:
    table = solved.table
    middle = [dict(qca.literals(term)) for formula in solved.formulas("intermediate") for term in formula.split(" + ")]
    return {
        "cases": len(solved.sets),
        "rows": int((table["cases"] > 0).sum()),
        "positive": int((table["code"] == "1").sum()),
        **{kind: " or ".join(solved.formulas(kind)) or "none" for kind in qca.SOLUTION_KINDS},
        "models": len(solved.formulas("parsimonious")),
        **{code: _place(code, middle) for code in FACTORS},
    }


def _place(code: str, terms: list[dict[str, int]]) -> str:
    states = [term.get(code) for term in terms]
    if 0 in states:
        return "absent"
    if states and all(state == 1 for state in states):
        return "every"
    return "some" if 1 in states else "none"


def _all() -> Iterator[_Variant]:
    base = sets()
    yield "base", "as stated", BASE, base
    low, high = CODEBOOK.shift(-0.05), CODEBOOK.shift(0.05)
    for label, anchors in {
        "all anchors 0.05 lower": low,
        "all anchors 0.05 higher": high,
        "outer anchors 0 and 1": Anchors(0.0, 0.5, 1.0),
        "outer anchors 0.3 and 0.7": Anchors(0.3, 0.5, 0.7),
    }.items():
        setting = replace(BASE, anchors=anchors)
        yield "anchors", label, setting, sets("U", setting)
    for label, setting in {
        "consistency 0.75": replace(BASE, consistency=0.75),
        "consistency 0.9": replace(BASE, consistency=0.9),
        "PRI not asked for": replace(BASE, pri=0.0),
        "PRI 0.75": replace(BASE, pri=0.75),
        "two cases a row": replace(BASE, frequency=2),
    }.items():
        yield "cuts", label, setting, base
    for code in CLUSTERS:
        yield "without", f"without {name(code)}", BASE, base.drop(index=code, level="cluster")
    for year in EPOCHS:
        if year in base.index.get_level_values("year"):
            yield "without", f"without {year}", BASE, base.drop(index=year, level="year")
    for coder, which in {"a": "first", "b": "second"}.items():
        yield "coding", f"{which} pass only", BASE, sets("U", BASE, evidence.wide(coder))
    yield "model", "index as plain mean of ways", BASE, _mean_index()
    yield "model", "outcome one epoch later", BASE, _later()


def _mean_index() -> pd.DataFrame:
    table = case_epochs()
    mean = table[list(WAYS)].mean(axis=1, skipna=False)
    return qca.direct(table[list(FACTORS)].assign(U=mean).dropna(), CODEBOOK)


def _later() -> pd.DataFrame:
    table = case_epochs()
    ahead = table["U"].unstack("year").shift(-1, axis=1).stack()
    return qca.direct(table[list(FACTORS)].join(ahead.rename("U")).dropna(), CODEBOOK)


def exchanged() -> pd.DataFrame:
    """Return how well solutions fit when clusters are given each other's outcomes, epoch by epoch.

    All 24 ways to hand the histories of the index round among the four clusters. Each keeps the common rise over
    time and breaks the tie between a cluster's factors and its own outcome. If the true assignment does not stand
    out, a solution says little more than that factors and outcomes rose in the same years.

    Returns
    -------
    Frame with outcomes (whose outcomes go to Ningbo, Wenzhou, Yongkang, Shaoxing), true, cases (complete);
    consistency and coverage of the true conservative formula, which was made to fit the true assignment; and own,
    own_consistency, own_coverage of the conservative solution made anew for each assignment, which is the fair
    comparison (missing where no row is positive). In the order of consistency.
    """
    formula = solve_sets(sets(), "U", BASE).formulas("conservative")[0]
    table = case_epochs()
    histories = table["U"].unstack("year")
    found = []
    for order in permutations(CLUSTERS):
        given = histories.loc[list(order)].set_axis(pd.Index(list(CLUSTERS), name="cluster")).stack().rename("U")
        memberships = qca.direct(table[list(FACTORS)].join(given).dropna(), CODEBOOK)
        fit = qca.sufficiency(qca.membership(formula, memberships), memberships["U"])
        own = solve_sets(memberships, "U", BASE).fits().query("solution == 'conservative'")
        best = sorting.ordered(own, "coverage", falling=("coverage",)).iloc[0].to_dict() if len(own) else {}
        found.append(
            {
                "outcomes": ", ".join(map(name, order)),
                "true": order == tuple(CLUSTERS),
                "cases": len(memberships),
                "consistency": fit["consistency"],
                "coverage": fit["coverage"],
                "own": best.get("formula", "none"),
                "own_consistency": best.get("consistency", float("nan")),
                "own_coverage": best.get("coverage", float("nan")),
            }
        )
    by = ("consistency", "coverage")
    return sorting.ordered(pd.DataFrame(found), *by, falling=by).reset_index(drop=True)
