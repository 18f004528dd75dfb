"""Chinese pages from the English ones: the same code cells, so that nothing is executed twice."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from book.chinese.blocks import Block, parse, rendered, translated
from book.chinese.phrases import site
from book.paths import BUILD, CHAPTERS, ROOT

SOURCE = BUILD / "zh" / "source"
"""The Chinese book as Sphinx reads it: `chapters` and `_toc.yml`, made anew by every build."""
_CELL = "```{code-cell}"
_ENGLISH_ONLY = re.compile(r"\{doc\}`(?:([^`<]+?)\s*<)?([^`<>]*\bapi[\w-]*)>?`")


def write() -> None:
    """Write the sources of the Chinese book; a file that would say the same is left as it is."""
    wanted = {SOURCE / "chapters" / page.relative_to(CHAPTERS): text(page) for page in translated()}
    wanted[SOURCE / "_toc.yml"] = _contents()
    for stray in {file for file in SOURCE.rglob("*") if file.is_file()} - wanted.keys():
        stray.unlink()
    for file, words in wanted.items():
        if not file.exists() or file.read_text(encoding="utf-8") != words:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(words, encoding="utf-8")


def text(page: Path) -> str:
    """Return a chapter with its prose in Chinese; a block that nobody has rendered stays English."""
    chinese = rendered(page)
    blocks = [block.text if block.shared else chinese.get(block.key, block.text) for block in _blocks(page)]
    return "\n\n".join(_linked(block, page) for block in blocks) + "\n"


def _blocks(page: Path) -> list[Block]:
    return parse(page.read_text(encoding="utf-8"))


def _linked(block: str, page: Path) -> str:
    """Lead from links to pages that have no Chinese edition to the English ones."""

    def link(found: re.Match[str]) -> str:
        target = (page.parent / found[2]).resolve().relative_to(ROOT)
        up = "../" * (len(page.relative_to(ROOT).parts))
        return f'<a href="{up}{target.as_posix()}.html" hreflang="en">{found[1] or "API"}</a>'

    return block if block.startswith(_CELL) else _ENGLISH_ONLY.sub(link, block)


def _contents() -> str:
    """Return the table of contents: the translated pages, and the captions in Chinese."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    known = {page.relative_to(ROOT).with_suffix("").as_posix() for page in translated()}
    for part in contents.get("parts", [contents]):
        part["chapters"] = [entry for entry in part["chapters"] if entry["file"] in known]
        if "caption" in part:
            part["caption"] = site().chinese(part["caption"]) or part["caption"]
    return yaml.safe_dump(contents, allow_unicode=True, sort_keys=False)
