"""What is odd in the tables but does not block, and spans that run backwards."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from statistics import median

import pandas as pd

from gumlib.cases.reports import HEDGED
from gumlib.data.faults import Fault, one_warning
from gumlib.data.grid import tidy
from gumlib.own.cluster.cells import ditto
from gumlib.own.cluster.schema import fields
from gumlib.own.cluster.tables import coder_of, table_of

YEAR = r"\d{4}"
"""What the year of a source looks like; anything else is left out."""
_RARE, _USUAL = 2, 5
"""Cells of a score year that is rare, and of one that is usual."""
_NEARLY = 0.8
"""Share of scores from which a pass is likely a version of another."""


def content(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Yield what is odd but does not block, and spans that run backwards."""
    rules = {"ledger": _of_fact, "scores": _of_score, "sources": _of_source}
    for file, frame in frames.items():
        if (rule := rules.get(table_of(file))) is None:
            continue
        blank = {name for name in frame if not any(map(tidy, frame[name]))}
        said = set()
        for row in frame.reset_index(names="number").to_dict("records"):
            for fault in rule(file, int(row["number"]), row):
                if fault.column not in blank or fault.severity == "error":
                    yield fault
                elif fault.column not in said:
                    said.add(fault.column)
                    yield fault._replace(row=None, fault=f"{fault.fault}, in every row")
    yield from _of_columns(frames)


def _twins(file: str, frame: pd.DataFrame) -> Iterator[Fault]:
    """Words that serve as a key and differ in how they are written only: it is asked if they are one or two."""
    for name in ("id", "indicator", "unit", "coder", *(["source_key"] if file == "sources.csv" else [])):
        words = frame[name] if name in frame else pd.Series(dtype=str)
        words = words.str.extract(HEDGED)["unit"] if name == "unit" else words
        common: dict[str, Counter[str]] = {}
        for word, many in Counter(words).items():
            common.setdefault(_bare(word), Counter())[word] = many
        varied = [found for found in common.values() if len(found) > 1]
        usual = {word: found.most_common(1)[0][0] for found in varied for word in found}
        told = []
        for row, word in words.items():
            if (best := usual.get(word, word)) != word:
                told.append((int(str(row)), f"{word!r} beside {best!r}"))
        asked = "one series or two? Read as two" if name in ("indicator", "unit") else "one or two? Read as two"
        yield from one_warning(file, name, told, "write the same words in the same way", asked)


def _again(file: str, frame: pd.DataFrame) -> list[Fault]:
    """Facts and sources that stand twice, each time under another key, as in tables put together of two people's."""
    key, words = {"ledger.csv": ("id", "statement"), "sources.csv": ("source_key", "title")}[file]
    filled = frame[frame[words] != ""]
    rest = filled.drop(columns=[key, "conflict_with"], errors="ignore").itertuples(index=False, name=None)
    first: dict[tuple[str, ...], str] = {}
    told = []
    for row, one, said in zip(filled.index, filled[key], rest, strict=True):
        if (above := first.setdefault(said, one)) != one:
            told.append((int(str(row)), f"{one!r} beside {above!r}"))
    cure = f"read as two, though all other cells are the same; keep one, and name it wherever the other {key} stands"
    return one_warning(file, key, told, cure)


def _dittos(file: str, frame: pd.DataFrame) -> Iterator[Fault]:
    """Marks for the cell above in columns of text, where they would be read as words of their own."""
    free = [name for name, field in fields(table_of(file)).items() if field.get("free") and name in frame]
    for name in free:
        before = ""
        for row, word in frame[name].items():
            key = name in ("indicator", "unit")
            if said := ditto(word, before if key else ""):
                yield Fault(file, int(str(row)), name, *said, "error" if key else "warning")
            else:
                before = word


def _bare(word: str) -> str:
    """Return a word without what people vary: capitals, blanks, hyphens, full-width letters, the .0 of a number."""
    word = re.sub(r"^(\d+)\.0+$", r"\1", tidy(word))
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", word).casefold()).strip()


