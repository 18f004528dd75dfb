"""Chinese for what code writes: words of drawings, captions, tables, with the numbers of the English.

A phrase is a pattern. Numbers in the English are blanks `{}`; the Chinese sets the same numbers, in the same order
or by their place, as in `{1}` and `{0}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from gumlib.data.package import read

NUMBER = re.compile(r"(?<![A-Za-z\d_.])[-−+]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]\d+)?")
_SEPARATORS = (
    (re.compile(": "), 1, "："),
    (re.compile(r"(?<=[.!?]) (?=[A-Z\d])"), 0, ""),
    (re.compile("; "), 0, "；"),
    (re.compile(r" \+ "), 0, " + "),
    (re.compile(", and |, | and "), 0, "、"),
)
"""Where a text may part, in how many cuts (0 for all), and what joins its Chinese: label, sentences, clauses, lists."""
_ID = re.compile(r"[A-Z]{1,3}\d+")
_SCALED = re.compile(r"(?<![\d.,])(-?\d[\d,]*(?:\.\d+)?)(十亿|百万)")
_WORD = re.compile(r"[A-Za-z]{2}")
_BEGINS, _ENDS = "（《“", "，。；：？！、）》”"
_TOKEN = re.compile(rf"[{_BEGINS}]*(?:[A-Za-z\d.,%+−-]+|.)[{_ENDS}]*")
"""What stays on one line: a number, a Latin word, a Han character, with the marks beside it."""


def pattern(text: str) -> tuple[str, list[str]]:
    """Return a text with blanks for its numbers, and the numbers.

    Examples
    --------
    >>> pattern("12 of 64  draws, 0.5 each")
    ('{} of {} draws, {} each', ['12', '64', '0.5'])
    """
    said = " ".join(text.split()).replace("{", "").replace("}", "")
    return NUMBER.sub("{}", said), NUMBER.findall(said)


def scaled(text: str) -> str:
    """Say billions and millions in the Chinese units of ten thousand and a hundred million.

    Examples
    --------
    >>> scaled("2.4十亿元，70百万元，14.36百万美元")
    '24亿元，7000万元，1436万美元'
    """

    def one(found: re.Match[str]) -> str:
        value = Decimal(found[1].replace(",", "")) * (10**9 if found[2] == "十亿" else 10**6)
        base, word = (10**8, "亿") if abs(value) >= 10**8 else (10**4, "万")
        return f"{(value / base).normalize():f}{word}"

    return _SCALED.sub(one, text)


class Phrases:
    """A catalogue of patterns in two languages; an English text may also stand with its numbers.

    Examples
    --------
    >>> words = Phrases({"{} of {} draws": "{1}次抽样中的{0}次", "Low": "低", "high": "高"})
    >>> words.chinese("Low: 3 of 64 draws."), words.chinese("Low, high and C01"), words.chinese("unknown")
    ('低：64次抽样中的3次。', '低、高、C01', None)
    """

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self.patterns = patterns

    def chinese(self, text: str) -> str | None:
        """Return the Chinese of a text, or put together from that of its parts; none where the catalogue lacks one."""
        whole, (key, numbers) = " ".join(text.split()), pattern(text)
        if whole in self.patterns:
            return self.patterns[whole]
        if key in self.patterns:
            return scaled(self.patterns[key].format(*numbers))
        if whole.endswith(".") and (said := self.chinese(whole[:-1])):
            return said if said.endswith("。") else f"{said}。"
        found = (self._joined(separator.split(whole, most), joint) for separator, most, joint in _SEPARATORS)
        return next(filter(None, found), None)

    def _joined(self, parts: list[str], joint: str) -> str | None:
        """Return the Chinese of some parts as one text; none where they are but one, or the catalogue lacks one."""
        worded = [bool(_WORD.search(part)) for part in parts]
        if len(parts) == 1 or not (any(worded) or all(map(_ID.fullmatch, parts))):
            return None
        found = [self.chinese(part) if words else part for part, words in zip(parts, worded, strict=True)]
        return None if None in found else joint.join(map(str, found))


@cache
def drawn() -> Phrases:
    """Return the phrases of drawings, from the table `phrases` of the data package."""
    table = read("phrases")
    return Phrases(dict(zip(table["english"], table["chinese"], strict=True)))


def wrapped(text: str, width: int) -> str:
    r"""Break a text into as few lines as are about `width` letters wide, of which a Han character takes two.

    A line ends at a mark where it can; otherwise all are about as long.

    Examples
    --------
    >>> print(wrapped("集群式创新、全球价值链的嵌入", 20))
    集群式创新、
    全球价值链的嵌入
    """
    tokens = _TOKEN.findall(text)
    wide = [sum(2 if ord(letter) > 0x2E80 else 1 for letter in token) for token in tokens]
    room = max(width + 2, *wide, 0)
    best: list[tuple[int, int, int, str]] = [(0, 0, 0, "")]
    for end in range(1, len(tokens) + 1):
        ways = []
        for start in range(end):
            length = sum(wide[start:end])
            if length <= room:
                lines, within, uneven, before = best[start]
                torn = start > 0 and tokens[start - 1][-1] not in _ENDS and tokens[start][0] not in _BEGINS
                line = "".join(tokens[start:end])
                ways.append((lines + 1, within + torn, uneven + length**2, f"{before}\n{line}" if start else line))
        best.append(min(ways))
    return best[-1][-1]
