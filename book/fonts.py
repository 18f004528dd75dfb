"""Cut the fonts of figures and pages down to the characters the book uses.

    python -m book.fonts FOLDER

FOLDER holds the full faces NotoSansSC_400Regular.ttf and NotoSansSC_700Bold.ttf (SIL Open Font
License 1.1). Run it when `tests/book/test_fonts.py` names a character without a glyph.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "gumlib" / "figures" / "fonts"
ASSETS = ROOT / "book" / "assets"
PAGES = {part: ASSETS / f"noto-sans-sc-{part}.woff2" for part in ("common", "rest", "chinese")}
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) + "–—‘’“”…←→↑↓↔−×·≤≥≈∈αβγδηκτφωθΣ√"
_COMMON = (
    *("_toc.yml", "gumlib/terms.py", "book/extension/gumbook/edition.py"),
    "chapters/**/*.md",
)
"""What nearly every page shows: the terms, and the link to the other language. Lists alone need the rest."""
_CHINESE = ("locale/zh/**/*.*", "data/book/phrases.csv", "data/book/termbase.csv")
_UNSHOWN = ROOT / "data" / "book" / "messages.csv"
"""What consoles and reports say, in fonts of their own; no page shows it."""
_AUTHOR = "王传宝"
_TEXTS = (
    *_COMMON,
    "chapters/**/*.md",
    "data/**/*.csv",
    "data/**/*.geojson",
    "data/*.bib",
    "gumlib/**/*.py",
    "book/**/*.py",
)


def chinese(text: str) -> set[str]:
    """Return the characters of `text` that Latin fonts lack: ideographs and wide punctuation."""
    return {
        letter
        for letter in text
        if "\u2e80" <= letter <= "\u9fff" or "\u3000" <= letter <= "\u303f" or "\uff00" <= letter <= "\uffef"
    }


def in_figures() -> set[str]:
    """Return the Chinese characters that figures may draw: those of the terms, and of the words of drawings."""
    return _characters(("gumlib/terms.py", "data/book/phrases.csv"))


def in_pages() -> dict[str, set[str]]:
    """Return the Chinese characters that pages may show: of every page, the rest, of Chinese pages alone."""
    common, every, chinese_pages = (_characters(patterns) for patterns in (_COMMON, _TEXTS, _CHINESE))
    common |= set(_AUTHOR)
    return {"common": set(common), "rest": set(every - common), "chinese": set(chinese_pages - every - common)}


@cache
def _characters(patterns: tuple[str, ...]) -> frozenset[str]:
    files = sorted(file for pattern in patterns for file in ROOT.glob(pattern) if file != _UNSHOWN)
    return frozenset().union(*(chinese(file.read_text(encoding="utf-8")) for file in files))


def _sheet(faces: dict[str, set[str]]) -> str:
    """Return the rules of the faces. Browsers ask the last first: none need leave out what later ones hold."""
    rules, before = [], set[str]()
    for name in ("rest", "chinese", "common"):
        rules.append(
            f'@font-face{{font-family:"Noto Sans SC";src:url("{PAGES[name].name}") format("woff2");'
            f"font-display:swap;unicode-range:{','.join(_ranges(faces[name], before))}}}\n"
        )
        before |= faces[name]
    return "".join(rules)


def _ranges(letters: set[str], others: set[str]) -> list[str]:
    """Return characters as ranges, which span any but some others.

    Examples
    --------
    >>> _ranges({"a", "b", "d", "f"}, {"c"})
    ['U+61-62', 'U+64-66']
    """
    runs: list[list[str]] = []
    before = ""
    for letter in sorted(letters | others):
        if letter in letters:
            runs = [*runs[:-1], [runs[-1][0], letter]] if before in letters else [*runs, [letter, letter]]
        before = letter
    return [f"U+{ord(start):X}" + f"-{ord(end):X}" * (end != start) for start, end in runs]


def _cut(source: Path, target: Path, letters: set[str], **options: object) -> None:
    settings = subset.Options(layout_features=["kern"], hinting=False, notdef_outline=True, **options)
    font = subset.load_font(str(source), settings)
    cutter = subset.Subsetter(settings)
    cutter.populate(text="".join(sorted(letters)))
    cutter.subset(font)
    font["head"].modified = font["head"].created
    subset.save_font(font, str(target), settings)


if __name__ == "__main__":
    full = Path(sys.argv[1])
    for face in ("NotoSansSC_400Regular", "NotoSansSC_700Bold"):
        _cut(full / f"{face}.ttf", FIGURES / f"{face}.ttf", in_figures() | set(LATIN))
    faces = in_pages()
    for part, letters in faces.items():
        _cut(full / "NotoSansSC_400Regular.ttf", PAGES[part], letters, flavor="woff2")
    (ASSETS / "fonts.css").write_text(_sheet(faces), encoding="utf-8")
