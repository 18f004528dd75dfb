"""Interviews coded with the anchors of the codebook: scores 0 to 5 by variable and time, one coder an interview.

Here an interview is what a firm is to a questionnaire. Levels are the mean score over five. How far the
interviews agree is Krippendorff's alpha, as between the coding passes of the ledger.
"""

import uuid

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm
from scipy.stats import t as student

from gumlib.data.faults import as_found
from gumlib.errors import GumError
from gumlib.evidence import intercoder
from gumlib.evidence.coded import TOP_SCORE
from gumlib.survey.questionnaire import Instrument
from gumlib.survey.responses import Responses
from gumlib.survey.sample_size import half_widths
from gumlib.survey.schema import asked
from gumlib.terms import VARIABLES

_CUTS = (-2.8, -1.4, 0.0, 1.4, 2.8)
"""Thresholds between the six scores, in standard deviations between interviews: about 0.7 of a score."""
LENIENT, BLANK = 0.4, 0.2
"""Assumed share of that variance that is the interview's own leniency, and share of subjects not spoken of."""


def anchors(instrument: Instrument) -> pd.DataFrame:
    """Return the items that take an anchor 0 to 5: item, variable, time.

    Raises
    ------
    GumError : the instrument has none
    """
    scores = tuple(map(str, range(TOP_SCORE + 1)))
    known = asked(instrument)
    rows = instrument.items[instrument.items["variable"].isin(VARIABLES)]
    taken = [name for name in rows["item"] if name in known and known[name].codes == scores]
    if not taken:
        problem = f"expected items with the anchors 0 to 5, {instrument.name} has none; take the interview guide"
        raise GumError(problem, "survey", "anchors")
    items = rows.set_index("item").loc[taken, ["variable"]].reset_index()
    times = [item.removeprefix(code) for item, code in zip(items["item"], items["variable"], strict=True)]
    return items.assign(time=times)


def interview_levels(interviews: Responses) -> pd.DataFrame:
    """Return the level of each variable at each time, with Student's 95 % interval over the interviews.

    Returns
    -------
    Frame with variable, time, level, low, high, se, interviews (that gave a score). Missing below three.
    """
    cells = anchors(interviews.instrument)
    shares = interviews.frame[cells["item"].tolist()].astype(float) / TOP_SCORE
    count = shares.count().to_numpy()
    enough = count >= 3
    se = np.where(enough, shares.std().to_numpy() / np.sqrt(count.clip(1)), np.nan)
    level = np.where(enough, shares.mean().to_numpy(), np.nan)
    half = student.ppf(0.975, np.maximum(count - 1, 1)) * se
    table = cells[["variable", "time"]].assign(level=level)
    table["low"], table["high"] = np.clip(level - half, 0, 1), np.clip(level + half, 0, 1)
    return table.assign(se=se, interviews=count)


def alpha_between(interviews: Responses) -> pd.DataFrame:
    """Return Krippendorff's alpha (ordinal) between interviews, by variable and over all.

    The 95 % interval is by the jackknife over interviews. Resampling would draw an interview twice, which then
    agrees with itself.

    Returns
    -------
    Frame with variable (the last row ``all``), alpha, low, high, interviews.

    Source: krippendorff2004.
    """
    cells = anchors(interviews.instrument)
    table = interviews.frame[cells["item"].tolist()].astype(float).to_numpy()
    if len(table) < 3:
        raise GumError(f"expected three interviews or more, got {len(table)}; gather more", "survey", "interviews")
    groups = {code: (cells["variable"] == code).to_numpy() for code in cells["variable"].unique()}
    groups["all"] = np.ones(len(cells), dtype=bool)
    rows = []
    for name, columns in groups.items():
        scores = table[:, columns]
        value = intercoder.alpha(scores.T)
        without = np.array([intercoder.alpha(np.delete(scores, one, axis=0).T) for one in range(len(scores))])
        count = len(scores)
        se = np.sqrt((count - 1) / count * ((without - without.mean()) ** 2).sum())
        half = float(student.ppf(0.975, count - 1) * se)
        rows.append((name, value, value - half, min(1.0, value + half), count))
    return pd.DataFrame(rows, columns=["variable", "alpha", "low", "high", "interviews"])


def planted(instrument: Instrument, seed: int) -> pd.DataFrame:
    """Return levels to plant: each variable starts between 0.1 and 0.4 and rises by 0.05 to 0.15 a step."""
    rng = np.random.default_rng(seed)
    cells = anchors(instrument)
    step = {time: number for number, time in enumerate(cells["time"].unique())}
    start = {code: rng.uniform(0.1, 0.4) for code in cells["variable"].unique()}
    rise = {code: rng.uniform(0.05, 0.15) for code in cells["variable"].unique()}
    level = [start[code] + rise[code] * step[time] for code, time in zip(cells["variable"], cells["time"], strict=True)]
    return cells[["variable", "time"]].assign(level=np.round(level, 3))


def simulated(instrument: Instrument, count: int, *, seed: int, levels: pd.DataFrame | None = None) -> Responses:
    """Return simulated interviews: nobody was spoken to. Graded responses around the levels planted.

    Parameters
    ----------
    count : interviews
    levels : frame with variable, time, level; `planted` by default

    Source: our assumption; samejima1969.

    Examples
    --------
    >>> from gumlib.survey import instrument
    >>> given = simulated(instrument("interview"), 5, seed=1)
    >>> given.simulated, len(given.frame)
    (True, 5)
    """
    cells = anchors(instrument)
    aim = planted(instrument, seed) if levels is None else levels
    level = cells.merge(aim, on=["variable", "time"], how="left")["level"].to_numpy(float)
    if not ((level > 0) & (level < 1)).all():
        raise GumError("expected a level between 0 and 1 for each variable and time; name them", "survey", "levels")
    rng = np.random.default_rng(np.random.SeedSequence([seed, 2]))
    cuts = np.array(_CUTS)
    middle = np.array([brentq(lambda m, want=want: norm.cdf(m - cuts).mean() - want, -12, 12) for want in level])
    lenience = np.sqrt(LENIENT) * rng.standard_normal((count, 1))
    latent = middle + lenience + np.sqrt(1 - LENIENT) * rng.standard_normal((count, len(cells)))
    scores = np.searchsorted(cuts, latent).astype(str).astype(object)
    scores[rng.random(scores.shape) < BLANK] = np.nan
    names = [str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(count)]
    columns: dict[str, object] = {"respondent": names, "date": "2010-06-01"}
    columns |= {name: "yes" if "yes" in item.codes else np.nan for name, item in asked(instrument).items()}
    columns |= dict(zip(cells["item"], scores.T, strict=True))
    frame = pd.DataFrame(columns, index=pd.RangeIndex(2, count + 2))
    return Responses(instrument, frame, as_found([]), simulated=True)


def interview_widths(instrument: Instrument, *, seed: int, grid: tuple[int, ...]) -> pd.DataFrame:
    """Return half-widths of intervals in 60 simulated sets of interviews, as `sample_size.half_widths` does."""
    items = anchors(instrument)["item"].tolist()
    given = [simulated(instrument, max(grid), seed=seed + number).frame[items] for number in range(60)]
    return half_widths(np.stack([one.astype(float).to_numpy() / TOP_SCORE for one in given]), grid, 1 - BLANK)
