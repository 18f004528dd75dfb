"""Portfolios tried on cases: runs of the model under instruments, and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gumlib.cases import Case
from gumlib.dynamics import Path, Rival, simulate
from gumlib.dynamics.ensemble.outcomes import wilson
from gumlib.dynamics.equilibrium import HIGH_LEVEL
from gumlib.dynamics.parameters import Floats
from gumlib.dynamics.settling import step
from gumlib.errors import GumError
from gumlib.policy.drive import forcing
from gumlib.policy.portfolios import Portfolio
from gumlib.policy.uncertainty import Worlds, opening

_START, _YEARS, _AFTER = 1995, 15, 20
"""Policy begins in 1995, when outside pressure is first measured, and is judged in 2010 and 20 years on."""
_CHUNK = 4096
_BAND = (0.05, 0.5, 0.95)


@dataclass(frozen=True, eq=False)
class PortfolioOutcomes:
    """What came of portfolios, by portfolio, case and draw.

    Parameters
    ----------
    index : upgrading index U in the year looked at, (portfolios, cases, draws)
    level : mean level of the six factors there
    out : whether the cluster has risen to stay by then: mean level of at least 0.5 then and `_AFTER` years on
    rise : years until the mean level first reaches 0.5; inf where it does not within the years, missing where
        runs kept the first and the last year alone
    """

    index: Floats
    level: Floats
    out: np.ndarray
    rise: Floats


def outcomes(
    portfolios: Sequence[Portfolio],
    cases: Sequence[Case],
    ensemble: Worlds,
    *,
    start: int = _START,
    years: int = _YEARS,
    model: str | Rival = "gum",
    yearly: bool = False,
) -> PortfolioOutcomes:
    """Run every portfolio on every case in every draw.

    Governance stays where it was coded at the start, but for instruments; outside pressure is as measured, and
    at its mean where it is not.

    Parameters
    ----------
    start : coded year in which policy begins
    years : until the year looked at
    yearly : keep every year, so that the time to rise is known

    Source: our formalisation; C16.
    """
    if not portfolios or not cases:
        raise GumError("expected a portfolio and a case, got none; portfolio() is no policy", "policy", "portfolios")
    shape = (len(portfolios), len(cases), ensemble.draws)
    found = PortfolioOutcomes(*(np.empty(shape, dtype=kind) for kind in (float, float, bool, float)))
    size = max(1, _CHUNK // ensemble.draws)
    for at, case in enumerate(cases):
        levels, governance = opening(case, start, ensemble.start)
        for first in range(0, len(portfolios), size):
            part = slice(first, first + size)
            some = _run(portfolios[part], levels, governance, ensemble, (start, years), model, yearly)
            for whole, piece in zip((found.index, found.level, found.out, found.rise), some, strict=True):
                whole[part, at] = piece.reshape(-1, ensemble.draws)
    return found


def _run(
    portfolios: Sequence[Portfolio],
    levels: Floats,
    governance: float,
    ensemble: Worlds,
    when: tuple[int, int],
    model: str | Rival,
    yearly: bool,
) -> tuple[np.ndarray, ...]:
    start, years = when
    drive = forcing(portfolios, ensemble, start, years + _AFTER, governance)
    many = ensemble.parameters.take(np.tile(np.arange(ensemble.draws), len(portfolios)))
    added = float(drive.policy.max() + drive.shocks.max())
    times = drive.times
    run = simulate(
        many,
        np.tile(levels, (len(portfolios), 1)),
        float(years + _AFTER),
        Path(times, drive.governance),
        Path(times, drive.policy),
        Path(times, drive.shocks),
        model=model,
        every=1.0 if yearly else float(years),
        dt=step(ensemble.parameters, added),
    )
    mean = run.levels.mean(axis=-1)
    at = int(np.argmin(np.abs(run.times - years)))
    out = (mean[:, at] >= HIGH_LEVEL) & (mean[:, -1] >= HIGH_LEVEL)
    up = mean[:, : at + 1] >= HIGH_LEVEL
    rise = np.where(up.any(axis=1), up.argmax(axis=1), np.inf) if yearly else np.full(len(mean), np.nan)
    return run.index[:, at], mean[:, at], out, rise


def evaluate(
    chosen: Portfolio | Sequence[Portfolio],
    cases: Sequence[Case],
    ensemble: Worlds,
    *,
    model: str | Rival = "gum",
) -> pd.DataFrame:
    """Return what portfolios do, by case and over all cases.

    Parameters
    ----------
    chosen : one portfolio or several; regret is against the best of them in each draw, no policy among them

    Returns
    -------
    Tidy frame: portfolio, cost, case (last ``all``), draws, chance of rising to stay by the year (95 %
    interval chance_low, chance_high, see `share_and_interval`), gain in the index over no policy (median, with
    5 and 95 % of draws), rise (median years until the mean level reaches 0.5; inf where half of the draws do not),
    regret (mean over draws of the best index less its own) and regret_high (95 % of draws).

    Source: our formalisation; C16.
    """
    several = [chosen] if isinstance(chosen, Portfolio) else list(chosen)
    found = outcomes([Portfolio(), *several], cases, ensemble, model=model, yearly=True)
    gain, regret = found.index - found.index[0], found.index.max(axis=0) - found.index
    rows = []
    for number, own in enumerate(several, start=1):
        for name, at in [*((case.name, [n]) for n, case in enumerate(cases)), ("all", list(range(len(cases))))]:
            summed = _summed(*(values[number, at] for values in (found.out, gain, found.rise, regret)))
            rows.append({"portfolio": own.label, "cost": own.cost, "case": name, **summed})
    return pd.DataFrame(rows)


def _summed(out: np.ndarray, gain: Floats, rise: Floats, regret: Floats) -> dict[str, float]:
    """Sum up over draws what came of one portfolio."""
    chance, bounds = share_and_interval(out)
    low, middle, high = np.quantile(gain, _BAND)
    return {
        "draws": out.size,
        "chance": chance,
        "chance_low": bounds[0],
        "chance_high": bounds[1],
        "gain_low": low,
        "gain": middle,
        "gain_high": high,
        "rise": float(np.quantile(rise, 0.5, method="inverted_cdf")),
        "regret": float(regret.mean()),
        "regret_high": float(np.quantile(regret, _BAND[-1])),
    }


def share_and_interval(holds: np.ndarray) -> tuple[float, tuple[float, float]]:
    """Return the share in which something holds, and its 95 % Wilson interval at the effective number of draws.

    Cases share their draws, so a draw and not a case is a trial: the number of trials is that of independent ones
    with the variance seen between draws. For one case it is the number of draws, and the interval Wilson's own.

    Parameters
    ----------
    holds : (cases, draws), true or false
    """
    chance, count = float(holds.mean()), holds.shape[-1]
    spread = float(holds.mean(axis=0).var())
    trials = count * chance * (1 - chance) / spread if spread > 0 else count
    return chance, wilson(chance, trials)
