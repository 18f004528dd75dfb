"""One page and one file of measures on a reader's own input-output table; nothing in it is fetched from elsewhere."""

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from gumlib import __version__
from gumlib.data.writing import write_all
from gumlib.errors import GumError
from gumlib.figures import own_table as figures
from gumlib.gvc.groups import groups_of
from gumlib.gvc.koopman import NINE_TERMS
from gumlib.gvc.summary import wide_indicators
from gumlib.own.cluster import writing
from gumlib.own.cluster.pieces import Captioned, Document, Piece, Section, listing, paragraph
from gumlib.own.cluster.report import TITLE, bibtex
from gumlib.own.table import layouts, peers
from gumlib.own.table.reading import Reading

_MOST = {"region": len(figures.COLOURS), "industry": 8}
"""How many a page can show; the file of measures holds all."""
_WHOLE = 1e4
"""From here on a table on the page shows whole numbers."""
_FIRST = {"region": 3, "industry": 4}
"""How many are shown where none is named: those that export most."""


def write(
    reading: Reading,
    out: str | PathLike[str],
    regions: Sequence[str] = (),
    industries: Sequence[str] = (),
    language: str = "en",
    *,
    replace: bool = False,
) -> tuple[Path, Path]:
    """Write the report on a table, and beside it the measures as tidy CSV: region, industry, indicator, value.

    Parameters
    ----------
    out : ends in ``.html``, or in ``.docx`` for a word processor
    regions, industries : codes to show, at most as many as `_MOST`; those that export most when left out
    language : ``"en"`` or ``"zh"``
    replace : whether files that are there and differ give way; an earlier report does in any case

    Raises
    ------
    GumError : a code is not one of the table, or too many are named; the folder of `out` is not there; what is there
        would be lost
    """
    target = writing.target(out, "table")
    measures = target.with_name(f"{target.stem}-measures.csv")
    wide = wide_indicators(reading.table)
    document = report(reading, wide, chosen(wide, reading, regions, industries), measures.name)
    content = writing.contents(document, target.suffix, language)
    tidy = wide.melt(ignore_index=False, var_name="indicator").reset_index()
    made = {target: content, measures: tidy.to_csv(index=False, lineterminator="\n").encode()}
    write_all(made, replace=replace, renew=True)
    return target, measures


