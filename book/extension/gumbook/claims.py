"""The book's own voice: boxes and links for its claims, and the list of all of them."""

from __future__ import annotations

import re
from functools import cache
from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from book import marks
from gumbook import edition, ids, numbering
from gumlib import claims
from gumlib.claims import TESTS
from gumlib.claims.shares import spoken
from gumlib.claims.verdict import VERDICTS
from gumlib.evidence.wording import percent
from gumlib.figures import s5_1_verdicts

_UNTESTED, _UNDECIDED = VERDICTS[-1], VERDICTS[3:]
_REFERENCE = "chapters/back/api-claims"
"""Where the functions that decide the claims are described."""


@cache
def _table() -> pd.DataFrame:
    return claims.claims()


def _mark(verdict: str) -> str:
    return verdict.replace(" ", "-")


def _badges(row: pd.Series) -> list[nodes.Node]:
    """Return the verdict as a chip, and after it what stands beside it."""
    chip = nodes.inline("", row["verdict"], classes=["gum-verdict", f"gum-{_mark(row['verdict'])}"])
    return [chip, *([nodes.emphasis("", f" {row['notes']}")] if isinstance(row["notes"], str) else [])]


def _filter(counts: pd.Series) -> nodes.raw:
    """Return radio buttons, one a verdict; the style sheet hides what is not chosen, so no script is needed."""
    choices = {"all": f"all ({counts.sum()})"} | {_mark(word): f"{word} ({count})" for word, count in counts.items()}
    buttons = [
        f'<label><input type="radio" name="verdict" id="show-{key}"{" checked" * (key == "all")}> {words}</label>'
        for key, words in choices.items()
    ]
    html = f'<fieldset class="gum-filter"><legend>Show</legend>{"".join(buttons)}</fieldset>'
    return nodes.raw("", html, format="html")


class ClaimBox(SphinxDirective):
    """``{claims} C01 C02``: what the book claims, with the place and the verdict."""

    required_arguments = 1
    optional_arguments = 41
    final_argument_whitespace = False

    def run(self) -> list[nodes.Node]:
        """Return one box for all claims named."""
        box = nodes.admonition("", nodes.title("", "The book claims"), classes=["gum-claims"])
        rows = nodes.bullet_list()
        for claim in self.arguments:
            row = _table().loc[claim]
            text = nodes.paragraph("", f"{claim} ({row['place']}) {row['claim']}. ")
            text += _badges(row)
            rows += nodes.list_item("", text)
        box += rows
        return [box]


