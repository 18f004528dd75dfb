"""After the last coded epoch: where the fitted model goes from there, beside what the ledger tells of later years."""

import numpy as np
import pandas as pd

from gumlib.cases.case import Case
from gumlib.cases.fitting import priors, results
from gumlib.cases.fitting.likelihood import LONGEST_STEP
from gumlib.cases.fitting.predictive import HIGH, LOW, UNTIL
from gumlib.dynamics import Run, simulate
from gumlib.errors import GumError
from gumlib.model.definitions import upgrading
from gumlib.terms import FACTORS, WAYS

_RIVAL = "independent"
_OUTCOMES = "O"
_SIGNS = {"up": 1, "level": 0, "down": -1}


def onward(case: Case, *, until: int = UNTIL) -> pd.DataFrame:
    """Run the fitted model from the last coded levels to a later year, and count the facts that begin after them.

    Governance stays as last coded and there is no pressure from outside: of the years after its start the
    run knows nothing. Coded levels are taken as exact, so the interval is of the parameters alone.

    Returns
    -------
    Frame indexed by code (six factors and the index U): coded; low, median, high (5, 50, 95 % of the
    posterior draws, at `until`); falls (share of draws that end lower than they began); rival (independent
    growth, most likely parameters); up, level, down (facts by direction, as `later_counts` has them).

    Raises
    ------
    GumError : a factor or a way is not coded in the last epoch

    Source: our formalisation.
    """
    last = case.years[-1]
    levels = case.table.loc[last]
    if levels[[*FACTORS, *WAYS]].isna().any():
        raise GumError(f"expected all factors and ways coded in {last}, got gaps; code them", "cases", case.name)
    index = float(upgrading(levels[list(WAYS)].to_frame().T)["upgrading"].iloc[0])
    frame = pd.DataFrame({"coded": [*levels[list(FACTORS)], index]}, index=[*FACTORS, "U"])
    many = _ends(_run(case, results.read_fit("draws"), "gum", until))
    frame[["low", "median", "high"]] = np.quantile(many, [LOW, 0.5, HIGH], axis=0).T
    frame["falls"] = (many < frame["coded"].to_numpy()).mean(axis=0)
    fits = results.read_fit("fits").pivot(index="model", columns="parameter", values="map")
    frame["rival"] = _ends(_run(case, fits.loc[[_RIVAL]], _RIVAL, until))[0]
    return frame.join(later_counts(case)).rename_axis("code")


def _run(case: Case, values: pd.DataFrame, model: str, until: int) -> Run:
    last = case.years[-1]
    levels = case.table.loc[last]
    return simulate(
        priors.fitted_parameters(values),
        np.tile(levels[list(FACTORS)].to_numpy(float), (len(values), 1)),
        (float(last), float(until)),
        float(case.governance.values[-1]),
        ways=np.tile(levels[list(WAYS)].to_numpy(float), (len(values), 1)),
        model=model,
        dt=LONGEST_STEP,
    )


def _ends(run: Run) -> np.ndarray:
    ends: np.ndarray = np.concatenate([run.levels[:, -1], run.index[:, -1:]], axis=1)
    return ends


def later(case: Case) -> pd.DataFrame:
    """Return the facts on factors and outcomes that begin after the last coded epoch; `scored`: a score rests on it.

    A fact that served a score is no test of what comes after it.
    """
    begins = (case.ledger["first"] > case.years[-1]).fillna(False)
    table = case.ledger[begins & case.ledger["factor"].isin([*FACTORS, _OUTCOMES])]
    served = case.scores["evidence_ids"].dropna().str.split(";").explode().str.strip()
    return table.assign(scored=table.index.isin(served))


def later_counts(case: Case) -> pd.DataFrame:
    """Count the later facts on which no score rests, by factor and direction; outcomes stand at U."""
    fresh = later(case).query("~scored")
    table = pd.crosstab(fresh["factor"].replace({_OUTCOMES: "U"}), fresh["direction"].astype(int))
    table = table.reindex(index=[*FACTORS, "U"], columns=list(_SIGNS.values()), fill_value=0)
    return table.set_axis(list(_SIGNS), axis=1)


def facts(case: Case, ids: str) -> pd.DataFrame:
    """Return some facts by id, in the order given: year, element, what is said.

    Raises
    ------
    GumError : an id that the ledger of the case does not have
    """
    wanted = ids.split()
    absent = [one for one in wanted if one not in case.ledger.index]
    if absent:
        raise GumError(f"expected ids of facts on {case.name}, got {absent[0]!r}", "cases", "ids")
    return case.ledger.loc[wanted, ["year", "factor", "statement"]].rename(columns={"factor": "on"})
