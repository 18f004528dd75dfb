"""Draws from the posterior of a fit (emcee, extra ``fit``), and whether they can be trusted.

The sampler is of Foreman-Mackey and others: many walkers that move by the differences between them.
"""

import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import truncnorm

from gumlib.cases.fitting import priors
from gumlib.cases.fitting.estimate import Fit
from gumlib.cases.fitting.likelihood import log_posterior
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError, extra

SEED, _WALKERS, STEPS = 42, 64, 4800
_DISCARD = 4
"""One over the share of the walk left out at its beginning."""
_SPREAD = 0.5
"""Walkers begin around the most likely point with this share of the prior spread."""
_START_DIGITS = 3
"""Digits of the most likely point that walkers begin around: machines differ in the sixth, and a walk widens that."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Posterior:
    """Draws of the parameters of one fit.

    Parameters
    ----------
    fit : the fit
    chain : (steps, walkers, parameters), standard scores, the first quarter of the walk left out
    acceptance : share of moves accepted
    autocorrelation : integrated autocorrelation time of each parameter, in steps
    """

    fit: Fit
    chain: Floats
    acceptance: float
    autocorrelation: Floats

    @property
    def scores(self) -> Floats:
        """All draws as standard scores, (draws, parameters)."""
        return self.chain.reshape(-1, self.chain.shape[-1])

    def thinned(self, count: int) -> pd.DataFrame:
        """Return `count` draws of the parameters, evenly spaced along the walk."""
        at = np.linspace(0, len(self.scores) - 1, count).round().astype(int)
        return priors.values(self.scores[at])

    @property
    def convergence(self) -> pd.DataFrame:
        """By parameter: split R-hat over the walkers, autocorrelation time in steps, effective draws."""
        frame = pd.DataFrame({"r_hat": split_rhat(self.chain), "autocorrelation": self.autocorrelation}, priors.NAMES)
        frame["effective"] = self.chain.shape[0] * self.chain.shape[1] / frame["autocorrelation"]
        return frame.rename_axis("parameter")

    @property
    def summary(self) -> pd.DataFrame:
        """By parameter: most likely value, quantiles, and contraction, 1 less posterior over prior spread."""
        draws = priors.values(self.scores)
        frame = draws.quantile(QUANTILES).T.set_axis([f"q{round(100 * q):02d}" for q in QUANTILES], axis=1)
        frame.insert(0, "map", self.fit.values)
        frame["contraction"] = 1 - self.scores.std(axis=0) / float(truncnorm.std(-priors.CUT, priors.CUT))
        return frame.rename_axis("parameter")


def sample_posterior(found: Fit, *, steps: int = STEPS, walkers: int = _WALKERS, seed: int = SEED) -> Posterior:
    """Draw from the posterior of a fit.

    Parameters
    ----------
    steps : of each walker; the first quarter is left out

    Raises
    ------
    GumError : emcee is not installed, or too few walkers or steps

    Source: our formalisation; foremanmackey2013 for the sampler.
    """
    emcee = extra("emcee", "fit")
    size = len(priors.NAMES)
    if walkers < 2 * size or steps < 4:
        raise GumError(f"expected at least {2 * size} walkers and 4 steps, got {walkers} and {steps}", "cases", "steps")
    sampler = emcee.EnsembleSampler(
        walkers,
        size,
        lambda points: log_posterior(found.problem, points, found.model),
        vectorize=True,
        moves=[(emcee.moves.DEMove(), 0.8), (emcee.moves.DESnookerMove(), 0.2)],
    )
    sampler.random_state = np.random.RandomState(seed).get_state()
    begin = found.scores.round(_START_DIGITS) + _SPREAD * np.random.default_rng(seed).standard_normal((walkers, size))
    sampler.run_mcmc(np.clip(begin, 0.1 - priors.CUT, priors.CUT - 0.1), steps, progress=sys.stderr.isatty())
    chain = np.asarray(sampler.get_chain(discard=steps // _DISCARD))
    with np.errstate(invalid="ignore"):  # a walker that never moved has no correlation
        times = np.asarray(emcee.autocorr.integrated_time(chain, tol=0, quiet=True))
    return Posterior(found, chain, float(sampler.acceptance_fraction.mean()), times)


def split_rhat(chain: Floats) -> Floats:
    """Return split R-hat of each parameter: walkers as chains, each cut in half; 1 where they agree.

    Source: gelman1992, in the split form.
    """
    half = len(chain) // 2
    parts = np.concatenate([chain[:half], chain[half : 2 * half]], axis=1)
    within = parts.var(axis=0, ddof=1).mean(axis=0)
    between = half * parts.mean(axis=0).var(axis=0, ddof=1)
    ratio: Floats = np.sqrt(((half - 1) / half * within + between / half) / within)
    return ratio
