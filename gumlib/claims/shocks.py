"""Verdicts on closing links, shocks, lost technology and rigid ties, inside the formalised model: C22, C24, C28, C29.

What `starts_and_lock_in` says of its claims and readings holds here too.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from gumlib.claims.ensemble import CAN, GOOD, OURS, Ensemble, Shares, possible, shown_parameters, weigh
from gumlib.claims.shares import Share
from gumlib.claims.variants import Models, counted_share, others, quoted, surely_above, with_variants
from gumlib.claims.verdict import BUILT_IN, NO_STATE, Verdict
from gumlib.dynamics import MODELS, Parameters
from gumlib.dynamics.experiments import closure_crowding, shock
from gumlib.dynamics.rivals import VARIANTS
from gumlib.evidence.wording import percent


def closing_erodes() -> Verdict:
    """C22. Not testable here: neither specialisation nor the information that reaches firms is a state of the model.

    A variant in which learning erodes as links close (`lost`) is an illustration and decides nothing.
    """
    return Verdict("not testable here", "no state for specialisation or for the information of firms", (NO_STATE,))


def lost() -> tuple[float, float]:
    """Return the share of high clusters that collapse when links close, without and with erosion.

    Source: C22, an illustration.
    """
    kept, levels = shock.standing(shown_parameters(), GOOD)
    before = levels.mean(axis=-1)
    ends = [closure_crowding.closure(kept, levels, GOOD, erosion=erosion, closing=0.2) for erosion in (0.0, 0.2)]
    gone = [float((end.mean(axis=-1) < shock.COLLAPSE * before).mean()) for end in ends]
    return gone[0], gone[1]


def mature_clusters_face_risk(ensemble: Ensemble = OURS, models: Models = VARIANTS) -> Verdict:
    """C24. Partly if a lasting or a passing shock is shown to be able to collapse high clusters, in some reading.

    Shown possible: the lower end of the interval on the share that collapses lies above 1 %. Both shocks double the
    mean decay (0.2 a year on all factors) at governance 0.75: the lasting one for good (structural), the passing one
    for three years (cyclical). Not supported if neither is shown; a risk that is not shown is named. No cause of the
    model is named, so no variant counts; which of them show which risk is told, in the draws of the first seed, and
    all are said to show it only where all show both. Concentration on one product and the region are not tested.
    """
    kinds = {"structural": np.inf, "cyclical": 3.0}

    def measure(parameters: Parameters) -> Shares:
        table = shock.strike(parameters, GOOD, [0.2], list(kinds.values()), models=[models["gum"]])
        return {kind: counted_share(table[table["length"] == length], "collapsed") for kind, length in kinds.items()}

    found, ranges, fits = weigh(measure, lambda _: possible, (CAN,), ensemble)
    missing = [kind for kind in kinds if max(ranges[kind].low, fits[kind].low) <= CAN]
    told = [f"{ranges[kind]} over our ranges and {fits[kind]} as fitted" for kind in kinds]
    finding = f"a lasting shock collapses {told[0]} of clusters that stand high, one of three years {told[1]}"
    finding += f"; not shown: {', '.join(missing)}" if missing else ""
    first = ensemble.first(ensemble.draws)
    table = shock.strike(first, GOOD, [0.2], list(kinds.values()), models=others(models).values())
    by_kind = {
        kind: surely_above(table[table["length"] == length], "collapsed", CAN, models) for kind, length in kinds.items()
    }
    return with_variants(found, finding + _never_high(table, models), by_kind)


def _never_high(table: pd.DataFrame, models: Models) -> str:
    """Return a clause that names the variants in which no cluster stands high, so that none can fall."""
    names = [name for name in others(models) if name not in set(table["model"])]
    return f"; no cluster stands high in {quoted(names)}" if names else ""


def missing_a_generation(ensemble: Ensemble = OURS, models: Models = VARIANTS) -> Verdict:
    """C28. Partly if a lost generation of technology is shown to be able to collapse a high cluster, in some reading.

    The decay of learning and innovation rises by 0.8 a year for ten years, at governance 0.75, without response.
    Shown possible: the lower end of the interval on the share that collapses lies above 1 %. Not supported otherwise.
    No cause of the model is named, so no variant counts. What the speed of a response does is told and decides
    nothing: the claim does not speak of it.
    """
    delays = [np.inf, 0.0, 6.0]

    def fell(parameters: Parameters, delay: float) -> Share:
        table = shock.technology(parameters, GOOD, [0.8], [delay], models=[models["gum"]])
        return counted_share(table.assign(fell=1 - table["survived"]), "fell")

    def measure(parameters: Parameters) -> Shares:
        return {"collapse": fell(parameters, np.inf)}

    found, ranges, fits = weigh(measure, lambda _: possible, (CAN,), ensemble)
    first = ensemble.first(ensemble.draws)
    none, quick, late = (percent(fell(first, delay).value) for delay in delays)
    finding = (
        f"without response {ranges['collapse']} of high clusters collapse over our ranges and {fits['collapse']} as "
        f"fitted; beside it, in {first.draws:,} draws: {none} without response, {quick} with a response at once, "
        f"{late} with a response after 6 years"
    )
    table = shock.technology(first, GOOD, [0.8], [np.inf], models=others(models).values())
    lost = surely_above(table.assign(fell=1 - table["survived"]), "fell", CAN, models)
    return with_variants(found, finding + _never_high(table, models), {"": lost})


def ties_turn_rigid() -> Verdict:
    """C29. Not testable here: the one variant that lacks the excess of social capital cannot show harm by it.

    Without crowding the system is co-operative, so denser ties can only help. Whether they harm with crowding hangs on
    how strong we let it be: told as an illustration (`rigid`), which decides nothing.
    """
    return Verdict(
        "not testable here",
        "only the model without crowding lacks the cause, and there denser ties cannot harm, by the form of the "
        "equations; how many high clusters they harm after change outside is counted over our ranges",
        (BUILT_IN,),
        rigid(),
    )


def rigid() -> dict[str, Share]:
    """Return the share of high clusters that denser ties harm after change outside, by the strength of crowding.

    Harm: the other five factors end lower by 0.02 on average than without the denser ties, at governance 0.75.

    Source: C29, an illustration; no fit to a case has crowding.
    """
    strengths = {"without crowding": 0.0, "crowded": MODELS["over-embedded"].crowding, "crowded to the extreme": 1.0}
    table = closure_crowding.rigidity(shown_parameters(), GOOD, list(strengths.values())).query("changed")
    return {name: counted_share(table[table["crowding"] == crowding], "harmed") for name, crowding in strengths.items()}


TESTS: dict[str, Callable[[], Verdict]] = {
    "C22": closing_erodes,
    "C24": mature_clusters_face_risk,
    "C28": missing_a_generation,
    "C29": ties_turn_rigid,
}
