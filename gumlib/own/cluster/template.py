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

from gumlib import data
from gumlib.data.messages import Words, words
from gumlib.data.writing import write_all
from gumlib.errors import GumError
from gumlib.own.cluster import example as invented
from gumlib.own.cluster.identity import KEYS, short
from gumlib.own.cluster.schema import FIRST, fields
from gumlib.terms import EPOCHS, FACTORS, TERMS, VARIABLES

_EXTRA = {"coder"}
_COLUMNS = {
    "ledger.csv": {
        "id": "A name for the fact, used nowhere else, such as MY001. No blanks, commas or semicolons.",
        "cluster": "The code of your cluster, the same in every row.",
        "year": "The year the fact is about: 1995, or 1995-1998 for a span. Empty if no source says.",
        "factor": "Which element the fact tells of, one code (list below).",
        "indicator": "What is measured, always in the same words: firms_count. `event` for what is no measure.",
        "value": "The number alone, with a point: 1200 or 12.5. Empty if there is none.",
        "unit": "What the number counts: firms. Add (about), (over), (under), (nearly) or (target) if the source does.",
        "direction": "+1 if the fact strengthens the element, -1 if it weakens it, 0 if it states a level.",
        "statement": "The fact in one sentence of your own.",
        "source_key": "Where it stands: a key of sources.csv.",
        "conflict_with": "Ids of facts that say otherwise, parted by blanks. Keep both facts; do not choose.",
    },
    "sources.csv": {
        "source_key": "A short name for the source, such as smith2004. The ledger refers to it.",
        "title": "Title of the work, page or interview.",
        "author_or_publisher": "Who wrote or published it.",
        "year": "Year of publication, four figures.",
        "url": "Address, if there is one.",
        "kind": "news, trade_press, academic, company, official_statistics, encyclopedia or other.",
        "note": "Anything a reader should know of it.",
    },
    "scores_a.csv": {
        "cluster": "The code of your cluster, the same in every row.",
        "year": "The year scored. All years and variables stand there already; delete rows you do not want.",
        "variable": "The code of the variable (list below).",
        "score": "0 to 5, whole: the highest anchor of the codebook met in full. Empty without a basis: do not guess.",
        "confidence": "high, medium or low: how sure you are.",
        "evidence_ids": "The facts the score rests on: ids of the ledger, parted by semicolons.",
        "rationale": "Why this score, in a sentence.",
    },
}
_ABOUT = (
    "Fill in the tables with a spreadsheet program, then run, one folder above this one:",
    "",
    "    gum case check {folder}",
    "    gum case report {folder}",
    "",
    "The first says what is wrong, cell by cell, and what to write instead. The second writes a page to read; to write "
    "it again after you have changed a table, add --replace.",
    "",
    "1. **cluster.csv**: what the cluster is called. One row a key.",
    "2. **sources.csv**: one row a source you have read.",
    "3. **ledger.csv**: one row a fact, in your own words, with its source.",
    "4. **scores_a.csv**: what the facts amount to, on a scale of 0 to 5. "
    "The codebook below says what each step means.",
    "5. **scores_b.csv**: the same by a second person who has not seen the first one's scores. Without a second pass, "
    "leave it empty of scores or delete it. A third person's scores go into scores_c.csv or another name of that form.",
    "6. **context.csv**, if you like: columns year and pressure, how hard the outside pressed in that year (0.1: "
    "labour became a tenth dearer in a flat market). It stands in place of what is measured for China.",
    "",
    "Save every table as *CSV UTF-8* or as a workbook (.xlsx). Keep the names of files and columns. Rows may stand in "
    "any order; columns of your own may be added beside all of ours and are passed over. Explanations stand here and "
    "not in the tables, for a comment in a table is a row like any other to a spreadsheet.",
    "",
)


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

    Examples
    --------
    >>> import tempfile
    >>> sorted(file.name for file in write(tempfile.mkdtemp() + "/mine").iterdir())[:4]
    ['README.md', 'cluster.csv', 'codebook.csv', 'ledger.csv']
    """
    base = Path(folder)
    if base.exists() and (not base.is_dir() or any(base.iterdir())):
        raise GumError(f"expected a new or an empty folder, got {base}; take another name", "cases", "folder")
    if not years or not all(FIRST <= year <= 2099 for year in years):
        raise GumError(f"expected years from {FIRST} to 2099, one at least; see --from, --to, --step", "cases", "years")
    # The byte-order mark makes Excel read UTF-8 as such when the file is opened by a double click.
    coded = {
        base / name: content.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")
        for name, content in contents(base.resolve().name, years, example, language).items()
    }
    write_all(coded, home=base)
    return base


def contents(title: str, years: Sequence[int], example: bool = False, language: str = "en") -> dict[str, str]:
    """Return the text of each file by name, for a folder of the name `title`.

    Examples
    --------
    >>> contents("mine", [1990])["scores_a.csv"].splitlines()[1]
    'mine,1990,L,,,,'
    """
    code = short(title)
    about = {"name": code, "title_en": title}
    tables: dict[str, list[list[object]]] = {
        "cluster.csv": [[key, about.get(key, "")] for key in KEYS],
        "sources.csv": [],
        "ledger.csv": [],
        "scores_a.csv": [[code, year, variable, "", "", "", ""] for year in years for variable in VARIABLES],
    }
    tables["scores_b.csv"] = tables["scores_a.csv"]
    if example:
        tables = invented.tables(code)
    heads = {name: [column for column in fields(_table(name)) if column not in _EXTRA] for name in list(tables)[1:]}
    heads["cluster.csv"] = ["key", "value"]
    found = {name: _csv([heads[name], *rows]) for name, rows in tables.items()}
    found["codebook.csv"] = data.path("codebook").read_text(encoding="utf-8")
    found["README.md"] = _readme(title, example, words(language))
    return dict(sorted(found.items()))


def _table(name: str) -> str:
    return "scores" if name.startswith("scores") else name.removesuffix(".csv")


def _csv(rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def _readme(title: str, example: bool, say: Words) -> str:
    lines = [f"# {title}\n"] + [f"**{say(invented.MARK)}**\n"] * example
    lines += [say(line) if line[:1].strip() else line.format(folder=shlex.quote(title)) for line in _ABOUT]
    lines += [*_columns("cluster.csv", KEYS, say)]
    for name, columns in _COLUMNS.items():
        lines += _columns(name, columns, say)
    lines += [f"## {say('Codes of the ledger (column factor)')}\n"]
    lines += [f"- `{key}`{say.colon}{_named(key, say)}" for key in (*FACTORS, "G", "Z", "O")]
    lines += ["", f"## {say('Codebook: what each score means')}\n", say("The same list is in codebook.csv."), ""]
    from gumlib import evidence
    from gumlib.survey import instrument

    anchors, guide = evidence.codebook()["anchor"], instrument("interview")
    for variable in VARIABLES:
        lines += [f"### {variable}{say.colon}{_named(variable, say)}\n"]
        chinese = guide.options(f"anchor{variable}").set_index("code")["label_zh"]
        for score, anchor in anchors[variable].items():
            english = f"{anchor}. " if say.language == "en" else ""
            lines += [f"- {score}{say.colon}{english}{chinese[str(score)]}。"]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def _columns(file: str, columns: Mapping[str, str], say: Words) -> list[str]:
    """Return what stands in each column or row of a file."""
    return [f"## {file}\n", *(f"- `{column}`{say.colon}{say(text)}" for column, text in columns.items()), ""]


def _named(code: str, say: Words) -> str:
    """Return the name of a term; in English the Chinese one stands beside it."""
    return TERMS[code].chinese if say.language == "zh" else f"{TERMS[code].name} {TERMS[code].chinese}"
