"""The World Input-Output Tables of 2013: one year in full, the same aggregated, and all measures of all years."""

from functools import cache

import pandas as pd

from gumlib import data
from gumlib.errors import GumError
from gumlib.gvc import raw
from gumlib.gvc.codes import FINAL, INDUSTRIES, REGIONS, TABLE_YEARS
from gumlib.gvc.fetch import raw_name
from gumlib.gvc.summary import wide_indicators
from gumlib.gvc.table import IOTable

KEYS = ("year", "region", "industry")
NOISE = 1e-9
"""What is smaller is the rounding of the machine, and nought."""


def wiod(year: int) -> IOTable:
    """Return the full table of a year, 41 regions and 35 industries, in million US dollars at basic prices.

    The tables are not part of the package: ``gum data fetch wiod`` fetches them.

    Raises
    ------
    GumError : no table of that year, or it has not been fetched

    Source: [timmer2015], release of 2013, rounded to whole millions in the copy fetched
    """
    intermediates, final, _ = raw.read_raw(raw.locate(year))
    return IOTable.from_arrays(intermediates, final, REGIONS, INDUSTRIES, FINAL)


@cache
def _groups() -> dict[str, dict[str, str]]:
    frame = data.read("gvc-groups")
    return {kind: dict(zip(rows["code"], rows["group"], strict=True)) for kind, rows in frame.groupby("kind")}


def condense(table: IOTable) -> IOTable:
    """Add up a full table to the groups of `gvc-groups`: 8 regions, 14 industries, one final use."""
    small = table.aggregate(_groups()["region"], _groups()["industry"])
    final = small.final.sum(axis=2)
    return IOTable.from_arrays(small.intermediates, final, small.regions, small.industries)


def condensed(year: int) -> IOTable:
    """Return the aggregated table of a year: 8 regions and 14 industries, in million US dollars.

    It comes with the package. Groups of industries keep the codes of their members, such as ``c6-7``.

    Raises
    ------
    GumError : there is no table of that year

    Source: [timmer2015], aggregated by us
    """
    raw_name(year)
    if year not in TABLE_YEARS:  # the year as a text, which names the file as well
        raise GumError(f"expected a year as a number, got {year!r}; write it without quotes", "gvc", "years")
    rows = _condensed_rows().loc[year]
    regions, industries = (tuple(dict.fromkeys(rows.index.get_level_values(level))) for level in (0, 1))
    inputs = len(regions) * len(industries)
    return IOTable.from_arrays(rows.iloc[:, :inputs], rows.iloc[:, inputs:], regions, industries)


@cache
def _condensed_rows() -> pd.DataFrame:
    return pd.read_csv(data.path("gvc-condensed"), index_col=list(KEYS))


def read_indicators() -> pd.DataFrame:
    """Return all measures of all regions, industries and years, one column each, to six digits.

    Returns
    -------
    Frame with the columns year, region, industry (c1 to c35, TOTAL, MANUF) and those of `wide_indicators`

    Source: computed by us from [timmer2015]
    """
    return pd.read_csv(data.path("gvc-indicators"))


def compute_indicators() -> pd.DataFrame:
    """Compute what `read_indicators` reads from the full tables; about ten seconds.

    Raises
    ------
    GumError : the full tables have not been fetched
    """
    frame = pd.concat({year: wide_indicators(wiod(year)) for year in TABLE_YEARS}, names=KEYS[:1])
    return frame.mask(frame.abs() < NOISE, 0.0).reset_index()


def compute_condensed() -> pd.DataFrame:
    """Compute what `condensed` reads from the full tables.

    Returns
    -------
    Frame with the columns year, region, industry, then buying region and industry, then final use by region

    Raises
    ------
    GumError : the full tables have not been fetched
    """
    frames = {year: _flat(condense(wiod(year))) for year in TABLE_YEARS}
    return pd.concat(frames, names=KEYS).reset_index()


def _flat(table: IOTable) -> pd.DataFrame:
    buyers = [*(f"{region}.{industry}" for region, industry in table.index), *(f"{r}.final" for r in table.regions)]
    values = pd.DataFrame(table.intermediates).join(pd.DataFrame(table.final.sum(axis=2)), rsuffix="f")
    return values.astype("int64").set_axis(buyers, axis=1).set_index(table.index)
