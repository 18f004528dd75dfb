"""Verdicts on lock-in, starts, shocks and stages, from experiments inside the formalised model.

A claim tested inside our model alone is never more than partly supported. The claims taken from other authors name no
cause that a variant of the model could lack, so no variant counts against them; where all variants show the same, that
is noted. Every test is read twice, over our ranges and as fitted to the four clusters. Bounds are round and ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from gumlib.cases.compare import stages
from gumlib.cases.fitting import results
from gumlib.claims import shares
from gumlib.claims.cases import shared
from gumlib.claims.ensemble import CAN, OURS, Ensemble, Shares, agreed, possible, weigh
from gumlib.claims.shares import Share, percent
from gumlib.claims.verdict import ALL, NO_STATE, POSSIBLE, Verdict
from gumlib.dynamics import MODELS, Parameters, Rival, settling
from gumlib.dynamics.equilibrium import HIGH
from gumlib.dynamics.experiments import closure_crowding, lock_in, shock
from gumlib.dynamics.rivals import VARIANTS, lacking

SEED, DRAWS = OURS.seeds[0], 256
"""What the figures beside these verdicts show: the first draws of the ensemble's first seed."""
MIDDLE, GOOD = 0.5, 0.75
"""Governance at which clusters are watched: middling for those that start low, good for those that stand high."""
SOME, QUARTER, HALF, WIDE = 0.10, 0.25, 0.5, 0.1
NONE = Share(0, 0)


@cache
def draws() -> Parameters:
    """Return the parameter sets that the figures and the illustrations show."""
    return OURS.first(DRAWS)


def also(shown: Mapping[str, bool]) -> tuple[tuple[str, ...], str]:
    """Return the note that all variants show a thing, or none, and a clause that names those that do.

    Examples
    --------
    >>> also({"linear": True, "independent": False})
    ((), '; also in linear')
    """
    names = [name for name, shows in shown.items() if shows]
    if len(names) == len(shown):
        return (ALL,), "; all variants show it"
    return (), f"; also in {', '.join(names)}" if names else "; no variant shows it"


def _told(found: Verdict, said: str, shown: Mapping[str, bool]) -> Verdict:
    notes, clause = also(shown) if shown else ((), "")
    return replace(found, finding=said + clause, notes=(*found.notes, *notes))


def _others(variants: Mapping[str, Rival], shows: Callable[[Rival], bool]) -> dict[str, bool]:
    """Return which variants show a thing; the model itself is no variant."""
    return {name: shows(model) for name, model in variants.items() if name != "gum"}


def stays_low(parameters: Parameters, governance: float, model: Rival) -> Share:
    """Return the share of clusters that start from nothing and end below a mean level of 0.5."""
    return shares.of(settling.reach(parameters, governance, model=model)[0].mean(axis=-1) < HIGH)


def moving_up_is_not_automatic(ensemble: Ensemble = OURS, variants: Mapping[str, Rival] = VARIANTS) -> Verdict:
    """C20. Partly if at governance 0.5 half of the draws or more stay low without a push, in both readings.

    Not supported if in neither; not testable here if the readings disagree. Low: a cluster that starts from nothing
    ends with a mean level below 0.5. No cause is named, so no variant counts. Competition is not tested.
    """
    own = MODELS["gum"]

    def measure(parameters: Parameters) -> Shares:
        return {"stay low": stays_low(parameters, MIDDLE, own)}

    found, ranges, fits = weigh(measure, agreed(lambda values: values["stay low"] >= HALF), HALF, ensemble)
    few = ensemble.first(min(DRAWS, ensemble.draws))
    said = (
        f"without a push {ranges['stay low']} of draws over our ranges stay low at governance {MIDDLE}, and "
        f"{fits['stay low']} as fitted"
    )
    return _told(found, said, _others(variants, lambda model: stays_low(few, MIDDLE, model).value >= HALF))


