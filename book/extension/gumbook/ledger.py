"""The ledger: an entry a fact, with its source, what contradicts it and what rests on it; filtered without a script."""

from __future__ import annotations

import re
import shutil
from functools import cache
from html import escape
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.chinese.phrases import site
from book.digest import cache as store
from gumbook import cards, edition, ids, numbering
from gumlib import data, evidence
from gumlib.data.phrases import scaled
from gumlib.terms import CLUSTERS, name

FOLDER = "tables"
_TABLES = {"ledger": "ledger", "sources": "sources", "first pass": "scores_a", "second pass": "scores_b"}
_MOVES = {1: "strengthens", 0: "states a level", -1: "weakens"}
_PERIODS = (1978, 1985, 1990, 1995, 2000, 2005, 2010)
"""First years of the periods to choose from."""
_FACT = re.compile(r"\b[A-Z]{2}\d{3}\b")


class fact_list(nodes.General, nodes.Element):  # noqa: N801
    """Stands where the facts of a cluster will."""


class FactList(SphinxDirective):
    """``{fact-list} ningbo``: every fact of a cluster."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave a node to be filled when all pages are read."""
        return [fact_list(cluster=self.arguments[0])]


class FactFilter(SphinxDirective):
    """``{fact-filter}``: choose cluster, factor and period; the style sheet hides the rest, so no script is needed."""

    def run(self) -> list[nodes.Node]:
        """Return three rows of radio buttons, and the rules that they set off."""
        facts = _facts()
        clusters = {code: cluster.name for code, cluster in CLUSTERS.items()}
        factors = {code: name(code) for code in facts["factor"].unique()}
        rows = {"cluster": clusters, "factor": factors, "period": _periods()}
        html = "".join(_choices(row, words, facts[row].value_counts()) for row, words in rows.items())
        form = f'<form autocomplete="off"><style>{_rules(rows)}</style>{html}</form>'
        return [nodes.raw("", form, format="html")]


class FactDownloads(SphinxDirective):
    """``{fact-downloads}``: the ledger, whole and by cluster, its sources, scores and uses as CSV."""

    def run(self) -> list[nodes.Node]:
        """Return links to the files that the build leaves beside the pages."""
        up = "../" * self.env.docname.count("/")
        files = _TABLES | {cluster.name: f"ledger-{cluster.code}" for cluster in CLUSTERS.values()}
        links = [
            f'<a href="{up}{FOLDER}/{file}.csv" download>{words}</a>'
            for words, file in {**files, "uses": "uses"}.items()
        ]
        return [nodes.raw("", f"<p>CSV: {', '.join(links)}.</p>", format="html")]


class ReportHow(SphinxDirective):
    """``{report-how}``: where an error in a fact is reported, if the book at hand has an address for it."""

    def run(self) -> list[nodes.Node]:
        """Return one sentence."""
        said = "The copy at hand names no address for reports: tell whoever gave it to you, with the id of the fact."
        if _address(self.env.app):
            said = "The words *report an error* at the end of each fact lead to the address for reports."
        return self.parse_text_to_nodes(said)


