"""What an input-output table must hold before anything is computed from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, starmap
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from gumlib.data import sorting, twins
from gumlib.errors import GumError

if TYPE_CHECKING:
    from gumlib.gvc.table import IOTable

KEYS = ("region", "industry", "to_region", "to")
NOUGHT = 1e-12
"""What is smaller than this share of the largest row of a table is nought."""
TOTALS = re.compile(
    r"TOTALS?|TOT|TTL(_\w+)?|GRAND TOTAL|VALU|VA|VALUE[_ ]?ADDED|VA\+TAXSUB|OUTPUT|OUT|GO|GROSS[_ ]OUTPUT"
    r"|(\w+[_. ])?TAXSUB|TLS|TXSP|II[_ ]FOB|EXP[_ ]ADJ|PURR|PURNR|INTTTM|W2_\w+|D21X31|D29X39|B2A3G|OP_N?RES",
    re.IGNORECASE,
)
"""Names that tables give to rows and columns of totals, of taxes and of value added."""
SURE_TOTALS = re.compile(
    r"(GRAND )?TOT(AL)?S?|TTL.*|VALUE?.*|VA\+TAXSUB|.*OUTPUT|.*TAXSUB|.*[_ ].*|D\d+X\d+|B2A3G", re.IGNORECASE
)
"""Those that are hardly names of a region or an industry."""


def floats(values: ArrayLike | pd.DataFrame | pd.Series, name: str) -> NDArray[np.float64]:
    """Return an array of numbers; what is absent becomes NaN.

    Raises
    ------
    GumError : there is a text or anything else that is no number, or rows are of unlike length
    """
    if isinstance(values, np.ma.MaskedArray):
        values = np.ma.filled(values.astype(np.float64), np.nan)
    try:
        found: NDArray[Any] = np.asarray(values)
    except ValueError as fault:
        raise GumError("expected rows of one length, got unlike ones; fill them up", "gvc", name) from fault
    if found.dtype.kind in "iuf":
        return found.astype(np.float64, copy=False)
    cells = found.astype(object)
    for place, cell in np.ndenumerate(cells):
        if cell is None or cell is pd.NA:
            cells[place] = np.nan
        elif not isinstance(cell, Real) or isinstance(cell, bool | np.bool_):
            where = ", ".join(map(str, place))
            said = f"expected numbers, got {cell!r} at {where} (counted from 0); make it one, as pandas.to_numeric does"
            raise GumError(said, "gvc", name)
    return cells.astype(np.float64)


def code_tuple(given: Sequence[str], name: str) -> tuple[str, ...]:
    """Return codes as a tuple; refuse what is no list of them."""
    if isinstance(given, str | set | frozenset) or not isinstance(given, Iterable):
        raise GumError(f"expected a list of codes, got {given!r}; put it into a list", "gvc", name)
    return tuple(given)


def codes(table: IOTable) -> None:
    """Refuse a table whose codes are doubled, absent or no text, or stand for an industry and a final use at once."""
    for name in ("regions", "industries", "categories"):
        given = getattr(table, name)
        if odd := [code for code in given if not isinstance(code, str) or not code]:
            raise GumError(f"expected codes that are texts, got '{odd[0]}'; write them as texts", "gvc", name)
        doubled = sorted({code for code in given if given.count(code) > 1})
        if doubled or not given:
            raise GumError(f"expected each code once, got {doubled or 'none'}; name each once", "gvc", name)
    if both := [code for code in table.categories if code in table.industries]:
        said = f"expected final uses that are named otherwise than industries, got {', '.join(both)}; rename one"
        raise GumError(said, "gvc", "categories")
    gathered = [home for home, _ in groupby(table.homes)]
    if len(table.homes) != len(table.regions) or len(set(gathered)) < len(gathered):
        said = f"expected a home for each region, parts of one side by side, got {table.homes}; use `reported`"
        raise GumError(said, "gvc", "homes")


def no_totals(given: Mapping[str, Iterable[str]]) -> None:
    """Refuse codes that name rows or columns of totals, of taxes or of value added: they are no sellers or buyers."""
    for name, all_codes in given.items():
        if found := [code for code in all_codes if isinstance(code, str) and TOTALS.fullmatch(code.strip())]:
            raise _total(name, found)


def _total(name: str, found: Sequence[str]) -> GumError:
    said = f"expected regions and industries, got {', '.join(found)}, a row or column of totals or taxes"
    return GumError(f"{said}; leave it out, for output and value added are computed", "gvc", name)


def no_total_flows(table: IOTable) -> None:
    """Refuse a region or an industry that is called like totals, unless it sells and buys, and adds up no others."""
    for part, name in enumerate(("regions", "industries")):
        for code in filter(lambda one: TOTALS.fullmatch(one.strip()), getattr(table, name)):
            values = table.sales
            own = table.index.get_level_values(part) == code
            sold, bought = values[own], table.intermediates[:, own]
            rest = values[~own], table.intermediates[:, ~own]
            sums = ((sold, rest[0], 0), (bought, rest[1], 1), (bought, values, 1))
            if SURE_TOTALS.fullmatch(code.strip()) or not (sold.any() and bought.any()) or any(starmap(_adds_up, sums)):
                raise _total(name, [code])


def _adds_up(own: NDArray[np.float64], others: NDArray[np.float64], axis: int) -> bool:
    """Tell whether rows or columns add up others."""
    one, all_others = own.sum(axis=axis), others.sum(axis=axis)
    return bool(others.any() and np.abs(one - all_others).sum() <= 0.01 * np.abs(all_others).sum())


def shape(table: IOTable) -> None:
    """Refuse arrays that do not fit the codes."""
    rows = len(table.regions) * len(table.industries)
    wanted = {"intermediates": (rows, rows), "final": (rows, len(table.regions), len(table.categories))}
    for name, fitting in wanted.items():
        fits(getattr(table, name), fitting, name)


def fits(array: NDArray[np.float64], wanted: tuple[int, ...], name: str) -> None:
    """Refuse an array of another shape."""
    if array.shape != wanted:
        raise GumError(f"expected the shape {wanted}, got {array.shape}; fit it to the codes", "gvc", name)


def refuse_bad_numbers(table: IOTable) -> None:
    """Refuse a number that is none, and a negative sale to an industry; what is nought of the table may be negative."""
    for name, array in (("intermediates", table.intermediates), ("final", table.final)):
        if not (np.isfinite(array.min()) and np.isfinite(array.max())):
            row = int(np.argwhere(~np.isfinite(array))[0][0])
            raise GumError(f"expected numbers, got one that is not in row {table.index[row]}; mend it", "gvc", name)
    largest = max(table.intermediates.max(), table.final.max(), -table.final.min())
    if table.intermediates.min() < -NOUGHT * largest:
        row, column = divmod(int(table.intermediates.argmin()), len(table.index))
        raise GumError(
            f"expected sales of nought or more, got {table.intermediates[row, column]} from {table.index[row]} "
            f"to {table.index[column]}; book it as a final use",
            "gvc",
            "intermediates",
        )


def flows(frame: pd.DataFrame, categories: Sequence[str]) -> None:
    """Refuse a tidy frame that lacks a column or code, repeats a flow, holds totals, or names an unknown buyer."""
    if not isinstance(frame, pd.DataFrame):
        raise GumError(f"expected a frame, got {type(frame).__name__}; make it a pandas.DataFrame", "gvc", "frame")
    missing = [name for name in (*KEYS, "value") if name not in frame]
    if missing:
        raise GumError(f"expected the columns {', '.join(KEYS)}, value; missing: {', '.join(missing)}", "gvc", "frame")
    if not frame.columns.is_unique:
        raise GumError("expected each column once, got one twice; drop it", "gvc", "frame")
    if not len(frame):
        raise GumError("expected a flow a row, got no row; fill the frame", "gvc", "frame")
    for name in KEYS:
        if frame[name].isna().any():
            raise GumError(f"expected a code in each row, row {frame[name].isna().argmax()} has none", "gvc", name)
    _written_alike(frame["region"].unique(), frame["to_region"].unique())
    for sold, bought in (KEYS[::2], KEYS[1::2]):  # a region or an industry sells and buys
        ends = {name: set(frame[name].unique()) for name in (sold, bought)}
        no_totals({name: [code for code in frame[name].unique() if code not in ends[sold] & ends[bought]]
                   for name in ends})  # fmt: skip
    if both := sorted(set(frame["industry"].unique()).intersection(categories)):
        said = f"expected final uses that are named otherwise than industries, got {', '.join(both)}; rename one"
        raise GumError(said, "gvc", "to")
    doubled = frame[frame.duplicated(list(KEYS))]
    if len(doubled):
        first = tuple(doubled[list(KEYS)].iloc[0])
        raise GumError(f"expected each flow once, got {first} twice; add them up", "gvc", "frame")
    unknown = sorted(set(frame["to"].unique()).difference(frame["industry"].unique(), categories))
    if unknown:
        raise GumError(f"expected a code that also sells or a final category, got {unknown}", "gvc", "to")


def _written_alike(sellers: Iterable[str], buyers: Iterable[str]) -> None:
    """Refuse a region that only buys and differs from one that sells in case, blanks or letters drawn alike only."""
    known = {twins.normalised(str(code)): code for code in sellers}
    for code in sorted(set(buyers).difference(sellers), key=str):
        if (twin := known.get(twins.normalised(str(code)))) is not None:
            said = f"expected one way to write each code, got {twin!r} and {code!r}"
            raise GumError(f"{said}; {twins.cure(str(twin), str(code))}", "gvc", "to_region")


def mapping(given: Mapping[str, str] | pd.Series, codes: Sequence[str], name: str) -> dict[str, str]:
    """Return a mapping; refuse one from codes that the table does not have, or to what is no code."""
    if not isinstance(given, Mapping | pd.Series):
        raise GumError(f"expected a mapping from old codes to new ones, got {given!r}; use a dict", "gvc", name)
    given = dict(given)
    if unknown := [str(code) for code in given if code not in codes]:
        said = f"expected codes of the table, got {', '.join(unknown)}; mend or drop them"
        raise GumError(said, "gvc", name)
    if odd := [code for code in given if not isinstance(given[code], str) or not given[code]]:
        raise GumError(f"expected a new code for {odd[0]}, got {given[odd[0]]!r}; name a group", "gvc", name)
    return given


def imbalance(table: IOTable, output: ArrayLike, value_added: ArrayLike) -> pd.DataFrame:
    """Compare published totals with the table's own: relative gap of each row of output and value added.

    Returns
    -------
    Frame indexed by region and industry; `output` and `value_added`, (published - own) / own output

    Raises
    ------
    GumError : published totals are no numbers, or not one for each row
    """
    computed, gaps = table.output, {}
    scale = np.where(np.abs(computed) <= NOUGHT * np.abs(computed).max(), 1.0, computed)
    for name, values in {"output": output, "value_added": value_added}.items():
        published = floats(values, name)
        fits(published, computed.shape, name)
        gaps[name] = (published - getattr(table, name)) / scale
    return pd.DataFrame(gaps, index=table.index)


def check_balance(table: IOTable, output: ArrayLike, value_added: ArrayLike, tolerance: float = 1e-6) -> None:
    """Refuse published totals that differ from the table's own by more than a share of output.

    Raises
    ------
    GumError : names the row furthest off and how many are off

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> check_balance(toy(), [60, 100, 75], [30, 40, 16])
    Traceback (most recent call last):
    gumlib.errors.GumError: [gvc: value_added] expected the balance to hold within 1e-06 of output, got a gap of \
0.0133 in ('Assembly', 'goods') (1 of 3 rows are off); raise the tolerance or mend the row
    """
    gaps = imbalance(table, output, value_added)
    for name in gaps:
        gap = gaps[name].abs()
        worst, off = sorting.largest(gap.fillna(np.inf)), int((~(gap <= tolerance)).sum())
        if off:
            raise GumError(
                f"expected the balance to hold within {tolerance} of output, got a gap of {gaps[name][worst]:.3g} "
                f"in {worst} ({off} of {len(gap)} rows are off); raise the tolerance or mend the row",
                "gvc",
                name,
            )
