"""A cluster of the reader's own: every mistake is named with its cell and what to do; what is right passes."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from gumlib import cases, data, evidence
from gumlib.cli import main
from gumlib.errors import GumError
from gumlib.own.cluster import folder, html, inputs, report, sections, template
from gumlib.own.cluster.pieces import Document
from gumlib.terms import CLUSTERS, VARIABLES

Rows: TypeAlias = list[list[str]]
Edit: TypeAlias = Callable[[Path], None]


def rows_of(file: Path) -> Rows:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def save(file: Path, rows: Rows, separator: str = ",") -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
    file.write_text(stream.getvalue(), encoding="utf-8", newline="")


def cell(name: str, row: int, column: str, value: str) -> Edit:
    """Write one cell; rows are counted as a spreadsheet does."""

    def edit(base: Path) -> None:
        rows = rows_of(base / name)
        rows[row - 1][rows[0].index(column)] = value
        save(base / name, rows)

    return edit


def table(name: str, change: Callable[[Rows], object]) -> Edit:
    def edit(base: Path) -> None:
        rows = rows_of(base / name)
        change(rows)
        save(base / name, rows)

    return edit


def raw(name: str, change: Callable[[bytes], bytes]) -> Edit:
    def edit(base: Path) -> None:
        (base / name).write_bytes(change((base / name).read_bytes()))

    return edit


def text(name: str, change: Callable[[str], bytes]) -> Edit:
    return raw(name, lambda content: change(content.decode("utf-8-sig")))


def rename(name: str, to: str) -> Edit:
    return lambda base: (base / name).rename(base / to) and None


def drop(rows: Rows, column: str) -> None:
    place = rows[0].index(column)
    for row in rows:
        del row[place]


def unfill(rows: Rows) -> None:
    """Leave what merged cells leave: the year in the first row of a block only."""
    for row in rows[2:12]:
        row[1] = ""


def head(name: str, old: str, new: str) -> Edit:
    return table(name, lambda rows: rows[0].__setitem__(rows[0].index(old), new))


S, B, L, Q, C = "scores_a.csv", "scores_b.csv", "ledger.csv", "sources.csv", "cluster.csv"
TO = "looks like it: rename it to "
E, W = "error", "warning"
# What is done, then: file, row, column, severity, words of the fault, words of the remedy.
MISTAKES = {
    "UTF-16": (text(L, lambda t: t.encode("utf-16")), L, None, None, W, "UTF-16 (Unicode text)", "nothing to do"),
    "UTF-16 without mark": (text(L, lambda t: t.encode("utf-16-le")), L, None, None, E, "UTF-16", "CSV UTF-8"),
    "GBK": (
        text(Q, lambda t: t.replace("Invented Press", "虚构出版社，虚构").encode("gb18030")),
        Q, None, None, W, "GBK (GB 18030), not in UTF-8; read so", "nothing to do",
    ),
    "GBK that is UTF-8 by chance": (
        text(L, lambda t: t.replace("double kiln", "双窑").encode("gbk")),
        L, 2, None, W, "look like Chinese saved in GBK", "if they should be Chinese",
    ),
    "Windows-1252": (
        text(L, lambda t: t.replace("double kiln", "four à chaleur doublée").encode("cp1252")),
        L, 2, None, E, "Windows-1252", "CSV UTF-8",
    ),
    "letters lost before": (cell(L, 3, "statement", "FonderÃ©e"), L, 3, "statement", W, "letters were lost", "anew"),
    "semicolons": (lambda base: save(base / L, rows_of(base / L), ";"),
        L, None, None, W, "semicolons", "nothing to do"),
    "tabs": (lambda base: save(base / S, rows_of(base / S), "\t"), S, None, None, W, "tabs", "nothing to do"),
    "a workbook under the name": (raw(L, lambda _: b"PK\x03\x04rest"), L, None, None, E, "workbook", "CSV UTF-8"),
    "an old workbook": (raw(L, lambda _: b"\xd0\xcf\x11\xe0rest"), L, None, None, E, "old workbook", "CSV UTF-8"),
    "a workbook beside": (rename(L, "ledger.ods"), L, None, None, E, "ledger.ods is a workbook", "as ledger.csv"),
    "another file name": (rename(L, "Ledger (1).csv"), L, None, None, E, "missing", "rename it to ledger.csv"),
    "no scores": (lambda base: [(base / f"scores_{c}.csv").unlink() for c in "ab"] and None,
                  S, None, None, E, "missing", "template"),
    "no sources": (lambda base: (base / Q).unlink(), Q, None, None, W, "shown by their keys", "add it"),
    "a second pass in a workbook": (rename(B, "scores_b.xls"), B, None, None, E, "scores_b.xls is a workbook", B),
    "a second pass in capitals": (rename(B, "Scores_B.csv"), B, None, None, E, "missing", f"Scores_B.csv {TO}{B}"),
    "a second pass as text": (rename(B, "scores_b.csv.txt"), B, None, None, E, "missing", f"scores_b.csv.txt {TO}{B}"),
    "a second pass with a blank": (rename(B, "scores_b .csv"), B, None, None, E, "missing", f"scores_b .csv {TO}{B}"),
    "a second pass with a hyphen": (rename(B, "score-b.csv"), B, None, None, E, "missing", f"score-b.csv {TO}{B}"),
    "a second pass under a name of its own": (rename(B, "my scores.csv"),
        "my scores.csv", None, None, W, "not used", "rename it, or move it out"),
    "a second pass alone": (lambda base: (base / S).unlink(), S, None, None, E, "missing", f"scores_b.csv {TO}{S}"),
    "scores of one file in capitals": (
        lambda base: (base / B).unlink() or rename(S, "Scores.csv")(base),
        "scores.csv", None, None, E, "missing", f"Scores.csv {TO}scores.csv",
    ),
    "cluster.csv in capitals": (rename(C, "Cluster.csv"), C, None, None, E, "missing", f"Cluster.csv {TO}{C}"),
    "a codebook of one's own": (raw("codebook.csv", lambda content: content.replace(b"Copying", b"Mere copying")),
                                "codebook.csv", None, None, W, "yours differs from it and is not used", "README.md"),
    "an unreadable codebook": (raw("codebook.csv", lambda _: b"\xff\xfe\xff"),
                               "codebook.csv", None, None, W, "yours differs", "README.md"),
    "scores twice": (lambda base: (base / "scores.csv").write_bytes((base / S).read_bytes()) and None,
                     "scores.csv", None, None, E, "scores stand in", "not both"),
    "an empty file": (raw(L, lambda _: b""), L, None, None, E, "empty", "column names"),
    "a file of blanks": (raw(L, lambda _: b"\xef\xbb\xbf \r\n"), L, None, None, E, "empty", "column names"),
    "a header alone": (table(L, lambda rows: rows.__delitem__(slice(1, None))), L, None, None, E, "no rows", "fill in"),
    "no header": (table(S, lambda rows: rows.pop(0)), S, 1, None, E, "none of the column names", "first row"),
    "a column missing": (table(L, lambda rows: drop(rows, "factor")), L, 1, "factor", E, "factor is missing", "add it"),
    "a column misspelt": (head(S, "confidence", "confidance"), S, 1, "confidence", E, "'confidance' is unknown",
                          "did you mean confidence"),
    "a needed column renamed": (head(L, "source_key", "source"), L, 1, "source_key", E, "'source'", "source_key"),
    "a column in capitals": (head(L, "factor", "Factor "), L, 1, "factor", W, "'Factor '; read as", "write factor"),
    "a column twice": (head(L, "unit", "value"), L, 1, "value", E, "twice", "delete or rename"),
    "a column more": (table(L, lambda rows: [row.append("x") for row in rows]), L, 1, "x", W, "not used", "nothing"),
    "a nameless column": (table(L, lambda rows: [row.append("" if not n else "5") for n, row in enumerate(rows)]),
                          L, 1, None, W, "has no name", "nothing"),
    "an empty row": (table(L, lambda rows: rows.insert(5, [""] * 11)), L, 6, None, W, "an empty row", "delete"),
    "blank rows below": (table(L, lambda rows: rows.extend([[""] * 11] * 3)),
        L, 26, None, W, "rows 26 to 28", "delete"),
    "a row above the header": (table(L, lambda rows: rows.insert(0, [""] * 11)),
        L, 1, None, W, "above the header", "delete"),
    "a surplus cell": (table(L, lambda rows: rows[4].append("more")), L, 5, None, E, "12 cells", "quotation marks"),
    "an open quotation mark": (text(L, lambda t: t.replace("Journeymen", '"Journeymen', 1).encode()),
                               L, 2, None, E, "not closed", "close it"),
    "merged cells": (table(S, unfill), S, 3, "year", E, "the one above holds '1990'", "unmerge"),
    "a date for a year": (cell(S, 2, "year", "1985-01-01"), S, 2, "year", E, "is a date", "write the year alone: 1985"),
    "a German date": (cell(L, 2, "year", "01.05.1995"), L, 2, "year", E, "is a date", "1995"),
    "a slashed date": (cell(L, 2, "year", "5/1/1995"), L, 2, "year", E, "is a date", "1995"),
    "a month": (cell(L, 2, "year", "May-95"), L, 2, "year", E, "is a date", "write a year such as"),
    "a Chinese year": (cell(L, 2, "year", "1995年5月"), L, 2, "year", E, "is a date", "1995"),
    "a year with a character": (cell(L, 2, "year", "1991年"),
        L, 2, "year", E, "a year with a character", "write 1991"),
    "a short span": (cell(L, 2, "year", "1995-97"), L, 2, "year", E, "no span", "write 1995-1997"),
    "a short span over a slash": (cell(L, 2, "year", "1994/5"),
        L, 2, "year", E, "date or a span", "write 1994, or 1994-1995 if it is a span"),
    "a span with characters": (cell(L, 2, "year", "1991年至1993年"), L, 2, "year", E, "no span", "write 1991-1993"),
    "a short span for a score": (cell(S, 2, "year", "1995/96"), S, 2, "year", E, "span of years", "such as 1996"),
    "a fact later than its source": (cell(L, 2, "year", "2012-2014"),
        L, 2, "year", W, "later than its source", "correct the year"),
    "a lone score year": (cell(S, 3, "year", "1909"), S, 3, "year", W, "1909: few cells", "correct the year"),
    "a day count of Excel": (cell(S, 2, "year", "31048"), S, 2, "year", E, "1985-01-01", "write 1985"),
    "a year of two figures": (cell(L, 2, "year", "88"), L, 2, "year", E, "two figures", "four figures"),
    "a year out of range": (cell(S, 2, "year", "1085"), S, 2, "year", E, "1085 is out of range", "1500 to 2099"),
    "a span for a score": (cell(S, 2, "year", "1985-1990"), S, 2, "year", E, "span of years", "1990"),
    "a long dash": (cell(L, 6, "year", "1992–1994"), L, 6, "year", E, "no span", "write 1992-1994"),
    "a span backwards": (cell(L, 6, "year", "1994-1992"), L, 6, "year", E, "ends before", "1992-1994"),
    "a decade": (cell(L, 6, "year", "1990s"), L, 6, "year", E, "is a decade", "write 1990-1999"),
    "an unknown variable": (cell(S, 2, "variable", "Q"),
        S, 2, "variable", E, "'Q' is no variable", "L (cluster learning)"),
    "a variable in words": (cell(S, 2, "variable", "learning"), S, 2, "variable", E, "no variable", "did you mean L"),
    "a variable in small letters": (cell(S, 2, "variable", "l"), S, 2, "variable", W, "read as 'L'", "write codes as"),
    "a way in the ledger": (cell(L, 2, "factor", "T"), L, 2, "factor", E, "'T' is no factor", "way"),
    "an outcome scored": (cell(S, 2, "variable", "O"), S, 2, "variable", E, "'O'", "ledger only"),
    "an unknown confidence": (cell(S, 2, "confidence", "hihg"),
        S, 2, "confidence", E, "no confidence", "did you mean high"),
    "an unknown direction": (cell(L, 2, "direction", "up"), L, 2, "direction", E, "no direction", "write +1"),
    "a direction of two": (cell(L, 2, "direction", "2"), L, 2, "direction", E, "no direction", "+1 (strengthens)"),
    "no direction": (cell(L, 2, "direction", ""), L, 2, "direction", W, "no direction", "+1"),
    "a direction of a plus alone": (cell(L, 2, "direction", "+"), L, 2, "direction", E, "no direction", "write +1"),
    "a direction of a hyphen": (cell(L, 2, "direction", "-"), L, 2, "direction", E, "no direction", "write -1"),
    "a direction of a minus": (cell(L, 2, "direction", "\u2212"), L, 2, "direction", E, "no direction", "write -1"),
    "a direction of dashes": (cell(L, 2, "direction", "——"), L, 2, "direction", E, "no direction", "write -1"),
    "another cluster": (cell(L, 2, "cluster", "pipse"),
        L, 2, "cluster", E, "'pipse' is not the cluster", "write pipes"),
    "a cluster left out": (cell(L, 2, "cluster", ""), L, 2, "cluster", E, "empty", "write pipes"),
    "a source left out": (cell(L, 2, "source_key", ""), L, 2, "source_key", E, "empty", "fill"),
    "two sources in a cell": (cell(L, 2, "source_key", "kiln_book; pipe_news"),
        L, 2, "source_key", E, "several sources", "name kiln_book here"),
    "a source with its page": (cell(L, 2, "source_key", "kiln_book p. 12"),
        L, 2, "source_key", E, "more than the key", "write kiln_book"),
    "a source in capitals": (cell(L, 2, "source_key", "KILN_BOOK"), L, 2, "source_key", E, "no row of sources.csv",
                             "did you mean kiln_book"),
    "a span of ids in short": (cell(S, 2, "evidence_ids", "PI001-3"),
        S, 2, "evidence_ids", E, "cannot be told apart", "PI001;PI002;PI003"),
    "a span of ids among others": (cell(S, 2, "evidence_ids", "PI005;PI001 – PI003"),
        S, 2, "evidence_ids", E, "cannot be told apart", "PI005;PI001;PI002;PI003"),
    "an id twice in a cell": (cell(S, 2, "evidence_ids", "PI001;PI001"),
        S, 2, "evidence_ids", W, "names an id twice; read once", "delete one"),
    "a year with a nought before it": (cell(L, 2, "year", "01988"),
        L, 2, "year", E, "five figures", "look it up, and write four figures"),
    "a year with a figure more": (cell(S, 2, "year", "19888"),
        S, 2, "year", E, "five figures", "look it up, and write four figures"),
    "a part of a decade": (cell(L, 6, "year", "late 1980s"),
        L, 6, "year", E, "a part of a decade", "write the years that are meant, within 1980 to 1989"),
    "a part of a decade in Chinese": (cell(L, 6, "year", "1980年代末"),
        L, 6, "year", E, "a part of a decade", "write the years that are meant, within 1980 to 1989"),
    "a code for no score": (cell(S, 2, "score", "99"), S, 2, "score", E, "outside", "or empty the cell"),
    "an unknown source": (cell(L, 2, "source_key", "kiln_bok"), L, 2, "source_key", E, "no row of sources.csv",
                          "did you mean kiln_book"),
    "a source twice": (cell(Q, 3, "source_key", "kiln_book"), Q, 3, "source_key", E, "row 2 already", "keep one"),
    "an id twice": (cell(L, 3, "id", "PI001"), L, 3, "id", E, "'PI001' stands in row 2 already", "an id of its own"),
    "an id with a blank": (cell(L, 2, "id", "PI 001"), L, 2, "id", E, "holds a blank", "without"),
    "a cell scored twice": (cell(S, 3, "variable", "L"), S, 3, "year+variable", E, "row 2 already", "keep one"),
    "a score with a blank": (cell(S, 2, "score", "3 "), S, 2, "score", W, "has blanks", "delete them"),
    "a score with a hidden blank": (cell(S, 2, "score", "\u00a03"), S, 2, "score", W, "non-breaking", "delete them"),
    "a full-width score": (cell(S, 2, "score", "３"), S, 2, "score", W, "full-width", "delete them"),
    "a score in words": (cell(S, 2, "score", "three"), S, 2, "score", E, "'three' is a word", "write 3"),
    "a half score": (cell(S, 2, "score", "3.5"), S, 2, "score", E, "no whole number", "no half scores"),
    "a half score with a comma": (cell(S, 2, "score", "3,5"), S, 2, "score", E, "decimal comma", "no half scores"),
    "a score of six": (cell(S, 2, "score", "6"), S, 2, "score", E, "6 lies outside 0 to 5", "codebook"),
    "a score below nought": (cell(S, 2, "score", "-1"), S, 2, "score", E, "outside", "codebook"),
    "a score as a fraction": (cell(S, 2, "score", "3/5"), S, 2, "score", E, "no", "figures"),
    "a score as a decimal": (cell(S, 2, "score", "3.0"), S, 2, "score", W, "read as '3'", "without a point"),
    "a score marked as text": (cell(S, 2, "score", "'3"), S, 2, "score", E, "quotation marks", "write 3"),
    "not available": (cell(S, 2, "score", "NA"), S, 2, "score", W, "read as an empty cell", "leave"),
    "an error value": (cell(S, 2, "score", "#REF!"), S, 2, "score", E, "error of the spreadsheet", "value itself"),
    "smart quotes": (cell(S, 2, "evidence_ids", "“PI001”"), S, 2, "evidence_ids", E, "no row of ledger", "PI001"),
    "smart quotes about a code": (cell(S, 2, "variable", "“L”"), S, 2, "variable", E, "quotation marks", "write L"),
    "unknown evidence": (cell(S, 2, "evidence_ids", "PI001;PI0O2"), S, 2, "evidence_ids", E, "PI0O2 stands in no row",
                         "correct the id"),
    "evidence in small letters": (cell(S, 2, "evidence_ids", "pi001"),
        S, 2, "evidence_ids", E, "pi001", "did you mean PI001"),
    "evidence parted by a comma": (cell(S, 2, "evidence_ids", "PI001,PI002"),
        S, 2, "evidence_ids", W, "read as parted by semicolons", "part ids by semicolons"),
    "evidence parted by a Chinese comma": (cell(S, 2, "evidence_ids", "PI001、PI002"),
        S, 2, "evidence_ids", W, "read as parted by semicolons", "part ids by semicolons"),
    "evidence with a nought less": (cell(S, 2, "evidence_ids", "pi-1"),
        S, 2, "evidence_ids", E, "pi-1 stands", "did you mean PI001? If not"),
    "a score without evidence": (cell(S, 2, "evidence_ids", ""), S, 2, "evidence_ids", W, "without evidence", "ids"),
    "a score without confidence": (cell(S, 2, "confidence", ""), S, 2, "confidence", W, "without confidence", "high"),
    "confidence without a score": (cell(S, 2, "score", ""), S, 2, "score", W, "without a score", "score"),
    "an unknown conflict": (cell(L, 8, "conflict_with", "PI999"),
        L, 8, "conflict_with", E, "PI999 stands in no row", "correct the id"),
    "a conflict with itself": (cell(L, 8, "conflict_with", "PI007"), L, 8, "conflict_with", W, "itself", "other"),
    "a decimal comma": (cell(L, 14, "value", "2,5"), L, 14, "value", E, "decimal comma", "write 2.5"),
    "thousands": (cell(L, 14, "value", "12,500"), L, 14, "value", E, "comma", "write 12500"),
    "a point between thousands": (cell(L, 14, "value", "1.000"),
        L, 14, "value", W, "1.000 is read as 1", "if the point parts thousands"),
    "points between thousands": (cell(L, 14, "value", "1.200.000"), L, 14, "value", E, "points", "write 1200000"),
    "a value with its unit": (cell(L, 14, "value", "2.5 million"),
        L, 14, "value", E, "word for many", "write 2500000"),
    **{f"a value as {value}": (cell(L, 14, "value", value), L, 14, "value", E, said, cure) for value, said, cure in (
        ("1 200", "blanks", "write 1200"), ("12,00,000", "commas", "write 1200000"), ("1 200,5", "blanks", "1200.5"),
        ("5万", "word for many", "write 50000"), ("1.25亿", "word for many", "write 125000000"),
        ("3k", "word for many", "write 3000"), ("40-50", "a range", "the middle"), ("40 to 50", "a range", "middle"),
        ("1/2", "a fraction", "the middle"), ("2-Jan", "a date", "as text"), ("2024-03-02", "a date", "as text"),
        ("(40)", "negative", "write -40"), ("–40", "negative", "write -40"), (">40", "more than a number", "(over)"),
        ("about 40", "more than a number", "(about)"), ("约40", "more than a number", "(about)"),
        ("١٢", "another script", "write 12"), ("40%", "more than a number", "column unit"))},
    **{f"{value} for nothing": (cell(L, 14, "value", value), L, 14, "value", W, "empty cell", "leave")
       for value in ("n.a.", "..", "…", "—", "不详", "<NA>")},
    "the same as above in a value": (cell(L, 4, "year", '"'), L, 4, "year", E, "cell above", "write 1990"),
    "the same as above in a source": (cell(L, 4, "source_key", "ditto"), L, 4, "source_key", E, "above", "town_stats"),
    "the same as above in a unit": (cell(L, 4, "unit", "同上"), L, 4, "unit", E, "cell above", "write firms"),
    "the same as above in a text": (cell(L, 4, "statement", "〃"), L, 4, "statement", W, "cell above", "same words"),
    "a full-width code": (cell(S, 2, "variable", "Ｌ"), S, 2, "variable", E, "no variable", "did you mean L"),
    "two scores": (cell(S, 2, "score", "2-3"), S, 2, "score", E, "two scores", "no half scores"),
    "a score as a day": (cell(S, 2, "score", "2024-03-02"), S, 2, "score", E, "a date", "as text"),
    "ids parted by a slash": (cell(S, 2, "evidence_ids", "PI001/PI002"),
        S, 2, "evidence_ids", E, "cannot be told apart", "PI001;PI002"),
    "a range of ids": (cell(S, 2, "evidence_ids", "PI001-PI003"),
        S, 2, "evidence_ids", E, "cannot be told apart", "PI001;PI002;PI003"),
    "no evidence in a word": (cell(S, 2, "evidence_ids", "无"), S, 2, "evidence_ids", W, "empty cell", "leave"),
    "full-width ids": (cell(S, 2, "evidence_ids", "ＰＩ００１"), S, 2, "evidence_ids", E, "no row", "PI001"),
    "a value in words": (cell(L, 14, "value", "many"), L, 14, "value", E, "a text", "figures"),
    "a value without a unit": (cell(L, 14, "unit", ""), L, 14, "unit", W, "without a unit", "counted"),
    "no statement": (cell(L, 2, "statement", ""), L, 2, "statement", E, "empty", "fill"),
    "a source of no year": (cell(Q, 2, "year", "about 2009"), Q, 2, "year", W, "no year", "four figures"),
    "a source of a year too long": (cell(Q, 2, "year", "20055"), Q, 2, "year", W, "it is left out", "four figures"),
    "a source of an unknown kind": (cell(Q, 2, "kind", "blog"),
        Q, 2, "kind", W, "'blog': no kind", "write one of news"),
    "a source without a title": (cell(Q, 2, "title", ""), Q, 2, "title", W, "without a title", "title"),
    "an unknown key": (table("cluster.csv", lambda rows: rows.append(["colour", "red"])),
                       "cluster.csv", 10, "key", W, "not used", "keys:"),
    "a misspelt key": (table("cluster.csv", lambda rows: rows.append(["longitud", "1"])),
                       "cluster.csv", 10, "key", E, "'longitud'", "did you mean longitude"),
    "degrees with letters": (cell("cluster.csv", 6, "value", "120.5 E"),
        "cluster.csv", 6, "value", E, "no longitude", "without N"),
    "latitude alone": (cell("cluster.csv", 7, "value", "30"),
        "cluster.csv", None, "value", E, "longitude is not", "both"),
    "degrees out of range": (cell("cluster.csv", 7, "value", "130"),
        "cluster.csv", 7, "value", E, "outside", "correct"),
    "an unknown industry": (cell("cluster.csv", 5, "value", "pipes"),
        "cluster.csv", 5, "value", E, "no industry", "c4"),
    "another name": (cell("cluster.csv", 2, "value", "mirandel"),
        "cluster.csv", None, "value", W, "pipes is taken", "same"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_cell_and_remedy(pipes: Path, mistake: str) -> None:
    edit, file, row, column, severity, said, cure = MISTAKES[mistake]
    edit(pipes)
    before = {name.name: name.read_bytes() for name in pipes.iterdir()}
    found = folder.faults(pipes).astype(object).where(lambda frame: frame.notna(), None)
    here = found[(found["file"] == file) & (found["severity"] == severity)]
    here = here[here["fault"].str.contains(said, regex=False) & here["remedy"].str.contains(cure, regex=False)]
    assert len(here), found.to_string()
    assert (here.iloc[0]["row"], here.iloc[0]["column"]) == (row, column), found.to_string()
    assert {name.name: name.read_bytes() for name in pipes.iterdir()} == before
    blocked = (found["severity"] == "error").any()
    assert blocked == (severity == "error"), found.to_string()
    if blocked:
        with pytest.raises(GumError, match=re.escape(file)):
            folder.read_cluster(pipes)
    else:
        assert isinstance(folder.read_cluster(pipes), cases.Case)


def test_one_mistake_gives_one_message(pipes: Path) -> None:
    cell(S, 2, "score", "three")(pipes)
    cell(L, 2, "year", "1985-01-01")(pipes)
    assert len(folder.faults(pipes)) == 2


def test_several_mistakes_are_all_listed(pipes: Path) -> None:
    for row, value in enumerate(("three", "6", "3.5", "x"), start=2):
        cell(S, row, "score", value)(pipes)
    with pytest.raises(GumError, match="4 fault") as said:
        folder.read_cluster(pipes)
    assert all(f"{S}, row {row}, column score" in str(said.value) for row in range(2, 6))


def one_fault(base: Path) -> tuple[Any, ...]:
    """Return the fault of a folder that has one."""
    found = folder.faults(base)
    assert len(found) == 1, found.to_string()
    return tuple(found.astype(object).where(found.notna(), None).iloc[0])


def test_what_a_whole_column_has_is_told_once_with_its_rows(pipes: Path) -> None:
    for row in (2, 3, 4, 8):
        cell(L, row, "factor", rows_of(pipes / L)[row - 1][3].lower())(pipes)
    file, row, column, said, _, severity = one_fault(pipes)
    assert (file, row, column, severity) == (L, None, "factor", W)
    assert said == "'l' is read as 'L' (row 2), 'd' is read as 'D' (row 3), 'o' is read as 'O' (rows 4 and 8)"


def test_a_cluster_that_is_no_code_is_one_error_a_column(pipes: Path) -> None:
    for name in (L, S, B):
        table(name, lambda rows: [row.__setitem__(rows[0].index("cluster"), "Clay Pipes") for row in rows[1:]])(pipes)
    found = folder.faults(pipes)
    assert found["file"].tolist() == [L, S, B]
    assert found["row"].isna().all()
    assert set(found["remedy"]) == {"write pipes in every row"}
    (pipes / C).unlink()
    assert set(folder.faults(pipes)["remedy"]) == {"write clay-pipes in every row"}


def test_several_clusters_in_a_folder_are_one_error(pipes: Path) -> None:
    for name in (L, S, B):
        table(name, lambda rows: rows.extend([["reeds" if cell == "pipes" else cell for cell in r] for r in rows[1:]]))(
            pipes
        )
    assert one_fault(pipes)[3:5] == ("2 clusters are in this folder: pipes, reeds", "make a folder for each")


def test_an_id_with_another_figure_is_another_fact_and_a_key_another_source(pipes: Path) -> None:
    cell(S, 2, "evidence_ids", "PI091")(pipes)
    assert "did you mean" not in str(one_fault(pipes)[4])
    cell(S, 2, "evidence_ids", "PI001")(pipes)
    cell(Q, 2, "source_key", "kiln2004")(pipes)
    table(L, lambda rows: [row.__setitem__(9, "kiln2005") for row in rows[1:] if row[9] == "kiln_book"])(pipes)
    assert not folder.faults(pipes)["remedy"].str.contains("did you mean").any()


def test_points_in_values_are_taken_as_decimal_where_most_values_show_them_so(pipes: Path) -> None:
    for row, value in ((14, "58.401"), (20, "6.5"), (24, "9.25")):
        cell(L, row, "value", value)(pipes)
    assert folder.faults(pipes).empty


def test_the_codebook_may_be_saved_otherwise(pipes: Path) -> None:
    rows = rows_of(pipes / "codebook.csv")
    for encoding, separator in (("utf-8", ";"), ("utf-16", "\t"), ("gb18030", ",")):
        save(pipes / "codebook.csv", rows, separator)
        raw("codebook.csv", lambda content, to=encoding: content.decode("utf-8").encode(to))(pipes)  # type: ignore[misc]
        assert folder.faults(pipes).empty, encoding
    (pipes / "codebook.csv").unlink()
    assert folder.faults(pipes).empty


def test_a_target_may_lie_ahead_of_the_sources(pipes: Path) -> None:
    cell(L, 14, "year", "2020")(pipes)
    assert len(folder.faults(pipes)) == 1
    cell(L, 14, "unit", "million thalers (target)")(pipes)
    assert folder.faults(pipes).empty


def test_a_year_of_a_source_that_is_none_is_left_out(pipes: Path) -> None:
    cell(Q, 2, "year", "20055")(pipes)
    case = folder.read_cluster(pipes)
    assert pd.isna(case.sources.loc["kiln_book", "year"])
    assert "20055" not in html.written(*sections.sources(case))


def test_a_title_is_not_shown_twice(pipes: Path) -> None:
    for row, value in ((3, "大唐"), (4, "大唐")):
        cell(C, row, "value", value)(pipes)
    assert (folder.read_cluster(pipes).title, folder.read_cluster(pipes).title_chinese) == ("大唐", "")


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GumError, match="expected a folder, got nothing"):
        folder.faults(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(GumError, match="expected a folder, got a file"):
        folder.faults(tmp_path / "file")
    with pytest.raises(GumError, match="a new or an empty folder"):
        template.write(tmp_path)


# Shipped data and a reader's go through the same code


@pytest.fixture(params=sorted(CLUSTERS))
def shipped(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder made from data/evidence, with the rows of one cluster."""
    base = tmp_path / request.param
    base.mkdir()
    for name in (L, Q, S, "scores_b.csv"):
        header, *rows = rows_of(data.folder() / "evidence" / name)
        kept = [row for row in rows if "cluster" not in header or row[header.index("cluster")] == request.param]
        save(base / name, [header, *kept])
    return base


