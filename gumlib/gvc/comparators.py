"""Where the Chinese industries of the four clusters stood in the chain, 1995 to 2011, beside other countries.

National industries, not clusters. The tables do not tell processing trade from other trade, so the foreign
content of Chinese exports is understated. Value added over output also falls with each domestic hand a good
passes through, so it is read beside the domestic value added in a unit of exports, which does not.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from gumlib import data, gvc
from gumlib.errors import one_of
from gumlib.gvc import accounts
from gumlib.gvc.codes import REGIONS

CHINA = "CHN"
INDUSTRIES = {"c4": "Textiles and clothing", "c5": "Leather and shoes", "c12": "Metals", "c16": "Other manufacturing"}
"""Industries of the clusters by their WIOD code; c5 because the book writes of shoe firms (C35)."""
INDUSTRY_OF = {"ningbo": "c4", "wenzhou": "c16", "yongkang": "c12", "shaoxing": "c4"}
UNFIT = ("BGR", "CYP", "EST", "LTU", "LUX", "LVA", "MLT", "SVK")
"""Countries that lost more than 2 % of their output in 1995 to whole millions; see the parity page."""
COUNTRIES = tuple(region for region in REGIONS if region not in (*UNFIT, "RoW"))
OTHER_COUNTRIES = tuple(region for region in COUNTRIES if region != CHINA)
EMERGING = ("BRA", "IDN", "IND", "MEX", "ROM", "TUR")
"""Emerging economies, our choice: makers of like goods at low wages; incomes are not in the tables."""
COMPARATORS = {"ITA": "Italy", "JPN": "Japan", "KOR": "Korea", "TUR": "Turkey", "IND": "India"}
"""Italy for its industrial districts, Japan and Korea as forerunners in the same buyers' chains, two rivals."""

DOMESTIC_TERMS = ("kww_1", "kww_2", "kww_3", "kww_4", "kww_5")
"""Terms of the nine that add up to domestic value added, in dollars: a flow has a sign where a share is missing."""


@cache
def _table() -> pd.DataFrame:
    return gvc.read_indicators().set_index(["industry", "year", "region"]).sort_index()


def indicator_panel(indicator: str, regions: Sequence[str] = COUNTRIES) -> pd.DataFrame:
    """Return one indicator of the four industries: a row an industry and year, a column a region.

    Raises
    ------
    GumError : unknown indicator
    """
    table = _table()
    one_of(indicator, tuple(table.columns), "gvc", "indicator")
    wide = table.loc[list(INDUSTRIES), indicator].unstack("region", sort=False)[list(regions)]
    return wide.sort_index().rename_axis(columns=None)


def against(indicator: str, others: Sequence[str] = OTHER_COUNTRIES) -> pd.DataFrame:
    """Set China beside the median of others, year by year.

    Returns
    -------
    Frame indexed by industry and year: china, median, lower and upper quartile of the others, below (whether
    China is below their median), rank of China from the highest, among (how many are ranked), weighted (mean of
    the others by their exports).

    Source: C26
    """
    china, rest = indicator_panel(indicator)[CHINA], indicator_panel(indicator, others)
    weights = indicator_panel("exports", others).where(rest.notna())
    middle = rest.median(axis=1)
    frame = {
        "china": china,
        "median": middle,
        "lower": rest.quantile(0.25, axis=1),
        "upper": rest.quantile(0.75, axis=1),
        "below": china < middle,
        "rank": rest.gt(china, axis=0).sum(axis=1) + 1,
        "among": rest.notna().sum(axis=1) + 1,
        "weighted": (rest * weights).sum(axis=1) / weights.sum(axis=1),
    }
    return pd.DataFrame(frame)


def years_below(indicator: str, others: Sequence[str] = OTHER_COUNTRIES) -> pd.Series:
    """Count the years in which China lies below the median of others, by industry (C19, C26)."""
    return against(indicator, others)["below"].groupby("industry").sum()[list(INDUSTRIES)].rename("years")


