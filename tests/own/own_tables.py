"""Small imitations of the layouts in which publishers give input-output tables: our own numbers, their places."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import openpyxl

from gumlib import gvc

Rows: TypeAlias = list[list[Any]]


def invented(
    seed: int = 0,
    regions: Sequence[str] = ("CHN", "USA", "ITA"),
    industries: Sequence[str] = ("c1", "c2"),
    categories: Sequence[str] = ("c37", "c42"),
) -> gvc.IOTable:
    """Return a table in which every industry adds value, with stocks drawn down and flows of nought."""
    rng = np.random.default_rng(seed)
    rows = len(regions) * len(industries)
    flows = rng.random((rows, rows)) * (rng.random((rows, rows)) < 0.8)
    final = rng.random((rows, len(regions) * len(categories)))
    final[:, -1] -= 0.1
    flows *= 0.6 * (final.sum(axis=1).min() + 0.1) / flows.sum(axis=0).max()
    return gvc.IOTable.from_arrays(1000 * flows, 1000 * final, regions, industries, categories)


def numbers(table: gvc.IOTable) -> Rows:
    """Return all sales and, at the end of each row, output."""
    return np.hstack([table.intermediates, table.final.reshape(len(table.index), -1), table.output[:, None]]).tolist()


def labels(table: gvc.IOTable) -> list[tuple[str, str]]:
    return [*table.index, *((region, use) for region in table.regions for use in table.categories)]


def oecd(table: gvc.IOTable, reverse: bool = False, outputs: tuple[str, str] = ("OUT", "OUT")) -> Rows:
    """Return the layout of OECD's tables: region and code in one label; in the release of 2016 final uses reversed."""
    uses = [f"{use}_{region}" if reverse else f"{region}_{use}" for region, use in labels(table)[len(table.index) :]]
    rows: Rows = [["V1", *(f"{region}_{code}" for region, code in table.index), *uses, outputs[0]]]
    rows += [[f"{region}_{code}", *sales] for (region, code), sales in zip(table.index, numbers(table), strict=True)]
    empty = [0.0] * (len(uses) + 1)
    rows += [[f"{region}_TAXSUB", *[0.0] * len(table.index), *empty] for region in table.regions]
    return [*rows, ["VA", *table.value_added.tolist(), *empty], [outputs[1], *table.output.tolist(), *empty]]


def wiod2013(table: gvc.IOTable, above: int = 0) -> Rows:
    """Return the layout of WIOD's tables of 2013; ADB's has one more row above the labels."""
    ends = [*labels(table), ("TOT", "c60")]
    head: Rows = [["Intercountry Input-Output Table, invented"], *[[]] * (1 + above)]
    head += [["(industry-by-industry)", None, None, None, *[f"isic {code}" for _, code in ends]]]
    head += [["(millions of US$)", None, None, None, *[f"name of {code}" for _, code in ends[:-1]], "Total output"]]
    head += [[None] * 4 + [region for region, _ in ends], [None] * 4 + [code for _, code in ends]]
    rows = [
        [f"isic {code}", f"name of {code}", region, code, *sales]
        for (region, code), sales in zip(table.index, numbers(table), strict=True)
    ]
    bought = table.intermediates.sum(axis=0).tolist()
    sums = {
        "r60": ("Total intermediate consumption", bought),
        "r64": ("Value added at basic prices", table.value_added),
    }
    sums |= {"r69": ("Output at basic prices", table.output.tolist())}
    blank = [None] * (len(ends) - len(table.index))
    return head + rows + [[None, name, "TOT", code, *values, *blank] for code, (name, values) in sums.items()]


def wiod2016(table: gvc.IOTable) -> Rows:
    """Return the layout of WIOD's tables of 2016: rows numbered r1 and columns c1, codes in the third row."""
    ends = [*labels(table), ("TOT", "GO")]
    codes = {code: f"c{place}" for place, code in enumerate((*table.industries, *table.categories, "GO"), 1)}
    head: Rows = [["Intercountry Input-Output Table"], [], [None] * 4 + [code for _, code in ends]]
    head += [["(millions of US$)", None, None, None, *[f"name of {code}" for _, code in ends]]]
    head += [[None] * 4 + [region for region, _ in ends], [None] * 4 + [codes[code] for _, code in ends]]
    rows = [
        [code, f"name of {code}", region, f"r{codes[code][1:]}", *sales]
        for (region, code), sales in zip(table.index, numbers(table), strict=True)
    ]
    sums = {"II_fob": table.intermediates.sum(axis=0), "TXSP": 0 * table.output, "VA": table.value_added}
    sums |= {"IntTTM": 0 * table.output, "GO": table.output}
    blank = [0.0] * (len(ends) - len(table.index))
    return (
        head
        + rows
        + [[code, code, "TOT", f"r{65 + n}", *values, *blank] for n, (code, values) in enumerate(sums.items())]
    )