def test_a_shipped_cluster_as_a_folder_passes_and_is_the_same_case(shipped: Path) -> None:
    assert folder.faults(shipped).empty
    own, ours = folder.read_cluster(shipped), cases.load(shipped.name)
    pd.testing.assert_frame_equal(own.levels, ours.levels)
    pd.testing.assert_frame_equal(own.table, ours.table)
    assert own.ledger.index.tolist() == ours.ledger.index.tolist()
    for column in ours.ledger:
        assert own.ledger[column].dropna().tolist() == ours.ledger[column].dropna().tolist(), column
    assert own.sources.loc[ours.sources.index, "title"].tolist() == ours.sources["title"].tolist()


# Fifth clusters: as people may make them


def fifth(base: Path, facts: pd.DataFrame, scores: pd.DataFrame, **others: pd.DataFrame) -> Path:
    base.mkdir()
    for name, frame in {"ledger": facts, "scores": scores, **others}.items():
        frame.to_csv(base / f"{name}.csv", index=False)
    return base


def bare(base: Path) -> Path:
    """The least there can be: four columns, one pass, one file of scores, no sources, no cluster.csv."""
    facts = pd.DataFrame({"id": ["a", "b"], "factor": ["L", "O"], "statement": ["x", "y"], "source_key": ["s", "t"]})
    return fifth(base, facts, pd.DataFrame({"year": [2000, 2010], "variable": ["L", "L"], "score": [1, 3]}))


