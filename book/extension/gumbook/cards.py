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
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from book.chinese.phrases import site
from book.digest import cache
from book.publication import book
from gumbook import cite, drawnwords, edition, numbering, writtentables

FOLDER = "figures"
_LINKS = ("svg", "png", "pdf", "csv", "json")
_SIZE = re.compile(r'<svg[^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')


class card_list(nodes.General, nodes.Element):  # noqa: N801
    """Stands where the list of all figures or tables will."""


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
        numbering.note(self.env, bundle, record)
        up = "../" * self.env.docname.count("/")
        words = nodes.literal("", drawnwords.said(self.app, record["words"]))
        hidden = nodes.paragraph("", "", words, classes=["visually-hidden"])
        picture = nodes.container("", nodes.raw("", _picture(record, up), format="html"), hidden)
        card = nodes.figure("", picture, classes=["gum-card"])
        foot = nodes.raw("", below(self.app, record, self.env.docname, _LINKS), format="html")
        card += [nodes.caption("", "", *numbering.title(record)), nodes.legend("", foot)]
        put(self.document, bundle, card, name)


class Thumbnail(SphinxDirective):
    """``{thumbnail} fig-id``: the picture, small, with a link to its card."""

    required_arguments = 1
    optional_arguments = 0
    option_spec = {"class": directives.class_option}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Leave a node to be filled when all pages are read."""
        return [thumbnail(name=self.arguments[0], classes=self.options.get("class", []))]


class CardList(SphinxDirective):
    """``{figure-list}`` and ``{table-list}``: every figure or table of the book with a link to its card."""

    def run(self) -> list[nodes.Node]:
        """Leave a node to be filled when all pages are read."""
        return [card_list(kind=self.name.split("-")[0])]


def put(document: nodes.document, bundle: nodes.container, card: nodes.Element, name: str) -> None:
    """Set a card in the place of an output, under its id as anchor."""
    card["names"].append(name)
    document.note_explicit_target(card)
    bundle.replace_self(card)


def setup(app: Sphinx) -> None:
    """Register transform, directives and the copying of files."""
    app.add_node(card_list)
    app.add_node(thumbnail)
    app.add_transform(ShowCards)
    app.add_directive("thumbnail", Thumbnail)
    for kind in ("figure", "table"):
        app.add_directive(f"{kind}-list", CardList)
    app.connect("doctree-resolved", _fill)
    app.connect("build-finished", _copy)


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


def below(app: Sphinx, record: dict[str, Any], page: str, kinds: tuple[str, ...]) -> str:
    """Return what stands below a card: its address, its downloads, how to cite it, what it was made from."""
    name, up = record["id"], "../" * page.count("/")
    links = " ".join(_download(f"{up}{FOLDER}/", name, kind, edition.chinese(app)) for kind in kinds)
    inputs = "".join(
        f"<li><code>{key}</code> sha256 <code>{value[:12]}</code></li>" for key, value in record["sources"].items()
    )
    seed = "" if record["seed"] is None else f"<li>random seed <code>{record['seed']}</code></li>"
    made = f"drawn by <code>{escape(record['function'])}</code>"
    if not name.startswith("fig-"):
        cell, _, where = record["function"].partition(" of ")
        maker = "written in the prose" if f"{cell} of " == writtentables.MADE else f"made by {cell}"
        made = f"{maker} of <code>{escape(where)}</code>"
    return (
        f'<p class="gum-links"><a href="#{name}">{name}</a> {links}</p>'
        f"<details class='gum-cite'><summary>Cite and check</summary>"
        f"{cite.shown(cite.card(app, record, page), up)}"
        f"<ul><li>{made}, gumlib <span>{record['version']}</span>, {record['rows']} rows</li>"
        f"{inputs}{seed}<li>{record['licence']}</li></ul></details>"
    )


def _download(folder: str, name: str, kind: str, chinese: bool) -> str:
    """Return a link to a file of a card.

    Only the SVG of a drawing is made in both languages: PNG and PDF would take as long again as all drawings do, and
    the Chinese SVG can be printed at any size; so a Chinese page says that they are those of the English edition.
    """
    said = kind.upper()
    if chinese and kind == "svg":
        kind = "zh.svg"
    elif chinese and kind in ("png", "pdf"):
        said = f"英文版{said}"
    return f'<a href="{folder}{name}.{kind}" download translate="no" aria-label="{name} {said}">{said}</a>'


def _fill(app: Sphinx, document: nodes.document, page: str) -> None:
    """Fill the lists of figures and tables and the thumbnails of a page, now that all cards are known."""
    for place in list(document.findall(card_list)):
        place.replace_self(nodes.raw("", _listed(app, page, place["kind"]), format="html"))
    for place in list(document.findall(thumbnail)):
        if place["name"] not in numbering.known(app.env):
            raise ExtensionError(f"{page} asks for a thumbnail of {place['name']}, which no page shows")
        card = numbering.known(app.env)[place["name"]]
        up = "../" * page.count("/")
        target = app.builder.get_relative_uri(page, card["page"]) + f"#{card['id']}"
        text = f'<a class="gum-thumbnail" href="{target}">{_plain(card, up)}<span>{escape(card["title"])}</span></a>'
        place.replace_self(nodes.raw("", text, format="html"))


def _plain(card: dict[str, Any], up: str) -> str:
    """Return the picture without its frame: for thumbnails, whose link already has a name."""
    return re.sub(r"</?div[^>]*>", "", _picture(card, up))


def _listed(app: Sphinx, page: str, kind: str) -> str:
    """Return the cards of a kind in the order of their numbers."""
    items = []
    for name, number in numbering.called(app).items():
        if name.startswith(kind[:3]):
            card = numbering.known(app.env)[name]
            target = app.builder.get_relative_uri(page, card["page"]) + f"#{name}"
            title = escape(app.env.titles[card["page"]].astext())
            items.append(
                f'<tr><td translate="no">{number}<br><a href="{target}"><code>{name}</code></a></td>'
                f"<td><strong>{escape(card['title'])}</strong><br>{escape(card['caption'])}</td><td>{title}</td></tr>"
            )
    head = f"<thead><tr><th>{kind.capitalize()}</th><th>What it shows</th><th>Page</th></tr></thead>"
    table = f'<table class="table gum-list">{head}<tbody>{"".join(items)}</tbody></table>'
    return f'<div class="pst-scrollable-table-container">{table}</div>'


def _chinese(card: dict[str, Any]) -> dict[str, str]:
    """Return the title and the caption of a card in Chinese, as the other edition has them."""
    say = site(card["page"].removeprefix("chapters/")).chinese
    return {key: chinese for key in ("title", "caption") if (chinese := say(card[key]))}


def named_in_chinese(drawing: str, card: dict[str, Any]) -> str:
    """Return the drawing of a card with its title and description in Chinese, as the other edition has them.

    Examples
    --------
    >>> card = {"page": "chapters/index", "title": "What the ledger rests on", "alt": "No phrase."}
    >>> named_in_chinese("<title>What the ledger rests on</title><desc>No phrase.</desc>", card)
    '<title>台账的依据</title><desc>No phrase.</desc>'
    """
    say = site(card["page"].removeprefix("chapters/")).chinese
    for tag, key in (("title", "title"), ("desc", "alt"), ("dc:title", "title")):
        said = f"<{tag}>{escape(say(card[key]) or card[key])}</{tag}>"
        drawing = drawing.replace(f"<{tag}>{escape(card[key])}</{tag}>", said, 1)
    return drawing


def _write_prose(card: dict[str, Any], target: Path) -> None:
    """Write the rows and the record of a table of the prose, of which no kernel has left files."""
    if "csv" in card:
        (target / f"{card['id']}.csv").write_text(card["csv"], encoding="utf-8")
        record = {key: value for key, value in card.items() if key not in ("csv", "page", "place", "section")}
        (target / f"{card['id']}.json").write_text(json.dumps(record), encoding="utf-8")


def _copy(app: Sphinx, failure: Exception | None) -> None:
    if not edition.writes(app, failure):
        return
    target, store, called = Path(app.outdir) / FOLDER, cache() / FOLDER, numbering.called(app)
    target.mkdir(parents=True, exist_ok=True)
    for name, card in numbering.known(app.env).items():
        for file in [*store.glob(f"{name}.*"), *store.glob(f"{name}-dark.svg")]:
            shutil.copyfile(file, target / file.name)
        _write_prose(card, target)
        for file in target.glob(f"{name}.zh*.svg"):
            drawing = named_in_chinese(file.read_text(encoding="utf-8"), card)
            file.write_bytes(drawing.encode("utf-8"))
        work = cite.card(app, card, card["page"])
        record = json.loads((target / f"{name}.json").read_text(encoding="utf-8"))
        record |= {key: card[key] for key in ("function", "sources", "units", "seed")} | {"number": called[name]}
        record |= {"page": work.path, "permalink": book().at(work.path) or None, "citation": work.text(book())}
        record |= {"zh": _chinese(card)}
        written = json.dumps(record, ensure_ascii=False, indent=1)
        (target / f"{name}.json").write_text(f"{written}\n", encoding="utf-8")
