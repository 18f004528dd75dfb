"""The route is read from the source: planted pages, files and circles are all seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from gumlib import data
from gumlib.data.lineage import imports, pages, syntax
from gumlib.errors import GumError
from gumlib.figures import s1_6_route as drawn

PAGE = """# A planted page

```{code-cell} python
:tags: [remove-input]
from gumlib import evidence as e, model
from gumlib.dynamics import simulate

model.loops()
list(map(e.codebook, []))
```

Prose that names gumlib.model.dematel.dematel and `model.routes()` calls nothing.

```python
from gumlib import ranking
ranking.dematel()
```

```{code-cell} python
---
tags: [remove-input]
---
model.loops()
```
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder of chapters with one page that calls and one that does not."""
    folder = tmp_path / "chapters"
    (folder / "01").mkdir(parents=True)
    (folder / "index.md").write_text("# No code here\n", encoding="utf-8")
    (folder / "01" / "1-1-planted.md").write_text(PAGE, encoding="utf-8")
    return folder


def package(folder: Path, **files: str) -> Path:
    """Plant a package called toy; the files are named as the keywords, with / for __."""
    home = folder / "toy"
    for name, text in {"__init__": "", **files}.items():
        file = home / f"{name if name.endswith('__') else name.replace('__', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return home


def test_a_planted_page_is_read_cell_by_cell(book):
    used = pages.uses(book)
    found = dict(zip(used["module"] + "." + used["name"], used["times"], strict=True))
    assert found == {"gumlib.model.graph.loops": 2, "gumlib.evidence.coded.codebook": 1}
    assert set(used["page"]) == {"01/1-1-planted"}


def test_a_page_reaches_modules_and_files_through_functions(book):
    reached = pages.rests_on(book).set_index("name")
    assert set(reached.query("kind == 'file'").index) == {"codebook"}
    assert reached.loc["codebook", ["group", "named"]].tolist() == ["evidence", 0]
    assert reached.loc["gumlib.model.graph", "named"] == 1
    assert reached.loc["gumlib.terms", "named"] == 0 < reached.loc["gumlib.terms", "definitions"]
    assert "gumlib.model.dematel" not in reached.index
    assert "ledger" in pages.unread(book)


def test_a_file_that_a_page_opens_itself_is_named_by_it(book):
    file = book / "01" / "1-1-planted.md"
    file.write_text(
        PAGE.replace("model.loops()\n", "from gumlib import data\ndata.read('hosts')\n", 1), encoding="utf-8"
    )
    reached = pages.rests_on(book).set_index("name")
    assert reached.loc["hosts", ["kind", "named"]].tolist() == ["file", 1]


def test_a_name_re_exported_counts_where_it_is_defined(book):
    file = book / "01" / "1-1-planted.md"
    file.write_text(PAGE.replace("model.loops()\n", "simulate(None)\n", 1), encoding="utf-8")
    assert "gumlib.dynamics.simulation" in set(pages.uses(book)["module"])


def test_a_folder_without_code_is_refused(tmp_path):
    with pytest.raises(GumError, match="expected pages with code cells"):
        pages.uses(tmp_path)


def test_the_chapters_are_found_from_below_and_missed_from_outside(book, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(book / "01")
    assert pages.home() == book
    monkeypatch.chdir(tmp_path_factory.mktemp("outside"))
    with pytest.raises(GumError, match="expected pages in a folder chapters"):
        pages.home()


@pytest.mark.parametrize("place", [".", "notebooks/01", ""], ids=["root", "notebook", "outside"])
def test_the_page_on_the_route_runs_anywhere_inside_the_book_and_says_so_outside(place, monkeypatch, tmp_path):
    root = pages.PACKAGE.parent
    cell = pages.code(root / "chapters" / "01" / "1-6-route.md").split("s1_6_route.route")[0]
    monkeypatch.chdir(root / place if place else tmp_path)
    if place:
        exec(cell, names := {})
        assert names["chapters"] == root / "chapters"
    else:
        with pytest.raises(GumError, match="run this inside a copy of the book's repository"):
            exec(cell, {})


def test_imports_of_gumlib_point_one_way():
    assert imports.cycles(imports.imports()) == []
    matrix = drawn.imports().data
    assert (matrix["target_place"] < matrix["source_place"]).all()


def test_nothing_but_figures_and_chapters_rests_on_figures():
    edges = imports.imports()
    inward = edges[edges["target"].str.startswith("gumlib.figures")]
    above = ("gumlib.figures", "gumlib.own", "gumlib.cli")
    assert inward["source"].str.startswith(above).all()


def test_a_planted_circle_is_found(tmp_path):
    home = package(tmp_path, a="from toy import b", b="def f():\n    import toy.c", c="from toy.a import x")
    edges = imports.imports(home)
    assert imports.cycles(edges) == [["toy.a", "toy.b", "toy.c"]]
    assert set(edges["when"]) == {"when loaded", "when called"}
    with pytest.raises(GumError, match=r"point one way.*toy\.a"):
        imports.layers(edges)


def test_an_import_for_type_checkers_closes_no_circle(tmp_path):
    guard = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from toy import a\n"
    edges = imports.imports(package(tmp_path, a="from toy import b", b=guard))
    assert edges["when"].tolist() == ["when loaded", "never"]
    assert imports.layers(edges).to_dict() == {"toy.a": 1, "toy.b": 0}


def test_files_are_found_however_their_names_are_written(tmp_path):
    reader = "def read(name):\n    return name\n"
    user = (
        "from toy import data\nfrom toy.names import BOTH\nONE = 'ledger'\n"
        "def plain():\n    return data.read('codebook')\n"
        "def constant():\n    return data.read(ONE)\n"
        "def pattern(c):\n    return [data.read(f'scores_{c}') for c in 'ab']\n"
        "def figure():\n    return dict(sources=('hosts', *BOTH))\n"
        "def hidden(name):\n    return data.read(name)\n"
        "def words():\n    return ['claims', 'sources']\n"
    )
    names = "BOTH = ('wto-rca', 'no-such-file')\n"
    room = {"data/__init__": "from toy.data.package import read\n", "data/package": reader}
    home = package(tmp_path, **room, names=names, user=user)
    found: dict[str, list[str]] = {}
    for (_, name), (module, file) in sorted(imports.graph(home).edges):
        if not module:
            found.setdefault(name, []).append(file)
    assert found == {
        "plain": ["codebook"],
        "constant": ["ledger"],
        "pattern": ["scores_a", "scores_b"],
        "figure": ["hosts", "wto-rca"],
        "hidden": [imports.UNNAMED],
    }


def test_a_local_name_hides_what_is_imported(tmp_path):
    text = (
        "from toy.a import f, g\ndef user(f):\n    return f, g\n"
        "class Box:\n    g: int = 0\n    def of(self):\n        return g\n"
    )
    net = imports.graph(package(tmp_path, a="def f(): ...\ndef g(): ...\n", b=text))
    assert set(net["toy.b", "user"]) == {("toy.a", "g")}
    assert set(net["toy.b", "Box"]) == {("toy.a", "g")}


def test_a_module_handed_on_counts_whole(tmp_path):
    net = imports.graph(package(tmp_path, a="X = 1\ndef f(): ...\n", b="from toy import a\nALL = (a,)\n"))
    assert set(net["toy.b", "ALL"]) == {("toy.a", "X"), ("toy.a", "f")}


def test_a_number_is_traced_to_function_and_sha256():
    steps = pages.trace("gumlib.evidence.agreement")
    assert steps["name"].iloc[0] == "gumlib.evidence.intercoder.agreement"
    files = steps[steps["kind"] == "file"].set_index("name")["sha256"]
    assert files.to_dict() == data.registry().loc[["scores_a", "scores_b"], "sha256"].to_dict()
    assert steps["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    with pytest.raises(GumError, match="expected a function"):
        pages.trace("gumlib.evidence.agreemnt")


def test_every_import_statement_of_a_module_is_seen():
    known = syntax.modules()
    assert known["gumlib.figures.card"].names["registry"] == "gumlib.data"
    assert syntax.resolve("gumlib.nothing", known) is None
    assert syntax.resolve("matplotlib.axes", known) is None


def test_groups_that_import_from_each_other_stand_together(tmp_path):
    home = package(tmp_path, p__a="from toy.q import b", p__b="", q__a="from toy.p import b", q__b="")
    for name in "pq":
        (home / name / "__init__.py").write_text("", encoding="utf-8")
    assert imports.cycles(imports.imports(home)) == []
    assert imports.strata(home) == ["p", "q", "ground"]


def test_the_stack_counts_every_module_once():
    table = imports.stack()
    assert table["modules"].sum() == len(syntax.modules())
    assert table.index.tolist() == imports.strata()
    assert table.loc["ground", "imports from"] == ""
