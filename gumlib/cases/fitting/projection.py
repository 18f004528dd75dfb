"""What the fitted model says of a case: where it misses coded levels, where it can rest, and where it goes next."""

import numpy as np
import pandas as pd

from gumlib.cases.case import Case, names
from gumlib.cases.fitting import priors, results
from gumlib.cases.fitting.likelihood import FITTED, LONGEST_STEP
from gumlib.cases.fitting.predictive import HIGH, LOW, UNTIL
from gumlib.data import sorting
from gumlib.dynamics import Run, settling, simulate
from gumlib.dynamics.equilibrium import REGIMES
from gumlib.errors import GumError, one_of
from gumlib.model.definitions import upgrading
from gumlib.terms import FACTORS, WAYS

_RIVAL = "independent"
_GOVERNANCE = (0.0, 0.25, 0.5, 0.75, 1.0)
_OUTCOMES = "O"
_SIGNS = {"up": 1, "level": 0, "down": -1}


def misses(case: Case) -> pd.DataFrame:
    """Return every coded level after the first epoch beside what the stored fit tells, the widest gap first.

    Returns
    -------
    Frame: year, variable, coded, told (median of the posterior draws), gap (coded less told), rival
    (independent growth, fitted alike), evidence (ids of the facts behind the scores, of both passes).

    Raises
    ------
    GumError : the case is none of those that the stored fit is of

    Source: our formalisation.
    """
    bands = results.read_fit("bands").set_index("case").loc[one_of(case.name, names(), "cases", "case")]
    bands = bands[["year", "variable", "median", _RIVAL]].rename(columns={"median": "told", _RIVAL: "rival"})
    levels = case.levels[case.levels["variable"].isin(FITTED) & (case.levels["year"] > bands["year"].min())]
    levels = levels[["year", "variable", "level"]].rename(columns={"level": "coded"}).dropna()
    table = levels.merge(bands, on=["year", "variable"])
    table.insert(4, "gap", table["coded"] - table["told"])
    ids = case.scores.groupby(["year", "variable"])["evidence_ids"].agg(_joined)
    table = table.join(ids.rename("evidence"), on=["year", "variable"])
    rows = sorting.ranked(table["gap"].abs(), falling=True).index
    return table.loc[rows].reset_index(drop=True)


def _joined(ids: pd.Series) -> str:
    return " ".join(sorted({one for cell in ids.dropna() for one in str(cell).replace(";", " ").split()}))


def resting() -> pd.DataFrame:
    """Return the share of posterior draws that are stuck, bistable or rising at each of five levels of governance.

    The regimes are those of `settling.shares`; bistable draws are those with lock-in.

    Returns
    -------
    Frame indexed by governance, a column a regime; rows add up to one.

    Source: our formalisation of C20, C21; the fit of the model to the four cases.
    """
    table = settling.shares(priors.fitted_parameters(results.read_fit("draws")), _GOVERNANCE, ["gum"])
    return table.pivot(index="governance", columns="regime", values="share")[list(REGIMES)].rename_axis(columns=None)


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
