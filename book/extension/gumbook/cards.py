"""Figures as citable cards: picture for both themes, caption, permalink, downloads, citation.

A cell that shows a `gumlib.figures.card.Figure` leaves a drawing whose root element carries the
figure's id; its kernel has written the figure's files into the store. Here the drawing is
replaced by a card, and the files are copied beside the pages.
"""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from book.digest import cache
from book.publication import book
from gumbook import cite, edition

FOLDER = "figures"
_LINKS = ("svg", "png", "pdf", "csv", "json")
_SIZE = re.compile(r'<svg[^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')


class figure_list(nodes.General, nodes.Element):  # noqa: N801
    """Stands where the list of all figures will."""


class thumbnail(nodes.General, nodes.Element):  # noqa: N801
    """Stands where a figure of another page is shown small."""


class ShowCards(SphinxTransform):
    """Replace each drawing of a `Figure` by its card."""

    default_priority = 210

    def apply(self, **_: Any) -> None:
        """Look at every output bundle of the page."""
        for bundle in [box for box in self.document.findall(nodes.container) if box.get("nb_element") == "mime_bundle"]:
            for image in list(bundle.findall(nodes.image)):
                name = _figure_id(Path(self.app.srcdir), image["uri"])
                if name:
                    self._replace(bundle, name)
                    break

    def _replace(self, bundle: nodes.container, name: str) -> None:
        record = _record(name)
        shown = known(self.env)
        if shown.get(name, {"page": self.env.docname})["page"] != self.env.docname:
            raise ExtensionError(f"{name} is shown on {shown[name]['page']} and {self.env.docname}; show it once")
        shown[name] = {"page": self.env.docname, "section": _section(bundle), **record}
        up = "../" * self.env.docname.count("/")
        words = nodes.literal("", f"Words in the picture: {'; '.join(record['words'])}.")
        hidden = nodes.paragraph("", "", words, classes=["visually-hidden"])
        card = nodes.figure("", nodes.raw("", _picture(record, up), format="html"), hidden, classes=["gum-card"])
        caption = nodes.caption("", "", nodes.strong("", _closed(record["title"]) + " "), nodes.Text(record["caption"]))
        citation = cite.shown(cite.figure(self.app, name, record["title"], self.env.docname), up)
        card += [caption, nodes.legend("", nodes.raw("", _foot(record, up, citation), format="html"))]
        card["names"].append(name)
        self.document.note_explicit_target(card)
        bundle.replace_self(card)


class Thumbnail(SphinxDirective):
    """``{thumbnail} fig-id``: the picture, small, with a link to its card."""

    required_arguments = 1
    optional_arguments = 0
    option_spec = {"class": directives.class_option}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Leave a node to be filled when all pages are read."""
        return [thumbnail(name=self.arguments[0], classes=self.options.get("class", []))]


class FigureList(SphinxDirective):
    """``{figure-list}``: every figure of the book with a link to its card."""

    def run(self) -> list[nodes.Node]:
        """Leave a node to be filled when all pages are read."""
        return [figure_list()]


def _section(node: nodes.Node) -> tuple[str, str]:
    """Return anchor and title of the section in which a node stands."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0], node[0].astext()


def _closed(title: str) -> str:
    """Return the title as a sentence of the caption."""
    return title if title.endswith(("?", "!")) else f"{title}."


def setup(app: Sphinx) -> None:
    """Register transform, directives and the copying of files."""
    app.add_node(figure_list)
    app.add_node(thumbnail)
    app.add_transform(ShowCards)
    app.add_directive("thumbnail", Thumbnail)
    app.add_directive("figure-list", FigureList)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", lambda _app, env, _names, other: known(env).update(known(other)))
    app.connect("doctree-resolved", _fill)
    app.connect("build-finished", _copy)


