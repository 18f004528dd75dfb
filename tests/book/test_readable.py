"""A stored notebook shows its numbers, claims, captions and figures to readers who have nothing of the book."""

from __future__ import annotations

import base64
import io
import re
from html import unescape
from itertools import pairwise

import nbformat
import pytest
from nbformat import NotebookNode, v4
from PIL import Image

from book import compare, notebooks, readable
from book.paths import CHAPTERS, ROOT
from gumlib import data

PAGES = notebooks.executable()
OF_MYST = re.compile(r"\{[\w:-]+\}`|^(`{3,}|:{3,})\{|^:{3,}|^\([\w-]+\)=", re.MULTILINE)
PAGE = CHAPTERS / "02" / "2-6-summary.md"


def stored(page) -> NotebookNode:
    """Return the notebook of a chapter as it is stored."""
    return nbformat.read(notebooks.twin(page), as_version=4)


def prose(page) -> str:
    return "\n\n".join(cell.source for cell in stored(page).cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_prose_needs_nothing_of_myst_and_its_links_lead_somewhere(page):
    assert [found[0] for found in OF_MYST.finditer(prose(page))] == []
    targets = re.findall(r"\]\(([^()\s:#]+)\)", prose(page))
    assert [target for target in targets if not (notebooks.twin(page).parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_figure_has_a_picture_on_white_an_alternative_text_and_a_caption(page):
    for cell in stored(page).cells:
        for output, after in pairwise([*cell.get("outputs", []), None]):
            if compare.DRAWING not in output.get("data", {}):
                continue
            drawing = output.data[compare.DRAWING]
            with Image.open(io.BytesIO(base64.b64decode(output.data[compare.PICTURE]))) as picture:
                wide, high = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', drawing).groups())
                assert picture.width / picture.height == pytest.approx(wide / high, rel=0.01)
                assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
            title = unescape(re.search(r"<title>(.*?)</title>", drawing)[1])
            assert after.data["text/markdown"].startswith(f"**{title.rstrip('.')}")
            assert len(output.metadata[compare.PICTURE]["alt"]) > 60


def test_numbers_claims_and_citations_stand_in_the_prose():
    restated = data.read("claims").set_index("claim_id")["claim"]
    page = CHAPTERS / "02" / "2-3-running.md"
    assert f"- C06 (abstract, ¶ 3 (zh); ¶ 3 (en)) {restated['C06']}. **" in prose(page)
    assert re.search(r"All six factors start at 0\.\d+, in \d+ draws\.", " ".join(prose(page).split()))
    assert "(Duşa, 2019)" in prose(CHAPTERS / "04" / "4-5-combinations.md")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("(here)=\n## Found", "## Found"),
        ("{doc}`2-1-model-building`", "[2.1 Model building](2-1-model-building.ipynb)"),
        ("{doc}`all\nfacts <../back/ledger>`", "[all facts](../../chapters/back/ledger.md)"),
        ("[facts](../back/own-table.md)", "[facts](../back/own-table.ipynb)"),
        ("{ref}`Partly <p51-partly>`, {claim}`C01`", "Partly, C01"),
        ("{cite:t}`dusa2019`", "Duşa (2019)"),
        (":::{admonition} In short\n:class: gum-short\n\nA.\n\nB.\n:::", "> **In short**\n>\n> A.\n>\n> B."),
        ("```{warning}\nMind {claim}`C01`.\n```", "> **Warning**\n>\n> Mind C01."),
        ("```{math}\n:label: a\nx^2\n```", "$$\nx^2\n$$"),
        ("```{policy-desk}\n```", "*Here the built book shows: policy-desk.*"),
        ("```python\nx = {1: `2`}\n```", "```python\nx = {1: `2`}\n```"),
    ],
)
def test_what_is_of_myst_is_put_into_plain_markdown(written, plain):
    assert readable.in_words(written, PAGE) == plain


def test_what_is_added_for_readers_is_not_compared_and_what_differs_is():
    drawn = v4.new_output("execute_result", {compare.DRAWING: '<svg><path d="M 1 2"/></svg>'}, execution_count=1)
    shown = v4.new_output("execute_result", drawn.data | {compare.PICTURE: "AAAA"}, execution_count=1)
    shown.metadata = {compare.PICTURE: {"alt": "A line."}}
    caption = v4.new_output("display_data", {"text/markdown": "A line."}, metadata={compare.ADDED: "caption"})
    assert list(compare.outputs([shown, caption], [drawn])) == []
    assert compare.as_run([shown, caption]) == [drawn]
    other = v4.new_output("execute_result", {compare.DRAWING: '<svg><path d="M 9 2"/></svg>'}, execution_count=1)
    assert len(list(compare.outputs([shown, caption], [other]))) == 1
    assert len(list(compare.outputs([shown, v4.new_output("display_data", {"text/markdown": "A."})], [drawn]))) == 1


def test_a_value_handed_to_the_prose_can_be_shown_by_any_editor_and_is_compared_as_it_was():
    """VS Code writes an error for an output of which it knows no kind."""
    name = {"scrapbook": {"name": "p26_stands", "mime_prefix": "application/papermill.record/"}}
    handed = v4.new_output("display_data", {compare.RECORD: "'5'"}, metadata=name)
    notebook = v4.new_notebook(cells=[v4.new_code_cell("tell(p26_stands='5')", outputs=[handed])])
    readable.put_pictures(notebook)
    (shown,) = notebook.cells[0].outputs
    assert shown.data["text/plain"] == "p26_stands = 5"
    assert readable.told(notebook) == {"p26_stands": "'5'"}
    assert compare.as_run([shown]) == [handed]
    as_run = v4.new_notebook(cells=[v4.new_code_cell(outputs=compare.as_run([shown]))])
    assert readable.told(as_run) == {"p26_stands": "'5'"}
    assert list(compare.outputs([shown], [handed])) == []
    other = v4.new_output("display_data", {compare.RECORD: "'6'"}, metadata=name)
    assert len(list(compare.outputs([shown], [other]))) == 1


def test_a_notebook_whose_prose_lacks_its_numbers_is_out_of_step(monkeypatch):
    monkeypatch.setattr(notebooks, "executable", lambda: [PAGE])
    wanted = f"{notebooks.twin(PAGE).relative_to(ROOT)} differs from {PAGE.relative_to(ROOT)}"
    assert wanted not in notebooks.out_of_step()
    monkeypatch.setattr(readable, "with_values", lambda prose, _: prose)
    assert wanted in notebooks.out_of_step()
