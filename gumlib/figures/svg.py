"""Making matplotlib's SVG small: rounded coordinates, short glyph names, no comments."""

from __future__ import annotations

import re

_ROUND = re.compile(r"-?[1-9]\d*\.\d{3,}")
_GLYPH = re.compile(r'(?<=<path id=")[A-Za-z]+-[0-9a-f]+(?:-[0-9a-f]+)?(?=")')


def compact(text: str) -> str:
    """Return the same drawing in fewer bytes: to a hundredth of a point it looks the same.

    Examples
    --------
    >>> compact('<?xml?><svg a="1"><!-- title -->  <g x="12.34567"/></svg>')
    '<svg a="1"><g x="12.35"/></svg>'
    """
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", text, flags=re.DOTALL)
    text = _ROUND.sub(lambda number: f"{float(number[0]):.2f}", text)
    for number, glyph in enumerate(dict.fromkeys(_GLYPH.findall(text))):
        text = text.replace(f'"{glyph}"', f'"g{number}"').replace(f'"#{glyph}"', f'"#g{number}"')
    text = re.sub(r"\s*\n\s*", " ", text).replace("xlink:href", "href")
    return re.sub(r">\s+<", "><", text).strip()