def known(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """Return every figure that a page shows: its page and section, and what its files record."""
    if not hasattr(env, "gum_figures"):
        env.gum_figures = {}
    return env.gum_figures


def _purge(_: Sphinx, env: BuildEnvironment, name: str) -> None:
    env.gum_figures = {key: card for key, card in known(env).items() if card["page"] != name}


def _figure_id(source: Path, uri: str) -> str | None:
    """Return the id a drawing carries; `uri` is relative to the source folder, with a slash."""
    if not uri.endswith(".svg"):
        return None
    drawing = (source / uri.lstrip("/")).read_text(encoding="utf-8")
    found = re.match(r'<svg id="(fig-[a-z0-9-]+)"', drawing[:200])
    return found[1] if found else None


def _record(name: str) -> dict[str, Any]:
    store = cache() / FOLDER
    file = store / f"{name}.json"
    if not file.exists():
        raise ExtensionError(f"{name} left no files in {store}; remove _build/cache and build again")
    size = _SIZE.search((store / f"{name}.svg").read_text(encoding="utf-8")[:2000])
    return {
        **json.loads(file.read_text(encoding="utf-8")),
        "size": [round(float(side) * 4 / 3) for side in size.groups()],
    }


def _picture(record: dict[str, Any], up: str) -> str:
    width, height = record["size"]
    shared = f'alt="{escape(record["alt"])}" width="{width}" height="{height}" loading="lazy"'
    stem = f"{up}{FOLDER}/{record['id']}"
    return (
        f'<div class="gum-picture" tabindex="0" role="group" aria-label="Picture: {escape(record["title"])}">'
        f'<img class="only-light" src="{stem}.svg" {shared}>'
        f'<img class="only-dark" src="{stem}-dark.svg" {shared}></div>'
    )


def _foot(record: dict[str, Any], up: str, citation: str) -> str:
    name = record["id"]
    links = " ".join(
        f'<a href="{up}{FOLDER}/{name}.{kind}" download translate="no" aria-label="{name} {kind.upper()}">'
        f"{kind.upper()}</a>"
        for kind in _LINKS
    )
    inputs = "".join(
        f"<li><code>{key}</code> sha256 <code>{value[:12]}</code></li>" for key, value in record["sources"].items()
    )
    seed = "" if record["seed"] is None else f"<li>random seed <code>{record['seed']}</code></li>"
    return (
        f'<p class="gum-links"><a href="#{name}">{name}</a> {links}</p>'
        f"<details class='gum-cite'><summary>Cite and check</summary>{citation}"
        f"<ul><li>drawn by <code>{escape(record['function'])}</code>, gumlib "
        f"<span>{record['version']}</span>, {record['rows']} rows</li>"
        f"{inputs}{seed}<li>{record['licence']}</li></ul></details>"
    )


def _fill(app: Sphinx, document: nodes.document, page: str) -> None:
    """Fill the list of figures and the thumbnails of a page, now that all cards are known."""
    for place in list(document.findall(figure_list)):
        rows = sorted(known(app.env).values(), key=lambda card: card["id"])
        place.replace_self(nodes.raw("", _listed(app, page, rows), format="html"))
    for place in list(document.findall(thumbnail)):
        if place["name"] not in known(app.env):
            raise ExtensionError(f"{page} asks for a thumbnail of {place['name']}, which no page shows")
        card = known(app.env)[place["name"]]
        up = "../" * page.count("/")
        target = app.builder.get_relative_uri(page, card["page"]) + f"#{card['id']}"
        text = f'<a class="gum-thumbnail" href="{target}">{_plain(card, up)}<span>{escape(card["title"])}</span></a>'
        place.replace_self(nodes.raw("", text, format="html"))


def _plain(card: dict[str, Any], up: str) -> str:
    """Return the picture without its frame: for thumbnails, whose link already has a name."""
    return re.sub(r"</?div[^>]*>", "", _picture(card, up))


def _listed(app: Sphinx, page: str, rows: list[dict[str, Any]]) -> str:
    items = []
    for card in rows:
        target = app.builder.get_relative_uri(page, card["page"]) + f"#{card['id']}"
        title = escape(app.env.titles[card["page"]].astext())
        items.append(
            f'<tr><td><a href="{target}"><code>{card["id"]}</code></a></td>'
            f"<td><strong>{escape(card['title'])}</strong><br>{escape(card['caption'])}</td><td>{title}</td></tr>"
        )
    head = "<thead><tr><th>Figure</th><th>What it shows</th><th>Page</th></tr></thead>"
    table = f'<table class="table gum-list">{head}<tbody>{"".join(items)}</tbody></table>'
    return f'<div class="pst-scrollable-table-container">{table}</div>'


def _copy(app: Sphinx, failure: Exception | None) -> None:
    if not edition.writes(app, failure):
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name, card in known(app.env).items():
        for file in [*(cache() / FOLDER).glob(f"{name}.*"), cache() / FOLDER / f"{name}-dark.svg"]:
            shutil.copyfile(file, target / file.name)
        work = cite.figure(app, name, card["title"], card["page"])
        cite.write(work, Path(app.outdir))
        record = json.loads((target / f"{name}.json").read_text(encoding="utf-8"))
        record |= {"page": work.path, "permalink": book().at(work.path) or None, "citation": work.text(book())}
        written = json.dumps(record, ensure_ascii=False, indent=1)
        (target / f"{name}.json").write_text(f"{written}\n", encoding="utf-8")