def two_ends(parameters: Parameters, model: Rival) -> tuple[float, Share]:
    """Return the governance of 0, 0.25 ... 1 at which most draws have two ends, and their share."""
    found = []
    for level in np.linspace(0, 1, 5):
        low, high = settling.reach(parameters, level, model=model)
        found.append((float(level), shares.of(np.abs(high - low).max(axis=-1) > settling.SAME)))
    return max(found, key=lambda pair: pair[1].value)


def starts_decide_ends(ensemble: Ensemble = OURS, variants: Mapping[str, Rival] = VARIANTS) -> Verdict:
    """C21. Partly if at some governance of 0, 0.25 ... 1 a quarter of the draws has two ends, in both readings.

    Not supported if in neither; not testable here if the readings disagree. Two ends: from nothing and from the top,
    one parameter set. No cause of the model is named, so no variant counts. That a start is an accident and that
    economies of scale hold it is not tested: the model has neither.
    """
    own = MODELS["gum"]

    def measure(parameters: Parameters) -> Shares:
        return {"two ends": two_ends(parameters, own)[1]}

    found, ranges, fits = weigh(measure, agreed(lambda values: values["two ends"] >= QUARTER), QUARTER, ensemble)
    few = ensemble.first(min(DRAWS, ensemble.draws))
    said = (
        f"over our ranges {ranges['two ends']} of draws have two ends at governance {two_ends(few, own)[0]:g}, where "
        f"most have, and {fits['two ends']} as fitted"
    )
    return _told(found, said, _others(variants, lambda model: two_ends(few, model)[1].value >= QUARTER))


def closing_erodes() -> Verdict:
    """C22. Not testable here: neither specialisation nor the information that reaches firms is a state of the model.

    A variant in which learning erodes as links close (`lost`) is an illustration and decides nothing.
    """
    return Verdict("not testable here", "no state for specialisation or for the information of firms", (NO_STATE,))


def lost(model: str = "gum") -> tuple[float, float]:
    """Return the share of high clusters that collapse when links close, without and with erosion.

    Source: C22, an illustration.

    Examples
    --------
    >>> lost("linear")
    (0.0, 0.0)
    """
    kept, levels = shock.standing(draws(), GOOD, model=model)
    before = levels.mean(axis=-1)
    ends = [
        closure_crowding.closure(kept, levels, GOOD, erosion=erosion, closing=0.2, model=model)
        for erosion in (0.0, 0.2)
    ]
    gone = [float((end.mean(axis=-1) < shock.COLLAPSE * before).mean()) for end in ends]
    return gone[0], gone[1]


def habits_are_hard_to_drop() -> Verdict:
    """C23. Not testable here: no state stands for habits apart from skills.

    The loop between the governance of rise and that of fall is an illustration and decides nothing.
    """
    return Verdict("not testable here", "no state for habits apart from skills", (NO_STATE,))


def mature_clusters_face_risk(ensemble: Ensemble = OURS, models: tuple[str, ...] = tuple(MODELS)) -> Verdict:
    """C24. Partly if a lasting or a passing shock is shown to be able to collapse high clusters, in some reading.

    Shown possible: the lower end of the interval on the share that collapses lies above 1 %. Both shocks double the
    mean decay (0.2 a year on all factors) at governance 0.75: the lasting one for good (structural), the passing one
    for three years (cyclical). Not supported if neither is shown; a risk that is not shown is named. No cause of the
    model is named, so no variant counts. Concentration on one product and the region are not tested.
    """
    kinds = {"structural": np.inf, "cyclical": 3.0}

    def measure(parameters: Parameters) -> Shares:
        table = shock.strike(parameters, GOOD, [0.2], list(kinds.values()), models=["gum"])
        return {kind: _counted(table[table["length"] == length], "collapsed") for kind, length in kinds.items()}

    found, ranges, fits = weigh(measure, possible, CAN, ensemble)
    missing = [kind for kind in kinds if max(ranges[kind].low, fits[kind].low) <= CAN]
    told = [f"{ranges[kind]} over our ranges and {fits[kind]} as fitted" for kind in kinds]
    said = f"a lasting shock collapses {told[0]} of clusters that stand high, one of three years {told[1]}"
    said += f"; not shown: {', '.join(missing)}" if missing else ""
    few = shock.strike(ensemble.first(min(DRAWS, ensemble.draws)), GOOD, [0.2], [np.inf], models=models)
    return _told(found, said, _shown(few, "collapsed", CAN))


