"""Three solutions of one truth table, which differ only in the unobserved rows they may assume."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gumlib.cases.qca.cover import covers
from gumlib.cases.qca.expressions import HALF, Cube, expression, membership
from gumlib.cases.qca.fit import sufficiency
from gumlib.cases.qca.implicants import contained_rows, primes
from gumlib.cases.qca.names import condition_names
from gumlib.cases.qca.table import RESULTS, truth_table, undecided
from gumlib.errors import GumError, one_of

SOLUTION_KINDS = ("conservative", "intermediate", "parsimonious")
Model = tuple[Cube, ...]


@dataclass(frozen=True, eq=False)
class Solutions:
    """All smallest solutions of a truth table: for each kind, one model or several that tie.

    Parameters
    ----------
    sets : the memberships that the table was made of
    outcome, conditions : names of columns
    table : from `truth_table`
    models : by kind, the combinations of each model
    assumed : by kind, the unobserved rows that at least one model takes for positive
    """

    sets: pd.DataFrame
    outcome: str
    conditions: tuple[str, ...]
    table: pd.DataFrame
    models: Mapping[str, tuple[Model, ...]]
    assumed: Mapping[str, frozenset[int]]

    @property
    def undecided(self) -> pd.Series:
        """Cases that belong to no row, with the conditions in which they stand at 0.5."""
        return undecided(self.sets, self.conditions)

    def formulas(self, kind: str) -> tuple[str, ...]:
        """Return the models of a kind as formulas; none where no row is positive.

        Raises
        ------
        GumError : unknown kind
        """
        one_of(kind, SOLUTION_KINDS, "qca", "kind")
        return tuple(" + ".join(expression(cube, self.conditions) for cube in model) for model in self.models[kind])

    def fits(self) -> pd.DataFrame:
        """Return one row a model: solution, model, formula, consistency, pri, coverage."""
        found = [
            {"solution": kind, "model": number, "formula": formula, **self._fit(formula)}
            for kind in SOLUTION_KINDS
            for number, formula in enumerate(self.formulas(kind), start=1)
        ]
        return pd.DataFrame(found, columns=["solution", "model", "formula", "consistency", "pri", "coverage"])

    def terms(self) -> pd.DataFrame:
        """Return one row a combination of a model: its own fit, and the cases more in than out.

        Returns
        -------
        Frame with solution, model, term, consistency, pri, coverage, unique (what only this combination of the
        model covers), cases (names parted by semicolons).
        """
        found = [
            {"solution": kind, "model": number, **self._term(formula.split(" + "), place)}
            for kind in SOLUTION_KINDS
            for number, formula in enumerate(self.formulas(kind), start=1)
            for place in range(len(formula.split(" + ")))
        ]
        order = ["solution", "model", "term", "consistency", "pri", "coverage", "unique", "cases"]
        return pd.DataFrame(found, columns=order)

    def _fit(self, formula: str) -> dict[str, float]:
        return sufficiency(membership(formula, self.sets), self.sets[self.outcome])

    def _term(self, terms: list[str], place: int) -> dict[str, object]:
        own = self._fit(terms[place])
        others = " + ".join(terms[:place] + terms[place + 1 :])
        rest = self._fit(others)["coverage"] if others else 0.0
        inside = membership(terms[place], self.sets) > HALF
        names = [" ".join(map(str, case)) if isinstance(case, tuple) else str(case) for case in self.sets.index[inside]]
        whole = self._fit(" + ".join(terms))["coverage"]
        return {"term": terms[place], **own, "unique": whole - rest, "cases": "; ".join(names)}


def solve(
    sets: pd.DataFrame,
    outcome: str,
    conditions: tuple[str, ...],
    *,
    expectations: Mapping[str, int] | None = None,
    frequency: int = 1,
    consistency: float = 0.8,
    pri: float = 0.0,
) -> Solutions:
    """Return the conservative, intermediate and parsimonious solutions.

    The conservative one assumes no unobserved row, the parsimonious one any that makes it shorter, the
    intermediate one those of the latter that are *easy*: reached from an observed combination by dropping
    conditions whose state goes against what one expects of them.

    Parameters
    ----------
    sets, outcome, conditions, frequency, consistency, pri : as in `truth_table`
    expectations : 1 if presence is expected to further the outcome, 0 if absence is; all present if not given,
        and a condition that is not named has none

    Raises
    ------
    GumError : as `truth_table`; an expectation for no condition, or neither 0 nor 1

    Source: ragin2008, ragin2005; the fixed order of steps as in dusa2019.

    Examples
    --------
    >>> sets = pd.DataFrame({"A": [0.9, 0.8, 0.1], "B": [0.8, 0.3, 0.2], "Y": [0.9, 0.9, 0.1]})
    >>> solve(sets, "Y", ("A", "B")).formulas("conservative")
    ('A',)
    """
    conditions = condition_names(conditions)
    table = truth_table(sets, outcome, conditions, frequency=frequency, consistency=consistency, pri=pri)
    models, assumed = minimise(table, conditions, expectations)
    return Solutions(sets, outcome, conditions, table, models, assumed)


def minimise(
    table: pd.DataFrame, conditions: tuple[str, ...], expectations: Mapping[str, int] | None = None
) -> tuple[dict[str, tuple[Model, ...]], dict[str, frozenset[int]]]:
    """Return the models of each kind and the unobserved rows they assume, from the codes of a truth table.

    A row that the table leaves out is a remainder, as one coded ``?`` is.

    Raises
    ------
    GumError : conditions other than those of the table, or in another order; rows or codes that are none, a row twice

    Examples
    --------
    >>> table = pd.DataFrame({"code": list("0?11")}, index=[1, 2, 3, 4])
    >>> minimise(table, ("A", "B"))[0]["conservative"]
    (((1, -1),),)
    """
    conditions = condition_names(conditions)
    _columns(table, conditions)
    _coded(table, len(conditions))
    expected = _expected(conditions, expectations)
    size = len(conditions)
    all_rows = frozenset(range(1, 2**size + 1))
    positive, negative = (frozenset(map(int, table.index[table["code"] == code])) for code in "10")

    def smallest(allowed: frozenset[int]) -> tuple[Model, ...]:
        return covers(primes(size, positive, all_rows - positive - allowed), positive)

    remainders = all_rows - positive - negative
    models = {"conservative": smallest(frozenset()), "parsimonious": smallest(remainders)}
    easy = {
        _easy(complex_model, short_model, expected) & remainders
        for complex_model in models["conservative"]
        for short_model in models["parsimonious"]
    }
    middle = {model for rows_allowed in easy for model in smallest(rows_allowed)}
    models["intermediate"] = tuple(sorted(middle, key=lambda model: [expression(cube, conditions) for cube in model]))
    assumed = {kind: _contained(models[kind]) & remainders for kind in SOLUTION_KINDS}
    return models, assumed


def _columns(table: pd.DataFrame, conditions: tuple[str, ...]) -> None:
    """Refuse a row or column twice, conditions that are not those of a table, and rows not numbered by them."""
    if "code" not in table or table.index.has_duplicates or table.columns.has_duplicates:
        message = "expected a column code and each row once, got other columns or a row twice; use one truth_table"
        raise GumError(message, "qca", "rows")
    told = [name for name in table if name not in RESULTS]
    states = {name for name in told if table[name].isin([0, 1, "0", "1"]).all()}
    own = tuple(name for name in told if name in states or name in conditions)
    if not own:
        return
    if {*own} == {*conditions}:
        if odd := [name for name in own if name not in states]:
            message = f"expected 1 (present) or 0 (absent) in every row, got something else in {odd[0]}; correct it"
            raise GumError(message, "qca", odd[0])
        places = 1 + table[list(conditions)].astype(int) @ [2**power for power in reversed(range(len(own)))]
        if table.index.equals(pd.Index(places)):
            return
    if own != conditions:
        message = f"expected the conditions of the table in its order, {own!r}, got {conditions!r}; write them so"
        raise GumError(message, "qca", "conditions")
    message = f"expected rows numbered from 1 to {2 ** len(own)}, got other numbers; take them from truth_table"
    raise GumError(message, "qca", "rows")


def _coded(table: pd.DataFrame, size: int) -> None:
    """Refuse a table whose rows or codes would be read as none."""
    if strange := [code for code in table["code"] if not (isinstance(code, str) and code in ("0", "1", "?"))]:
        message = f"expected the codes '0', '1' and '?', got {strange[0]!r}; write them so"
        raise GumError(message, "qca", "code")
    if not all(isinstance(row, int | np.integer) and 1 <= row <= 2**size for row in table.index):
        message = f"expected rows numbered from 1 to {2**size}, got other numbers; take them from truth_table"
        raise GumError(message, "qca", "rows")


def _easy(complex_model: Model, short_model: Model, expected: Cube) -> frozenset[int]:
    """Rows of the combinations between two solutions: of the longer one, keep what is not against expectation."""
    between = [
        tuple(
            bit if kept >= 0 or bit < 0 or wanted < 0 or bit == wanted else -1
            for bit, kept, wanted in zip(long, short, expected, strict=True)
        )
        for long in complex_model
        for short in short_model
        if all(kept in (-1, bit) for bit, kept in zip(long, short, strict=True))
    ]
    return _contained([tuple(between)])


def _contained(models: Iterable[Model]) -> frozenset[int]:
    return frozenset(row for model in models for cube in model for row in contained_rows(cube))


def _expected(conditions: tuple[str, ...], expectations: Mapping[str, int] | None) -> Cube:
    if expectations is not None and not isinstance(expectations, Mapping):
        message = f"expected what each condition does, got {expectations!r}; write it as {{'A': 1}}"
        raise GumError(message, "qca", "expectations")
    if expectations is None:
        return (1,) * len(conditions)
    for name, state in expectations.items():
        one_of(name, conditions, "qca", "expectations")
        if state not in (0, 1):
            raise GumError(f"expected 1 (present) or 0 (absent), got {state!r}", "qca", name)
    return tuple(expectations.get(name, -1) for name in conditions)
