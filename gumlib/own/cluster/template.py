"""A folder to fill in: empty tables with the right columns, a codebook, and words on how to fill them.

Explanations stand in README.md and codebook.csv. They do not stand in the tables: a comment row in a
CSV file is a row like any other to a spreadsheet, is sorted with the data and saved into them.
"""

import csv
import io
import shlex
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from gumlib import data
from gumlib.data.messages import Words, words_in
from gumlib.data.writing import write_all
from gumlib.errors import GumError
from gumlib.own.cluster import example as invented
from gumlib.own.cluster.identity import IDENTITY_FIELDS, as_code
from gumlib.own.cluster.schema import FIRST_YEAR, fields
from gumlib.terms import EPOCHS, FACTORS, TERMS, VARIABLES

_README, _COLUMNS = (Path(__file__).with_name(name) for name in ("readme.md", "columns.csv"))
"""How a folder is filled in, a paragraph a line, and what stands in each column."""


def write(
    folder: str | PathLike[str], *, years: Sequence[int] = EPOCHS, example: bool = False, language: str = "en"
) -> Path:
    """Write the files of a new cluster into a folder that is new or empty; the folder's name makes its code.

    Parameters
    ----------
    years : the epochs to score; the example has its own
    example : fill in a small invented cluster, marked as invented, that passes the check
    language : of README.md, ``"en"`` or ``"zh"``; tables and codebook are the same in both

    Raises
    ------
    GumError : the folder holds files, no year, a year out of range
    """
    base = Path(folder)
    if base.exists() and (not base.is_dir() or any(base.iterdir())):
        raise GumError(f"expected a new or an empty folder, got {base}; take another name", "cases", "folder")
    if not years or not all(FIRST_YEAR <= year <= 2099 for year in years):
        raise GumError(
            f"expected years from {FIRST_YEAR} to 2099, one at least; see --from, --to, --step", "cases", "years"
        )
    # The byte-order mark makes Excel read UTF-8 as such when the file is opened by a double click.
    coded = {
        base / name: content.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")
        for name, content in contents(base.resolve().name, years, example, language).items()
    }
    write_all(coded, home=base)
    return base


def contents(title: str, years: Sequence[int], example: bool = False, language: str = "en") -> dict[str, str]:
    """Return the text of each file by name, for a folder of the name `title`."""
    code = as_code(title)
    tables = invented.example_tables(code) if example else _blank(code, title, years)
    found = {name: _csv(rows) for name, rows in tables.items()}
    found["codebook.csv"] = data.path("codebook").read_text(encoding="utf-8")
    found["README.md"] = _readme(title, example, words_in(language))
    return dict(sorted(found.items()))


def _blank(code: str, title: str, years: Sequence[int]) -> Mapping[str, Sequence[Sequence[object]]]:
    """Return the rows of each table of a new cluster, the header first."""
    about = {"name": code, "title_en": title}
    heads = {name: [one for one in fields(name) if one != "coder"] for name in ("ledger", "sources", "scores")}
    cells = [[code, year, variable, "", "", "", ""] for year in years for variable in VARIABLES]
    return {
        "cluster.csv": [["key", "value"], *([key, about.get(key, "")] for key in IDENTITY_FIELDS)],
        **{f"{name}.csv": [heads[name]] for name in ("ledger", "sources")},
        **{f"scores_{coder}.csv": [heads["scores"], *cells] for coder in "ab"},
    }


def _csv(rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def _readme(title: str, example: bool, say: Words) -> str:
    lines = [f"# {title}\n"] + [f"**{say(invented.MARK)}**\n"] * example
    about = _README.read_text(encoding="utf-8").splitlines()
    lines += [say(line) if line[:1].strip() else line.format(folder=shlex.quote(title)) for line in about]
    lines += _columns("cluster.csv", IDENTITY_FIELDS, say)
    for name, table in pd.read_csv(_COLUMNS).groupby("table", sort=False):
        lines += _columns(str(name), table.set_index("column")["meaning"], say)
    lines += [f"## {say('Codes of the ledger (column factor)')}\n"]
    lines += [f"- `{key}`{say.colon}{_named(key, say)}" for key in (*FACTORS, "G", "Z", "O")]
    lines += ["", f"## {say('Codebook: what each score means')}\n", say("The same list is in codebook.csv."), ""]
    anchors = data.read("codebook").set_index("variable")
    for variable in VARIABLES:
        lines += [f"### {variable}{say.colon}{_named(variable, say)}\n"]
        for _, score, english, chinese in anchors.loc[variable, ["score", "anchor", "anchor_zh"]].itertuples():
            lines += [f"- {score}{say.colon}{f'{english}. ' if say.language == 'en' else ''}{chinese}。"]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def _columns(file: str, columns: Mapping[str, str] | pd.Series, say: Words) -> list[str]:
    """Return what stands in each column or row of a file."""
    return [f"## {file}\n", *(f"- `{column}`{say.colon}{say(text)}" for column, text in columns.items()), ""]


def _named(code: str, say: Words) -> str:
    """Return the name of a term; in English the Chinese one stands beside it."""
    return TERMS[code].chinese if say.language == "zh" else f"{TERMS[code].name} {TERMS[code].chinese}"