def _counted(row: pd.DataFrame, column: str) -> Share:
    """Return the share in the one row of a table that gives the number of its draws; none counted without a row."""
    return Share(float(row[column].iloc[0] * row["draws"].iloc[0]), float(row["draws"].iloc[0])) if len(row) else NONE


def _shown(table: pd.DataFrame, column: str, bound: float) -> dict[str, bool]:
    """Return which variants show a share surely above a bound; those without a row have nothing to show."""
    rest = table[table["model"] != "gum"]
    return {str(name): _counted(part, column).low > bound for name, part in rest.groupby("model", sort=False)}


def three_kinds(ensemble: Ensemble = OURS, models: tuple[str, ...] = tuple(MODELS)) -> Verdict:
    """C25. Partly if in both readings each of three kinds holds low a tenth of the rising draws, and no fourth does.

    Not supported if in neither; not testable here if the readings disagree. A kind halves what its elements pass on;
    governance is 0.75; rising draws are those that would rise without. Social capital, which belongs to no kind, is
    the fourth. No cause of the model is named, so no variant counts. That lock-in is why regions compete badly is not
    tested.
    """
    three = list(lock_in.kinds())[:-1]

    def measure(parameters: Parameters) -> Shares:
        table = lock_in.held(parameters, GOOD, models=["gum"]).rename(columns={"rising": "draws"}).fillna(0.0)
        return {kind: _counted(table[table["kind"] == kind], "held") for kind in lock_in.kinds()}

    def holds(values: Mapping[str, float]) -> bool:
        return all(values[kind] >= SOME for kind in three) and values[lock_in.CONTROL] < SOME

    found, ranges, fits = weigh(measure, agreed(holds), SOME, ensemble)
    told = ", ".join(f"{kind} {ranges[kind]} over our ranges and {fits[kind]} as fitted" for kind in ranges)
    few = lock_in.held(ensemble.first(min(DRAWS, ensemble.draws)), GOOD, models=models).set_index(["model", "kind"])
    kinds = few["held"].unstack()
    return _told(
        found,
        f"of draws that rise, held low by halving: {told}",
        {str(name): holds(dict(row)) for name, row in kinds.iterrows() if name != "gum"},
    )


def missing_a_generation(ensemble: Ensemble = OURS, models: tuple[str, ...] = tuple(MODELS)) -> Verdict:
    """C28. Partly if a lost generation of technology is shown to be able to collapse a high cluster, in some reading.

    The decay of learning and innovation rises by 0.8 a year for ten years, at governance 0.75, without response.
    Shown possible: the lower end of the interval on the share that collapses lies above 1 %. Not supported otherwise.
    No cause of the model is named, so no variant counts. What the speed of a response does is told and decides
    nothing: the claim does not speak of it.
    """
    delays = [np.inf, 0.0, 6.0]

    def fell(parameters: Parameters, delay: float) -> Share:
        table = shock.technology(parameters, GOOD, [0.8], [delay], models=["gum"])
        return _counted(table.assign(fell=1 - table["survived"]), "fell")

    found, ranges, fits = weigh(lambda parameters: {"collapse": fell(parameters, np.inf)}, possible, CAN, ensemble)
    few = ensemble.first(min(DRAWS, ensemble.draws))
    none, quick, late = (percent(fell(few, delay).value) for delay in delays)
    said = (
        f"without response {ranges['collapse']} of high clusters collapse over our ranges and {fits['collapse']} as "
        f"fitted; beside it, in {few.draws} draws: {none} without response, {quick} with one at once, {late} with one "
        "after 6 years"
    )
    table = shock.technology(few, GOOD, [0.8], [np.inf], models=models)
    return _told(found, said, _shown(table.assign(fell=1 - table["survived"]), "fell", CAN))


