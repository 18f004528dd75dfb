"""Every Chinese character that may be shown has a glyph in the fonts that are shipped."""

from __future__ import annotations

import pytest

pytest.importorskip("fontTools", reason="fontTools comes with requirements/dev.txt only")

from book import fonts
from fontTools.ttLib import TTFont


def glyphs(file) -> set[str]:
    with TTFont(file) as font:
        return set(map(chr, font.getBestCmap()))


def test_the_font_of_pages_holds_every_character():
    missing = fonts.in_pages() - glyphs(fonts.PAGES)
    assert not missing, f"run `python -m book.fonts`: no glyph for {''.join(sorted(missing))}"


@pytest.mark.parametrize("face", sorted(fonts.FIGURES.glob("*.ttf")), ids=lambda file: file.stem)
def test_a_font_of_figures_holds_every_character(face):
    missing = (fonts.in_figures() | set(fonts.LATIN)) - glyphs(face) - {"\xad"}
    assert not missing, f"run `python -m book.fonts`: no glyph for {''.join(sorted(missing))}"


def test_there_are_fonts_and_characters_to_check():
    assert len(list(fonts.FIGURES.glob("*.ttf"))) == 2
    assert len(fonts.in_pages()) > len(fonts.in_figures()) > 50
    assert fonts.chinese("GUM 集群，x") == set("集群，")
