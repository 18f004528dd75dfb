"""A page on a reader's own cluster, like pages 4.1-4.4: one HTML file that needs nothing else.

The frame of the page is that of `html.document`. Nothing is fitted and nothing is chosen: the page holds what the
tables say, and runs of the model, marked as ours.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path

from gumlib import __version__
from gumlib.data.faults import as_frame, lines, summary
from gumlib.data.writing import write_whole
from gumlib.errors import GumError
from gumlib.figures.card import Figure
from gumlib.own.cluster import advice, compared, findings, inputs, modelled, sections
from gumlib.own.cluster import html as page
from gumlib.own.cluster.case import Own
from gumlib.own.cluster.drawings import files
from gumlib.own.cluster.example import MARK
from gumlib.own.cluster.folder import Folder, assemble, examine
from gumlib.terms import CLUSTERS

BOOK = "“How local industrial clusters upgrade in global value chains”"
"""The executable book, as its title stands in CITATION.cff."""


@dataclass(frozen=True)
class Report:
    """A page, and the figures on it.

    Parameters
    ----------
    html : the page as text
    figures : in the order of the page
    """

    html: str
    figures: tuple[Figure, ...]


def write(
    folder: str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    tell: Callable[[str], None] | None = None,
    encoding: str | None = None,
    book: str = "",
) -> Path:
    """Check a folder and write its page, by default ``report.html`` inside it, and its figures beside it.

    Their folder is named after the page, as ``report-figures``, and holds each figure as SVG, PNG and CSV.

    Parameters
    ----------
    tell : called with the title of each part before it is made, since some take seconds
    encoding : of tables whose encoding cannot be told
    book : address of the book, or the folder it was built into, to which the page then links

    Raises
    ------
    GumError : the folder holds errors; all of them are listed
    """
    target = Path(folder) / "report.html" if out is None else Path(out)
    if target.is_dir() or not target.parent.is_dir():
        raise GumError(f"expected a file in a folder that exists, got {target}; correct --out", "cases", "out")
    made = report(folder, tell=tell, encoding=encoding, book=book)
    beside = figures_of(target)
    try:
        beside.mkdir(exist_ok=True)
    except OSError as fault:
        said = f"cannot make the folder {beside} ({fault.strerror}); move what lies there"
        raise GumError(said, "cases", "figures") from fault
    for figure in made.figures:
        for name, content in files(figure).items():
            write_whole(beside / name, content)
    return write_whole(target, made.html.encode("utf-8"))


def figures_of(page: Path) -> Path:
    """Return the folder of the figures of a page."""
    return page.with_name(f"{page.stem}-figures")


def html(folder: str | PathLike[str]) -> str:
    """Return the page of a folder as text."""
    return report(folder).html


def report(
    folder: str | PathLike[str],
    *,
    tell: Callable[[str], None] | None = None,
    encoding: str | None = None,
    book: str = "",
) -> Report:
    """Return the page of a folder and its figures; arguments as for `write`."""
    found = examine(folder, encoding)
    faults = as_frame(found.faults)
    if found.blocked:
        told = [summary(faults) + "; no page was made", *lines(faults[faults["severity"] == "error"])]
        raise GumError("\n".join(told), "cases", found.name)
    case = assemble(found)
    parts: dict[str, tuple[str, Callable[[], Sequence[page.Piece]]]] = {
        "findings": ("What was found", lambda: findings.findings(case)),
        "ledger": ("What the ledger reports", lambda: [*sections.ledger(case), *inputs.facts(case)]),
        "outcomes": ("Outcomes, as reported", lambda: sections.outcomes(case)),
        "coded": ("Factors and ways, as coded", lambda: sections.coded(case)),
        "reasons": ("Why these scores", lambda: inputs.scores(case)),
        "agreement": ("Agreement of the passes", lambda: sections.agreement(case)),
        "compared": ("Beside the four clusters of the book", lambda: compared.beside(case)),
        "model": ("What the model says", lambda: modelled.model(case)),
        "levers": ("What levers of policy would add", lambda: advice.advice(case, book)),
        "sources": ("What it rests on", lambda: sections.sources(case)),
        "checks": ("Warnings", lambda: sections.warnings(faults)),
        "cite": ("How to cite", lambda: cite(case, found.about.get("author", ""), digest(found))),
    }
    made: dict[str, tuple[str, str]] = {}
    drawn: list[Figure] = []
    for key, (title, make) in parts.items():
        if tell:
            tell(f"{len(made) + 1} of {len(parts)}: {title}")
        pieces = make()
        drawn += [piece for piece in pieces if isinstance(piece, Figure)]
        made[key] = title, page.section(key, title, *pieces)
    chinese = f' <span lang="zh">{escape(case.title_chinese)}</span>' if case.title_chinese else ""
    origin = "the folder's tables and cluster.csv", "folder"
    text = page.document(case.title, escape(case.title) + chinese, _lead(case, found.name), made, origin)
    return Report(text, tuple(drawn))


def _lead(case: Own, code: str) -> str:
    invented = case.title.casefold().endswith("(invented example)")
    place = f"Country: {case.country}. " if case.country else ""
    place += f"Industry in the World Input-Output Tables: {case.industry}. " if case.industry else ""
    if case.place:
        east, north = case.place
        place += f"It lies at {abs(north):g}° {'N' if north >= 0 else 'S'}, {abs(east):g}° {'E' if east >= 0 else 'W'}."
    whose = "its facts and scores are those of the author of the folder"
    return (
        (f'<p class="mark">{escape(MARK)}</p>' if invented else "")
        + page.paragraph(
            "What happened in this cluster, as far as the sources gathered tell, and does the GUM model tell it?", place
        )
        + page.paragraph(
            "GUM stands for the GVC (global value chain) perspective on the upgrading mechanism of local industrial "
            "clusters. It is the model of a book by Wang Chuanbao (2010), here as formalised in the executable book "
            f"{BOOK}.",
            f"The folder bears the name of one of the four clusters of these books; {whose}, not theirs."
            if code in CLUSTERS
            else f"This cluster is not one of the four of these books: {whose}.",
            "What the model adds is marked as such.",
        )
    )


def digest(found: Folder) -> str:
    """Return a checksum of all that a page is made from: tables, cluster.csv, warnings; sixteen figures."""
    tables = {file: frame.to_csv(lineterminator="\n") for file, frame in found.frames.items()}
    read = json.dumps([found.name, found.about, tables, found.faults], sort_keys=True, default=int)
    return hashlib.sha256(read.encode("utf-8")).hexdigest()[:16]


def cite(case: Own, author: str, digest: str) -> list[str]:
    """Return how to cite the page: in words and as BibTeX, dated by the latest source."""
    who = author or "Author of the case (write the key author into cluster.csv)"
    note = f"Case report made with gumlib {__version__}; sha256 of tables, cluster.csv and warnings: {digest}"
    known = case.sources["year"].dropna() if "year" in case.sources else []
    year = f"{max(known)}" if len(known) else ""
    dated = "the year is that of the latest source" if year else "no source is dated, so no year is given"
    fields = {"author": who, "title": case.title, "year": year, "note": f"{note}; {dated}"}
    key = re.sub(r"[^a-z0-9]+", "-", case.name.casefold()).strip("-") or digest
    body = "".join(f",\n  {field} = {{{tex(text)}}}" for field, text in fields.items() if text)
    entry = f"@misc{{gum-case-{key}{body}\n}}"
    return [
        page.paragraph(f"{who}: {case.title}. {note}.", f"For the model, cite Wang (2010) and {BOOK}."),
        f"<pre>{escape(entry)}</pre>",
    ]


def tex(text: str) -> str:
    """Text as BibTeX takes it: braces would end the field, the other signs have a meaning."""
    return re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[{}\\]", "", text))
