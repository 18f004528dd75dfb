"""Verdicts on mechanisms set going alone and together, and on insertion: C09, C40.

A model cannot show that a cause works in the world, so the first claim cannot be supported here; the second states an
aim, and nothing at hand holds aims.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from gumlib.claims import shares
from gumlib.claims.ensemble import OURS, Ensemble, Judge, Shares, weigh
from gumlib.claims.shares import Share
from gumlib.claims.variants import Models, others
from gumlib.claims.verdict import NO_STATE, Verdict
from gumlib.dynamics import Parameters
from gumlib.dynamics.experiments import lasting_push
from gumlib.dynamics.experiments.lasting_push import MOST, PUSHES, SEEN
from gumlib.dynamics.rivals import VARIANTS, lacking
from gumlib.terms import BASIC, WAY_OF

PARTS = ("singly", "together")
_TRIED = (0.80, 0.95)
"""Other bounds on the share of draws in which a part is implied."""


def mechanisms_work_singly_and_together(ensemble: Ensemble = OURS, models: Models = VARIANTS) -> Verdict:
    """C09. Never supported by a model alone; partly if a part is implied that no variant without interaction implies.

    Singly: a lasting push on each basic factor alone raises its own way by more than 0.01. Together: the joint effect
    on the mean of the ways exceeds the sum of the single ones by more than 0.01. A part is implied if it holds in at
    least 90 % of draws at each of three sizes of push (80 and 95 % are tried too), governance spread evenly over [0,
    1]. Not supported if neither part is implied; not distinguishable if a variant without interaction implies the same
    parts. The claim is one of interaction in its second half alone, yet these variants count for the whole: a half that
    they imply as well cannot speak for it. Our ranges decide; the fitted reading is told beside them.
    """
    chosen = {name: models[name] for name in ("gum", *lacking("interaction"))}
    found, ranges, fits = weigh(partial(measured, models=chosen), decided_at, (MOST, *_TRIED), ensemble)
    own = [f"{part} in {ranges[f'gum {part}']} over our ranges and {fits[f'gum {part}']} as fitted" for part in PARTS]
    rivals = [f"{name} {part} {ranges[f'{name} {part}']}" for name in others(chosen) for part in PARTS]
    return replace(found, finding=f"{'; '.join(own)}; without interaction: {', '.join(rivals)}")


def measured(parameters: Parameters, models: Models) -> Shares:
    """Return the least share, over factors and sizes of push, in which each part holds, by model and part."""
    count = int(parameters.draws or 1)
    governance = np.random.default_rng(lasting_push.SEED).permutation((np.arange(count) + 0.5) / count)
    least: dict[str, Share] = {}
    for name, model in models.items():
        start = lasting_push.least(parameters, governance, model)
        tables = [
            lasting_push.pushed(parameters, governance, [*lasting_push.SINGLES, BASIC], push, model, start=start)
            for push in PUSHES
        ]
        single = [
            shares.of((table.loc[code, way] > SEEN).to_numpy()) for table in tables for code, way in WAY_OF.items()
        ]
        joint = [
            shares.of((terms["interaction"] > SEEN).to_numpy())
            for terms in (lasting_push.interaction_terms(table).query("measure == 'ways'") for table in tables)
        ]
        for part, found in zip(PARTS, (single, joint), strict=True):
            least[f"{name} {part}"] = min(found, key=lambda share: share.value)
    return least


def decided_at(bound: float) -> Judge:
    """Return the rule of C09 at a bound: which parts the model implies, and whether a variant without interaction does.

    Examples
    --------
    >>> both = {"gum singly": Share(95, 100), "gum together": Share(30, 100)}
    >>> rivals = {"independent singly": Share(99, 100), "independent together": Share(0, 100)}
    >>> decided_at(MOST)(both | rivals, {}), decided_at(0.96)(both | rivals, {})
    (('not distinguishable', ()), ('not supported', ()))
    """

    def decided(ranges: Shares, fits: Shares) -> tuple[str, tuple[str, ...]]:
        implied: dict[str, set[str]] = {}
        for label, share in ranges.items():
            name, part = label.rsplit(" ", 1)
            implied.setdefault(name, set()).update({part} if share.value >= bound else ())
        own = implied.pop("gum")
        if not own:
            return "not supported", ()
        return ("not distinguishable" if any(parts >= own for parts in implied.values()) else "partly"), ()

    return decided


def insertion_leads_to_upgrading() -> Verdict:
    """C40. Not testable here: the claim states an aim, and neither the coding nor the ledger holds aims.

    What a push on insertion does in an open and in a captive chain is an illustration and decides nothing.
    """
    return Verdict("not testable here", "an aim; no source at hand is coded for aims", (NO_STATE,))


TESTS: dict[str, Callable[[], Verdict]] = {
    "C09": mechanisms_work_singly_and_together,
    "C40": insertion_leads_to_upgrading,
}
