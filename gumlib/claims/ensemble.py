"""The one ensemble on which verdicts over our ranges rest, the fitted draws beside it, and how a verdict comes of both.

A share over our ranges says how often a result holds in a box that we chose; a share as fitted says how often it holds
among parameters that reproduce the four coded clusters, all of which rose. Neither is a share of clusters.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

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
JudgeAt = Callable[[float], Judge]
"""The judge that takes a bound for the one that decides."""
_NONE, _ALL = Share(0, 1e12), Share(1e12, 1e12)
"""Shares without an interval to speak of."""


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
def shown_parameters() -> Parameters:
    """Return the parameter sets that the figures and the illustrations show."""
    return OURS.first(DRAWS)


@cache
def fitted_draws() -> Parameters:
    """Return the stored draws of the model as fitted to the four clusters."""
    return priors.fitted_parameters(results.read_fit("draws"))


def effective() -> float:
    """Return the effective number of the stored fitted draws, that of the parameter which mixes worst."""
    own = results.read_fit("fits").query("model == 'gum'")["effective"]
    return min(float(own.min()), float(len(results.read_fit("draws"))))


def as_fitted(share: float) -> str:
    """Return a share of the stored fitted draws in words, with its interval at their effective number."""
    return with_interval(share, effective())


def weigh(
    measure: Callable[[Parameters], Shares], judge_at: JudgeAt, bounds: Sequence[float], ensemble: Ensemble = OURS
) -> tuple[Verdict, Shares, Shares]:
    """Return a verdict without its finding, and the shares over our ranges and as fitted.

    Parameters
    ----------
    measure : the shares that decide, by name, of one batch of parameter sets
    judge_at : verdict and notes from the shares of both readings, by the bound of these shares
    bounds : the one that decides, then the others that the rule states, tried to see whether the verdict changes
    """
    parts, fits = measured(measure, ensemble)
    ranges, bound = pooled(parts), bounds[0]
    judge = judge_at(bound)
    verdict, notes = judge(ranges, fits)
    decides, nearest = _decider(judge, ranges, fits, bound)
    told = Verdict(
        verdict,
        "",
        notes,
        ranges,
        fits,
        nearest=nearest,
        bound=bound,
        seeds_apart=sum(judge(part, fits)[0] != verdict for part in parts),
        bounds_apart=sum(judge_at(other)(ranges, fits)[0] != verdict for other in bounds[1:]),
        decides=decides,
    )
    return told, ranges, fits


def measured(measure: Callable[[Parameters], Shares], ensemble: Ensemble) -> tuple[list[Shares], Shares]:
    """Return shares over our ranges, seed by seed, and those of the fitted draws at their effective number."""
    parts, trials = [measure(parameters) for parameters in ensemble.samples()], effective()
    return parts, {name: _thinned(share, trials) for name, share in measure(fitted_draws()).items()}


def pooled(parts: Sequence[Shares]) -> Shares:
    """Return the shares of all seeds together."""
    return {name: pool(part[name] for part in parts) for name in parts[0]}


def _decider(judge: Judge, ranges: Shares, fits: Shares, bound: float) -> tuple[str, Share | None]:
    """Return name and share of what decides: the verdict is another one if that share is, and none else need be.

    Where no share alone turns the verdict, as where any of several would do for "can", the fewest that do so together
    decide, and of these the one farthest from its bound, which would have to give way last. Of several such shares or
    groups the one nearest its bound is told.

    Examples
    --------
    >>> ranges, fits = {"fell": Share(40, 1000), "sank": Share(0, 1000)}, {"fell": Share(0, 100), "sank": Share(0, 100)}
    >>> _decider(possible, ranges, fits, CAN)[0]
    'fell, over our ranges'
    """
    both = {f"{name}, {reading}": share for reading, shares in _read(ranges, fits) for name, share in shares.items()}
    verdict = judge(ranges, fits)[0]

    def turns(chosen: tuple[str, ...]) -> bool:
        for ends in product((_NONE, _ALL), repeat=len(chosen)):
            moved = both | dict(zip(chosen, ends, strict=True))
            parts = [{name: moved[f"{name}, {reading}"] for name in shares} for reading, shares in _read(ranges, fits)]
            if judge(*parts)[0] != verdict:
                return True
        return False

    def clear(name: str) -> tuple[bool, float]:
        return not both[name].covers(bound), _distance(both[name], bound)

    for size in range(1, len(both) + 1):
        if groups := [chosen for chosen in combinations(both, size) if turns(chosen)]:
            name = min((max(group, key=clear) for group in groups), key=clear)
            return name, both[name]
    return "", None


def _read(ranges: Shares, fits: Shares) -> tuple[tuple[str, Shares], tuple[str, Shares]]:
    return ("over our ranges", ranges), ("as fitted", fits)


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
