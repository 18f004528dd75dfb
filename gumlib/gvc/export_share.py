"""Do countries with a large share of world exports keep less of each unit of exports? Ranks across countries."""

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from gumlib.gvc.codes import REGIONS
from gumlib.gvc.comparators import CHINA, COUNTRIES, INDUSTRIES, economies, indicator_panel

_SEED = 2010


def points(indicator: str) -> pd.DataFrame:
    """Return means over the years of a measure and of the share of world exports, by industry and country.

    Returns
    -------
    Frame indexed by industry and region: share, level, size (value added of the whole economy)
    """
    world = indicator_panel("exports", REGIONS)
    share = world.div(world.sum(axis=1), axis=0)[list(COUNTRIES)]
    measures = {"share": share, "level": indicator_panel(indicator)}
    means = {name: frame.groupby("industry").mean().stack() for name, frame in measures.items()}
    frame = pd.DataFrame(means).rename_axis(["industry", "region"]).loc[list(INDUSTRIES)]
    return frame.assign(size=economies()[frame.index.get_level_values("region")].to_numpy())


def relation(indicator: str, *, draws: int = 4000) -> pd.DataFrame:
    """Correlate countries' shares of world exports with a measure by ranks, within each industry.

    Parameters
    ----------
    draws : of the permutations of countries and of the resamples of countries

    Returns
    -------
    Frame indexed by industry: rho (Spearman), low and high (95 % interval over resamples of countries), p (two
    sided, by permutation), given_size and p_given_size (the same with the size of the economy held constant by
    ranks), without (rho without China).

    Source: C27
    """
    frame = points(indicator)
    streams = np.random.SeedSequence(_SEED).spawn(len(INDUSTRIES))
    rows = {
        code: _relation(frame.loc[code], np.random.default_rng(stream), draws)
        for code, stream in zip(INDUSTRIES, streams, strict=True)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("industry")


def _relation(frame: pd.DataFrame, rng: np.random.Generator, draws: int) -> dict[str, float]:
    ranks = frame.rank().to_numpy()
    share, level, size = ranks.T - ranks.mean(axis=0)[:, None]
    drawn = rng.integers(0, len(frame), (draws, len(frame)))
    one, other = (rankdata(frame[name].to_numpy()[drawn], axis=1) - (len(frame) + 1) / 2 for name in ("share", "level"))
    resampled = (one * other).sum(axis=1) / np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    low, high = np.percentile(resampled, [2.5, 97.5])
    rest = frame.drop(index=CHINA).rank()
    share_left, level_left = (ranked - size * (ranked @ size) / (size @ size) for ranked in (share, level))
    return {
        "rho": _cosine(share, level),
        "low": low,
        "high": high,
        "p": _permuted(share, level, rng, draws),
        "given_size": _cosine(share_left, level_left),
        "p_given_size": _permuted(share_left, level_left, rng, draws),
        "without": float(rest["share"].corr(rest["level"])),
    }


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation of two centred arrays."""
    return float(one @ other / np.sqrt((one @ one) * (other @ other)))


def _permuted(one: np.ndarray, other: np.ndarray, rng: np.random.Generator, draws: int) -> float:
    """Share of permutations, the given order among them, whose correlation is as far from nought."""
    shuffled = rng.permuted(np.tile(other, (draws, 1)), axis=1) @ one
    return float((1 + (np.abs(shuffled) >= abs(one @ other) - 1e-9).sum()) / (draws + 1))
