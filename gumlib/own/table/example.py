"""A small table in the plain layout, to see how one is laid out and to try the report on."""

from __future__ import annotations

import csv
from itertools import product
from os import PathLike
from pathlib import Path

from gumlib.gvc.release import condensed
from gumlib.gvc.table import IOTable


def write(file: str | PathLike[str], year: int = 2005) -> Path:
    """Write the table of eight regions and fourteen industries that ships with gumlib, in million US dollars.

    Raises
    ------
    GumError : a year for which there is none

    Source: [timmer2015], added up
    """
    return plain(condensed(year), file)


def plain(table: IOTable, file: str | PathLike[str]) -> Path:
    """Write a table in the plain layout: two rows and two columns of labels, and output in the last column.

    Examples
    --------
    >>> import tempfile
    >>> from gumlib.gvc import toy
    >>> print(plain(toy(), tempfile.mkdtemp() + "/a.csv").read_text(encoding="utf-8").splitlines()[2])
    Design,goods,0.0,40.0,0.0,8.0,8.0,4.0,60.0
    """
    columns = [*table.index, *product(table.regions, table.categories), ("", "OUTPUT")]
    rows = len(table.index)
    sales = zip(table.intermediates, table.final.reshape(rows, -1), table.output, strict=True)
    with Path(file).open("w", encoding="utf-8", newline="") as stream:
        write_row = csv.writer(stream, lineterminator="\n").writerow
        write_row(["region", "", *(region for region, _ in columns)])
        write_row(["", "industry", *(code for _, code in columns)])
        for label, (bought, used, output) in zip(table.index, sales, strict=True):
            write_row([*label, *bought.tolist(), *used.tolist(), float(output)])
    return Path(file)