def ties_turn_rigid(ensemble: Ensemble = OURS) -> Verdict:
    """C29. Partly if denser ties are shown to be able to harm high clusters after change outside, only with crowding.

    Shown possible: the lower end of the interval on the share harmed lies above 1 %, over our ranges, in the variant
    whose social capital crowds (0.75), at governance 0.75. Harm: the other five factors end lower by 0.02 on average
    than without the denser ties. Not supported if not shown; not distinguishable if the variant that lacks exactly
    this excess, which is the model, shows it too. The other bound stated: crowding 1. The variant is fitted to no
    case with crowding, so there is one reading. Speed of answer is not tested.
    """
    usual, extreme = MODELS["over-embedded"].crowding, 1.0
    rival = lacking("social capital's excess")

    def measure(parameters: Parameters) -> Shares:
        table = closure_crowding.rigidity(parameters, GOOD, [0.0, usual, extreme]).query("changed")
        return {name: _counted(table[table["crowding"] == crowding], "harmed") for name, crowding in names.items()}

    names = {"without crowding": 0.0, "crowded": usual, "crowded to the extreme": extreme}
    parts = [measure(parameters) for parameters in ensemble.samples()]
    pooled = {name: shares.pool(part[name] for part in parts) for name in names}
    verdict = _rigid(pooled, "crowded")
    apart = sum(_rigid(part, "crowded") != verdict for part in parts)
    other = int(_rigid(pooled, "crowded to the extreme") != verdict)
    told = ", ".join(f"{name} {share}" for name, share in pooled.items())
    notes = (POSSIBLE,) if pooled["crowded"].low > CAN else ()
    return Verdict(
        verdict,
        f"denser ties harm after change outside, of high clusters: {told}; counted against it: {', '.join(rival)}",
        notes,
        told,
        "",
        pooled["crowded"],
        CAN,
        apart,
        other,
    )


def _rigid(found: Shares, crowded: str) -> str:
    """Return the verdict of C29 from the shares harmed."""
    if found[crowded].low <= CAN:
        return "not supported"
    return "not distinguishable" if found["without crowding"].low > CAN else "partly"


def types_share_a_mechanism() -> Verdict:
    """C13. Not testable here as long as fewer than two clusters of each type are coded.

    With two of each: one fit for all, a cluster left out. Partly if it is closer than the mean of the other clusters
    and than their linear trend in all; not supported if both are closer than it in all; not distinguishable otherwise.
    No cause of the model is named, so no variant counts. Where a native and an embedded start of one parameter set end
    is an illustration.
    """
    kinds = stages.types().value_counts()
    coded = {kind: int(kinds.get(kind, 0)) for kind in settling.STARTS}
    said = ", ".join(f"{count} {kind}" for kind, count in coded.items()) + " clusters coded"
    return shared(min(coded.values()) >= 2, said, results.read("left-out"))


def differences_mirror_type_and_stage() -> Verdict:
    """C15. Not supported if clusters of one stage have profiles no more alike than others (p < 0.05).

    Not distinguishable if clusters of one year are as alike as those of one stage. Partly
    otherwise: the half on types is not testable here as long as fewer than two clusters of each
    type are coded.
    """
    kinds = stages.types().value_counts()
    table = stages.sorting(seed=SEED)
    stage, year = table.loc["stage"], table.loc["year"]
    said = (
        f"profiles of one stage differ by {stage['alike']:.3f}, others by {stage['others']:.3f} (p {stage['p']:.3f}); "
        f"the half on types is not tested: {kinds.get('native', 0)} native, {kinds.get('embedded', 0)} embedded coded"
    )
    if stage["p"] >= 0.05 or stage["gap"] <= 0:
        return Verdict("not supported", said)
    return Verdict("not distinguishable" if year["gap"] >= stage["gap"] else "partly", said)


TESTS: dict[str, Callable[[], Verdict]] = {
    "C13": types_share_a_mechanism,
    "C15": differences_mirror_type_and_stage,
    "C20": moving_up_is_not_automatic,
    "C21": starts_decide_ends,
    "C22": closing_erodes,
    "C23": habits_are_hard_to_drop,
    "C24": mature_clusters_face_risk,
    "C25": three_kinds,
    "C28": missing_a_generation,
    "C29": ties_turn_rigid,
}