def plain(table: gvc.IOTable, output: bool = False) -> Rows:
    """Return regions and codes in two rows and two columns; output at the end if asked for."""
    ends = [*labels(table), *([("", "OUTPUT")] if output else [])]
    head: Rows = [["region", "", *(region for region, _ in ends)], ["", "industry", *(code for _, code in ends)]]
    return head + [[*label, *sales[: len(ends)]] for label, sales in zip(table.index, numbers(table), strict=True)]


LAYOUTS = {
    "oecd": oecd,
    "oecd 2016": lambda table: oecd(table, reverse=True, outputs=("TOTAL", "OUTPUT")),
    "wiod2013": wiod2013,
    "wiod2016": wiod2016,
    "adb": lambda table: wiod2013(table, above=1),
    "plain": plain,
    "plain with output": lambda table: plain(table, output=True),
}


def save(rows: Rows, file: Path) -> Path:
    """Write rows as a CSV file or a workbook."""
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([None if cell == "" else cell for cell in row])
        book.save(file)
    return file


def eora(table: gvc.IOTable, folder: Path, year: int = 2011) -> Path:
    """Write a folder as Eora26 unpacks: numbers without labels, labels in files of their own."""
    folder.mkdir()
    sold, used = list(table.index), labels(table)[len(table.index) :]
    final = table.final.reshape(len(sold), -1)
    numbers = {"T": table.intermediates, "FD": final, "VA": table.value_added[None], "Q": np.ones((1, len(sold)))}
    numbers["QY"] = np.ones((1, len(used)))
    for name, values in numbers.items():
        np.savetxt(folder / f"Eora26_{year}_bp_{name}.txt", values, delimiter="\t", fmt="%.17g")
    texts = {"T": [(f"name of {region}", region, "Industries", code) for region, code in sold]}
    texts |= {"FD": [(f"name of {region}", region, "Final Demand", code) for region, code in used]}
    texts |= {"VA": [("Primary Inputs", "Compensation")], "Q": [("CO2 (Gg)", "Total")]}  # type: ignore[dict-item]
    for name, rows in texts.items():
        lines = ("\t".join(row) for row in rows)
        (folder / f"labels_{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def gloria(table: gvc.IOTable, folder: Path, year: int = 2011, version: int = 59) -> Path:
    """Write a folder as GLORIA's: industries make products one to one, and industries buy products."""
    inside = folder / f"GLORIA_MRIOs_{version}_{year}"
    beside = folder / f"GLORIA_SatelliteAccounts_0{version}_{year}"
    for made in (inside, beside):
        made.mkdir(parents=True)
    number, size, uses = len(table.regions), len(table.industries), len(table.categories)
    both = np.zeros((number, 2, size, number, 2, size))
    both[:, 0, :, :, 1, :] = np.diag(table.output).reshape(number, size, number, size)
    both[:, 1, :, :, 0, :] = table.intermediates.reshape(number, size, number, size)
    final = np.zeros((number, 2, size, number * uses))
    final[:, 1] = table.final.reshape(number, size, -1)
    value = np.zeros((number, uses, number, 2, size))
    value[np.arange(number), 0, np.arange(number), 0] = table.value_added.reshape(number, size)
    rows = 2 * number * size
    value = value.reshape(number * uses, -1)
    parts = {inside: {"T": both.reshape(rows, rows), "Y": final.reshape(rows, -1), "V": value}}
    parts[beside] = {"TQ": np.ones((1, rows)), "YQ": np.ones((1, number * uses))}
    for place, files in parts.items():
        for name, values in files.items():
            file = f"20230101_120secMother_AllCountries_002_{name}-Results_{year}_0{version}_Markup001(full).csv"
            np.savetxt(place / file, values, delimiter=",", fmt="%.17g")
    sheets = {
        "Regions": [["Region_acronyms", "Region_names"], *([code, f"name of {code}"] for code in table.regions)],
        "Sectors": [["Sector_names"], *([code] for code in table.industries)],
        "Value added and final demand": [
            ["Value_added_names", "Final_demand_names"],
            *([f"income {place}", use] for place, use in enumerate(table.categories)),
        ],
        "Satellites": [["Sat_indicator", "Sat_head_indicator", "Sat_unit"], ["CO2", "Emissions", "kt"]],
    }
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(folder / f"GLORIA_ReadMe_0{version}.xlsx")
    return folder
