"""Answers given without reading: the same all through, or at random. They are named, never removed silently.

Source: meade2012.
"""

from dataclasses import replace
from itertools import groupby

import numpy as np
import pandas as pd

from gumlib.survey.responses import Responses

RUN = 2 / 3
"""Share of the scale items, in their order, answered alike without a break, from which a row is named."""
ODD = 3.0
"""Robust standard deviations above the usual inconsistency from which a row is named."""


def flags(responses: Responses) -> pd.DataFrame:
    """Return for each respondent what speaks for careless answers.

    `run` is the longest stretch of like answers, as given, over the number of scale items answered. `odd` is
    how far a firm contradicts itself within variables, reverse items turned: the mean squared
    distance of its answers from its own mean and from what the item usually gets, in robust standard
    deviations above the median firm. Somebody who agrees with all reverse items as well is odd too.

    Returns
    -------
    Frame with the index of the answers: respondent, run, odd, careless.

    Source: meade2012; the bounds are ours.
    """
    scale = responses.instrument.scale()
    back = scale.loc[scale["reverse"].astype(int) == 1, "item"]
    shares = responses.shares()
    given = shares.copy()
    given[back] = 1 - given[back]
    run = given.apply(lambda row: _longest(row.dropna().to_numpy()), axis=1)
    centred = shares - shares.median()
    variable = scale.set_index("item")["variable"].loc[shares.columns].to_numpy()
    residual = centred.copy()
    for code in dict.fromkeys(variable):
        part = centred.loc[:, variable == code]
        residual.loc[:, variable == code] = part.sub(part.mean(axis=1), axis=0)
    spread = np.sqrt((residual**2).mean(axis=1))
    usual = spread.median()
    scatter = 1.4826 * (spread - usual).abs().median()
    odd = (spread - usual) / (scatter if scatter > 0 else np.inf)
    frame = pd.DataFrame({"respondent": responses.frame["respondent"], "run": run, "odd": odd})
    return frame.assign(careless=(frame["run"] >= RUN) | (frame["odd"] > ODD))


def attentive(responses: Responses) -> Responses:
    """Return the answers without the rows that `flags` names; say how many were left out when you report."""
    return replace(responses, frame=responses.frame[~flags(responses)["careless"]])


def _longest(row: np.ndarray) -> float:
    """Longest run of like values over the number of values."""
    return max((len(list(alike)) for _, alike in groupby(row)), default=0) / max(len(row), 1)
