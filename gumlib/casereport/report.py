"""A page on a reader's own cluster, like pages 4.1-4.4: one HTML file that needs nothing else.

Made with `string.Template`: the page has one frame and no loops, so that a template language
would be one more thing to install. Nothing is fitted and nothing is chosen: the page holds what the
tables say, and runs of the model, marked as ours.
"""

from __future__ import annotations

import hashlib
from html import escape
from os import PathLike
from pathlib import Path
from string import Template

from gumlib import __version__
from gumlib.casereport import page, sections
from gumlib.cases.case import Case
from gumlib.cases.example import MARK
from gumlib.cases.folder import assemble, examine
from gumlib.cases.messages import as_frame, lines, summary
from gumlib.errors import GumError


def write(folder: str | PathLike[str], out: str | PathLike[str] | None = None) -> Path:
    """Check a folder and write its page, by default ``report.html`` inside it.

    Raises
    ------
    GumError : the folder holds errors; all of them are listed

    Examples
    --------
    >>> import tempfile
    >>> from gumlib.cases import template
    >>> write(template.write(tempfile.mkdtemp() + "/mine", example=True)).name
    'report.html'
    """
    target = Path(folder) / "report.html" if out is None else Path(out)
    if target.is_dir() or not target.parent.is_dir():
        raise GumError(f"expected a file in a folder that exists, got {target}; correct --out", "cases", "out")
    target.write_bytes(html(folder).encode("utf-8"))
    return target


def html(folder: str | PathLike[str]) -> str:
    """Return the page of a folder as text.

    Examples
    --------
    >>> import tempfile
    >>> from gumlib.cases import template
    >>> html(template.write(tempfile.mkdtemp() + "/mine", example=True))[:15]
    '<!DOCTYPE html>'
    """
    found = examine(folder)
    faults = as_frame(found.faults)
    if found.blocked:
        told = [summary(faults) + "; no page was made", *lines(faults[faults["severity"] == "error"])]
        raise GumError("\n".join(told), "cases", found.name)
    case = assemble(found)
    invented = case.title.casefold().endswith("(invented example)")
    parts = {
        "ledger": ("What the ledger tells", sections.ledger(case)),
        "outcomes": ("Outcomes, as reported", sections.outcomes(case)),
        "coded": ("Factors and ways, as coded", sections.coded(case)),
        "agreement": ("Agreement of the passes", sections.agreement(case)),
        "model": ("What the model says", sections.model(case)),
        "sources": ("What it rests on", sections.sources(case)),
        "checks": ("Warnings", sections.warnings(faults)),
        "cite": ("How to cite", cite(case, found.about.get("author", ""), digest(case))),
    }
    return Template((Path(__file__).parent / "report.html").read_text(encoding="utf-8")).substitute(
        version=__version__,
        title=escape(case.title),
        heading=escape(case.title)
        + (f' <span lang="zh">{escape(case.title_chinese)}</span>' if case.title_chinese else ""),
        lead=(f'<p class="mark">{escape(MARK)}</p>' if invented else "") + _lead(case),
        contents="\n".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, (title, _) in parts.items()),
        sections="\n".join(page.section(key, title, *body) for key, (title, body) in parts.items()),
    )


def _lead(case: Case) -> str:
    place = ""
    if case.place:
        east, north = case.place
        place = f"It lies at {abs(north):g}° {'N' if north >= 0 else 'S'}, {abs(east):g}° {'E' if east >= 0 else 'W'}."
    return page.paragraph(
        "What happened in this cluster, as far as the sources gathered tell, and does the model of the GUM compendium "
        "tell it?",
        place,
        "Facts and scores are those of the folder. What the model adds is marked.",
    )


def digest(case: Case) -> str:
    """Return a checksum of the three tables of a case, sixteen figures.

    Examples
    --------
    >>> from gumlib.cases import load
    >>> len(digest(load("wenzhou")))
    16
    """
    tables = (case.ledger, case.sources, case.scores)
    return hashlib.sha256("".join(table.to_csv(lineterminator="\n") for table in tables).encode("utf-8")).hexdigest()[
        :16
    ]


def cite(case: Case, author: str, digest: str) -> list[str]:
    """Return how to cite the page: in words and as BibTeX.

    Examples
    --------
    >>> from gumlib.cases import load
    >>> cite(load("wenzhou"), "Someone", "00")[0][:19]
    '<p>Someone: Wenzhou'
    """
    who = author or "Author of the case (write the key author into cluster.csv)"
    note = f"Case report made with gumlib {__version__}; tables sha256 {digest}"
    entry = f"@misc{{gum-case-{case.name},\n  author = {{{who}}},\n  title = {{{case.title}}},\n  note = {{{note}}}\n}}"
    return [page.paragraph(f"{who}: {case.title}. {note}."), f"<pre>{escape(entry)}</pre>"]
