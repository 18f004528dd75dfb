"""A cluster as a case: what is known of it, how it was coded, what drove it from outside.

`build` is the one way in: shipped data and a reader's own go through it alike.
"""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from gumlib import data, evidence, gvc
from gumlib.cases import squeeze
from gumlib.cases.building import CONFIDENCE, checked, having
from gumlib.dynamics import Path
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError, one_of
from gumlib.evidence.coded import dated, linked
from gumlib.gvc.comparators import INDUSTRY_OF
from gumlib.terms import CLUSTERS, FACTORS, VARIABLES

_HALF_STEP = 0.5 / evidence.TOP_SCORE
"""Half a step of the score, as a level."""


@dataclass(frozen=True, eq=False, repr=False)
class Case:
    """One cluster: its facts, its sources, its scores, and what follows from them.

    Parameters
    ----------
    name : short code, such as ``"wenzhou"``
    title : name for readers
    ledger : facts, indexed by id, with `first` and `last` year
    sources : sources, indexed by key, with `linked`
    scores : tidy, columns `building.SCORES`; a missing score is a cell without basis in the ledger
    industry : code of the industry in the World Input-Output Tables, or None
    title_chinese : name in Chinese, may be empty
    place : longitude and latitude in degrees, or None
    """

    name: str
    title: str
    ledger: pd.DataFrame
    sources: pd.DataFrame
    scores: pd.DataFrame
    industry: str | None = None
    title_chinese: str = ""
    place: tuple[float, float] | None = None

    def __repr__(self) -> str:
        return f"Case of {self.title}: {len(self.ledger)} facts"

    @property
    def years(self) -> tuple[int, ...]:
        """The epochs that were coded, in rising order."""
        return tuple(int(year) for year in sorted(self.scores["year"].unique()))

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Levels in [0, 1], tidy: the mean of the passes over five, and how sure it is.

        A row for each year and variable: level, low and high (lowest and highest pass), spread (high
        less low), passes (how many gave a score), confidence (the lowest a pass gave). What no pass
        could score is missing, and stays so.
        """
        cell = ["year", "variable"]
        rank = self.scores["confidence"].map({word: n for n, word in enumerate(CONFIDENCE)})
        lowest = self.scores.assign(rank=rank).groupby(cell)["rank"].min().map(dict(enumerate(CONFIDENCE)))
        frame = evidence.levels(self.scores.assign(cluster=self.name)).drop(columns="cluster").set_index(cell)
        frame = frame.assign(confidence=lowest).reindex(pd.MultiIndex.from_product([self.years, VARIABLES], names=cell))
        frame["passes"] = frame["passes"].fillna(0).astype(int)
        return frame.reset_index()

    @cached_property
    def table(self) -> pd.DataFrame:
        """Levels as a table: a row a year, a column a variable."""
        wide = self.levels.pivot(index="year", columns="variable", values="level")
        return wide[list(VARIABLES)].rename_axis(columns=None)

    def start(self, year: int, points: Floats, unseen: tuple[float, float]) -> Floats:
        """Return starting levels of the six factors in a coded year, (draws, 6).

        A coded factor starts within half a step of its scores, one that is not coded anywhere within `unseen`.

        Parameters
        ----------
        points : (draws, 6) in [0, 1], where in its range each level lies
        unseen : lowest and highest level of a factor that no pass could score

        Raises
        ------
        GumError : the year was not coded
        """
        if year not in self.years:
            message = f"expected one of the coded years {', '.join(map(str, self.years))}, got {year}"
            raise GumError(message, "cases", "year")
        cells = self.levels[self.levels["year"] == year].set_index("variable").loc[list(FACTORS)]
        ends = ((cells["low"] - _HALF_STEP, unseen[0]), (cells["high"] + _HALF_STEP, unseen[1]))
        low, high = (end.clip(0, 1).fillna(blank).to_numpy(float) for end, blank in ends)
        levels: Floats = low + points * (high - low)
        return levels

    @property
    def governance(self) -> Path:
        """Coded governance over time: straight lines between coded epochs, constant outside them.

        The one place where something is laid between epochs: the model needs governance at every
        moment. The coded levels themselves are left as they are.

        Raises
        ------
        GumError : no epoch has a score for governance
        """
        known = self.table["G"].dropna()
        if known.empty:
            message = "expected a score for governance G in at least one epoch, got none; the model needs its course"
            raise GumError(message, "cases", self.name)
        return Path(known.index.to_numpy(float), known.to_numpy(float))

    @property
    def pressure(self) -> pd.Series:
        """External pressure by year 1985-2010, the same for all cases; see `gumlib.cases.squeeze`."""
        return squeeze.squeeze_path()

    @property
    def context(self) -> pd.DataFrame:
        """Measures of the chain for the industry in China: industry level, never one of the cluster itself.

        Tidy: year, indicator, value; no rows where the industry is not known.
        """
        known = gvc.read_indicators()
        known = known[(known["region"] == "CHN") & (known["industry"] == self.industry)]
        long = known.drop(columns=["region", "industry"]).melt("year", var_name="indicator", value_name="value")
        return long.dropna().sort_values(["indicator", "year"], kind="stable", ignore_index=True)


def names() -> tuple[str, ...]:
    """Return the names of the shipped cases."""
    return tuple(CLUSTERS)


def load(name: str) -> Case:
    """Return a shipped case.

    Raises
    ------
    GumError : unknown name
    """
    cluster = CLUSTERS[one_of(name, names(), "cases", "name")]
    facts, *passes = (table[table["cluster"] == name] for table in map(data.read, ("ledger", "scores_a", "scores_b")))
    known = data.read("sources")
    return build(
        name,
        facts,
        known[known["source_key"].isin(facts["source_key"])],
        pd.concat([own.assign(coder=coder) for coder, own in zip("ab", passes, strict=True)], ignore_index=True),
        title=f"{cluster.name} {cluster.product}",
        title_chinese=f"{cluster.chinese}{cluster.product_chinese}",
        industry=INDUSTRY_OF[name],
    )


def build(
    name: str,
    ledger: pd.DataFrame,
    sources: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    title: str | None = None,
    title_chinese: str = "",
    industry: str | None = None,
    place: tuple[float, float] | None = None,
) -> Case:
    """Return a case from its three tables, with the columns of the files in ``data/evidence``.

    Parameters
    ----------
    ledger : id, year (``1990``, ``1990-1995`` or missing), factor, ..., source_key
    sources : source_key, title, author_or_publisher, year, url, kind, note
    scores : `coder` (``a`` where there is no such column), year, variable, score, confidence, ...

    A column `cluster` is dropped. `gumlib.own.cluster.read_cluster` says what is wrong with a folder, cell by cell;
    here only what would make the results wrong is refused.

    Raises
    ------
    GumError : a column is missing, a score is not 0-5, a variable is unknown, a cell is scored twice by
        one coder

    Examples
    --------
    >>> empty = pd.DataFrame({"id": [], "year": [], "source_key": []}, dtype=str)
    >>> known = pd.DataFrame({"source_key": [], "url": []}, dtype=str)
    >>> marks = pd.DataFrame({"year": [1990], "variable": ["L"], "score": [2], "confidence": ["low"]})
    >>> build("mine", empty, known, marks).table.loc[1990, "L"]
    np.float64(0.4)
    """
    return Case(
        name,
        title or name.replace("-", " ").capitalize(),
        dated(having(ledger, ("id", "year", "source_key"), "ledger")),
        linked(having(sources, ("source_key", "url"), "sources")),
        checked(having(scores, ("year", "variable", "score", "confidence"), "scores")),
        industry,
        title_chinese,
        place,
    )
