"""Code on pages: cells are short, and gumlib has what a sample that is not run imports."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from book.execution import executable
from book.notebooks import load

ROOT = Path(__file__).parents[2]
BODY = re.compile(r"^(?:## |```)", re.MULTILINE)
"""Where the head of a page ends."""
LINES = 12
"""Lines that a cell may hold; what is longer is logic, and lives in gumlib."""
EXAMPLE = ROOT / "chapters" / "index.md"
SAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAMPLES = {
    f"{page.stem}-{number}": sample
    for page in sorted((ROOT / "chapters").rglob("*.md"))
    for number, sample in enumerate(SAMPLE.findall(page.read_text(encoding="utf-8")))
}


def missing(sample: str) -> list[str]:
    """Return what a sample imports from gumlib and gumlib does not have."""
    found = []
    for node in ast.walk(ast.parse(sample)):
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "gumlib":
            for name in (one.name for one in node.names):
                try:
                    if not hasattr(import_module(str(node.module)), name):
                        import_module(f"{node.module}.{name}")
                except ImportError:
                    found.append(f"{node.module}.{name}")
    return found


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_sample_imports_what_is_there(sample):
    assert missing(sample) == []


def test_a_module_that_has_moved_is_named():
    assert missing("from gumlib.survey import handover, levels") == ["gumlib.survey.handover"]


def long(code: str) -> bool:
    return sum(bool(line.strip()) for line in code.splitlines()) > LINES


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_cells_are_short(page):
    assert [cell.source for cell in load(page).cells if cell.cell_type == "code" and long(cell.source)] == []


def tells(code: str) -> set[bool]:
    """Return of the calls and other expressions of a cell whether they hand numbers to the prose."""
    calls = [node.value for node in ast.parse(code).body if isinstance(node, ast.Expr)]
    return {isinstance(call, ast.Call) and getattr(call.func, "id", "") == "tell" for call in calls}


def mixed(page: Path) -> list[str]:
    """Return the cells that tell where they should show, or show where they should tell: the latter bear a tag."""
    cells = [cell for cell in load(page).cells if cell.cell_type == "code"]
    return [cell.source for cell in cells if ("tells" not in cell.metadata.get("tags", [])) in tells(cell.source)]


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_cells_that_tell_numbers_stand_apart(page):
    assert mixed(page) == []


def test_a_cell_that_tells_and_shows_is_caught(tmp_path):
    page = tmp_path / "page.md"
    head = EXAMPLE.read_text(encoding="utf-8").split("---")[1]
    page.write_text(f"---{head}---\n\n```{{code-cell}} python\ntell(x=1)\nfigure()\n```\n", encoding="utf-8")
    assert mixed(page) == ["tell(x=1)\nfigure()"]


@pytest.mark.parametrize("page", [page for page in executable() if page != EXAMPLE], ids=lambda page: page.stem)
def test_a_page_opens_with_question_answer_and_how_sure(page):
    assert opening(page.read_text(encoding="utf-8"))


def opening(text: str) -> bool:
    """Return whether a box of three parts stands before any cell, claim or section of a page."""
    return bool(re.search(r"^# [^\n]+\n\n:::.*?Question.*?Answer.*?How sure.*?^:::$", BODY.split(text)[0], re.M | re.S))


def test_a_page_without_its_box_is_caught():
    box = ":::{admonition} In short\n\n**Question.** A? **Answer.** B. **How sure.** C.\n:::\n"
    assert opening(f"# T\n\n{box}\n## S\n")
    assert not opening(f"# T\n\n## S\n\n{box}")
    assert not opening("# T\n\n" + box.replace("**How sure.** C.", ""))


def test_a_long_cell_is_caught():
    assert long("x = 1\n" * 13)
    assert not long("x = 1\n\n" * 12)