def country_checks(indicator: str) -> pd.DataFrame:
    """Count the years in which China lies below other yardsticks than the median of the others, by industry.

    Returns
    -------
    Frame indexed by yardstick; a column an industry

    Source: C26
    """
    everyone = tuple(region for region in REGIONS if region not in (CHINA, "RoW"))
    beside = against(indicator)
    rows = {
        f"median of {len(OTHER_COUNTRIES)}": years_below(indicator),
        f"median of all {len(everyone)}": years_below(indicator, everyone),
        f"mean of {len(OTHER_COUNTRIES)} by exports": (beside["china"] < beside["weighted"]).groupby("industry").sum(),
        f"median of {len(EMERGING)} emerging": years_below(indicator, EMERGING),
    }
    frame = pd.DataFrame.from_dict(rows, orient="index")[list(INDUSTRIES)]
    return frame.rename(columns=INDUSTRIES).rename_axis("below the")


def first_and_last(indicator: str) -> pd.DataFrame:
    """Return China's level, the median of others and China's rank in the first and the last year, by industry."""
    full = against(indicator)
    columns: dict[str, pd.Series] = {}
    for year in (1995, 2011):
        cut = full.xs(year, level="year")
        columns |= {f"China {year}": cut["china"], f"median {year}": cut["median"], f"rank {year}": cut["rank"]}
    columns["years below median"] = years_below(indicator)
    frame = pd.DataFrame(columns).loc[list(INDUSTRIES)]
    return frame.rename(index=INDUSTRIES).rename_axis("industry")


def world_shares(region: str = CHINA) -> pd.DataFrame:
    """Return a region's shares of four world totals, by industry and year; the world includes the rest of it.

    Returns
    -------
    Frame indexed by industry and year: exports (gross), kept (domestic value added in those exports), vax (value
    added of the industry that foreigners absorb), income (value added in the world's final products of the
    industry, wherever completed).

    Source: C27; [johnson2012], [timmer2014]
    """
    flows = {
        "exports": indicator_panel("exports", REGIONS),
        "kept": sum(
            (indicator_panel(term, REGIONS) for term in DOMESTIC_TERMS[1:]),
            start=indicator_panel(DOMESTIC_TERMS[0], REGIONS),
        ),
        "vax": indicator_panel("vax", REGIONS),
        "income": indicator_panel("gvc_income", REGIONS),
    }
    return pd.DataFrame({name: flow[region] / flow.sum(axis=1) for name, flow in flows.items()})


def economies() -> pd.Series:
    """Return the mean value added of each country's whole economy, 1995 to 2011, in million US dollars.

    All income from final products of all industries is all value added.
    """
    earned = _table().xs("TOTAL")["gvc_income"].unstack("region")
    return earned[list(COUNTRIES)].mean().rename("size")


def output_split(industry: str = "c4", year: int = 2011) -> pd.DataFrame:
    """Split a unit of output by whom it pays, in the eight regions of the aggregated tables.

    Returns
    -------
    Frame indexed by region: value_added, same (bought at home from the same industry), home (bought at home from
    others), abroad; they add up to one. netted: value added over what is left of output without `same`.

    Raises
    ------
    GumError : unknown industry or year

    Source: C26
    """
    return output_split_of(gvc.condensed(year), industry)


def output_split_of(table: gvc.IOTable, industry: str) -> pd.DataFrame:
    """Return what `output_split` does for the reporting regions of any table; missing where an industry makes nothing.

    Raises
    ------
    GumError : unknown industry
    """
    place = table.industries.index(one_of(industry, table.industries, "gvc", "industry"))
    rows = {}
    for region, home in zip(table.reporters, accounts.blocks(table), strict=True):
        columns = np.arange(home.start + place, home.stop, len(table.industries))
        output = table.output[columns].sum()
        made = output > accounts.nought(table)
        paid = table.intermediates[:, columns].sum(axis=1) / (output if made else np.nan)
        same, inside, bought = float(paid[columns].sum()), float(paid[home].sum()), float(paid.sum())
        shares = {"value_added": 1 - bought, "same": same, "home": inside - same, "abroad": bought - inside}
        rows[region] = shares | {"netted": (1 - bought) / (1 - same)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("region")


def clothing() -> pd.Series:
    """Return China's share of world clothing exports by year, as the WTO counts them.

    Source: WTO Stats, merchandise exports by product group
    """
    china = data.read("wto-rca").query("economy == 'China' and product == 'clothing'")
    return china.set_index("year")["world_share"].sort_index()