class ClaimLink(SphinxRole):
    """``{claim}`C01` ``: a claim, which becomes a link as every id does."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the id, or fail the build for a claim that does not exist."""
        if self.text not in _table().index:
            message = self.inliner.reporter.error(f"no claim {self.text}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        return [nodes.Text(self.text)], []


class claim_list(nodes.General, nodes.Element):  # noqa: N801
    """Stands where the list of all claims will."""


class ClaimList(SphinxDirective):
    """``{claim-list}``: every claim as it was read, with its rule and what came of it, to be filtered by verdict."""

    def run(self) -> list[nodes.Node]:
        """Return the filter, what the tests could have returned, and a node to be filled when all pages are read."""
        counts = _table()["verdict"].value_counts().reindex(VERDICTS, fill_value=0)
        return [_filter(counts), nodes.paragraph("", s5_1_verdicts.counted(_table())), claim_list()]


def _fill(app: Sphinx, document: nodes.document, page: str) -> None:
    """Fill the list of claims with one block a claim, each with an anchor."""
    for place in list(document.findall(claim_list)):
        place.replace_self([_entry(app, page, str(claim), row) for claim, row in _table().iterrows()])


def _entry(app: Sphinx, page: str, claim: str, row: pd.Series) -> nodes.container:
    head = nodes.paragraph("", "", nodes.strong("", claim), nodes.Text(f" {row['claim']}. "))
    head += _badges(row)
    restated = [nodes.paragraph("", row["restated_zh"], classes=["language-zh-cn"])]
    if not edition.chinese(app):
        restated.insert(0, nodes.paragraph("", row["restated_en"]))
    parts = [*restated, *(nodes.paragraph("", said) for said in _said(row))]
    parts.append(nodes.raw("", f"<p>{_shown(app, page, claim, row)}</p>", format="html"))
    classes = ["gum-claim", f"gum-is-{_mark(row['verdict'])}"]
    return nodes.container("", head, *parts, classes=classes, ids=[claim.lower()])


def _shown(app: Sphinx, page: str, claim: str, row: pd.Series) -> str:
    """Return links to where a claim is tested, to the figure or table, to the code that decides it, to other pages."""
    where = f"chapters/{row['page']}"
    titles = {name: app.env.titles[name].astext() for name in app.env.titles}
    read = "Discussed" if row["rule"].startswith("No test") else "Tested"
    said = [f"{read} on {_anchor(ids.to(app, page, where), titles[where])}"]
    if isinstance(row["figure"], str):
        card = numbering.known(app.env)[row["figure"]]
        section, title = card["section"]
        if title != titles[where]:
            said[0] += f", under {_anchor(ids.to(app, page, where, section), title)}"
        kind = "Table" if card["id"].startswith("tab-") else "Figure"
        said.append(f"{kind}: {ids.link(app, page, card['id'], card['title'])}")
    test = f"{TESTS[claim].__module__}.{TESTS[claim].__qualname__}"
    said.append(f"Code: {_anchor(_code(app, page, test), test)}")
    others = [name for name in ids.namers(app.env).get(claim, []) if name != where]
    if others:
        said.append("Also on " + ", ".join(_anchor(ids.to(app, page, to), ids.called(app.env, to)) for to in others))
    return marks.paragraph(said)


def _code(app: Sphinx, page: str, test: str) -> str:
    """Return the address of a function; the reference of the code is English only."""
    if edition.chinese(app):
        return f"{'../' * (page.count('/') + 1)}{_REFERENCE}.html#{test}"
    code = app.env.get_domain("py").objects[test]
    return ids.to(app, page, code.docname, code.node_id)


def _anchor(address: str, words: str) -> str:
    return f'<a href="{address}">{escape(words)}</a>'


def _said(row: pd.Series) -> list[str]:
    """Return what is said of a claim: how it was read, rule, bounds, finding, both readings."""
    rivals = row["rivals"].replace("gum", "our own model") or "none"
    read = f"In the excerpt: {row['place']}. {_MODALITY[row['modality']]}, about {row['scope']}."
    against = "Variants that lack this cause, and count against the claim if they show the effect all the same"
    cause = f"Cause named: {row['cause']}. {against}: {rivals}."
    if row["cause"] == rivals == "none":
        cause = "It names no cause, so no variant counts against it."
    found = [
        f"{read} {cause} In the model or the data here: {row['state']}.",
        f"Rule: {row['rule']}",
        _reach(*row[["ceiling", "floor", "verdict"]]),
        row["why"],
        f"Found: {row['finding']}.",
    ]
    both = [
        f"{name}: {_OUR_KEY.sub('the GUM model', row[key])}"
        for name, key in _READINGS.items()
        if isinstance(row[key], str)
    ]
    if both:
        found.append(f"{'; '.join(both)}.")
    if isinstance(row["decides"], str):
        share = spoken(row["share"], row["low"], row["high"])
        what = _OUR_KEY.sub("the GUM model", row["decides"])
        found.append(f"The share that decides, with a bound of {percent(row['bound'])}: {what}: {share}.")
    if turned := _turned(row):
        found.append(f"On the edge: {turned}.")
    return found


def _reach(best: str, worst: str, verdict: str) -> str:
    """Return in words what a test could say; that it cannot decide is no grade, and stands beside the worst one."""
    if best == worst:
        return "No outcome of its test could decide."
    if best == "not supported":
        return "Its test could speak against the claim or decide nothing."
    if worst == _UNTESTED:
        return f"At best {best}; its test could not speak against the claim."
    return f"At best {best}, at worst {worst}{'; this time it could not decide' if verdict in _UNDECIDED else ''}."


def _turned(row: pd.Series) -> str:
    """Return what would turn a verdict, or nothing."""
    within = pd.notna(row["bound"]) and row["low"] <= row["bound"] <= row["high"]
    found = ["the interval holds the bound"] if within else []
    for key, what in (("seeds_apart", "seed"), ("bounds_apart", "other stated bound")):
        if row[key]:
            found.append(f"{row[key]} {what}{'s' * (row[key] > 1)} would give another verdict")
    if isinstance(row["without"], str):
        found.append(f"without {row['without']}")
    return ", and ".join(found)


_MODALITY = {
    "is": "It says what is so in general",
    "can": "It says what can be",
    "aim": "It states an aim",
    "ought": "It gives advice",
    "fact": "It states a dated or counted fact",
    "model": "It says what the book's model holds",
}
_OUR_KEY = re.compile(r"\bgum\b")
"""What the code calls our own model among its rivals."""
_READINGS = {"Over our ranges": "over_ranges", "As fitted to the four clusters": "as_fitted"}


def setup(app: Sphinx) -> None:
    """Register directives and role."""
    app.add_node(claim_list)
    app.connect("doctree-resolved", _fill)
    app.add_directive("claims", ClaimBox)
    app.add_directive("claim-list", ClaimList)
    app.add_role("claim", ClaimLink())
