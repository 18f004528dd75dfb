"""The model and its rivals: right-hand sides that differ in one thought each, under one interface.

Every rival keeps the numbers of the parameter set and the total weight a factor receives, so that
only the thought differs and not the strength.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError, one_of
from gumlib.terms import BASIC, FACTORS

Structure: TypeAlias = Literal["gum", "own", "basic"]
Response: TypeAlias = Literal["threshold", "linear"]


@dataclass(frozen=True)
class Rival:
    """One way to write the right-hand side.

    Parameters
    ----------
    name : its key in `MODELS`
    thought : what it holds, in a sentence
    structure : who acts on whom: ``"gum"`` the 28 interactions, ``"own"`` each factor on itself
        alone, ``"basic"`` the basic factors among themselves
    response : ``"threshold"`` φ(x) = x^n / (κ^n + x^n), or ``"linear"`` φ(x) = x
    governed : whether governance scales the interactions; if not, γ = 1
    crowding : ω in x(1 - ωx), through which social capital acts; 0 for no such effect

    Raises
    ------
    GumError : crowding outside [0, 1]

    Source: our formalisation; uzzi1997 and grabher1993 for over-embeddedness.
    """

    name: str
    thought: str
    structure: Structure = "gum"
    response: Response = "threshold"
    governed: bool = True
    crowding: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.crowding <= 1:
            raise GumError(f"expected crowding from 0 to 1, got {self.crowding}", "dynamics", "crowding")

    @property
    def cooperative(self) -> bool:
        """Whether more of any factor never harms another, so that least and greatest equilibria exist."""
        return self.crowding <= 0.5

    def recast(self, weights: Floats) -> Floats:
        """Return the weights that this structure makes of those of the model; row totals are kept.

        Examples
        --------
        >>> MODELS["independent"].recast(np.ones((6, 6)))[0].tolist()
        [6.0, 0.0, 0.0, 0.0, 0.0, 0.0]
        """
        if self.structure == "gum":
            return weights
        totals = weights.sum(axis=-1, keepdims=True)
        if self.structure == "own":
            own: Floats = totals * np.eye(len(FACTORS))
            return own
        basic = np.array([code in BASIC for code in FACTORS])
        kept: Floats = weights * np.outer(basic, basic)
        sums = kept.sum(axis=-1, keepdims=True)
        some = sums > 1e-12 * totals
        kept *= np.where(some, totals / np.where(some, sums, 1.0), 0.0)
        return kept

    def own_share(self, share: Floats) -> Floats:
        """Return the share of a mechanism its own factor carries: all of it where nothing else acts."""
        return np.ones_like(share) if self.structure == "own" else share


MODELS = {
    rival.name: rival
    for rival in (
        Rival("gum", "factors act on each other, through thresholds, under governance"),
        Rival("independent", "each factor feeds on itself alone; no factor acts on another", structure="own"),
        Rival("linear", "factors act on each other without a threshold", response="linear"),
        Rival("no governance", "interactions are at full strength whatever the governance", governed=False),
        Rival("basic only", "policy and dominant enterprises act on nothing", structure="basic"),
        Rival("over-embedded", "social capital helps up to a point and then harms", crowding=0.75),
    )
}


def rival(model: str | Rival) -> Rival:
    """Return a model by its name, or the one given.

    Raises
    ------
    GumError : unknown name
    """
    return model if isinstance(model, Rival) else MODELS[one_of(model, tuple(MODELS), "dynamics", "model")]


@dataclass(frozen=True)
class Unfed(Rival):
    """A variant in which nothing feeds on anything: baseline growth and decay alone.

    dx_i/dt = b_i (1 - x_i) - δ_i x_i, and a mechanism is carried by its own factor.

    Source: our formalisation.
    """

    structure: Structure = "own"

    def recast(self, weights: Floats) -> Floats:
        """Return no weights at all."""
        return np.zeros_like(weights)


NO_FEEDBACK = Unfed("no feedback", "each factor grows at its baseline and decays; nothing feeds on anything")
VARIANTS: dict[str, Rival] = {**MODELS, NO_FEEDBACK.name: NO_FEEDBACK}
"""The models and the variant without feedback, which is run beside them and fitted to nothing."""
CAUSES = (
    "interaction",
    "threshold",
    "governance",
    "policy",
    "dominant enterprises",
    "social capital's excess",
    "order",
)
"""Elements of a model that a claim can make responsible."""


def elements(model: Rival) -> frozenset[str]:
    """Return which of `CAUSES` a model holds.

    Thresholds and governance work on interactions or on feedback; a model without either is counted as lacking
    interaction alone, since the other two are kept and have nothing to work on. The order of factors, mechanisms,
    ways and index is in all of them.

    Examples
    --------
    >>> sorted(set(CAUSES) - elements(MODELS["basic only"]))
    ['dominant enterprises', 'policy', "social capital's excess"]
    """
    lacks = {
        "interaction": model.structure == "own",
        "threshold": model.response == "linear",
        "governance": not model.governed,
        "policy": model.structure == "basic",
        "dominant enterprises": model.structure == "basic",
        "social capital's excess": not model.crowding,
    }
    return frozenset(cause for cause in CAUSES if not lacks.get(cause, False))


def lacking(cause: str) -> tuple[str, ...]:
    """Return the variants that lack exactly this cause and keep the rest: the only ones that count against it.

    They are compared with the model, or with the first variant that holds the cause where the model does not.

    Parameters
    ----------
    cause : one of `CAUSES`, or ``"none"``, for which no variant counts

    Raises
    ------
    GumError : unknown cause

    Examples
    --------
    >>> lacking("interaction"), lacking("policy"), lacking("social capital's excess")
    (('independent', 'no feedback'), (), ('gum',))
    """
    if one_of(cause, (*CAUSES, "none"), "dynamics", "cause") == "none":
        return ()
    whole = next(elements(model) for model in VARIANTS.values() if cause in elements(model))
    return tuple(name for name, model in VARIANTS.items() if elements(model) == whole - {cause})
