"""Our numbers beside what decompr, gvc and icio, packages for R, print for their example; identities that must hold."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pandas as pd

from gumlib import data
from gumlib.data import sorting
from gumlib.gvc import accounts, koopman, measures
from gumlib.gvc.advantage import balassa
from gumlib.gvc.comparators import CHINA
from gumlib.gvc.parity import WWZ, without_inventories
from gumlib.gvc.summary import wide_indicators
from gumlib.gvc.table import Array, IOTable

COLUMNS = ("check", "measure", "place", "year", "values", "ours", "theirs", "difference", "tolerance")
ROW = ["region", "industry"]
_Printed: TypeAlias = tuple[pd.Series, tuple[str, ...], list[str]]


def leather() -> IOTable:
    """Return the example that the R package decompr ships: 3 regions, 3 industries, invented."""
    return IOTable.from_frame(data.read("gvc-leather"))


def against_leather() -> pd.DataFrame:
    """Compare all that decompr, gvc and icio print for their example with ours.

    Returns
    -------
    Frame with the columns of `COLUMNS`; a row is the value of a measure that is furthest off, for its tolerance:
    half the last digit printed, added up where printed values are
    """
    table, printed = leather(), data.read("gvc-leather-printed")
    printed["slack"] = 0.5 * 10.0 ** -printed["decimals"].astype(float)
    rows = []
    for (check, measure), (ours, names, by) in _leather_values(table).items():
        chosen = printed[printed["measure"].isin(names) & (printed["source"] == check)]
        whole = chosen["industry"].isna() == (by == ["region"])
        sums = chosen[whole].groupby(by, sort=False)[["value", "slack"]].sum()
        rows.append(_furthest(ours, sums, check, measure))
    return pd.DataFrame(rows, columns=COLUMNS)


def _leather_values(table: IOTable) -> dict[tuple[str, str], _Printed]:
    """By check and measure: our values, the names of the printed ones, and what both are indexed by."""
    e, nine = measures.exports(table), koopman.nine_terms(table)
    nine["kww_1 + kww_6"] = nine["kww_1"] + nine["kww_6"]
    by_origin = accounts.value_share(table)[:, None] * accounts.inverse(table) * e.to_numpy()
    cells = pd.DataFrame(by_origin, table.index, table.index.rename(["to_region", "to_industry"])).stack([0, 1])
    kept_home = [by_origin[rows, rows].sum(axis=1) for rows in accounts.blocks(table)]
    compared: dict[tuple[str, str], _Printed] = {}
    compared["decompr", "leontief"] = cells, ("leontief",), [*ROW, "to_region", "to_industry"]
    compared |= {("decompr", f"{name} by industry"): (nine[name], terms, ROW) for name, terms in WWZ.items()}
    by_region = nine.groupby("region", sort=False).sum()
    compared |= {
        ("decompr", f"{name} by region"): (by_region[name], (name,), ["region"]) for name in koopman.NINE_TERMS
    }
    compared["gvc", "fc_share x exports"] = measures.fc_share(table) * e, ("i2e",), ROW
    compared["gvc", "balassa of value kept at home"] = (
        balassa(pd.Series(np.concatenate(kept_home), e.index)),
        ("nrca",),
        ROW,
    )
    shares = {"DC": measures.dc_share, "DVA": measures.dva_share}
    shares |= {"GVC": measures.gvc_share, "GVCB": measures.gvc_backward, "GVCF": measures.gvc_forward}
    compared |= {
        ("icio", f"{share.__name__} x exports"): (share(table) * e, (name,), ROW) for name, share in shares.items()
    }
    compared["icio", "vax by region"] = measures.vax(table).groupby("region", sort=False).sum(), ("VAX",), ["region"]
    return compared


def _furthest(ours: pd.Series, theirs: pd.DataFrame, check: str, measure: str) -> tuple[object, ...]:
    """Return the comparison that is furthest off for its tolerance."""
    pairs = theirs.join(ours.rename("ours"), how="left")
    gap = (pairs["ours"] - pairs["value"]).abs()
    place = sorting.largest(gap / pairs["slack"])
    worst = pairs.loc[place]
    named = " ".join(place) if isinstance(place, tuple) else str(place)
    return (check, measure, named, "", len(pairs), worst["ours"], worst["value"], gap[place], worst["slack"])


def china_shares(table: IOTable) -> dict[str, float]:
    """Return final use and value added of all China over its gross output, inventories spread.

    Industries are added up first, and inventories spread then, as the article does.

    Source: [antras2018] table 1, F/GO and VA/GO
    """
    whole = table.aggregate(industries=dict.fromkeys(table.industries, "all"))
    even = without_inventories(whole)
    place = even.regions.index(CHINA)
    output = even.output[place]
    final, value = even.final[place].sum() / output, even.value_added[place] / output
    return {"final_use_share": float(final), "value_added_share": float(value)}


def spread_positions(table: IOTable) -> pd.DataFrame:
    """Return upstreamness and downstreamness with inventories spread; one where nothing is made ([antras2018])."""
    even = without_inventories(table)
    measured = {measure.__name__: measure(even) for measure in (measures.upstreamness, measures.downstreamness)}
    return pd.DataFrame(measured).fillna(1.0)


def identities(table: IOTable) -> dict[str, float]:
    """Return how far each identity is missed at worst, in industries and totals; flows over the largest."""
    wide = wide_indicators(table)
    made = accounts.made(table).reshape(-1, len(table.industries)).sum(axis=0)
    missed = wide[list(koopman.NINE_TERMS)].sum(axis=1) - wide["exports"]

    def worst(gap: Array | pd.Series) -> float:
        return float(np.nanmax(np.abs(gap)))

    return {
        "nine terms sum to exports": worst(missed / wide["exports"].max()),
        "dc_share + fc_share = 1": worst(wide["dc_share"] + wide["fc_share"] - 1),
        "vs_share + dva_share = 1": worst(wide["vs_share"] + wide["dva_share"] - 1),
        "columns of V B sum to one": worst(accounts.embodied(table).sum(axis=0) - 1),
        "gvc_income sums to final output": worst((measures.gvc_income(table).sum().to_numpy() - made) / made.max()),
    }
