"""Compare our numbers with those of others, and store the result for the book.

    python -m benchmarks.parity

It needs the full tables (`gum data fetch wiod`) and pymrio, and writes `parity.csv`, `rounding_regions.csv`,
`rounding_steps.csv` and, where the unrounded regional tables are, `rounding_measures.csv` into `data/gvc`.
Differences near 1e-16 change with the machine, so the files are no part of `make data`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import comparison
from benchmarks.gvc import framed, pymrio_multipliers
from gumlib import data, gvc
from gumlib.gvc import codes, parity, raw
from gumlib.gvc.measures import upstreamness

SHARED = Path(__file__).parents[2] / "shared" / "data" / "wiod2013"
COMPUTED, IDENTITY = 1e-9, 1e-12
"""Tolerances: of the same algebra done twice, and of an identity."""
ROUNDING = "our copy of the tables holds whole millions"
STOCKS = "stocks are final use here; the article spreads them over all uses"
SOURCES = {
    "antras2018": ("Antràs and Chor 2018, NBER w24185, table 1", "2018"),
    "concordance": ("Antràs and Chor 2018, data set, printed in the guide to the R package concordance", "Dec 2017"),
    "replication": ("Forsthuber, antras_chor_2018.jl, table A.1 redone from unrounded tables", "commit 146c456"),
    "decompr": ("decompr (R), vignette", "6.4.0 or later"),
    "gvc": ("gvc (R), vignette", "6.4.0"),
    "icio": ("icio (R), vignette", "1.0.0"),
    "identity": ("accounting identity", ""),
}
MEASURES = (gvc.va_go, gvc.vs_share, gvc.fc_share, gvc.gvc_share, gvc.upstreamness, gvc.downstreamness)
INDUSTRIES = ("c4", "c5", "c12", "c16")
_STEP = ["check", "measure", "place"]


def published(tables: dict[int, gvc.IOTable]) -> Iterator[tuple[object, ...]]:
    """Yield each printed value of `gvc-published` beside ours."""
    printed = data.read("gvc-published")
    spread = {year: comparison.spread_positions(table) for year, table in tables.items()}
    worldwide = pd.concat(spread)
    for row in printed.itertuples():
        year, slack, plain = row.first_year, 0.5 * 10.0**-row.decimals, None
        if row.source == "antras2018":
            ours, plain = comparison.china_shares(tables[year])[row.measure], _plain(tables[year], row.measure)
        elif row.source == "concordance":
            ours = spread[year].loc[(row.region, row.industry), row.measure]
            plain = upstreamness(tables[year]).loc[(row.region, row.industry)]
        else:
            name, _, statistic = row.measure.rpartition("_")
            values = worldwide[name]
            ours = {"mean": values.mean(), "median": values.median()}.get(statistic)
            ours = values.quantile(int(statistic[1:]) / 100) if ours is None else ours
        count = len(worldwide) if row.source == "replication" else 1
        span = str(year) if year == row.last_year else f"{year}-{row.last_year}"
        place = " ".join((row.region, row.industry))
        yield row.source, row.measure, place, span, count, ours, row.value, abs(ours - row.value), slack, ROUNDING
        if plain is not None:
            name = f"{row.measure}, stocks kept"
            yield row.source, name, place, span, 1, plain, row.value, abs(plain - row.value), slack, STOCKS


def _plain(table: gvc.IOTable, measure: str) -> float:
    """Return China's final use or value added over output, inventories where the table has them."""
    rows = table.index.get_level_values("region") == "CHN"
    parts = {"final_use_share": table.final.sum(axis=(1, 2)), "value_added_share": table.value_added}
    return float(parts[measure][rows].sum() / table.output[rows].sum())


def pymrio_rows(table: gvc.IOTable, year: int) -> Iterator[tuple[object, ...]]:
    """Yield the cell of the Leontief inverse and of the multipliers where pymrio is furthest from us."""
    inverse, earned = pymrio_multipliers(*framed(table))
    pairs = {"leontief": (gvc.leontief(table), inverse)}
    pairs["value_added_multipliers"] = gvc.value_added_multipliers(table), earned
    for measure, (ours, theirs) in pairs.items():
        mine, other = ours.to_numpy(), theirs.to_numpy()
        yield _worst_cell("pymrio", measure, year, mine, other, table)


def _worst_cell(
    check: str, measure: str, year: int, ours: np.ndarray, theirs: np.ndarray, table: gvc.IOTable
) -> tuple[object, ...]:
    made = table.output > 0
    gap = np.abs(ours - theirs) * made
    row, column = np.unravel_index(gap.argmax(), gap.shape)
    rows = table.index if len(ours) == len(table.index) else [(region,) for region in table.regions]
    place = f"{' '.join(rows[row])} in {' '.join(table.index[column])}"
    values = ours.shape[0] * int(made.sum())
    return check, measure, place, str(year), values, ours[row, column], theirs[row, column], gap.max(), COMPUTED, None


def identity_rows(table: gvc.IOTable, year: int) -> Iterator[tuple[object, ...]]:
    """Yield how far each identity is missed."""
    for name, gap in comparison.identities(table).items():
        yield "identity", name, "world", str(year), len(table.index), gap, 0.0, gap, IDENTITY, None