def ceramics(base: Path) -> Path:
    """Other epochs, two passes in one file, floats as pandas writes them, Chinese units, no conflicts."""
    facts = pd.DataFrame(
        {
            "id": [f"FS{n}" for n in range(8)],
            "cluster": "foshan",
            "year": [1978, 1984, 1993, None, 2003, 2003, 2013, 2018],
            "factor": list("OLEGOOPO"),
            "indicator": ["产量", "event", "event", "event", "产量", "产量", "event", "产量"],
            "value": [1.5, None, None, None, 20, 22, None, 30],
            "unit": ["亿平方米", None, None, None, "亿平方米", "亿平方米", None, "亿平方米"],
            "direction": [0, 1, 1, -1, 0, 0, 1, 0],
            "statement": ["某事"] * 8,
            "source_key": ["年鉴", "志"] * 4,
        }
    )
    marks = [
        {
            "cluster": "foshan",
            "coder": coder,
            "year": float(year),
            "variable": code,
            "score": float(n + (coder == "b") * (code == "L")),
        }
        for coder in "ab"
        for n, year in enumerate((1983, 1993, 2003, 2013))
        for code in VARIABLES
    ]
    known = pd.DataFrame({"source_key": ["年鉴", "志"], "title": ["统计年鉴", "市志"], "year": ["2014", "1999"]})
    about = pd.DataFrame({"key": ["title_en", "title_zh", "industry"], "value": ["Foshan ceramics", "佛山陶瓷", "c11"]})
    return fifth(base, facts, pd.DataFrame(marks), sources=known, cluster=about)