def setup(app: Sphinx) -> None:
    """Register the directives and the copying of tables."""
    app.add_node(fact_list)
    for directive in (FactList, FactFilter, FactDownloads, ReportHow):
        app.add_directive(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", directive.__name__).lower(), directive)
    app.connect("doctree-resolved", _fill)
    app.connect("build-finished", _write_tables)


@cache
def _facts() -> pd.DataFrame:
    """Return the ledger with the period of each fact."""
    facts = evidence.ledger()
    period = facts["first"].map(lambda year: max((0, *(y for y in _PERIODS if y <= year))), na_action="ignore")
    return facts.assign(period=period.fillna(-1).astype(int).map(lambda first: f"y{first}"))


def _periods() -> dict[str, str]:
    ends = [*(start - 1 for start in _PERIODS[1:]), None]
    spans = {
        f"y{start}": f"{start} to {end}" if end else f"{start} on" for start, end in zip(_PERIODS, ends, strict=True)
    }
    return {"y0": f"before {_PERIODS[0]}", **spans, "y-1": "undated"}


def _choices(row: str, words: dict[str, str], counts: pd.Series) -> str:
    choices = {"": f"all ({counts.sum()})"} | {key: f"{text} ({counts.get(key, 0)})" for key, text in words.items()}
    buttons = [
        f'<label><input type="radio" name="{row}" id="show-{row}-{key}"{" checked" * (not key)}> {text}</label>'
        for key, text in choices.items()
    ]
    return f'<fieldset class="gum-filter"><legend>{row.capitalize()}</legend>{"".join(buttons)}</fieldset>'


def _rules(rows: dict[str, dict[str, str]]) -> str:
    """Return the rules that hide what is not chosen; the fact that an address names is shown all the same."""
    hidden = [
        f"article:has(#show-{row}-{key}:checked) .gum-fact:not(.{key}):not(:target)"
        for row, words in rows.items()
        for key in words
    ]
    return ",".join(hidden) + "{display:none}"


def _address(app: Sphinx) -> str:
    return app.config.html_context.get("report_errors_to", "")


def _fill(app: Sphinx, document: nodes.document, page: str) -> None:
    """Fill the lists of facts of a page, now that all that names them is known."""
    for place in list(document.findall(fact_list)):
        facts = _facts()[_facts()["cluster"] == place["cluster"]]
        entries = _Entries(app, page)
        place.replace_self(nodes.raw("", "".join(entries.entry(fact) for fact in facts.itertuples()), format="html"))


class _Entries:
    """Writes the entries of facts for a page."""

    def __init__(self, app: Sphinx, page: str) -> None:
        self.app, self.page, self.env = app, page, app.env
        self.sources, self.uses, self.disputes = evidence.sources(), uses(app), evidence.conflicts()["dispute"]

    def entry(self, fact: tuple) -> str:
        """Return one fact with all that is known of it."""
        key = fact.Index
        when = fact.year if isinstance(fact.year, str) else "undated"
        about = f"{when}, {name(fact.cluster)}: {name(fact.factor)}, {_MOVES[fact.direction]}."
        head = f'<a href="#{key.lower()}">{key}</a> {about}'
        lines = [
            f"<b>{head}</b> {escape(fact.statement)}{_measured(self.app, fact)}",
            f"Source: {self._source(fact.source_key)}",
        ]
        others = [other for other in self.disputes.index[self.disputes == self.disputes.get(key)] if other != key]
        lines += [f"Contradicted by {' '.join(others)}."] if others else []
        lines.append(" ".join([*self._used(fact), self._report(key)]))
        classes = f"gum-fact {fact.cluster} {fact.factor} {fact.period}"
        return f'<div class="{classes}" id="{key.lower()}">{"".join(f"<p>{line}</p>" for line in lines)}</div>\n'

    def _source(self, key: str) -> str:
        source = self.sources.loc[key]
        title = ids.link(self.app, self.page, key, source["title"])
        year = "" if pd.isna(source["year"]) else str(source["year"])
        said = work(title, source["author_or_publisher"], year, edition.chinese(self.app))
        return f'<span class="gum-work">{said}</span>'

    def _used(self, fact: tuple) -> list[str]:
        used = self.uses[self.uses["fact"] == fact.Index].groupby("kind")["place"].agg(list)
        said = []
        if "score" in used:
            profile = f"fig-{CLUSTERS[fact.cluster].section.replace('.', '-')}-profile"
            link = ids.link(self.app, self.page, profile, "Scores")
            said.append(f"{link}: {', '.join(used['score'])}.")
        if "figure" in used:
            said.append(f"<span>Drawn in</span> {', '.join(used['figure'])}.")
        if "page" in used:
            pages = [
                f'<a href="{ids.to(self.app, self.page, where)}">{ids.called(self.env, where)}</a>'
                for where in used["page"]
            ]
            said.append(f"<span>Cited on</span> {', '.join(pages)}.")
        return said or ["No score, figure or page names it."]

    def _report(self, key: str) -> str:
        address = _address(self.app).replace("{fact}", key) or "#errors"
        return f'<a href="{escape(address)}">Report an error</a>'


def work(title: str, publisher: str, year: str, chinese: bool) -> str:
    """Return a title with who published it and when; in Chinese with wide marks and, where we have it, a Chinese name.

    Examples
    --------
    >>> work("A Tiger Legend", "trade repost", "2009", chinese=False)
    'A Tiger Legend, trade repost, 2009.'
    """
    if chinese:
        named = escape(site("ledger").chinese(publisher) or publisher, quote=False)
        return "，".join(filter(None, [title, named, f"{year}年" * bool(year)])) + "。"
    return ", ".join(filter(None, [title, escape(publisher), year])) + "."


def _measured(app: Sphinx, fact: tuple) -> str:
    """Return what a fact measures, if it does."""
    if pd.isna(fact.value):
        return ""
    said = f"{fact.value:,.10g}"
    if pd.notna(fact.unit):
        chinese = site("ledger").chinese(fact.unit) if edition.chinese(app) else None
        said = scaled(_beside(said, escape(chinese))) if chinese else f"{said} <span>{escape(fact.unit)}</span>"
    return f" <i><span>{fact.indicator.replace('_', ' ')}</span>: {said}</i>"


def _beside(value: str, unit: str) -> str:
    """Return a value with its Chinese unit; a space keeps it from digits and Latin letters."""
    return f"{value} {unit}" if unit[0].isalnum() and unit[0].isascii() else value + unit


def uses(app: Sphinx) -> pd.DataFrame:
    """Return what rests on each fact: fact, kind (score, figure or page), place, in the order of the ledger."""
    scores = evidence.scores().dropna(subset=["evidence_ids"])
    scores = scores.assign(fact=scores["evidence_ids"].str.split(";")).explode("fact")
    scores = scores.groupby(["fact", "variable", "year"], sort=False)["coder"].agg(", ".join).reset_index()
    rows = [(row.fact.strip(), "score", f"{row.variable} {row.year} ({row.coder})") for row in scores.itertuples()]
    for figure in (card for card in sorted(numbering.known(app.env)) if card.startswith("fig-")):
        drawn = (store() / cards.FOLDER / f"{figure}.csv").read_text(encoding="utf-8")
        rows += [(fact, "figure", figure) for fact in sorted(set(_FACT.findall(drawn)))]
    rows += [(fact, "page", page) for fact, pages in ids.namers(app.env).items() for page in pages]
    table = pd.DataFrame(rows, columns=["fact", "kind", "place"])
    order = {fact: place for place, fact in enumerate(evidence.ledger().index)}
    return table[table["fact"].isin(order)].sort_values("fact", key=lambda column: column.map(order), kind="stable")


def _write_tables(app: Sphinx, failure: Exception | None) -> None:
    if not edition.writes(app, failure):
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for table in _TABLES.values():
        shutil.copyfile(data.path(table), folder / f"{table}.csv")
    for cluster in CLUSTERS:
        evidence.ledger(cluster).to_csv(folder / f"ledger-{cluster}.csv", lineterminator="\n", encoding="utf-8")
    uses(app).to_csv(folder / "uses.csv", index=False, lineterminator="\n", encoding="utf-8")