def _of_columns(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Yield what shows only when a column is seen as a whole."""
    copies = list(_copies(frames))
    yield from copies
    yield from _earlier({file: one for file, one in frames.items() if file not in {fault.file for fault in copies}})
    for file, frame in frames.items():
        yield from _dittos(file, frame)
        yield from _twins(file, frame)
        yield from _again(file, frame) if file in ("ledger.csv", "sources.csv") else ()
        if file == "ledger.csv":
            yield from _late(frame, frames.get("sources.csv"))
            yield from (*_thousands(frame), *_shortened(frame))
        elif file == "sources.csv":
            yield from _kinds(frame)
        elif table_of(file) == "scores":
            yield from _lone(file, frame)
        elif file == "context.csv":
            yield from _percent(frame)


def _copies(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Passes that give the same scores for the same reasons in the same words: one is a copy of the other."""
    columns = ["year", "variable", "score", "rationale"]
    seen: dict[bytes, str] = {}
    for file, frame in frames.items():
        if table_of(file) == "scores" and "coder" not in frame and frame["score"].ne("").sum() >= _USUAL:
            content = frame[columns].sort_values(columns, kind="stable").to_csv(index=False).encode()
            if (first := seen.setdefault(content, file)) != file:
                said = f"scores and rationale are those of {first}, word for word: a copy is no second pass"
                yield Fault(file, None, None, said, "delete it, or put in what the second person wrote", "warning")


def _earlier(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Passes named after another coder and filled in nearly as theirs: copies that a program or a person put aside."""
    columns = ["year", "variable", "score", "rationale"]
    passes = {file: frame for file, frame in frames.items() if table_of(file) == "scores" and "coder" not in frame}
    cells = {
        file: set(frame.loc[frame["score"] != "", columns].itertuples(index=False, name=None))
        for file, frame in passes.items()
    }
    for file, first in permutations(passes, 2):
        longer, shorter = coder_of(file).casefold(), coder_of(first).casefold()
        both = len(cells[file] & cells[first])
        if (
            longer != shorter
            and longer.startswith(shorter)
            and both >= _NEARLY * max(map(len, (cells[file], cells[first]))) > 0
        ):
            said = f"{both} of its {len(cells[file])} scores are those of {first}, for the same reasons"
            said += "; read as those of another coder"
            cure = "keep the file that holds the work of this coder, and move the other out of this folder"
            yield Fault(file, None, None, said, cure, "warning")


def _percent(context: pd.DataFrame) -> list[Fault]:
    """Pressures beyond 1, which would have labour more than double in price."""
    beyond = pd.to_numeric(context["pressure"], errors="coerce").abs() > 1
    told = [(int(str(row)), text) for row, text in context.loc[beyond, "pressure"].items()]
    remedy = "write 0.1 if labour became a tenth dearer in a flat market"
    return one_warning("context.csv", "pressure", told, remedy, "a share, read as it stands; perhaps a percentage?")


def _late(ledger: pd.DataFrame, sources: pd.DataFrame | None) -> list[Fault]:
    """Facts more than a year later than the source that tells them; targets may lie ahead."""
    if sources is None:
        return []
    dated = sources[sources["year"].str.fullmatch(YEAR)]
    known = dict(zip(dated["source_key"], dated["year"].astype(int), strict=True))
    aims = ledger["unit"].str.contains("(target)", regex=False)
    facts = ledger[ledger["year"].str.fullmatch(r"(\d{4}-)?\d{4}") & ~aims]
    told = [
        (int(row), f"{year} ({known[key]})")
        for row, year, key in facts[["year", "source_key"]].itertuples()
        if key in known and int(year[-4:]) > known[key] + 1
    ]
    remedy = "correct the year, or name the source that tells it"
    return one_warning("ledger.csv", "year", told, remedy, "later than its source (whose year stands in brackets)")


def _thousands(ledger: pd.DataFrame) -> list[Fault]:
    """Values such as 1.234, unless most decimals of the column have other lengths."""
    pointed = ledger.loc[ledger["value"].str.fullmatch(r"[+-]?\d+\.\d+"), "value"]
    odd = pointed[pointed.str.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}")]
    told = [(int(row), f"{value} is read as {float(value):g}") for row, value in odd.items()]
    remedy = "if the point parts thousands, write the number without it"
    return one_warning("ledger.csv", "value", told if 2 * len(odd) >= len(pointed) else [], remedy)


def _shortened(ledger: pd.DataFrame) -> list[Fault]:
    """Values such as 1.23457E+11, as a spreadsheet saves what does not fit into the cell."""
    short = ledger.loc[ledger["value"].str.fullmatch(r"[+-]?\d(\.\d+)?E\+\d+"), "value"]
    told = [(int(row), f"{value} is read as {float(value):.15g}") for row, value in short.items()]
    return one_warning("ledger.csv", "value", told, "if a spreadsheet has shortened it, write all its figures")


def _kinds(sources: pd.DataFrame) -> list[Fault]:
    listed = fields("sources")["kind"]["listed"]
    told = [(int(row), repr(kind)) for row, kind in sources["kind"].items() if tidy(kind) and tidy(kind) not in listed]
    return one_warning("sources.csv", "kind", told, f"write one of {', '.join(listed)}", "no kind on the list")


def _lone(file: str, scores: pd.DataFrame) -> list[Fault]:
    """Score years that one or two cells hold and no more, where other years hold many."""
    years = scores.loc[scores["year"].str.fullmatch(r"(1[5-9]|20)\d\d"), "year"]
    cells = Counter(years)
    many = bool(cells) and median(cells.values()) >= _USUAL
    told = [(int(row), year) for row, year in years.items() if many and cells[year] <= _RARE]
    said = "few cells have this year, other years have many; it looks like a typing error"
    return one_warning(file, "year", told, "correct the year, or leave it if it is meant", said)


def _of_fact(file: str, number: int, row: dict[str, str]) -> Iterator[Fault]:
    span = re.fullmatch(r"(\d{4})-(\d{4})", row["year"])
    if span and span[2] < span[1]:
        yield Fault(file, number, "year", f"{row['year']!r} ends before it begins", f"write {span[2]}-{span[1]}")
    if not row["direction"]:
        said = "no direction; read as 0, states a level"
        yield Fault(file, number, "direction", said, "write +1, -1 or 0", "warning")
    if row["id"] and row["id"] in row["conflict_with"].split():
        yield Fault(file, number, "conflict_with", "the fact conflicts with itself", "name the other fact", "warning")
    if row["value"] and row["factor"] == "O" and not tidy(row["indicator"]):
        said = "a value of an outcome without an indicator; it joins no series"
        yield Fault(file, number, "indicator", said, "say what is measured, such as firms_count", "warning")
    if row["value"] and not tidy(row["unit"]):
        yield Fault(file, number, "unit", "a value without a unit", "say what is counted, such as firms", "warning")


def _of_score(file: str, number: int, row: dict[str, str]) -> Iterator[Fault]:
    if row["score"] and not row["evidence_ids"]:
        said = "a score without evidence"
        yield Fault(file, number, "evidence_ids", said, "name the ids of the facts it rests on, parted by ;", "warning")
    if row["score"] and not row["confidence"]:
        yield Fault(file, number, "confidence", "a score without confidence", "write high, medium or low", "warning")
    if row["confidence"] and not row["score"]:
        yield Fault(file, number, "score", "confidence without a score", "give the score or empty both", "warning")


def _of_source(file: str, number: int, row: dict[str, str]) -> Iterator[Fault]:
    if row["year"] and not re.fullmatch(YEAR, row["year"]):
        said = f"{row['year']!r} is no year; it is left out"
        yield Fault(file, number, "year", said, "write four figures, and the rest into note", "warning")
    if not tidy(row["title"]):
        yield Fault(file, number, "title", "a source without a title; its key is shown", "write the title", "warning")
