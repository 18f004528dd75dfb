"""The policy desk: ``{policy-desk}`` writes its controls; scripts and style go to that page alone.

Every number, name and colour comes from gumlib (`gumlib.policy.desk`), as attributes of the controls and as one
block of JSON that the scripts read.
"""

from __future__ import annotations

import json
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from gumbook import deskfacts
from gumbook.assets import bring
from gumlib.figures import style
from gumlib.model.definitions import LOCKED_IN
from gumlib.policy import desk
from gumlib.terms import FACTORS, TERMS, WAYS

_SCRIPTS = (
    "desk-facts.js",
    "desk-model.js",
    "desk-thresholds.js",
    "desk-setting.js",
    "desk-words.js",
    "desk-draw.js",
    "desk-touch.js",
    "desk.js",
)
"""In the order in which each needs the one before."""
_TITLES = {
    "a": "First push",
    "b": "Second push",
    "c": "Third push",
    "s": "Shock",
    "e": "Relief of the shock on outside links",
    "p": "Parameters of the mechanism",
}
AS = {"fitted": "as fitted", "ranges": "from our ranges"}
"""How to call the readings in few words."""
_TAKEN = "Lever of page 5.2"
_INKS = {"ink": style.INK, "muted": style.MUTED, "rule": style.RULE, "pale": style.PALE, "paper": style.PAPER}
_TILES = {
    "index": "index at the end",
    "without": "the same, no policy",
    "regime": "resting levels at the end",
    "gap": "lock-in at the end (distance)",
    "rise": "governance to rise",
    "fall": "governance to fall",
    "push": "smallest push out, 1/year",
    "drawn": "draws high at the end",
}
_PANELS = {
    "index": "Upgrading index U. Grey: between the two resting levels",
    "folds": "Resting levels and thresholds. Between the dots: the run",
    "levels": "Factors",
    "ways": "Ways of upgrading",
}


def setup(app: Sphinx) -> None:
    """Register the directive, and scripts and style for the page that holds the desk."""
    app.add_directive("policy-desk", PolicyDesk)
    bring(app, "gum-desk", "desk.css", _SCRIPTS)


class PolicyDesk(SphinxDirective):
    """``{policy-desk}``: the desk, once on a page."""

    def run(self) -> list[nodes.Node]:
        """Return the desk as HTML."""
        return [nodes.raw("", html(), format="html", classes=["gum-desk"])]


