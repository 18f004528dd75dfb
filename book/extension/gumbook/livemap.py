"""The live map of the model: ``{gum-map}`` writes drawing, cards and controls; scripts and style go to that page alone.

The pulse is computed in the browser by the model of the policy desk (desk-model.js), from numbers of gumlib.
"""

from __future__ import annotations

import json
from collections import Counter
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from gumbook import edition, ids
from gumbook.assets import bring
from gumbook.desk import AS
from gumbook.mapdrawing import drawing
from gumbook.mapwords import claim_list, elements
from gumlib import __version__
from gumlib.claims.running import RIVALS
from gumlib.dynamics import Parameters
from gumlib.dynamics.experiments import pulse, pulse_map
from gumlib.dynamics.rivals import MODELS, Rival
from gumlib.policy import desk
from gumlib.terms import BASIC, FACTORS, WAYS, sentence

_SCRIPTS = ("desk-facts.js", "desk-model.js", "map.js")
"""In the order in which each needs the one before."""
FIRST = {"push": "L", "rival": "independent", "read": "fitted", "year": f"{pulse.LENGTH:g}", "show": "L"}
"""What the map shows when it opens: the moment at which the push ends."""
_BIBTEX = f"""@misc{{gum-map,
  author = {{{{The GUM compendium authors}}}},
  title = {{A pulse on the map of the GUM model}},
  howpublished = {{How local industrial clusters upgrade in global value chains}},
  url = {{ADDRESS}},
  note = {{gumlib {__version__}, CC BY 4.0}}
}}"""


def setup(app: Sphinx) -> None:
    """Register the directive, and scripts and style for the page that holds the map."""
    app.add_directive("gum-map", GumMap)
    bring(app, "gum-map", "map.css", _SCRIPTS)


class GumMap(SphinxDirective):
    """``{gum-map}``: the map, once on a page."""

    def run(self) -> list[nodes.Node]:
        """Return the map as HTML."""
        ledger = self.env.app.builder.get_relative_uri(self.env.docname, ids.LEDGER)
        return [nodes.raw("", html(ledger, chinese=edition.chinese(self.env.app)), format="html", classes=["gum-map"])]


def html(ledger: str, *, chinese: bool = False) -> str:
    """Return facts, controls, drawing and words of the map; `ledger` is the address of the facts of the book."""
    told = {**facts(), "ledger": ledger}
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<script type="application/json" id="gum-desk-facts">{written}</script>'
        '<div id="gum-map" class="gum-map full-width" role="group" aria-label="The GUM map"><div class="map-body">'
        f'{_controls()}<div class="map-main">{drawing(chinese=chinese)}</div>{_words()}'
        '<div class="map-beside" hidden><p class="map-said" role="status" aria-live="polite"></p>'
        '<svg class="map-chart" viewBox="0 0 300 104" aria-hidden="true"></svg>'
        f'<figure class="map-rival"><figcaption></figcaption></figure></div>{_take()}</div></div>'
    )


def _words() -> str:
    """Return where the script tells of an element; without it, the claims of all of them."""
    return (
        '<div class="map-words"><p class="map-title"><b>The claims behind the map</b></p>'
        f'<h3 class="map-voice">The book claims</h3>{claim_list()}<div class="map-told" hidden>'
        '<h3 class="map-voice">We formalise</h3><p class="map-meaning"></p><p class="map-now"></p>'
        '<h3 class="map-voice">The data hold</h3><p class="map-facts"></p><p class="map-near"></p></div></div>'
    )


def facts() -> dict[str, Any]:
    """Return what the script computes with: structure, the pulse, parameters in both readings, the models.

    Examples
    --------
    >>> sorted(facts()["models"]) == sorted(("gum", *RIVALS))
    True
    """
    readings = {
        reading: dict(zip(desk.PARAMETERS, desk.numbers(desk.read_as(reading), "p"), strict=True))
        for reading in desk.READINGS
    }
    return {
        "factors": list(FACTORS),
        "basic": len(BASIC),
        "ways": list(WAYS),
        "governance": pulse.GOVERNANCE,
        "height": pulse.HEIGHT,
        "length": pulse.LENGTH,
        "years": pulse_map.WATCHED_YEARS,
        "every": pulse.EVERY,
        "trace": pulse_map.TRACE,
        "numbers": readings,
        "shares": {rival.structure: _shares(rival) for rival in MODELS.values()},
        "models": {name: _model(MODELS[name]) for name in ("gum", *RIVALS)},
        "first": FIRST,
        **_once(elements()),
    }


def _once(texts: dict[str, list[Any]]) -> dict[str, Any]:
    """Return lists of texts with those that recur by number, and the list of these, since the map may weigh little.

    Examples
    --------
    >>> _once({"L": ["Learning", "factor"], "I": ["Innovation", "factor"]})
    {'elements': {'L': ['Learning', 0], 'I': ['Innovation', 0]}, 'recurring': ['factor']}
    """
    count = Counter(text for one in texts.values() for text in one if isinstance(text, str) and len(text) > 1)
    recurring = [text for text, times in count.items() if times > 1]
    place = {text: number for number, text in enumerate(recurring)}
    numbered = {
        key: [place.get(text, text) if isinstance(text, str) else text for text in one] for key, one in texts.items()
    }
    return {"elements": numbered, "recurring": recurring}


def _shares(rival: Rival) -> list[list[float]]:
    """Return how the total weight that a factor receives is shared out among those that act on it."""
    shares = rival.recast(Parameters.uniform(total=1.0).weights).tolist()
    return [[int(share) if share == int(share) else share for share in row] for row in shares]


def _model(rival: Rival) -> dict[str, Any]:
    """Return a model for the script: its thought, its structure, what it puts in place of parameters."""
    instead: dict[str, Any] = {"linear": True} if rival.response == "linear" else {}
    instead |= {} if rival.governed else {"governance_floor": 1}
    instead |= {"own_share": 1} if rival.structure == "own" else {}
    return {"thought": rival.thought, "structure": rival.structure, "instead": instead}


def _controls() -> str:
    rivals = {"": "none", **{name: name for name in RIVALS}}
    push = _select("push", "Push", {code: sentence(code) for code in FACTORS})
    return (
        f'<form class="map-controls" onsubmit="return false" hidden>{push}'
        f"{_select('read', 'Parameters', AS)}{_select('rival', 'Rival beside it', rivals)}"
        '<div class="map-time"><button type="button" data-do="play">Play</button>'
        '<label for="map-year">Year</label><output for="map-year"></output>'
        f'<input type="range" id="map-year" name="year" min="0" max="{pulse_map.WATCHED_YEARS:g}" '
        f'step="{pulse.EVERY:g}" autocomplete="off"></div></form>'
    )


def _select(key: str, label: str, choices: dict[str, str]) -> str:
    options = "".join(f'<option value="{value}">{escape(text)}</option>' for value, text in choices.items())
    return (
        f'<div><label for="map-{key}">{label}</label>'
        f'<select id="map-{key}" name="{key}" autocomplete="off">{options}</select></div>'
    )


def _take() -> str:
    return (
        '<details class="map-take" hidden><summary>Take it away</summary><p><button type="button" data-do="csv">'
        'Save the numbers (CSV)</button> <button type="button" data-do="copy">Copy the address</button></p>'
        '<p>The same numbers in Python:</p><pre class="map-python" tabindex="0"></pre>'
        f'<p>To cite it:</p><pre class="map-bibtex" tabindex="0" data-text="{escape(_BIBTEX)}"></pre></details>'
    )
