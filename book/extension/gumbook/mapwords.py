"""What the live map says of its elements, in three voices that never mix.

The book's claims with their verdicts stand on the page as one list, of which the script shows those of the element
chosen. What we formalise, and what the data hold, comes with the names.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from gumbook.mapdrawing import kind
from gumlib import claims, evidence, model
from gumlib.evidence.wording import how_many
from gumlib.model.definitions import glossary
from gumlib.terms import FACTORS, TERMS, WAY_OF, WAYS, sentence

NODES = ("G", *FACTORS, *(f"m{way}" for way in WAYS), *WAYS, "U")
INTERACTIONS = ("basic", "auxiliary")
_CAUSES = {
    "governance": ("G",),
    "policy": ("P",),
    "dominant enterprises": ("D",),
    "social capital's excess": ("S",),
    "interaction": INTERACTIONS,
}
"""What stands on the map for a cause that a claim names; the order of the steps is in the graph already."""
_COLOURED = {"supported": " gum-supported", "partly": " gum-partly"}
"""Classes of the verdicts that have a colour of their own."""
_ADDS = (
    "The level of the one adds to the growth of the other: little while it is low, more past a threshold, and more "
    "under stronger governance. The excerpt gives no strength."
)
_ARROWS = {
    "basic": ("an interaction", _ADDS),
    "auxiliary": ("an interaction", _ADDS),
    "factor": (
        "a step of the route",
        "A mechanism runs as strongly as its own factor lets it, with help from the other basic factors.",
    ),
    "mechanism": ("a step of the route", "A way of upgrading follows its mechanism with a delay."),
    "way": (
        "a step of the route",
        "The upgrading index is the geometric mean of the ways: it is low where one of them is low.",
    ),
}


def elements() -> dict[str, list[Any]]:
    """Return of each node and kind of arrow: name, Chinese name, group, meaning (ours), claims, evidence.

    Evidence is a sentence, which arrows lack, and where it names facts, how many, and under which factor the ledger
    files them.
    """
    found: dict[str, list[Any]] = {}
    for code in NODES:
        term, words = TERMS[code], glossary().loc[code, "meaning (ours)"]
        meaning = f"{words[0].upper()}{words[1:]}."
        found[code] = [sentence(code), term.chinese, term.group, meaning, named()[code], *_evidence(code)]
    for key, (group, meaning) in _ARROWS.items():
        found[key] = ["", "", group, meaning, named()[key]]
    return found


@cache
def named() -> dict[str, list[str]]:
    """Return the claims of each node and kind of arrow: those of the graph, and those that name it as a cause.

    Examples
    --------
    >>> named()["P"], named()["T"]
    (['C02', 'C16', 'C37'], ['C08', 'C11'])
    """
    graph, found = model.gum(), {"G": set()}
    for code, node in graph.nodes(data=True):
        found[code] = set(node["claims"])
    for source, target, edge in graph.edges(data=True):
        found.setdefault(kind(source, target), set()).update(edge["claims"])
    for claim, cause in claims.claims()["cause"].items():
        for place in _CAUSES.get(cause, ()):
            found[place].add(str(claim))
    return {place: sorted(ids) for place, ids in found.items()}


def claim_list() -> str:
    """Return the claims of all elements with their verdicts, as a list whose ids become links."""
    table = claims.claims().loc[sorted({claim for ids in named().values() for claim in ids})]
    rows = [
        f'<li>{claim} {escape(row["claim"])}. <span class="gum-verdict{_COLOURED.get(row["verdict"], "")}">'
        f"{row['verdict']}</span>{_beside(row['notes'])}"
        for claim, row in table.iterrows()
    ]
    return f'<ul class="map-claims">{"".join(rows)}</ul>'


def _beside(notes: object) -> str:
    """Return what stands beside a verdict, if anything does."""
    return f" <i>{escape(notes)}</i>" if isinstance(notes, str) else ""


def _evidence(code: str) -> list[Any]:
    """Return a sentence with a place for a number of facts, the number, and the factor that files them."""
    if code in WAYS:
        return ["Its scores rest on {}, which are filed under the factors.", how_many(_behind(code), "fact"), ""]
    if code == "U":
        return ["Upgrading itself is not observed. {} on outcomes: output, exports, firms, jobs.", *_filed("O")]
    if code in FACTORS or code == "G":
        return ["{} in the ledger.", *_filed(code)]
    factor = next(one for one, way in WAY_OF.items() if f"m{way}" == code)
    return ["No fact is coded for a mechanism. Its factor has {}.", *_filed(factor)]


def _filed(factor: str) -> tuple[str, str]:
    return how_many(int((evidence.ledger()["factor"] == factor).sum()), "fact"), factor


def _behind(way: str) -> int:
    """Return how many facts the scores of a way rest on, in either pass."""
    scores = evidence.scores()
    ids = scores.loc[scores["variable"] == way, "evidence_ids"].dropna().str.split(";")
    return len({one.strip() for some in ids for one in some})
