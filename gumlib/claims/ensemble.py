"""The one ensemble on which verdicts over our ranges rest, the fitted draws beside it, and how a verdict comes of both.

A share over our ranges says how often a result holds in a box that we chose; a share as fitted says how often it holds
among parameters that reproduce the four coded clusters, all of which rose. Neither is a share of clusters.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gumlib.cases.fitting import priors, results
from gumlib.claims.shares import Share, pool, with_interval
from gumlib.claims.verdict import APART, POSSIBLE, Verdict
from gumlib.dynamics import Parameters
from gumlib.dynamics.ensemble import sample

CAN = 0.01
"""What can happen is shown possible if the lower end of the interval on its share lies above this."""
Shares = Mapping[str, Share]
Values = Mapping[str, float]
Judge = Callable[[Shares, Shares], tuple[str, tuple[str, ...]]]
_MANY = 1e12
"""Trials that leave a share no interval."""


@dataclass(frozen=True)
class Ensemble:
    """Draws from our ranges, over several seeds.

    Parameters
    ----------
    draws : parameter sets a seed, a power of two
    seeds : of the scrambled Sobol sequences
    """

    draws: int
    seeds: tuple[int, ...]

    def samples(self) -> Iterator[Parameters]:
        """Yield the parameter sets of each seed."""
        for seed in self.seeds:
            yield sample(self.draws, seed=seed)

    def first(self, draws: int) -> Parameters:
        """Return the first draws of the first seed, at most all of them, for a figure or an illustration."""
        return sample(min(draws, self.draws), seed=self.seeds[0])


OURS = Ensemble(4096, (25, 26, 27, 28, 29))
"""The named ensemble: 4,096 draws on each of five seeds."""
SEED, DRAWS = OURS.seeds[0], 256
"""What figures beside verdicts show: the first draws of the ensemble's first seed."""
MIDDLE, GOOD = 0.5, 0.75
"""Governance at which clusters are watched: middling for those that start low, good for those that stand high."""


@cache
def draws() -> Parameters:
    """Return the parameter sets that the figures and the illustrations show."""
    return OURS.first(DRAWS)


@cache
def fitted_draws() -> Parameters:
    """Return the stored draws of the model as fitted to the four clusters."""
    return priors.parameters(results.read("draws"))


def effective() -> float:
    """Return the effective number of the stored fitted draws, that of the parameter which mixes worst."""
    own = results.read("fits").query("model == 'gum'")["effective"]
    return min(float(own.min()), float(len(results.read("draws"))))


def as_fitted(share: float) -> str:
    """Return a share of the stored fitted draws in words, with its interval at their effective number."""
    return with_interval(share, effective())


def weigh(
    measure: Callable[[Parameters], Shares], judge: Judge, bound: float, ensemble: Ensemble = OURS
) -> tuple[Verdict, Shares, Shares]:
    """Return a verdict without its finding, and the shares over our ranges and as fitted.

    Parameters
    ----------
    measure : the shares that decide, by name, of one batch of parameter sets
    judge : verdict and notes from the shares of both readings
    bound : of all these shares
    """
    parts = [measure(parameters) for parameters in ensemble.samples()]
    ranges = {name: pool(part[name] for part in parts) for name in parts[0]}
    trials = effective()
    fits = {name: _thinned(share, trials) for name, share in measure(fitted_draws()).items()}
    verdict, notes = judge(ranges, fits)
    nearest = _nearest(judge, ranges, fits, bound)
    apart = sum(judge(part, fits)[0] != verdict for part in parts)
    over, as_fitted = (", ".join(f"{name} {share}" for name, share in shares.items()) for shares in (ranges, fits))
    return Verdict(verdict, "", notes, over, as_fitted, nearest, bound, apart), ranges, fits


def _nearest(judge: Judge, ranges: Shares, fits: Shares, bound: float) -> Share | None:
    """Return the share nearest to its bound: of those that turn the verdict within their interval, else of the rest.

    A share whose interval holds the bound and that turns nothing, since others decide, is passed over.
    """
    verdict = judge(ranges, fits)[0]
    every = [(which, name) for which in (0, 1) for name in ranges]
    turning, clear = [], []
    for which, name in every:
        share = (ranges, fits)[which][name]
        if not share.covers(bound):
            clear.append(share)
            continue
        for end in (share.low, share.high):
            moved = [dict(ranges), dict(fits)]
            moved[which][name] = Share(end * _MANY, _MANY)
            if judge(*moved)[0] != verdict and share not in turning:
                turning.append(share)
    return min(turning or clear, key=lambda share: _distance(share, bound), default=None)


def _thinned(share: Share, trials: float) -> Share:
    """Return a share of the fitted draws at their effective number."""
    kept = min(share.trials, trials)
    return Share(share.value * kept, kept)


def _distance(share: Share, bound: float) -> float:
    """Return how far a bound lies from a share, in halves of its interval."""
    return abs(share.value - bound) / (share.high - share.low)


def agreed(holds: Callable[[Values], bool]) -> Judge:
    """Return the judge of a general claim without a cause that a variant could lack.

    Partly if it holds over our ranges and as fitted; not supported if in neither; not testable here if the readings
    disagree, since the answer then hangs on what we assume.

    Examples
    --------
    >>> judge = agreed(lambda values: values["low"] >= 0.5)
    >>> judge({"low": Share(9, 10)}, {"low": Share(0, 10)})
    ('not testable here', ('the readings disagree',))
    """

    def judge(ranges: Shares, fits: Shares) -> tuple[str, tuple[str, ...]]:
        held = [holds({name: share.value for name, share in shares.items()}) for shares in (ranges, fits)]
        if all(held):
            return "partly", ()
        return ("not testable here", (APART,)) if any(held) else ("not supported", ())

    return judge


def possible(ranges: Shares, fits: Shares) -> tuple[str, tuple[str, ...]]:
    """Judge a claim on what can happen: partly if some share is shown possible in some reading, else not supported.

    Examples
    --------
    >>> possible({"collapse": Share(40, 1000)}, {"collapse": Share(0, 1000)})
    ('partly', ('shown possible',))
    """
    shown = any(share.low > CAN for shares in (ranges, fits) for share in shares.values())
    return ("partly", (POSSIBLE,)) if shown else ("not supported", ())
