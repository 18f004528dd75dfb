"""Jupyter Book 2 reads the chapters: mystmd, where it is installed, knows every role and directive."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from book import mystmd
from book.chinese import pages
from book.paths import CHAPTERS

PLUGIN = mystmd.PLUGIN.read_text(encoding="utf-8")
KNOWN = {
    *("admonition", "bibliography", "code-cell", "dropdown", "math", "table", "warning"),
    *("cite:p", "cite:t", "doc", "ref"),
}
"""Directives and roles that mystmd has by itself."""
needs_mystmd = pytest.mark.skipif(shutil.which("myst") is None, reason="needs mystmd, of npm or PyPI")


def used() -> set[str]:
    """Return the names of all directives and roles in the chapters."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in CHAPTERS.rglob("*.md"))
    return {*re.findall(r"^ *(?:`{3,}|:{3,})\{([\w:-]+)\}", text, re.MULTILINE), *re.findall(r"\{([\w:]+)\}`", text)}


def named() -> set[str]:
    """Return the names that the plugin defines."""
    composed = re.search(r"composed = \[([^\]]*)\]", PLUGIN)[1]
    return {*re.findall(r'name: "([\w:-]+)"', PLUGIN), *re.findall(r'"([a-z-]+)"', composed)}


def test_the_plugin_defines_what_the_chapters_use_and_mystmd_lacks():
    assert used() - KNOWN == named() & used()
    assert named() - used() == set()


@needs_mystmd
@pytest.mark.slow
@pytest.mark.parametrize("language", mystmd.SOURCES)
def test_mystmd_knows_every_role_and_directive(tmp_path, language):
    pages.write()
    mystmd.lay_out(mystmd.SOURCES[language], tmp_path / language)
    assert mystmd.unknown(tmp_path / language) == []


def project(folder: Path, prose: str) -> Path:
    """Lay out a book of one page."""
    (folder / "small" / "chapters").mkdir(parents=True)
    (folder / "small" / "chapters" / "index.md").write_text(f"# A page\n\n{prose}\n", encoding="utf-8")
    (folder / "small" / "_toc.yml").write_text("format: jb-book\nroot: chapters/index\n", encoding="utf-8")
    mystmd.lay_out(folder / "small", folder / "project")
    return folder / "project"


@needs_mystmd
def test_a_role_a_directive_and_a_key_that_nobody_defines_are_named(tmp_path):
    found = mystmd.unknown(project(tmp_path, "{praise}`C01` of {glue:text}`p99_none`.\n\n```{song} of C01\n```"))
    wanted = ("unknown role: praise", "unknown directive: song", "no stored notebook hands p99_none to the prose")
    assert [said for said in wanted if said not in "\n".join(found)] == []


@needs_mystmd
def test_the_prose_holds_the_numbers_of_the_stored_notebooks(tmp_path):
    small = project(tmp_path, "{claim}`C06` holds in {glue:text}`p23_draws` draws, {glue:text}`p23_net_low:.1f`.")
    assert mystmd.unknown(small) == []
    (written,) = (small / "_build" / "exports").glob("*.xml")
    assert re.search(r"C06 holds in \d{3} draws, \d\.\d\.", written.read_text(encoding="utf-8"))
