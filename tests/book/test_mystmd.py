"""Jupyter Book 2 reads the chapters: mystmd, where it is installed, knows every role and directive."""

from __future__ import annotations

import re
import shutil

import pytest

from book import mystmd
from book.chinese import pages
from book.paths import CHAPTERS

PLUGIN = mystmd.PLUGIN.read_text(encoding="utf-8")
KNOWN = {
    *("admonition", "bibliography", "code-cell", "dropdown", "math", "warning"),
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


@needs_mystmd
def test_a_role_a_directive_and_a_key_that_nobody_defines_are_named(tmp_path):
    (tmp_path / "small" / "chapters").mkdir(parents=True)
    first = "# A page\n\n{praise}`C01` of {glue:text}`p99_none` and {glue:text}`p23_draws` draws.\n\n```{song} of C01\n```\n"
    (tmp_path / "small" / "chapters" / "index.md").write_text(first, encoding="utf-8")
    (tmp_path / "small" / "_toc.yml").write_text("format: jb-book\nroot: chapters/index\n", encoding="utf-8")
    mystmd.lay_out(tmp_path / "small", tmp_path / "project")
    found = "\n".join(mystmd.unknown(tmp_path / "project"))
    assert "unknown role: praise" in found
    assert "unknown directive: song" in found
    assert "no stored notebook hands p99_none to the prose" in found
    (written,) = (tmp_path / "project" / "_build" / "exports").glob("*.xml")
    assert "512 draws" in written.read_text(encoding="utf-8")