def lost(year: int) -> pd.DataFrame:
    """Return by region the output that the source prints, and the part of it that the rows do not hold."""
    intermediates, final, output = raw.read_raw(raw.locate(year))
    printed = output.reshape(len(codes.REGIONS), -1).sum(axis=1)
    held = (intermediates.sum(axis=1) + final.sum(axis=1)).reshape(len(codes.REGIONS), -1).sum(axis=1)
    return pd.DataFrame({"year": year, "region": codes.REGIONS, "output": printed, "lost": 1 - held / printed})


def unrounded(year: int) -> gvc.IOTable:
    """Return the unrounded table of 7 blocks of regions, China being one."""
    frame = pd.read_parquet(SHARED / f"wiot_regional_{year}.parquet")
    blocks = list(dict.fromkeys(frame["region"]))
    flows, uses = frame.iloc[:, 2:247], frame.iloc[:, 247:282]
    return gvc.IOTable.from_arrays(flows, uses, blocks, codes.INDUSTRIES, codes.FINAL)


def rounding_measures(year: int, table: gvc.IOTable) -> pd.DataFrame:
    """Return China's measures from the unrounded table, and from ours added up to the same blocks."""
    exact = unrounded(year)
    regions = data.read("wiod-regions").set_index("code")["regional_block"]
    ours = table.aggregate(regions=regions.to_dict())
    parts = []
    for measure in MEASURES:
        pair = {"unrounded": measure(exact).loc["CHINA"], "rounded": measure(ours).loc["CHINA"]}
        parts.append(pd.DataFrame(pair).loc[list(INDUSTRIES)].assign(measure=measure.__name__, year=year))
    return (
        pd.concat(parts).rename_axis("industry").reset_index()[["year", "industry", "measure", "unrounded", "rounded"]]
    )


def coarser(tables: dict[int, gvc.IOTable], unit: float = 10.0) -> dict[int, gvc.IOTable]:
    """Return the tables rounded once more, to tens of millions: what rounding does can be seen from it."""
    return {
        year: gvc.IOTable(
            unit * np.rint(table.intermediates / unit),
            unit * np.rint(table.final / unit),
            table.regions,
            table.industries,
            table.categories,
        )
        for year, table in tables.items()
    }


def rounding_steps(tables: dict[int, gvc.IOTable]) -> pd.DataFrame:
    """Return positions that others have from unrounded tables beside ours, and ours from coarser tables."""
    columns = [*comparison.COLUMNS, "reason"]
    ours, coarse = (pd.DataFrame(published(some), columns=columns) for some in (tables, coarser(tables)))
    chosen = ours["check"].isin(["concordance", "replication"]) & ~ours["measure"].str.contains("stocks")
    kept = ours.loc[chosen, ["check", "measure", "place", "year", "theirs", "ours"]]
    named = kept.rename(columns={"theirs": "unrounded", "ours": "millions"})
    return named.assign(ten_millions=coarse.loc[chosen, "ours"])


def compare(tables: dict[int, gvc.IOTable], steps: pd.DataFrame) -> pd.DataFrame:
    """Return every comparison, one a row; rounding is a reason only where `steps` bears it out."""
    columns = [*comparison.COLUMNS, "reason"]
    rows = list(published(tables))
    for year in (min(tables), max(tables)):
        rows += pymrio_rows(tables[year], year)
    for year, table in tables.items():
        rows += identity_rows(table, year)
    frame = pd.concat([pd.DataFrame(rows, columns=columns), comparison.against_leather()], ignore_index=True)
    sources = SOURCES | {"pymrio": ("pymrio on the same table", version("pymrio"))}
    frame["source"], frame["version"] = zip(*(sources[check] for check in frame["check"]), strict=True)
    agrees = frame["difference"] <= frame["tolerance"]
    astray = steps[(steps["millions"] - steps["unrounded"]) * (steps["ten_millions"] - steps["millions"]) <= 0]
    borne_out = ~frame.set_index(_STEP).index.isin(astray.set_index(_STEP).index)
    frame["reason"] = frame["reason"].where(~agrees & borne_out)
    return frame[[*comparison.COLUMNS, "source", "version", "reason"]]


def main() -> None:
    """Write the comparisons."""
    folder = data.folder() / "gvc"
    tables = {year: gvc.wiod(year) for year in codes.TABLE_YEARS}
    steps = rounding_steps(tables)
    frames = {"parity": compare(tables, steps), "rounding_steps": steps}
    frames["rounding_regions"] = pd.concat(map(lost, codes.TABLE_YEARS))
    if SHARED.exists():
        ends = (min(tables), max(tables))
        frames["rounding_measures"] = pd.concat(rounding_measures(year, tables[year]) for year in ends)
    for name, frame in frames.items():
        frame.to_csv(folder / f"{name}.csv", index=False, float_format="%.9g", lineterminator="\n")
    found = parity.judge(frames["parity"])
    print(found.groupby(["check", "verdict"], sort=False)["difference"].agg(["size", "max"]))


if __name__ == "__main__":
    main()
