"""Verdicts on mechanisms set going alone and together, and on insertion in a captive chain.

Both rest on the model alone. A model cannot show that a cause works in the world, so neither claim can be
supported here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from gumlib.claims.verdict import Verdict
from gumlib.dynamics.experiments import captive_chain, lasting_push
from gumlib.dynamics.experiments.lasting_push import MOST, PUSHES
from gumlib.terms import BASIC


def mechanisms_work_singly_and_together() -> Verdict:
    """C09. Never supported by a model alone; partly if the model implies some part and no rival implies as much.

    Singly: a lasting push on each basic factor alone raises its own way by more than 0.01. Together:
    the joint effect on the mean of the ways exceeds the sum of the single ones by more than 0.01. A
    part is implied if it holds in at least 90 % of draws at each of three sizes of push. Not
    supported if neither part is implied; not distinguishable if a rival implies the same parts.
    """
    shares = lasting_push.activation_shares()
    lowest = shares.assign(singly=shares[list(BASIC)].min(axis=1), together=shares["ways"]).groupby("model").min()
    together = shares.loc["gum", "ways"]
    own = lowest.loc["gum"]
    said = (
        f"each alone raises its way in at least {own['singly']:.0%} of draws; together they exceed the sum in "
        f"{together.min():.0%} to {together.max():.0%}, by size of push"
    )
    return decided(implied(lowest[["singly", "together"]]), said)


def insertion_leads_to_upgrading() -> Verdict:
    """C40. Never supported by a model alone; partly if the model implies some part and no rival implies as much.

    Open chain: a lasting push on insertion raises learning, innovation and the index, each by more
    than 0.01. Captive chain: the same where insertion acts on learning and innovation no more. A part
    is implied if it holds in at least 90 % of draws for each of the three, at each of three sizes of
    push. Not supported if neither part is implied; not distinguishable if a rival implies the same.
    """
    table = captive_chain.insertion_shares(kept=(0.0, 1.0), pushes=PUSHES)
    table = table[table["variable"].isin(["L", "I", "U"])]
    lowest = table.groupby(["model", "kept"])["share"].min().unstack("kept")
    lowest.columns = ["captive chain", "open chain"]
    middle = table.query("model == 'gum' and push == @lasting_push.MIDDLE").set_index(["kept", "variable"])["share"]
    told = {kept: middle[kept] for kept in (1.0, 0.0)}
    said = "a middling push on insertion raises learning, innovation and the index in " + ", against ".join(
        f"{part['L']:.0%}, {part['I']:.0%} and {part['U']:.0%} of draws in {name}"
        for part, name in zip(told.values(), ("an open chain", "a captive one"), strict=True)
    )
    return decided(implied(lowest), said)


def implied(lowest: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return which parts of a claim each model implies, from the lowest shares: models by parts.

    Examples
    --------
    >>> implied(pd.DataFrame({"singly": [0.95], "together": [0.3]}, index=["gum"]))
    {'gum': frozenset({'singly'})}
    """
    return {str(model): frozenset(map(str, row.index[row >= MOST])) for model, row in lowest.iterrows()}


def decided(parts: Mapping[str, frozenset[str]], said: str) -> Verdict:
    """Apply the rule that C09 and C40 share: what the model implies, and whether a rival implies it too.

    Examples
    --------
    >>> parts = {"gum": frozenset({"singly"}), "linear": frozenset({"singly"}), "basic only": frozenset()}
    >>> decided(parts, "found").finding
    'found; the part "singly" follows from linear as well'
    """
    own = parts["gum"]
    if not own:
        return Verdict("not supported", said)
    rivals = [model for model in sorted(parts) if model != "gum" and parts[model] >= own]
    if rivals:
        named = "every rival" if len(rivals) == len(parts) - 1 else ", ".join(rivals)
        kind = " and ".join(f'"{part}"' for part in sorted(own))
        found = f"the part {kind} follows" if len(own) == 1 else f"the parts {kind} follow"
        return Verdict("not distinguishable", f"{said}; {found} from {named} as well")
    return Verdict("partly", f"{said}; no rival implies as much")


TESTS: dict[str, Callable[[], Verdict]] = {
    "C09": mechanisms_work_singly_and_together,
    "C40": insertion_leads_to_upgrading,
}
