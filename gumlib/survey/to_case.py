"""Levels of a survey as a case: ledger, sources and scores that `gumlib.cases` reads like any other.

A case takes whole scores from 0 to 5. A level is rounded to the nearest fifth; the level itself and its
interval stand in the statement of the fact. Rounding adds to the doubt and lowers the confidence.
"""

from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from gumlib import cases
from gumlib.cases.fitting.likelihood import SIGMA
from gumlib.data.messages import ENGLISH, Words
from gumlib.data.writing import write_all
from gumlib.errors import GumError
from gumlib.evidence.coded import TOP_SCORE
from gumlib.terms import FACTORS, TERMS

_ROUNDING = 1 / TOP_SCORE / np.sqrt(12)
"""Standard deviation of what rounding to a fifth takes away."""


def year_of(dates: pd.Series) -> int:
    """Return the year in which all answers were given.

    Raises
    ------
    GumError : a date is missing, or there are several years

    Examples
    --------
    >>> year_of(pd.Series(["2024-05-01", "2024-06-02"]))
    2024
    """
    years, unknown = sorted(set(dates.dropna().str[:4])), int(dates.isna().sum())
    if len(years) != 1 or unknown:
        lacking = f" and {unknown} answers without a date" if unknown else ""
        said = f"expected answers of one year, got {', '.join(years) or 'no year'}{lacking}; name it with --year"
        raise GumError(said, "survey", "year")
    return int(years[0])


def tables(
    found: pd.DataFrame, name: str, year: int, source: str, *, simulated: bool = False, say: Words = ENGLISH
) -> dict[str, pd.DataFrame]:
    """Return ledger.csv, sources.csv and scores_a.csv of a case from the levels of a survey.

    Parameters
    ----------
    found : of `gumlib.survey.levels.estimate_levels`
    name : short code of the case, such as ``"ningbo-survey"``
    source : title of the survey
    simulated : whether nobody gave the answers; it is then said in every row
    say : in which language the statements stand

    Raises
    ------
    GumError : no variable has a level

    Examples
    --------
    >>> level = {"variable": ["L"], "level": [0.43], "low": [0.37], "high": [0.49], "se": [0.03], "firms": [60]}
    >>> tables(pd.DataFrame(level), "mine", 2010, "A survey")["scores_a.csv"]["score"].tolist()
    [2]
    """
    known = found.dropna(subset=["level"])
    if known.empty:
        raise GumError("expected levels, all are missing; check the answers", "survey", "levels")
    mark = "Simulated answers: " if simulated else ""
    ids = [f"SV{number:03d}" for number in range(1, len(known) + 1)]
    statements = [
        say(
            f"{mark}{TERMS[row.variable].name} at {row.level:.3f} ({row.low:.3f} to {row.high:.3f}) from 0 to 1, "
            f"by {row.firms} firms."
        )
        for row in known.itertuples()
    ]
    ledger = pd.DataFrame({"id": ids, "cluster": name, "year": str(year), "factor": known["variable"].to_numpy()})
    ledger = ledger.assign(indicator="survey_level", value=known["level"].round(4).to_numpy(), unit="share")
    ledger = ledger.assign(direction=0, statement=statements, source_key="survey", conflict_with="")
    note = say("Simulated: nobody answered") if simulated else ""
    about = {"source_key": ["survey"], "title": [say(source)], "author_or_publisher": [""], "year": [str(year)]}
    sources = pd.DataFrame({**about, "url": "", "kind": "other", "note": note})
    return {
        "ledger.csv": _factors_only(ledger),
        "sources.csv": sources,
        "scores_a.csv": _scores(found, name, year, ids, statements),
    }


def _scores(found: pd.DataFrame, name: str, year: int, ids: list[str], statements: list[str]) -> pd.DataFrame:
    """Return the scores of a case, one row a variable that has a level.

    Confidence is the lowest word whose standard deviation in `gumlib.cases` covers that of the survey and of rounding.
    """
    known = found.dropna(subset=["level"])
    doubt = np.sqrt(known["se"] ** 2 + _ROUNDING**2)
    words = sorted(SIGMA, key=lambda word: SIGMA[word])
    trust = [next((word for word in words if SIGMA[word] >= one), words[-1]) for one in doubt]
    score = np.floor(known["level"].to_numpy() * TOP_SCORE + 0.5).astype(int)
    table = pd.DataFrame({"coder": "a", "cluster": name, "year": year, "variable": known["variable"].to_numpy()})
    table = table.assign(score=score, confidence=trust, rationale=statements)
    table["evidence_ids"] = [
        one if code in (*FACTORS, "G") else "" for one, code in zip(ids, table["variable"], strict=True)
    ]
    return table[["coder", "cluster", "year", "variable", "score", "confidence", "evidence_ids", "rationale"]]


def case(found: pd.DataFrame, name: str, year: int, source: str, *, simulated: bool = False) -> cases.Case:
    """Return the levels of a survey as a case."""
    parts = tables(found, name, year, source, simulated=simulated)
    title = f"{name} (simulated)" if simulated else None
    return cases.build(name, parts["ledger.csv"], parts["sources.csv"], parts["scores_a.csv"], title=title)


def files(folder: Path, parts: dict[str, pd.DataFrame]) -> dict[Path, bytes]:
    """Return the tables as the files of a folder for `gumlib.own.cluster.folder.read_cluster`.

    Raises
    ------
    GumError : the folder holds such a table in another form, such as a workbook
    """
    others = {one.name for one in folder.glob("*.*") if f"{one.stem}.csv".lower() in parts and one.name not in parts}
    if others:
        said = f"expected no other form of a table that is to be written, got {', '.join(sorted(others))}"
        raise GumError(f"{said} in {folder}; name another folder", "survey", "folder")
    return {folder / name: table.to_csv(index=False, lineterminator="\n").encode() for name, table in parts.items()}


def write_case(folder: str | PathLike[str], parts: dict[str, pd.DataFrame], *, replace: bool = False) -> Path:
    """Write the tables as a folder, and return it; arguments and errors as for `files` and `write_all`."""
    target = Path(folder)
    write_all(files(target, parts), home=target, replace=replace)
    return target


def _factors_only(ledger: pd.DataFrame) -> pd.DataFrame:
    """The ledger takes factors and governance; levels of ways stand in the rationale of their score."""
    return ledger[ledger["factor"].isin([*FACTORS, "G"])].reset_index(drop=True)
