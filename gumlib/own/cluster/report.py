"""A page on a reader's own cluster, like pages 4.1-4.4: one HTML file that needs nothing else.

Nothing is fitted and nothing is chosen: the page holds what the
tables say, and runs of the model, marked as ours.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import Path

from gumlib import __version__, data
from gumlib.data.faults import as_frame, fault_counts, lines
from gumlib.data.messages import words_in
from gumlib.data.writing import write_all
from gumlib.errors import GumError
from gumlib.figures.chinese import drawn_in
from gumlib.own.cluster import advice, compared, findings, inputs, modelled, sections, writing
from gumlib.own.cluster.case import Own
from gumlib.own.cluster.drawings import figure_files
from gumlib.own.cluster.example import MARK
from gumlib.own.cluster.folder import Folder, assemble, examine_folder
from gumlib.own.cluster.pieces import Code, Document, Piece, Section, paragraph
from gumlib.terms import CLUSTERS

TITLE = "“How local industrial clusters upgrade in global value chains”"
"""The executable book, as its title stands in CITATION.cff."""


def write(
    folder: str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    tell: Callable[[str], None] | None = None,
    encoding: str | None = None,
    book: str = "",
    language: str = "en",
    replace: bool = False,
) -> Path:
    """Check a folder and write its report, by default ``report.html`` inside it, and its figures beside it.

    A name that ends in ``.docx`` makes a document for a word processor. The folder of the figures is named after the
    report, as ``report-figures``, and holds each figure as SVG, PNG and CSV.

    Parameters
    ----------
    tell : called with the title of each part before it is made, since some take seconds
    encoding : of tables whose encoding cannot be told
    book : address of the book, or the folder it was built into, to which the page then links
    language : ``"en"`` or ``"zh"``
    replace : whether files that are there and differ give way; an earlier report does in any case

    Raises
    ------
    GumError : the folder holds errors; all of them are listed. Or `out` ends otherwise, or lies in no folder; or what
        is there would be lost; or `book` is neither a folder nor an address
    """
    advice.address_of(book)
    target = Path(folder) / "report.html" if out is None else writing.target(out, "cases")
    document = report(folder, tell=tell, encoding=encoding, book=book, language=language)
    beside = figures_of(target)
    made = {target: writing.contents(document, target.suffix, language)}
    with drawn_in(language):
        for figure in document.figures:
            made |= {beside / name: part for name, part in figure_files(figure, words_in(language)).items()}
    write_all(made, home=beside, replace=replace, renew=True)
    return target


def figures_of(page: Path) -> Path:
    """Return the folder of the figures of a page."""
    return page.with_name(f"{page.stem}-figures")


def html(folder: str | PathLike[str], language: str = "en") -> str:
    """Return the page of a folder as text."""
    return writing.contents(report(folder, language=language), ".html", language).decode("utf-8")


def report(
    folder: str | PathLike[str],
    *,
    tell: Callable[[str], None] | None = None,
    encoding: str | None = None,
    book: str = "",
    language: str = "en",
) -> Document:
    """Return what the report of a folder says; arguments as for `write`. Its figures are not drawn yet."""
    found = examine_folder(folder, encoding)
    faults = as_frame(found.faults)
    if found.blocked:
        told = [fault_counts(faults) + "; no page was made", *lines(faults[faults["severity"] == "error"])]
        raise GumError("\n".join(told), "cases", found.name)
    case = assemble(found)
    title, chinese = case.title, case.title_chinese
    if language == "zh" and chinese:
        case = dataclasses.replace(case, title=chinese)
    parts: dict[str, tuple[str, Callable[[], Sequence[Piece]]]] = {
        "findings": ("What was found", lambda: findings.findings(case)),
        "ledger": ("What the ledger reports", lambda: [*sections.ledger(case), *inputs.facts(case)]),
        "outcomes": ("Outcomes, as reported", lambda: sections.outcomes(case)),
        "coded": ("Factors and ways, as coded", lambda: sections.coded(case)),
        "reasons": ("Why these scores", lambda: inputs.scores(case)),
        "agreement": ("Agreement of the passes", lambda: sections.agreement(case)),
        "compared": ("Beside the four clusters of the book", lambda: compared.beside_the_four(case)),
        "model": ("What the model says", lambda: modelled.model(case)),
        "levers": ("What levers of policy would add", lambda: advice.advice(case, book)),
        "sources": ("What it rests on", lambda: sections.sources(case)),
        "checks": ("Warnings", lambda: sections.warnings(faults)),
        "cite": ("How to cite", lambda: cite(case, found.about.get("author", ""), digest(found))),
    }
    made: list[Section] = []
    for key, (heading, make) in parts.items():
        if tell:
            tell(f"{len(made) + 1} of {len(parts)}: {heading}")
        made.append(Section(key, heading, tuple(make())))
    origin = "the folder's tables and cluster.csv", "folder"
    return Document(title, chinese, tuple(_lead(case, found.name, language)), tuple(made), origin)


def _lead(case: Own, code: str, language: str) -> list[Piece]:
    invented = case.title.casefold().endswith("(invented example)")
    place = [f"Country: {case.country}."] if case.country else []
    if case.industry:
        named = data.read("wiod-industries").set_index("code")[f"name_{language}"].get(case.industry)
        known = f"{case.industry} ({named})" if named else case.industry
        place.append(f"Its industry in the World Input-Output Tables is {known}.")
    if case.place:
        east, north = case.place
        where = f"{abs(north):g}° {'N' if north >= 0 else 'S'}, {abs(east):g}° {'E' if east >= 0 else 'W'}"
        place += [f"It lies at {where}."]
    whose = "its facts and scores are those of the author of the folder"
    caution = [paragraph(MARK, mark="mark")] if invented else []
    return [
        *caution,
        paragraph(
            "What happened in this cluster, as far as the sources gathered tell, and does the GUM model tell it?",
            *place,
        ),
        paragraph(
            "GUM stands for the GVC (global value chain) perspective on the upgrading mechanism of local industrial "
            "clusters.",
            f"It is the model of a book by Wang Chuanbao (2010), here as formalised in the executable book {TITLE}.",
            f"The folder bears the name of one of the four clusters of these books; {whose}, not theirs."
            if code in CLUSTERS
            else f"This cluster is not one of the four of these books: {whose}.",
            "What the model adds is marked as such.",
        ),
    ]


def digest(found: Folder) -> str:
    """Return a checksum of all that a page is made from: tables, cluster.csv, warnings; sixteen figures."""
    tables = {file: frame.to_csv(lineterminator="\n") for file, frame in found.frames.items()}
    read = json.dumps([found.name, found.about, tables, found.faults], sort_keys=True, default=int)
    return hashlib.sha256(read.encode("utf-8")).hexdigest()[:16]


def cite(case: Own, author: str, digest: str) -> list[Piece]:
    """Return how to cite the page: in words and as BibTeX, dated by the latest source."""
    who = author or "Author of the case (write the key author into cluster.csv)"
    note = f"Case report made with gumlib {__version__}; sha256 of tables, cluster.csv and warnings: {digest}"
    known = case.sources["year"].dropna() if "year" in case.sources else []
    year = f"{max(known)}" if len(known) else ""
    dated = "the year is that of the latest source" if year else "no source is dated, so no year is given"
    fields = {"author": who, "title": case.title, "year": year, "note": f"{note}; {dated}"}
    key = re.sub(r"[^a-z0-9]+", "-", case.name.casefold()).strip("-") or digest
    return [
        paragraph(f"{who}: {case.title}.", f"{note}.", f"For the model, cite Wang (2010) and {TITLE}."),
        bibtex(f"gum-case-{key}", fields),
    ]


def bibtex(key: str, fields: Mapping[str, str]) -> Code:
    """Return an entry for BibTeX; empty fields are left out."""
    body = "".join(f",\n  {field} = {{{tex(text)}}}" for field, text in fields.items() if text)
    return Code(f"@misc{{{key}{body}\n}}")


def tex(text: str) -> str:
    """Text as BibTeX takes it: braces would end the field, the other signs have a meaning."""
    return re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[{}\\]", "", text))