def chosen(
    wide: pd.DataFrame, reading: Reading, regions: Sequence[str], industries: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return the regions and industries to show: those named, or those that export most.

    Raises
    ------
    GumError : an unknown code, or too many
    """
    exports = wide["exports"].drop(index=list(groups_of(reading.table)), level="industry")
    found = {}
    for level, given in {"region": regions, "industry": industries}.items():
        named = [given] if isinstance(given, str) else list(given)
        known = list(dict.fromkeys(exports.index.get_level_values(level)))
        if unknown := [code for code in named if code not in known]:
            there = ", ".join(known[:90]) + (", ..." if len(known) > 90 else "")
            said = f"expected a code of the table ({there}), got {', '.join(unknown)}"
            raise GumError(f"{said}; correct --{level}", "table", level)
        if len(named) > _MOST[level]:
            said = f"expected at most {_MOST[level]} codes to show, got {len(named)}"
            raise GumError(f"{said}; name fewer: {level} by {level} is in the file of measures", "table", level)
        ranked = exports.groupby(level, sort=False).sum().sort_values(ascending=False, kind="stable").index
        found[level] = tuple(dict.fromkeys(named)) or tuple(ranked[: _FIRST[level]])
    return found


def report(reading: Reading, wide: pd.DataFrame, shown: dict[str, tuple[str, ...]], measures: str) -> Document:
    """Return what the report says; `measures` is the name of the file that lies beside it."""
    inner = wide.drop(index=list(groups_of(reading.table)), level="industry")
    which = shown["region"], shown["industry"]
    parts: dict[str, tuple[str, Callable[[], list[Piece]]]] = {
        "chain": ("What is added, and what stays", lambda: [figures.chain(inner, *which)]),
        "position": ("Distance from the buyer", lambda: [figures.position(inner, *which)]),
        "paid": ("Whom a unit of output pays", lambda: [figures.paid(reading.table, *which)]),
        "shares": ("Shares of the world", lambda: [figures.shares(inner, *which)]),
        "measures": ("The measures", lambda: _measures(wide, shown, measures)),
        "checks": ("What was checked", lambda: _checks(reading)),
        "source": ("Where the table is from", lambda: [Captioned(_source(reading), "Provenance", words=True)]),
        "cite": ("How to cite", lambda: _cite(reading)),
    }
    made = tuple(Section(key, title, tuple(make())) for key, (title, make) in parts.items())
    title, origin = (
        f"{reading.file}: industries in the chain",
        f"{reading.file} and the choice of regions and industries",
    )
    return Document(title, "", tuple(_lead(reading, shown)), made, (origin, "table"))


def _lead(reading: Reading, shown: dict[str, tuple[str, ...]]) -> list[Piece]:
    when = f", {reading.year}" if reading.year.isdigit() else ""
    said = paragraph(
        f"Where do industries stand in the global value chain, by this table of {reading.table.size}{when}?",
        f"The measures are those of section 1.1 of the executable book {TITLE}.",
        f"Shown: {', '.join(shown['region'])}; industries {', '.join(shown['industry'])}.",
        "All of this is about industries of whole regions, never about one cluster.",
    )
    return [*(paragraph(f"Look at this first: {odd}", mark="mark") for odd in reading.oddities), said]


def _measures(wide: pd.DataFrame, shown: dict[str, tuple[str, ...]], file: str) -> list[Piece]:
    groups = [name for name in ("MANUF", "TOTAL") if name in wide.index.get_level_values("industry")]
    labels = [shown["region"], [*shown["industry"], *groups]]
    rows = wide.loc[pd.MultiIndex.from_product(labels, names=wide.index.names)]
    rows = rows.map(lambda value: round(value) if abs(value) >= _WHOLE else value)
    terms = pd.DataFrame({"column": list(NINE_TERMS), "term of exports": list(NINE_TERMS.values())})
    return [
        paragraph(f"All regions, industries and measures are in {file}, one value a row."),
        Captioned(rows.drop(columns=list(NINE_TERMS)).reset_index(), "Measures"),
        Captioned(rows[list(NINE_TERMS)].reset_index(), "The nine terms of gross exports"),
        Captioned(terms, "What the nine terms are", words=True),
        paragraph("Terms 1 and 6 have no meaning by industry each on their own; read their sum, or the region's."),
    ]


def _checks(reading: Reading) -> list[Piece]:
    """List what was read otherwise than it stands, what agrees, and what is odd."""
    said = [*reading.notes, *(f"odd: {text}" for text in reading.oddities)] or ["nothing was left out or filled in"]
    return [listing(*said)]


def _source(reading: Reading) -> pd.DataFrame:
    named = (layouts.LAYOUTS | peers.PARSERS)[reading.format]
    facts = {"file": reading.file, "sha256": reading.sha256, "format": f"{reading.format}: {named.title}"}
    facts |= {"year": reading.year, "unit of flows": reading.unit, "measured by": f"gumlib {__version__}"}
    return pd.DataFrame({"what": facts.keys(), "value": facts.values()})


def _cite(reading: Reading) -> list[Piece]:
    """Return how to cite the table and what was computed from it, in words and as BibTeX."""
    source = (layouts.CITE | peers.CITE)[reading.format]
    note = f"Measures computed by gumlib {__version__} from {reading.file}, sha256 {reading.sha256[:16]}"
    fields = {"title": f"Industries in the chain: {reading.file}", "note": note}
    fields["year"] = reading.year if reading.year.isdigit() else ""
    return [
        paragraph(f"The table: {source}"),
        paragraph(f"{note}.", f"For the measures, cite {TITLE} and the works that its page 1.1 names."),
        bibtex(f"gum-table-{reading.sha256[:8]}", fields),
    ]
