"""The book's own voice: boxes and links for its claims, and the list of all of them."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from gumlib import claims
from gumlib.claims.verdict import VERDICTS
from gumlib.figures import s5_1_verdicts

PAGE = "chapters/back/claims"


@cache
def _table() -> pd.DataFrame:
    return claims.claims()


def _link(claim: str, page: str) -> nodes.reference:
    up = "../" * page.count("/")
    return nodes.reference("", claim, internal=True, refuri=f"{up}{PAGE}.html#{claim.lower()}")


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
            text = nodes.paragraph("", "", _link(claim, self.env.docname))
            text += [nodes.Text(f" ({row['place']}) {row['claim']}. "), *_badges(row)]
            rows += nodes.list_item("", text)
        box += rows
        return [box]


class ClaimLink(SphinxRole):
    """``{claim}`C01` ``: a link to the claim in the list of claims."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, or fail the build for a claim that does not exist."""
        if self.text not in _table().index:
            message = self.inliner.reporter.error(f"no claim {self.text}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        return [_link(self.text, self.env.docname)], []


class ClaimList(SphinxDirective):
    """``{claim-list}``: every claim as it was read, with its rule and what came of it, to be filtered by verdict."""

    def run(self) -> list[nodes.Node]:
        """Return the filter, what the tests could have returned, and one block a claim, each with an anchor."""
        counts = _table()["verdict"].value_counts().reindex(VERDICTS, fill_value=0)
        bounds = nodes.paragraph("", s5_1_verdicts.counted(_table()))
        return [_filter(counts), bounds, *(self._entry(str(claim), row) for claim, row in _table().iterrows())]

    def _entry(self, claim: str, row: pd.Series) -> nodes.container:
        head = nodes.paragraph("", "", nodes.strong("", claim), nodes.Text(f" {row['claim']}. "))
        head += _badges(row)
        chinese = nodes.paragraph("", row["restated_zh"], classes=["language-zh-cn"])
        parts = [nodes.paragraph("", row["restated_en"]), chinese, *(nodes.paragraph("", said) for said in _said(row))]
        parts.append(nodes.paragraph("", "", *self._shown(row)))
        classes = ["gum-claim", f"gum-is-{_mark(row['verdict'])}"]
        return nodes.container("", head, *parts, classes=classes, ids=[claim.lower()])

    def _shown(self, row: pd.Series) -> list[nodes.Node]:
        up = "../" * self.env.docname.count("/")
        address = f"{up}chapters/{row['page']}.html"
        figure = f"#{row['figure']}" if isinstance(row["figure"], str) else ""
        return [
            nodes.Text("Shown on "),
            nodes.reference("", _named(row["page"]), internal=True, refuri=address + figure),
        ]


def _named(page: str) -> str:
    """Return what a reader calls a page: its section and what it is about."""
    number = re.match(r"(\d)-(\d)-", name := page.rpartition("/")[2])
    words = name[number.end() if number else 0 :].replace("-", " ")
    return f"page {number[1]}.{number[2]}, {words}" if number else f"the page {words}"


def _said(row: pd.Series) -> list[str]:
    """Return what is said of a claim: how it was read, rule, bounds, finding, both readings."""
    rivals = row["rivals"] or "none"
    read = f"In the excerpt: {row['place']}. {_MODALITY[row['modality']]}, about {row['scope']}."
    cause = f"Cause named: {row['cause']}. Variants that lack this cause, and so count against it: {rivals}."
    found = [
        f"{read} {cause} What stands for it here: {row['state']}.",
        f"Rule: {row['rule']}",
        f"At best {row['ceiling']}, at worst {row['floor']}. {row['why']}",
        f"Found: {row['finding']}.",
    ]
    both = [f"{name}: {row[key]}" for name, key in _READINGS.items() if isinstance(row[key], str)]
    if both:
        found.append(f"{'; '.join(both)}.")
    if pd.notna(row["bound"]):
        ends = f"{row['low']:.1%} to {row['high']:.1%}"
        found.append(f"Deciding share nearest its bound of {row['bound']:.0%}: {row['share']:.1%} ({ends}).")
    return found


_MODALITY = {
    "is": "It says what is so in general",
    "can": "It says what can be",
    "aim": "It states an aim",
    "ought": "It says what ought to be done",
    "fact": "It states a dated or counted fact",
    "model": "It says what the book's model holds",
}
_READINGS = {"Over our ranges": "over_ranges", "As fitted to the four clusters": "as_fitted"}


def setup(app: Sphinx) -> None:
    """Register directives and role."""
    app.add_directive("claims", ClaimBox)
    app.add_directive("claim-list", ClaimList)
    app.add_role("claim", ClaimLink())