def gaps(base: Path) -> Path:
    """Three variables without governance, one epoch coded, undated facts only, a span far back."""
    facts = pd.DataFrame({"id": [1, 2], "factor": ["S", "D"], "statement": ["x", "y"], "source_key": ["s", "s"]})
    scores = pd.DataFrame(
        {"year": [1950] * 3, "variable": ["S", "D", "E"], "score": ["2", "", "4"], "confidence": "low"}
    )
    return fifth(base, facts, scores, sources=pd.DataFrame({"source_key": ["s"]}))


def long(base: Path) -> Path:
    """Every second year over a century, semicolons, GVC words in the statements, a lone governance score."""
    facts = pd.DataFrame(
        {
            "id": [f"X{n}" for n in range(60)],
            "year": [f"{1900 + 2 * n}-{1901 + 2 * n}" for n in range(60)],
            "factor": [("L", "I", "E", "S", "P", "D", "G", "Z", "O")[n % 9] for n in range(60)],
            "indicator": "Workers", "value": range(60), "unit": "people (over)", "direction": "+1",
            "statement": 'a "quoted", <b>bold</b> & long text', "source_key": "s",
            "conflict_with": [f"X{(n + 9) % 60}" if n == 8 else "" for n in range(60)],
        }
    )  # fmt: skip
    marks = [(1900 + 10 * n, code, n % 6) for n in range(12) for code in "LIESPDTN"] + [(1950, "G", 3)]
    scores = pd.DataFrame(marks, columns=["year", "variable", "score"]).assign(evidence_ids="X1, X2; X3")
    made = fifth(base, facts, scores, sources=pd.DataFrame({"source_key": ["s"], "url": ["https://example.org/<x>"]}))
    save(made / "ledger.csv", rows_of(made / "ledger.csv"), ";")
    return made


