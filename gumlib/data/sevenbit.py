"""Texts of other scripts written in plain ASCII: whole files in HZ, UTF-7 and ISO 2022, and letters in signs.

Signs are those of mail programs, of addresses and pages of the web, and of programs.
"""

import html
import quopri
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from email.header import decode_header, make_header
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

CODECS = ("hz", "utf-7", "iso2022_jp", "iso2022_kr")
"""Those that Python reads, as it calls them."""
_ESCAPES = {
    "iso2022_kr": (b"\x1b$)C", "ISO-2022-KR"),
    "iso2022_cn": (b"\x1b$)A", "ISO-2022-CN"),
    "iso2022_jp": (b"\x1b$", "ISO-2022-JP"),
}
_RUN = re.compile(rb"\+([A-Za-z0-9+/]{2,})-?")
_SURE = 3
"""Letters in runs of UTF-7 from which a text in it is no chance, as +gas may be."""
_ESCAPED = re.compile(r"&(#\d{2,6}|#x[0-9a-f]{2,5}|amp|lt|gt|quot|apos|nbsp);|\\u[0-9a-f]{4}", re.IGNORECASE)
"""Letters that stand as numbers or names."""
_SIGNED = re.compile(r"~\{|=\?|[=%][0-9A-F]{2}", re.IGNORECASE)
"""Signs of mail programs and of addresses of the web."""
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
"""Within an address of the web such signs are as they should be."""
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HIRAGANA", "KATAKANA", "HANGUL", "CJK", "ARABIC", "HEBREW", "THAI")


class Found(NamedTuple):
    """An encoding by its codec and its name, and whether the text is in it for sure."""

    codec: str
    name: str
    sure: bool = True


def encoding_of(content: bytes) -> Found | None:
    r"""Return the encoding in seven bits whose marks a text holds, or nothing.

    Examples
    --------
    >>> encoding_of("宁波".encode("hz")).name, encoding_of("日本".encode("iso2022_jp")).name, encoding_of(b"a+b")
    ('HZ', 'ISO-2022-JP', None)
    >>> encoding_of("农业,制造业,采矿业".encode("utf-7")), encoding_of(b"oil+gas")
    (Found(codec='utf-7', name='UTF-7', sure=True), Found(codec='utf-7', name='UTF-7', sure=False))
    """
    if not content.isascii():
        return None
    for codec, (mark, name) in _ESCAPES.items():
        if mark in content:
            return Found(codec, name, _reads(content, codec))
    if b"~{" in content:
        whole = len(re.findall(rb"~\{([!-w][!-~])+?~\}", content)) == content.count(b"~{")
        return Found("hz", "HZ", whole and _reads(content, "hz"))
    return _utf7(content)


def in_letters(text: str) -> str | None:
    r"""Return a text that holds letters as signs with the letters themselves; nothing where it holds none.

    Examples
    --------
    >>> in_letters("~{D~2(~}"), in_letters("=E5=AE=81"), in_letters("50%ab")
    ('宁波', '宁', None)
    >>> in_letters("https://a.org/%E5%AE%81?b&amp;c") is None
    True
    >>> in_letters("R&amp;D"), in_letters("\\u5b81\\u6ce2"), in_letters("AT&T; D&B")
    ('R&D', '宁波', None)
    """
    said = _ADDRESS.sub("", text)
    if _ESCAPED.search(said) and _unescaped(said) != said:
        return _unescaped(text)
    if _SIGNED.search(said) and not (meant := letters_of(said)).isascii() and meant != said:
        return letters_of(text)
    return None


def _unescaped(text: str) -> str:
    """Return a text whose letters stand as numbers or names, as in pages of the web and in programs, as letters."""
    return html.unescape(re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text))


def letters_of(text: str) -> str:
    r"""Return a text whose letters stand in signs of mail programs and addresses of the web, as letters.

    Examples
    --------
    >>> [letters_of(text) for text in ("~{D~2(~}", "=E5=AE=81=E6=B3=A2", "%E5%AE%81", "=?UTF-8?B?5a6B5rOi?=", "a=b")]
    ['宁波', '宁波', '宁', '宁波', 'a=b']
    """
    for pattern, read in _SIGNS:
        text = pattern.sub(partial(_or_as_is, read), text)
    return text


def _or_as_is(read: Callable[[str], str], signs: re.Match[str]) -> str:
    with suppress(ValueError, LookupError):  # UnicodeDecodeError among them
        return read(signs[0])
    return signs[0]


_SIGNS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"~\{([!-w][!-~])+?~\}"), lambda signs: signs.encode("ascii").decode("hz")),
    (re.compile(r"=\?[\w-]+\?[bq]\?[^?\s]+\?=", re.IGNORECASE), lambda signs: str(make_header(decode_header(signs)))),
    (re.compile(r"(=[0-9A-F]{2}){2,}"), lambda signs: quopri.decodestring(signs.encode()).decode()),
    (re.compile(r"(%[0-9A-F]{2}){2,}", re.IGNORECASE), lambda signs: unquote(signs, errors="strict")),
)
"""Signs of HZ, of mail and of addresses, and what reads them."""


def _reads(content: bytes, codec: str) -> bool:
    with suppress(UnicodeDecodeError, LookupError):
        return not content.decode(codec).isascii()
    return False


def _utf7(content: bytes) -> Found | None:
    """Return UTF-7 where all that stands behind a plus sign are letters in it."""
    runs = {run[1] for run in _RUN.finditer(content)}
    texts = []
    for run in runs:
        with suppress(UnicodeDecodeError):
            texts.append((b"+" + run + b"-").decode("utf-7"))
    if not runs or len(texts) < len(runs) or not all(map(_spelt, texts)) or not _reads(content, "utf-7"):
        return None
    return Found("utf-7", "UTF-7", len("".join(texts)) >= _SURE)


def _spelt(text: str) -> bool:
    """Tell whether all signs are letters of a script, or their marks."""
    names = [unicodedata.name(sign, "") for sign in text]
    return all(name.startswith(_SCRIPTS) or (sign > "\x7f" and name) for name, sign in zip(names, text, strict=True))
