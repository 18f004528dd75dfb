"""Mechanisms set going by lasting pushes on their factors: alone, in pairs, together.

Our formalisation of C09; all ranges are ours. Sizes of push and what counts as an effect were fixed before the
first run; the share of draws that implies a claim (`MOST`) was written down after that of C09.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd

from gumlib.dynamics import MODELS, Parameters, Path, extremes, simulate
from gumlib.dynamics.ensemble import sample
from gumlib.dynamics.parameters import Floats
from gumlib.dynamics.rivals import Rival, rival
from gumlib.errors import GumError
from gumlib.terms import BASIC, FACTORS, WAY_OF, WAYS

DRAWS = 256
SEED = 2409
PUSHED_YEARS = 25.0
"""Years a push lasts before its effect is read off."""
PUSHES = (0.05, 0.1, 0.2)
"""Sizes of a push, 1/year: a small, a middling and a large one (ours)."""
MIDDLE_PUSH = PUSHES[1]
SEEN = 0.01
"""An effect counts if it exceeds this. Levels run from 0 to 1; the coding moves in steps of 0.1."""
MOST = 0.9
"""A model implies what holds in at least this share of draws."""
MEASURES = {"basic factors": BASIC, "ways": WAYS, "index": ("U",)}
"""What an interaction term is taken of: the mean of these variables."""
SINGLES = tuple((code,) for code in BASIC)
_PAIRS = tuple(combinations(BASIC, 2))
TOGETHER = "".join(BASIC)
_SETTLE = 400.0
_STEP = 0.4


def cases(draws: int = DRAWS, seed: int = SEED) -> tuple[Parameters, Floats]:
    """Return parameter sets and, for each, a governance spread evenly over [0, 1]."""
    spread = (np.arange(draws) + 0.5) / draws
    return sample(draws, seed=seed), np.random.default_rng(seed).permutation(spread)


def least(parameters: Parameters, governance: Floats, model: str | Rival = "gum") -> Floats:
    """Return where a batch of clusters ends that started from nothing: the least equilibrium.

    A rival without a least equilibrium is run from nothing until it has settled.
    """
    if rival(model).cooperative:
        return extremes(parameters, governance, model=model)[0]
    run = simulate(parameters, 0.0, _SETTLE, governance, model=model, every=_SETTLE, dt=_STEP)
    return np.clip(run.levels[:, -1], 0.0, 1.0)


def pushed(
    parameters: Parameters,
    governance: Floats,
    groups: Sequence[Sequence[str]],
    push: float,
    model: str | Rival = "gum",
    *,
    start: Floats | None = None,
) -> pd.DataFrame:
    """Return what lasting pushes change, against no push, after `PUSHED_YEARS` from the least equilibrium.

    Parameters
    ----------
    groups : each a group of factors that are pushed together, each by `push` (1/year)
    start : starting levels, if they are known; else what `least` returns

    Returns
    -------
    Frame indexed by group (codes joined) and draw: effects on L I E S P D T N X K and U.

    Source: our formalisation; C09.
    """
    if push < 0:
        raise GumError(f"expected a push of zero or more, 1/year, got {push}", "dynamics", "push")
    count, many = len(governance), len(groups) + 1
    heights = np.array([[push * (code in group) for code in FACTORS] for group in [(), *groups]])
    every = np.tile(np.arange(count), many)
    start = least(parameters, governance, model) if start is None else start
    run = simulate(
        parameters.take(every),
        start[every],
        PUSHED_YEARS,
        governance[every],
        policy=Path.constant(np.repeat(heights, count, axis=0)),
        model=model,
        every=PUSHED_YEARS,
        dt=_STEP,
    )
    ends = np.concatenate([run.levels[:, -1], run.ways[:, -1], run.index[:, -1:]], axis=1).reshape(many, count, -1)
    labels = pd.MultiIndex.from_product([["".join(group) for group in groups], range(count)], names=["group", "draw"])
    return pd.DataFrame((ends[1:] - ends[0]).reshape(-1, ends.shape[-1]), labels, columns=[*FACTORS, *WAYS, "U"])


@cache
def _start(model: str, draws: int, seed: int) -> tuple[Parameters, Floats, Floats]:
    parameters, governance = cases(draws, seed)
    return parameters, governance, least(parameters, governance, model)


@cache
def _activated(model: str, push: float, pairs: bool, draws: int, seed: int) -> pd.DataFrame:
    parameters, governance, start = _start(model, draws, seed)
    groups = [*SINGLES, *(_PAIRS if pairs else ()), BASIC]
    return pushed(parameters, governance, groups, push, model, start=start)


def effects(
    model: str = "gum", push: float = MIDDLE_PUSH, *, pairs: bool = False, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Return the effects of pushing each basic factor, each pair if wanted, and all four, as `pushed` does.

    Source: our formalisation; C09.
    """
    return _activated(model, push, pairs, draws, seed).copy()


def interaction_terms(table: pd.DataFrame) -> pd.DataFrame:
    """Return the interaction terms: the joint effect less the sum of the single effects.

    Parameters
    ----------
    table : what `effects` returns

    Returns
    -------
    Tidy frame: measure (see `MEASURES`), group, draw, joint, summed, interaction.

    Source: our formalisation; C09.
    """
    parts = []
    for measure, columns in MEASURES.items():
        values = table[list(columns)].mean(axis=1).unstack("group")
        for group in (column for column in table.index.unique("group") if len(column) > 1):
            frame = pd.DataFrame({"joint": values[group], "summed": values[list(group)].sum(axis=1)}).reset_index()
            parts.append(frame.assign(measure=measure, group=group, interaction=frame["joint"] - frame["summed"]))
    return pd.concat(parts, ignore_index=True)[["measure", "group", "draw", "joint", "summed", "interaction"]]


def activation_shares(
    models: Sequence[str] = tuple(MODELS), pushes: Sequence[float] = PUSHES, *, draws: int = DRAWS
) -> pd.DataFrame:
    """Return in how many draws each mechanism alone raises its way, and all together exceed the sum.

    Returns
    -------
    Frame indexed by model and push: L I E S (share of draws in which pushing this factor alone
    raises its own way by more than `SEEN`), then for each of `MEASURES` the share in which the
    joint effect of all four exceeds the sum of the single ones by more than `SEEN`.

    Source: our formalisation; C09.
    """
    rows = {}
    for model in models:
        for push in pushes:
            table = effects(model, push, draws=draws)
            row = {code: float((table.loc[code, way] > SEEN).mean()) for code, way in WAY_OF.items()}
            joint = interaction_terms(table).query("group == @TOGETHER", local_dict={"TOGETHER": TOGETHER})
            row |= (joint["interaction"] > SEEN).groupby(joint["measure"]).mean().to_dict()
            rows[model, push] = row
    return pd.DataFrame.from_dict(rows, orient="index")[[*BASIC, *MEASURES]].rename_axis(["model", "push"])
