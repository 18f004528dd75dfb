"""Which figures and tables the pages show, where, and under which numbers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from book import marks
from gumbook import edition

_WORDS = {"fig": ("Fig. ", "图"), "tab": ("Table ", "表")}
"""What stands before the number of a card in each edition, by the first letters of its id."""


class number(nodes.Inline, nodes.Element):  # noqa: N801
    """Stands where the number of a card will."""


def setup(app: Sphinx) -> None:
    """Keep the register in step with the pages, and set the numbers when all are known."""
    app.add_node(number)
    app.connect("config-inited", _number_alone, priority=900)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", lambda _app, env, _names, other: known(env).update(known(other)))
    app.connect("doctree-resolved", _fill)


def _number_alone(_: Sphinx, config: Config) -> None:
    """Let Sphinx number no figure beside us; sphinx_jupyterbook_latex asks it to, whatever `_config.yml` says."""
    config["numfig"] = False


def known(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """Return every figure and table that a page shows: its page and section, and what its files record."""
    if not hasattr(env, "gum_figures"):
        env.gum_figures = {}
    return env.gum_figures


def note(env: BuildEnvironment, bundle: nodes.Node, record: dict[str, Any]) -> None:
    """Remember a card that the page at hand shows; each is shown once."""
    name, page, cards = record["id"], env.docname, known(env)
    if name in cards:
        raise ExtensionError(f"{name} is shown on {cards[name]['page']} and {page}; show it once")
    place = sum(card["page"] == page for card in cards.values())
    cards[name] = {"page": page, "place": place, "section": _section(bundle), **record}


def title(record: dict[str, Any]) -> list[nodes.Node]:
    """Return number, title and caption of a card as one text."""
    said = marks.closed(record["title"])
    return [number(card=record["id"]), nodes.strong("", said + marks.gap(said)), nodes.Text(record["caption"])]


def numbers(env: BuildEnvironment) -> dict[str, str]:
    """Return the number of each card: chapter, and place in it among its like; A before the chapters, B behind."""
    order = {page: place for place, page in enumerate(pages(env))}
    inside = sorted(known(env).items(), key=lambda pair: (order.get(pair[1]["page"], len(order)), pair[1]["place"]))
    found: dict[str, str] = {}
    count: Counter[tuple[str, str]] = Counter()
    for name, card in inside:
        part = card["page"].split("/")[1]
        chapter = part.lstrip("0") if part.isdigit() else "B" if part == "back" else "A"
        count[name[:3], chapter] += 1
        found[name] = f"{chapter}.{count[name[:3], chapter]}"
    return found


def called(app: Sphinx) -> dict[str, str]:
    """Return what each card is called in the edition at hand, such as `Table 2.3`."""
    return {name: _WORDS[name[:3]][edition.chinese(app)] + place for name, place in numbers(app.env).items()}


def pages(env: BuildEnvironment) -> list[str]:
    """Return all pages in the order of the book."""
    order, waiting = [], [env.config.root_doc]
    while waiting:
        page = waiting.pop(0)
        order.append(page)
        waiting = [*env.toctree_includes.get(page, []), *waiting]
    return order


def _section(node: nodes.Node) -> tuple[str, str]:
    """Return anchor and title of the section in which a node stands."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0], node[0].astext()


def _purge(_: Sphinx, env: BuildEnvironment, name: str) -> None:
    env.gum_figures = {key: card for key, card in known(env).items() if card["page"] != name}


def _fill(app: Sphinx, document: nodes.document, _page: str) -> None:
    places = list(document.findall(number))
    said = called(app) if places else {}
    for place in places:
        place.replace_self(nodes.inline("", f"{said[place['card']]} ", classes=["caption-number"]))
