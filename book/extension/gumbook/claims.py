"""The book's own voice: boxes and links for its claims, and the list of all of them."""

from __future__ import annotations

from functools import cache

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from gumlib import claims
from gumlib.claims.verdict import VERDICTS

PAGE = "chapters/back/claims"


@cache
def _table() -> pd.DataFrame:
    return claims.claims()


def _link(claim: str, page: str) -> nodes.reference:
    up = "../" * page.count("/")
    return nodes.reference("", claim, internal=True, refuri=f"{up}{PAGE}.html#{claim.lower()}")


def _mark(verdict: str) -> str:
    return verdict.replace(" ", "-")


def _badge(verdict: str) -> nodes.inline:
    return nodes.inline("", verdict, classes=["gum-verdict", f"gum-{_mark(verdict)}"])


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
            text += [nodes.Text(f" ({row['place']}) {row['claim']}. "), _badge(row["verdict"])]
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
    """``{claim-list}``: every claim with kind, place, test, verdict and finding, to be filtered by verdict."""

    def run(self) -> list[nodes.Node]:
        """Return the filter, and one section-like block a claim, each with an anchor."""
        counts = _table()["verdict"].value_counts().reindex(VERDICTS, fill_value=0)
        return [_filter(counts), *(self._entry(str(claim), row) for claim, row in _table().iterrows())]

    def _entry(self, claim: str, row: pd.Series) -> nodes.container:
        head = nodes.paragraph("", "", nodes.strong("", claim), nodes.Text(f" {row['claim']}. "))
        head += _badge(row["verdict"])
        where = f"{row['place']}; {row['kind']}; section {row['section']}"
        said = f"{where}. Test: {row['test']}. Found: {row['finding']}."
        classes = ["gum-claim", f"gum-is-{_mark(row['verdict'])}"]
        return nodes.container("", head, nodes.paragraph("", said), classes=classes, ids=[claim.lower()])


def setup(app: Sphinx) -> None:
    """Register directives and role."""
    app.add_directive("claims", ClaimBox)
    app.add_directive("claim-list", ClaimList)
    app.add_role("claim", ClaimLink())