class Page(HTMLParser):
    """Collects what a browser would ask for, the ids, and what has no name."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.drawings = 0
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        known = dict(attrs)
        self.asked += [str(known[key]) for key in ("src", "srcset", "data") if key in known]
        self.ids += [str(known["id"])] if "id" in known else []
        self.links += [str(known["href"])] if "href" in known else []
        if tag in ("script", "link", "iframe", "object", "img", "image"):
            self.asked.append(tag)
        if tag == "svg":
            assert known["role"] == "img"
            assert known["aria-labelledby"]
            self.drawings += 1


def proved(content: str) -> Page:
    """Hold a page to what every page must be."""
    html = Page(content)
    assert not html.asked
    assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)", content)
    assert len(html.ids) == len(set(html.ids))
    assert all(link.startswith("#") and link[1:] in html.ids for link in html.links)
    assert not re.search(r"\bnan\b|NaN|<NA>|\bNone\b(?! is)|Traceback|\$\{?[a-z]", content)
    assert "<b>bold" not in content
    return html


@pytest.mark.no_cover
@pytest.mark.parametrize(("make", "drawings"), [(bare, 1), (ceramics, 4), (gaps, 1), (long, 4)])
def test_a_fifth_cluster_gets_its_page_the_first_time(
    tmp_path: Path, make: Callable[[Path], Path], drawings: int
) -> None:
    base = make(tmp_path / "fifth")
    found = folder.faults(base)
    assert not (found["severity"] == "error").any(), found.to_string()
    content = report.html(base)
    assert proved(content).drawings == drawings


def test_the_page_of_the_example_says_that_it_is_invented_and_what_the_tables_hold(example: str) -> None:
    assert proved(example).drawings == 4
    assert "no fact, source or number in it is true" in example
    assert "24 facts from 4 sources" in example
    assert "A. Inventor" in example


def blank(rows: Rows, variables: str) -> None:
    for row in rows[1:]:
        row[3:6] = ["", "", ""] if row[2] in variables else row[3:6]


@pytest.mark.parametrize(("variables", "passes"), [("G", (S, B)), ("L", (B,)), ("TNXK", (S, B))])
def test_a_variable_that_keeps_its_rows_without_a_score_in_both_passes_has_no_alpha(
    pipes: Path, variables: str, passes: tuple[str, ...]
) -> None:
    for name in passes:
        table(name, lambda rows: blank(rows, variables))(pipes)
    case = folder.read_cluster(pipes)
    proved(html.written(*sections.agreement(case)))
    found = evidence.agreement(table=case.scores.assign(cluster="pipes"), draws=10)
    assert found.loc[list(variables), ["alpha", "low", "high"]].isna().all(axis=None)
    assert found.loc[list(variables), "cells"].eq(0).all()
    assert found.loc["all", "alpha"] > 0.5


def test_a_folder_with_errors_gets_no_page(pipes: Path) -> None:
    cell(S, 2, "score", "6")(pipes)
    with pytest.raises(GumError, match="no page was made"):
        report.write(pipes)
    assert not (pipes / "report.html").exists()


def test_a_page_is_written_into_its_folder_or_where_it_is_told(pipes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "report", lambda *_, **__: Document("a page", "", (), (), ("", "")))
    assert report.write(pipes) == pipes / "report.html"
    assert "<h1>a page</h1>" in report.write(pipes, pipes.parent / "page.html").read_text(encoding="utf-8")
    with pytest.raises(GumError, match=r"ends in \.html or \.docx, got 'page\.pdf'"):
        report.write(pipes, pipes.parent / "page.pdf")


def test_a_page_says_which_part_it_is_at(pipes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    report.report(pipes, tell=told.append)
    assert told[0] == f"1 of {len(told)}: What was found"
    assert len(told) > 5


# The template


def test_the_example_has_the_columns_of_a_new_folder_and_the_readme_names_them_all() -> None:
    blank, example = (template.contents("mine", [1990], example) for example in (False, True))
    for name in set(blank) - {"README.md", "codebook.csv"}:
        head = blank[name].splitlines()[0]
        assert example[name].splitlines()[0] == head
        columns = head.split(",") if name not in ("cluster.csv", "scores_b.csv") else []
        described = blank["README.md"].partition(f"## {name}")[2].partition("##")[0]
        assert re.findall("^- `(.+?)`", described, re.MULTILINE) == columns or not columns, name


def test_an_empty_template_holds_every_cell_and_says_what_is_to_do(tmp_path: Path) -> None:
    base = template.write(tmp_path / "mine", years=range(1990, 2011, 10))
    header, *rows = rows_of(base / S)
    assert header == rows_of(data.folder() / "evidence" / S)[0]
    assert [row[:3] for row in rows] == [["mine", str(y), v] for y in (1990, 2000, 2010) for v in VARIABLES]
    assert rows_of(base / L) == [rows_of(data.folder() / "evidence" / L)[0]]
    assert (base / "codebook.csv").read_text(encoding="utf-8-sig") == data.path("codebook").read_text(encoding="utf-8")
    words = (base / "README.md").read_text(encoding="utf-8")
    for name in (L, Q, S):
        assert all(f"`{column}`" in words for column in rows_of(base / name)[0])
    assert all(anchor in words for anchor in data.read("codebook")["anchor"])
    assert folder.faults(base)["severity"].tolist().count("error") == 1


def test_the_example_passes_without_a_word(pipes: Path) -> None:
    assert folder.faults(pipes).empty
    assert folder.read_cluster(pipes).title.endswith("(invented example)")


# Command line


def run(*words: str | Path) -> tuple[int, str]:
    said = CliRunner().invoke(main, list(map(str, words)))
    assert "Traceback" not in said.output
    return said.exit_code, said.output


@pytest.mark.no_cover
def test_from_a_new_folder_to_a_page_in_three_commands(tmp_path: Path, example: str) -> None:
    code, said = run("case", "new", "pipes", "--folder", tmp_path, "--example")
    assert (code, said.count("\n")) == (0, 8)
    code, said = run("case", "check", tmp_path / "pipes")
    assert (code, "no errors, no warnings" in said) == (0, True)
    code, said = run("case", "report", tmp_path / "pipes", "--out", tmp_path / "page.html")
    assert (code, "open it in a browser" in said) == (0, True)
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == example


def test_the_check_ends_with_one_where_there_are_errors_and_sums_up_what_is_alike(pipes: Path) -> None:
    for row in range(2, 12):
        cell(S, row, "evidence_ids", "")(pipes)
    assert run("case", "check", pipes)[0] == 0
    cell(S, 4, "score", "6")(pipes)
    code, said = run("case", "check", pipes)
    assert code == 1
    assert "Error: scores_a.csv, row 4, column score: 6 lies outside 0 to 5" in said
    assert "more like it" in said
    assert "more like it" not in run("case", "check", pipes, "--all")[1]
    code, said = run("case", "report", pipes)
    assert (code, "no page was made" in said) == (1, True)


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    assert "turn them" in run("case", "new", "x", "--folder", tmp_path, "--from", "2010", "--to", "1985")[1]
    assert "1500 to 2099" in run("case", "new", "x", "--folder", tmp_path, "--from", "1", "--to", "6")[1]
    assert "expected a folder, got nothing" in run("case", "check", tmp_path / "x")[1]
    run("case", "new", "x", "--folder", tmp_path, "--example")
    assert "correct --out" in run("case", "report", tmp_path / "x", "--out", tmp_path / "no" / "where.html")[1]
    assert f"the folder {tmp_path / 'y'} is missing" in run("case", "report", tmp_path / "y")[1]


def test_steps_that_miss_the_last_year_are_refused_with_steps_that_do_not(tmp_path: Path) -> None:
    words = ("case", "new", "x", "--folder", tmp_path, "--from", "1986", "--to", "2010")
    code, said = run(*words, "--step", "5")
    assert (code, "write --step 4 or --to 2006" in said) == (1, True)
    assert not (tmp_path / "x").exists()
    assert run(*words, "--step", "4")[0] == 0


def test_a_name_with_blanks_is_quoted_and_made_a_code(tmp_path: Path) -> None:
    base = tmp_path / "My Socks 2"
    assert f"gum case check '{base}'" in run("case", "new", base.name, "--folder", tmp_path, "--example")[1]
    assert "gum case check 'My Socks 2'" in (base / "README.md").read_text(encoding="utf-8")
    assert folder.read_cluster(base).name == rows_of(base / C)[1][1] == "my-socks-2"
    assert f"gum case report '{base}'" in run("case", "check", base)[1]


def test_the_name_of_a_shipped_case_gets_a_hint(tmp_path: Path) -> None:
    assert "ningbo is a cluster of the compendium, too" in run("case", "new", "ningbo", "--folder", tmp_path)[1]
    assert "of the compendium" not in run("case", "new", "datang", "--folder", tmp_path)[1]


# --- nothing is lost, and what passes is drawn ----------------------------------------------------------------------


def workbook(base: Path, name: str) -> None:
    """Save a table as a workbook in its stead."""
    book = openpyxl.Workbook()
    for row in rows_of(base / name):
        book.active.append([cell or None for cell in row])
    book.save(base / name.replace(".csv", ".xlsx"))
    (base / name).unlink()


def test_workbooks_are_taken_wherever_tables_are(pipes: Path) -> None:
    before = folder.read_cluster(pipes)
    for name in (L, Q, S, B, C):
        workbook(pipes, name)
    assert not len(folder.faults(pipes))
    after = folder.read_cluster(pipes)
    pd.testing.assert_frame_equal(after.ledger, before.ledger)
    pd.testing.assert_frame_equal(after.scores, before.scores)
    (pipes / "ledger.csv").write_text("id\n", encoding="utf-8")
    assert "ledger.xlsx lies beside it" in " ".join(folder.faults(pipes)["fault"])


def test_copies_beside_a_table_are_named_and_which_is_newer(pipes: Path) -> None:
    for name, old in (("ledger (1).csv", True), ("Ledger.xlsx", False), ("scores_a - copy.csv", False)):
        (pipes / name).write_bytes(b"id")
        os.utime(pipes / name, (0, 0) if old else None)
        if not old:
            os.utime(pipes / name, (4e9, 4e9))
    said = folder.faults(pipes).set_index("file")["fault"]
    assert set(said.index) == {L, S}
    assert set(said) == {
        "ledger (1).csv lies beside it; ledger.csv is read",
        "Ledger.xlsx lies beside it and is newer; ledger.csv is read",
        "scores_a - copy.csv lies beside it and is newer; scores_a.csv is read",
    }


@pytest.mark.parametrize("column", ["indicator", "unit"])
@pytest.mark.parametrize("change", [str.upper, lambda text: f"{text} ", lambda text: f" {text.title()}"])
def test_near_twins_of_words_that_are_keys_are_named(pipes: Path, column: str, change: Callable[[str], str]) -> None:
    at = rows_of(pipes / L)[0].index(column)
    word = rows_of(pipes / L)[7][at]
    cell(L, 8, column, change(word))(pipes)
    found = folder.faults(pipes)
    assert found[["row", "column", "severity"]].to_numpy().tolist() == [[8, column, W]]
    assert f"{change(word)!r} beside {word!r}: one series or two?" in found["fault"].iloc[0]


def test_any_number_of_coders(pipes: Path) -> None:
    (pipes / "scores_li.csv").write_bytes((pipes / S).read_bytes())
    assert folder.faults(pipes)["fault"].str.contains("those of scores_a.csv, word for word").tolist() == [True]
    assert sorted(folder.read_cluster(pipes).scores["coder"].unique()) == ["a", "b", "li"]
    rows = rows_of(pipes / S)
    both = [["coder", *rows[0]], *(["wang", *row] for row in rows[1:]), *(["zhou", *row] for row in rows[1:])]
    save(pipes / S, both)
    assert sorted(folder.read_cluster(pipes).scores["coder"].unique()) == ["b", "li", "wang", "zhou"]
    save(pipes / S, [["coder", *rows[0]], *(["li", *row] for row in rows[1:])])
    assert "scored L of 1990 in scores_a.csv too" in folder.faults(pipes)["fault"].iloc[0]
    both[5][0] = ""
    save(pipes / S, both)
    assert one_fault(pipes)[:3] == (S, 6, "coder")


@pytest.mark.parametrize(
    ("file", "column", "value", "passes"),
    [
        *((L, "value", value, False) for value in ("INF", "-inf", "nan1", "1_000", "1e400", "٣", "1200²", "½", "0x10")),
        *((S, "score", value, False) for value in ("1_0", "²", "٣", "INF")),
        *((L, "value", value, True) for value in ("1e3", "\u22125", "１２", "+4", ".5", "1e299")),
        *((L, "year", value, True) for value in ("c. 1985", "约1985年", "1685", "1690-1701", "")),
        *((L, "statement", value, True) for value in ("<b>&", "$x {y} \\", "a" * 5000, "宁波\n\n服装", "'=1")),
        *((Q, "title", value, True) for value in ("<script>", "$", "%", "#1")),
        *((L, name, "#NAME?", False) for name in ("statement", "unit", "indicator", "cluster")),
    ],
)  # fmt: skip
def test_what_the_check_lets_through_the_report_draws(
    pipes: Path, file: str, column: str, value: str, passes: bool
) -> None:
    cell(file, 14 if file == L else 2, column, value)(pipes)
    found = folder.faults(pipes)
    assert (found["severity"] == E).any() != passes, found.to_string()
    if passes and column in ("value", "year"):
        case = folder.read_cluster(pipes)
        assert "<svg" in html.written(*sections.ledger(case), *inputs.facts(case))
        assert html.written(*sections.outcomes(case))
    elif passes:
        assert all(sections.sources(folder.read_cluster(pipes)))


def test_the_encoding_is_asked_for_and_taken(pipes: Path) -> None:
    text(L, lambda t: t.replace("double kiln", "four à chaleur").encode("mac-roman"))(pipes)
    done = CliRunner().invoke(main, ["case", "check", str(pipes)])
    assert done.exit_code == 1
    assert "--encoding" in done.output
    assert CliRunner().invoke(main, ["case", "check", str(pipes), "--encoding", "mac-roman"]).exit_code == 0
    assert "four à chaleur" in folder.read_cluster(pipes, encoding="mac-roman").ledger["statement"].iloc[0]


@pytest.mark.parametrize("words", [["new", "x" * 300], ["check", "x" * 300], ["report", "x" * 300]])
def test_what_the_system_refuses_is_a_sentence(tmp_path: Path, words: list[str]) -> None:
    where = ["--folder", str(tmp_path)] if words[0] == "new" else []
    done = CliRunner().invoke(main, ["case", *words, *where])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit), done.exception
    assert not list(tmp_path.iterdir())


def test_a_console_in_another_code_page_shows_what_it_can(pipes: Path) -> None:
    cell(S, 2, "score", "三分")(pipes)
    done = CliRunner(charset="cp1252").invoke(main, ["case", "check", str(pipes)])
    assert isinstance(done.exception, SystemExit), done.exception
    assert "\\u4e09" in done.output


def test_the_verdict_counts_the_index(example: str) -> None:
    assert re.search(r"levels of factors, and the upgrading index U in \d of \d epochs", example)


@pytest.mark.parametrize("coder", ["Ada", "王", "Li-2"])
def test_a_coder_has_any_letters(pipes: Path, coder: str) -> None:
    (pipes / f"scores_{coder}.csv").write_bytes((pipes / S).read_bytes())
    found = folder.faults(pipes)
    assert found["fault"].str.contains("a copy is no second pass").tolist() == [True]
    assert coder in set(folder.read_cluster(pipes).scores["coder"])


@pytest.mark.parametrize(("percent", "share"), [("10%", "write 0.1, a share"), ("0,5 %", "write 0.005, a share")])
def test_a_percent_sign_of_a_pressure_is_no_unit(pipes: Path, percent: str, share: str) -> None:
    save(pipes / "context.csv", [["year", "pressure"], ["1990", percent]])
    assert one_fault(pipes)[:3] == ("context.csv", 2, "pressure")
    assert share in folder.faults(pipes)["remedy"].iloc[0]


@pytest.mark.parametrize(
    ("names", "said"),
    [(("1", "1.0"), "'1.0' beside '1'"), (("Li Wei", "b"), "'Li Wei' holds a blank, a comma or a semicolon")],
)
def test_coders_in_one_file_are_told_apart(pipes: Path, names: tuple[str, str], said: str) -> None:
    rows = rows_of(pipes / S)
    save(pipes / S, [["coder", *rows[0]], *([name, *row] for name in names for row in rows[1:])])
    assert folder.faults(pipes)["fault"].str.contains(said, regex=False).any()


def test_pressure_in_percent_and_a_column_lost_are_told(pipes: Path) -> None:
    (pipes / "context.csv").write_text("year,pressure\n1990,10\n", encoding="utf-8")
    save(pipes / L, [[cell for at, cell in enumerate(row) if at != 10] for row in rows_of(pipes / L)])
    told = folder.faults(pipes)["fault"].tolist()
    assert any("perhaps a percentage" in text for text in told)
    assert any("no column conflict_with; read as empty" in text for text in told)


@pytest.mark.parametrize("heading", ["rater", "coded_by", "编码员", "annotator", "Scored by"])
def test_coders_under_another_heading_are_asked_about_and_no_second_coding_is_thrown_away(
    pipes: Path, heading: str
) -> None:
    rows = rows_of(pipes / S)
    save(pipes / S, [[heading, *rows[0]], *([name, *row] for name in ("li", "wu") for row in rows[1:])])
    found = folder.faults(pipes)
    assert f"the column {heading!r} is unknown" in set(found["fault"])
    assert "did you mean coder? Rename it so" in set(found["remedy"])
    assert not found["remedy"].str.contains("keep one of the two").any()


@pytest.mark.parametrize(
    ("pressure", "said", "cure"),
    [("1e400", "larger than any number that can be drawn", "correct it"), ("about 0.1", "more than", "write 0.1")],
)
def test_no_cure_names_a_column_that_the_table_lacks(pipes: Path, pressure: str, said: str, cure: str) -> None:
    save(pipes / "context.csv", [["year", "pressure"], ["1990", pressure]])
    fault = folder.faults(pipes).iloc[0]
    assert said in fault["fault"]
    assert fault["remedy"] == cure


def test_a_check_advises_no_option_that_it_lacks(pipes: Path) -> None:
    workbook(pipes, L)
    made = openpyxl.load_workbook(pipes / "ledger.xlsx")
    made.create_sheet("notes").append(["by hand"])
    made.save(pipes / "ledger.xlsx")
    cure = folder.faults(pipes)["remedy"].iloc[0]
    assert "keep this table alone in the file; of answers, --sheet names another" in cure