def html() -> str:
    """Return colours, facts and controls of the desk.

    Examples
    --------
    >>> html().count('type="range"') == sum(len(sliders) for sliders in desk.SLIDERS.values())
    True
    """
    facts = json.dumps(deskfacts.facts(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f"<style>{_colours()}</style><p>{escape(LOCKED_IN)}</p>"
        "<noscript><p><strong>The desk computes in the browser and needs JavaScript, which is switched off here."
        " Page 2.5 shows the same curves as fixed figures, and <code>gumlib.policy.desk.run_setting</code> computes any"
        " setting in Python.</strong></p></noscript>"
        f'<script type="application/json" id="gum-desk-facts">{facts}</script>'
        '<div id="gum-desk" class="gum-desk full-width" role="group" aria-label="Policy desk" hidden>'
        '<div class="desk-body"><p class="desk-note" role="status" hidden></p>'
        f"{_readings()}{_examples()}{_panels()}{_tiles()}{_controls()}{_after()}</div></div>"
    )


def _colours() -> str:
    """Return the inks of figures as variables: for light pages, dark pages, paper. Factors keep their colours."""
    inks = ";".join(f"--desk-{name}:{ink}" for name, ink in _INKS.items())
    fixed = ";".join(f"--desk-{code}:{TERMS[code].colour}" for code in (*FACTORS, *WAYS))
    fixed += f";--desk-shock:{TERMS['Z'].colour}"
    dark = f"html[data-theme=dark] .gum-desk{{{style.dark(inks)}}}"
    paper = f"@media print{{html[data-theme] .gum-desk{{{inks}}}}}"
    return f".gum-desk{{{inks};{fixed}}}{dark}{paper}"


def _readings() -> str:
    """Return a button for each reading of the parameters, and the line that says which is on."""
    buttons = "".join(
        f'<button type="button" data-preset="{key}" aria-pressed="false">{escape(text[0].upper() + text[1:])}</button>'
        for key, text in desk.READINGS.items()
    )
    return (
        f'<div class="desk-presets" role="group" aria-label="Parameters"><div class="desk-buttons">{buttons}</div>'
        '<p class="desk-reading"></p></div>'
    )


def _examples() -> str:
    rows = "".join(
        f'<p class="desk-examples" role="group" aria-label="Starts, {escape(text)}"><span>Start {AS[reading]}:</span> '
        + " ".join(
            f'<a href="{escape(desk.address(setting))}">{escape(title)}</a>'
            for title, setting in desk.examples(reading).items()
        )
        + "</p>"
        for reading, text in desk.READINGS.items()
    )
    return f'<div class="desk-starts">{rows}</div>'


def _panels() -> str:
    return "".join(
        f'<figure class="desk-panel desk-{name}"><figcaption>{text}</figcaption>'
        f'<svg role="img" aria-label="{escape(text)}; told in words below the controls"></svg></figure>'
        for name, text in _PANELS.items()
    )


def _tiles() -> str:
    rows = "".join(f'<div><dt>{text}</dt><dd data-tile="{name}"></dd></div>' for name, text in _TILES.items())
    return f'<dl class="desk-tiles">{rows}</dl>'


def _controls() -> str:
    starts = {
        title: ",".join(f"{levels[code]:g}" for code in (*FACTORS, "G")) for title, levels in deskfacts.starts().items()
    }
    levers = {
        place: {title: ",".join(n if isinstance(n, str) else f"{n:g}" for n in lever) for title, lever in part.items()}
        for place, part in deskfacts.levers().items()
    }
    boxes = _box("Governance", "g", _fill("g", _TAKEN, levers["g"]))
    for key in desk.PUSH_KEYS:
        boxes += _box(_TITLES[key], key, _aim(key) + _fill(key, _TAKEN, levers["push"]), folded=key != "a")
    boxes += _box("Starting levels", "x", _fill("x", "Coded levels and governance", starts))
    boxes += _box(_TITLES["s"], "s", _aim("s"), folded=True)
    boxes += _box(_TITLES["e"], "e", _fill("e", _TAKEN, levers["e"]), folded=True)
    boxes += _box(_TITLES["p"], "p", folded=True) + _box("Run", "y")
    buttons = "".join(
        f'<button type="button" data-do="{key}">{text}</button>'
        for key, text in {"reset": "Reset", "copy": "Copy address", "csv": "Save numbers", "print": "Print"}.items()
    )
    return (
        f'<form class="desk-controls" onsubmit="return false">{boxes}<div class="desk-buttons">{buttons}</div></form>'
    )


def _box(title: str, key: str, before: str = "", *, folded: bool = False) -> str:
    """Return the sliders of one key; those seldom needed are folded away."""
    inside = before + "".join(_slider(title, key, at, slider) for at, slider in enumerate(desk.SLIDERS[key]))
    head = f'{title} <span data-aim="{key}"></span>' if key in desk.PUSH_KEYS else title
    if folded:
        return f'<details><summary>{head}</summary><div role="group" aria-label="{title}">{inside}</div></details>'
    return f"<fieldset><legend>{head}</legend>{inside}</fieldset>"


def _slider(title: str, key: str, at: int, slider: desk.Slider) -> str:
    label, name = escape(slider.label), f"desk-{key}-{at}"
    if key == "x":
        code = FACTORS[at]
        label = f'<b>{code}</b> {label} <span lang="zh">{TERMS[code].chinese}</span>'
    said = "" if key in "xpy" else f'<span class="desk-unseen">{title}: </span>'
    numbers = f'min="{slider.low:g}" max="{slider.high:g}" step="{slider.step:g}" value="{slider.value:g}"'
    return (
        f'<div class="desk-slider"><label for="{name}">{said}{label}</label> '
        f'<output for="{name}">{slider.value:g}</output>'
        f'<input type="range" id="{name}" data-key="{key}" data-unit="{slider.unit}" {numbers}'
        ' autocomplete="off"></div>'
    )


def _aim(key: str) -> str:
    options = "".join(f'<option value="{aim}">{escape(text)}</option>' for aim, text in desk.PUSH_TARGETS.items())
    name, verb = f"desk-{key}-aim", "strikes" if key == "s" else "acts on"
    return (
        f'<div class="desk-choice"><label for="{name}">{_TITLES[key]} {verb}</label>'
        f'<select id="{name}" data-word="{key}" autocomplete="off">{options}</select></div>'
    )


def _fill(key: str, title: str, choices: dict[str, str]) -> str:
    options = "".join(f'<option value="{value}">{escape(text)}</option>' for text, value in choices.items())
    name = f"desk-{key}-fill"
    unseen = f'<span class="desk-unseen"> as {_TITLES.get(key, "governance").lower()}</span>' if title == _TAKEN else ""
    return (
        f'<div class="desk-choice"><label for="{name}">{title}{unseen}</label>'
        f'<select id="{name}" data-fill="{key}" autocomplete="off">'
        f'<option value="">none: own numbers</option>{options}</select></div>'
    )


def _after() -> str:
    head = "".join(f'<th scope="col">{text}</th>' for text in ("level", "at first", "at the end", "no policy"))
    return (
        '<div class="desk-words"><div class="desk-said" aria-live="polite"></div>'
        '<p class="desk-cited"><label for="desk-cite">Address of this setting</label>'
        '<input class="desk-cite" id="desk-cite" readonly><span class="desk-printed"></span></p>'
        '<p class="desk-setting"></p>'
        f'<details class="desk-table"><summary>Numbers</summary><table class="table"><thead><tr>{head}</tr></thead>'
        '<tbody class="desk-numbers"></tbody></table></details></div>'
    )
