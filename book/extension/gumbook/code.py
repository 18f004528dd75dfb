"""Code is folded: what it shows comes first, the code behind it stands below, one switch opens all of a page.

Three kinds of cells. One that shows something has its code folded under what it shows. One that shows nothing, such as
the imports, appears with the switch alone. One tagged `tells` only hands numbers to the prose: it stays out of sight
even then, and opens when a link leads to it. Without a script all of them can be read.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

TELLS = "tells"
_SWITCH = (
    '<button type="button" class="gum-switch" hidden aria-pressed="false">Show the code</button>'
    "<script>document.currentScript.previousElementSibling.hidden=false;document.documentElement.classList.add('gum-scripted');"
    "try{localStorage.getItem('gum-code')==='shown'&&document.documentElement.classList.add('gum-coded')}catch{}</script>"
)
"""Shows the switch and settles what was chosen last before the text below is drawn, so that nothing jumps."""


class folded(nodes.General, nodes.Element):  # noqa: N801
    """Code under a line that opens it."""


class FoldCode(SphinxPostTransform):
    """Fold the code of every cell, and put the switch under the title of a page that has code."""

    default_priority = 198
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Move the code of each cell below what it shows."""
        cells = [box for box in self.document.findall(nodes.container) if box.get("nb_element") == "cell_code"]
        coded = [cell for cell in cells if cell.children and cell[0].get("nb_element") == "cell_code_source"]
        for cell in coded:
            _fold(cell)
        title = next(iter(self.document.findall(nodes.title)), None)
        if coded and title is not None:
            title.parent.insert(title.parent.index(title) + 1, nodes.raw("", _SWITCH, format="html"))


def _fold(cell: nodes.container) -> None:
    code = cell.pop(0)
    cell += folded("", code)
    if TELLS in cell["classes"] or "tag_tells" in cell["classes"]:
        cell["classes"].append("gum-tells")
    elif not _shows(cell):
        cell["classes"].append("gum-silent")


def _shows(cell: nodes.container) -> bool:
    """Return whether a reader sees an output: told numbers are kept for the prose and leave an empty one."""
    outputs = [box for box in cell.findall(nodes.container) if box.get("nb_element") == "cell_code_output"]
    return any(not isinstance(part, nodes.container) or part.children for box in outputs for part in box.children)


def _open(self: Any, _: nodes.Element) -> None:
    self.body.append('<details class="gum-code"><summary>Code</summary>\n')


def _close(self: Any, _: nodes.Element) -> None:
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register the node and the transform."""
    app.add_node(folded, html=(_open, _close))
    app.add_post_transform(FoldCode)
