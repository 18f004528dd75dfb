"""Every Chinese character that may be shown has a glyph in the fonts that are shipped."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

pytest.importorskip("fontTools", reason="fontTools comes with requirements/dev.txt only")

from fontTools.ttLib import TTFont
from gumbook.edition import LANGUAGES

from book import fonts


def glyphs(file: Path) -> set[str]:
    with TTFont(str(file)) as font:
        return set(map(chr, font.getBestCmap()))


def require(letters: set[str], file: Path) -> None:
    missing = letters - glyphs(file)
    assert not missing, f"run `python -m book.fonts`: {file.name} has no glyph for {''.join(sorted(missing))}"


@pytest.mark.parametrize("part", fonts.PAGES)
def test_a_font_of_pages_holds_every_character(part):
    require(fonts.in_pages()[part], fonts.PAGES[part])


def test_the_style_sheet_sends_every_character_to_its_font():
    sheet = (fonts.ASSETS / "fonts.css").read_text(encoding="utf-8")
    rules = re.findall(r'url\("([^"]+)"\)[^}]*unicode-range:([^};]*)', sheet)
    sent = {letter: name for name, codes in rules for letter in ranged(codes)}  # the last rule is asked first
    for part, letters in fonts.in_pages().items():
        assert {sent.get(letter) for letter in letters} == {fonts.PAGES[part].name}


def ranged(codes: str) -> set[str]:
    """Return the characters of a `unicode-range`."""
    ends = [[int(code, 16) for code in one.strip().removeprefix("U+").split("-")] for one in codes.split(",")]
    return {chr(code) for start, *end in ends for code in range(start, (end or [start])[0] + 1)}


def test_what_nearly_every_page_shows_is_in_the_small_font():
    assert fonts.chinese(str(LANGUAGES)) <= fonts.in_pages()["common"]


@pytest.mark.parametrize("face", sorted(fonts.FIGURES.glob("*.ttf")), ids=lambda file: file.stem)
def test_a_font_of_figures_holds_every_character(face):
    require(fonts.in_figures() | set(string.ascii_letters + string.digits), face)


def test_there_are_fonts_and_characters_to_check():
    assert len(list(fonts.FIGURES.glob("*.ttf"))) == 2
    assert len(fonts.in_figures()) > 50
    assert fonts.in_figures() <= set().union(*fonts.in_pages().values())
    assert fonts.chinese("GUM 集群，x") == set("集群，")
