"""Each chapter with code has an executed notebook, and a wrong number in one is caught."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jupytext
import nbformat
import pytest
from jupytext.cli import jupytext as synchronise

from book import notebooks
from book.notebooks import executable, twin

ROOT = Path(__file__).parents[2]
CHAPTERS = executable()
STRUCTURE = Path("02/2-1-model-building.ipynb")
EVIDENCE = (Path("02/2-2-elements.ipynb"), Path("01/1-4-methods.ipynb"))
PARTS = ("gumlib", "data", "chapters", "book", "conftest.py", "pyproject.toml")


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def stored() -> list[Path]:
    return sorted((ROOT / "notebooks").rglob("*.ipynb"))


def ids(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_there_are_chapters_with_code():
    assert CHAPTERS


@pytest.mark.parametrize("page", CHAPTERS, ids=ids)
def test_a_chapter_has_its_notebook_executed_with_the_same_cells(page):
    file = twin(page)
    assert file.exists(), f"{ids(file)} is missing: run `make notebooks`"
    wanted, found = jupytext.read(page), nbformat.read(file, as_version=4)
    assert [cell.source for cell in code(found)] == [cell.source for cell in code(wanted)]
    assert [cell.cell_type for cell in found.cells] == [cell.cell_type for cell in wanted.cells]
    assert [cell.execution_count for cell in code(found)] == list(range(1, len(code(found)) + 1))
    assert any(cell.outputs for cell in code(found))


@pytest.mark.parametrize("newer", ["chapters", "notebooks"])
def test_jupytext_keeps_every_byte_of_a_page(tmp_path, newer):
    shutil.copyfile(ROOT / "jupytext.toml", tmp_path / "jupytext.toml")
    pages = {page: tmp_path / page.relative_to(ROOT) for page in CHAPTERS}
    for page, copied in pages.items():
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, copied)
    command = ["--sync", "--quiet", *map(str, pages.values())]
    synchronise(command)
    edited = sorted((tmp_path / "_build" / "editable").rglob("*.ipynb"))
    assert len(edited) == len(pages)
    for file in edited if newer == "notebooks" else pages.values():
        os.utime(file)
    synchronise(command)
    assert [ids(page) for page, copied in pages.items() if copied.read_bytes() != page.read_bytes()] == []


def test_chapters_and_notebooks_are_in_step():
    assert notebooks.out_of_step() == []


@pytest.mark.parametrize("key", ["mirrors", "jupytext", "kernelspec"])
def test_a_notebook_with_other_front_matter_than_its_page_is_out_of_step(monkeypatch, key):
    page = notebooks.CHAPTERS / STRUCTURE.with_suffix(".md")
    other = notebooks.load(page)
    del other.metadata[key]
    monkeypatch.setattr(notebooks, "executable", lambda: [page])
    monkeypatch.setattr(notebooks, "load", {page: other}.__getitem__)
    assert f"notebooks/{STRUCTURE} differs from chapters/{STRUCTURE.with_suffix('.md')}" in notebooks.out_of_step()


def test_no_notebook_is_without_chapter():
    assert set(stored()) <= set(map(twin, CHAPTERS))


@pytest.mark.parametrize("file", stored(), ids=ids)
def test_no_cell_is_exempt_from_comparison(file):
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    for cell in code(notebook):
        marks = [cell.source, *cell.metadata.get("tags", [])]
        assert not re.search(r"nbval|raises-exception", " ".join(marks), re.IGNORECASE)
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", output.text
            assert not re.search(r" object at 0x[0-9a-f]+|/tmp/|/home/|ipykernel_\d", str(output))


def drawings() -> list[tuple[str, str]]:
    return [
        (ids(file), output.data["image/svg+xml"])
        for file in stored()
        for cell in code(nbformat.read(file, as_version=4))
        for output in cell.outputs
        if "image/svg+xml" in output.get("data", {})
    ]


def test_every_figure_has_an_id_of_its_own_a_title_and_an_alternative_text():
    seen: dict[str, str] = {}
    for page, drawing in drawings():
        root = ElementTree.fromstring(drawing)
        name, title, alt = root.get("id"), root[0].text, root[1].text
        assert name not in seen, f"{name} is drawn in {page} and in {seen[name]}"
        assert len(title) > 3
        assert len(alt) > 60, f"{name}: {alt}"
        seen[name] = page


def test_no_figure_uses_a_grey_that_would_stay_on_a_dark_page():
    from gumlib.figures import style

    for page, drawing in drawings():
        seen = re.sub(r"stroke: #[0-9a-f]{6}; stroke-opacity: 0[;\"]", "", drawing)
        for colour in sorted(set(re.findall(r"#[0-9a-f]{6}\b", seen)) - set(style._DARK) - {"#ffffff"}):
            red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
            assert max(red, green, blue) - min(red, green, blue) > 8, f"{page}: {colour} is not an ink of the house"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy what a notebook needs, so that a fault can be planted."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite*"))
        else:
            shutil.copyfile(ROOT / part, tmp_path / part)
    return tmp_path


def bring(copy: Path, *candidates: Path) -> Path:
    """Copy the first of the notebooks that is stored, and return its place in the copy."""
    for name in candidates:
        if (ROOT / "notebooks" / name).exists():
            target = copy / "notebooks" / name
            target.parent.mkdir(parents=True)
            return Path(shutil.copyfile(ROOT / "notebooks" / name, target))
    pytest.fail(f"none of {', '.join(map(str, candidates))} is stored: run `make notebooks`")


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run Python in the copy, which shadows the installed gumlib."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def compare(copy: Path, notebook: Path) -> subprocess.CompletedProcess:
    options = ("--nbval", "--color=no", "-q", "-p", "no:cacheprovider")
    return run(copy, "-m", "pytest", *options, str(notebook.relative_to(copy)))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_an_unchanged_copy_passes(copy):
    notebook = bring(copy, STRUCTURE)
    assert str(copy) in run(copy, "-c", "import gumlib; print(gumlib.__file__)").stdout
    result = compare(copy, notebook)
    assert result.returncode == 0, result.stdout
    assert f"{len(code(nbformat.read(notebook, as_version=4)))} passed" in result.stdout


@pytest.mark.slow
def test_a_changed_number_in_the_data_is_caught(copy):
    notebook = bring(copy, *EVIDENCE)
    file = copy / "data" / "evidence" / "scores_a.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    scored = next(row for row in rows[1:] if row[3] == "2")
    scored[3] = "5"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    refreshed = run(copy, "data/refresh.py")
    assert refreshed.returncode == 0, refreshed.stderr
    result = compare(copy, notebook)
    assert result.returncode == 1, result.stdout
    assert "Cell outputs differ" in result.stdout
    assert "Cell execution caused an exception" not in result.stdout


@pytest.mark.slow
def test_a_changed_byte_in_the_data_is_caught_even_without_a_new_hash(copy):
    notebook = bring(copy, *EVIDENCE)
    file = copy / "data" / "evidence" / "scores_a.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    result = compare(copy, notebook)
    assert result.returncode == 1, result.stdout
    assert "scores_a.csv has changed" in result.stdout


@pytest.mark.slow
def test_a_changed_colour_is_caught_though_every_number_is_the_same(copy):
    notebook = bring(copy, STRUCTURE)
    replace(copy / "gumlib" / "terms.py", "#0072b2", "#0072b3")
    result = compare(copy, notebook)
    assert result.returncode == 1, result.stdout
    assert "image/svg+xml: stored" in result.stdout
    assert "text/plain: stored" not in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("cells", ["all", "last"])
def test_a_notebook_that_was_never_run_is_refused(copy, cells):
    file = bring(copy, STRUCTURE)
    notebook = nbformat.read(file, as_version=4)
    for cell in code(notebook)[0 if cells == "all" else -1 :]:
        cell.execution_count, cell.outputs = None, []
    nbformat.write(notebook, file)
    result = compare(copy, file)
    assert result.returncode not in (0, 5), result.stdout
    assert "code cells were never run" in result.stdout + result.stderr
