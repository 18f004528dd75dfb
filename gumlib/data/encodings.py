"""In which encoding a file was saved: read where it can be decided, asked for where it cannot.

A mark at the start (UTF-8, UTF-16, UTF-32) decides, and bytes that are UTF-8. Chinese in GB 18030 or Big5 is told
from its letters where only one of the two gives common ones. Single bytes decide nothing: Windows-1252 and Mac Roman
read any of them, so the reader is shown both readings and names one.
"""

import codecs
import re
import unicodedata
from contextlib import suppress

from gumlib.data import sevenbit
from gumlib.data.alphabets import alphabetic, korean
from gumlib.data.faults import SAVE, Fault

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16 (Unicode text)"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16 (Unicode text)"),
)
_CHINESE = {"gb18030": "GBK (GB 18030)", "big5": "Big5"}
_COMMON = {"gb18030": ("gb2312", 0xD7), "big5": ("big5", 0xC6)}
"""By encoding: where its common characters stand, and the last first byte of the common ones."""
_SINGLE = {"cp1252": "Windows-1252", "mac-roman": "Mac Roman"}
_NOT_OF_FILES = ("undefined", "unicode-escape", "raw-unicode-escape", "punycode", "idna")
"""Encodings that Python knows and no program saves tables in."""
_SURE, _UNLIKE = 0.9, 0.8
"""Share of common characters from which a text is Chinese, and below which another reading is none."""
_FEWEST = 4
"""Characters from which Chinese is decided; two bytes alone may be two accented letters."""
_READ_AS = ("cp1252", "latin-1", "mac-roman", "cp1250", "cp1251", "cp437", "cp850")
"""In which UTF-8 and GBK are read by mistake: Windows, Mac, and the console."""
_MANY = 6
"""Letters from which Chinese is no other text by chance."""
_LOST = re.compile("\ufffd|锟斤拷|烫烫烫|ï¿½|â€[™œ\u009d“”]|Ã[\u0080-\u00bf©¨¤¶¼]|\\?{4,}")
_NO_TABLES = (
    *(b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"PK", b"\x09\x08", b"{", b"[{", b"<", b"$FL", b"PAR1"),
)
"""How PDF, pictures, packed files, workbooks of the eighties, RTF, JSON, the web, Stata, SPSS and Parquet begin."""
_EXPORT = f"export a CSV or XLSX file from the program that made it, or {SAVE}"
_ASK = "name the encoding (--encoding gb18030, big5, cp1252, mac-roman, ...), or " + SAVE


def decode(content: bytes, name: str, encoding: str | None = None) -> tuple[str | None, list[Fault]]:
    r"""Return the text of a file, or None and why its encoding cannot be decided.

    Parameters
    ----------
    encoding : of a file without a mark that is not plainly UTF-8

    Examples
    --------
    >>> decode("id,单位产量\n1,宁波服装企业".encode("gbk"), "a.csv")[1][0].fault
    'the text is in GBK (GB 18030), not in UTF-8; read so'
    """
    marked = next(((codec, said) for mark, codec, said in _MARKS if content.startswith(mark)), None)
    if marked:
        text, faults = _as(content, name, *marked)
    elif content and not content.strip(b"\x00"):
        said = "the file holds nothing but bytes of nought: it was not written to the end"
        return None, [Fault(name, None, None, said, "export or save it again")]
    elif content.lstrip(b" \r\n").startswith(_NO_TABLES) and not content.startswith(b"<" * 7):
        return None, [Fault(name, None, None, "the file is no table, and no workbook that can be opened", _EXPORT)]
    elif _doubled(content) and encoding is None:
        said = "the text seems to be in UTF-16 without a mark, which can be read in two ways"
        cure = f"name the encoding (--encoding utf-16-le or utf-16-be), or {SAVE}"
        return None, [Fault(name, None, None, said, cure)]
    else:
        text, faults = _unmarked(content, name, encoding)
    if text is not None and not text.strip():
        cure = "write the column names in row 1 and the data below"
        return None, [Fault(name, None, None, "the file is empty", cure)]
    return text, faults


def _doubled(content: bytes) -> bool:
    """Tell whether every other byte is nought, more or less, as in UTF-16 of a text with Latin letters."""
    start = content[:200]
    return any(4 * start[place::2].count(0) > len(start) > 4 * start[1 - place :: 2].count(0) for place in (0, 1))


def _as(content: bytes, name: str, encoding: str, said: str) -> tuple[str | None, list[Fault]]:
    """Read a text in one encoding and tell it, or name the first row that is not in it."""
    try:
        if codecs.lookup(encoding).name in _NOT_OF_FILES:
            raise LookupError
        text = content.decode(encoding)
    except LookupError:
        return None, [Fault(name, None, None, f"no encoding is called {encoding!r}", _ASK)]
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return None, [Fault(name, row, None, f"a letter in this row is not in {said}", _ASK)]
    if encoding == "utf-8-sig":
        return text, []
    return text, [Fault(name, None, None, f"the text is in {said}, not in UTF-8; read so", "nothing to do", "warning")]


def _unmarked(content: bytes, name: str, encoding: str | None) -> tuple[str | None, list[Fault]]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if encoding is not None:
            return _as(content, name, encoding, encoding)
        if content[error.start :].strip() and error.end == len(content) and error.reason == "unexpected end of data":
            row = content.count(b"\n") + 1
            said = "the last row ends in the middle of a letter: the file is cut off"
            return None, [Fault(name, row, None, said, "export or save it again")]
        likely = _likely(content) if len(re.findall(rb"[\x80-\xff][\x40-\xff]", content)) >= _FEWEST else None
        return _as(content, name, likely, _CHINESE[likely]) if likely else (None, [_undecided(content, name)])
    doubts = _mistaken(content, text, name)
    if encoding is not None and (doubts or b"\x00" in content or _in_seven(encoding)):
        return _as(content, name, encoding, encoding)
    if encoding is None and (seven := sevenbit.encoding_of(content)):
        return _seven(content, text, name, seven)
    return text, doubts


def _in_seven(encoding: str) -> bool:
    """Tell whether a text in an encoding looks like plain ASCII."""
    with suppress(LookupError):
        return codecs.lookup(encoding).name in sevenbit.CODECS
    return False


def _seven(content: bytes, text: str, name: str, seven: sevenbit.Found) -> tuple[str | None, list[Fault]]:
    """Read a text in seven bits where it is one for sure; else say what it looks like."""
    if seven.sure:
        return _as(content, name, seven.codec, seven.name)
    said = f"the text looks like {seven.name}"
    if seven.codec in sevenbit.CODECS[:2]:
        cure = f"if letters look strange, read with --encoding {seven.codec} or {SAVE}; else nothing to do"
        return text, [Fault(name, None, None, said, cure, "warning")]
    return None, [Fault(name, None, None, f"{said}, and cannot be read as it", SAVE)]


def _undecided(content: bytes, name: str) -> Fault:
    """Show the first word that is not UTF-8 as each encoding reads it."""
    rows = [line for line in content.split(b"\n") if not _is_utf8(line)]
    row = content.split(b"\n").index(rows[0]) + 1
    place = re.search(rb"[^\s,;\t]*[\x80-\xff]+[^\s,;\t]*", rows[0])
    word = place[0] if place else rows[0]
    read = {said: word.decode(codec, "replace") for codec, said in {**_SINGLE, **_CHINESE}.items()}
    shown = "; ".join(f"as {said} it reads {text[:20]!r}" for said, text in read.items() if "\ufffd" not in text)
    said = "the text is not in UTF-8, and its encoding cannot be decided: a word in this row has several readings"
    return Fault(name, row, None, f"{said}; {shown}", _ASK)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mistaken(content: bytes, text: str, name: str) -> list[Fault]:
    """Find Chinese that happens to be UTF-8 too: pairs of bytes that then read as letters of several scripts.

    Also those that read as one to three letters that are not Greek. (Short words only, such as 窑 or 双窑; a longer
    text in GBK is no UTF-8.)
    """
    strange = sorted(letter for letter in set(text) if ord(letter) > 127)
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in strange if letter >= "\u0250"}
    lone = bool(scripts - {"GREEK"}) and sum(ord(letter) > 127 for letter in text) < _FEWEST
    if not (lone or len(scripts) > 1) or strange[-1] > "\u07ff" or _share(content, "gb18030") < _SURE:
        return []
    row = next(n for n, line in enumerate(text.splitlines(), start=1) if any(ord(letter) > 127 for letter in line))
    said = f"the letters {' '.join(strange[:4])} look like Chinese saved in GBK, as Chinese Excel saves plain CSV"
    cure = f"if they should be Chinese, read with --encoding gb18030 or {SAVE}; else nothing to do"
    return [Fault(name, row, None, said, cure, "warning")]


def _likely(content: bytes) -> str | None:
    """Return the one Chinese encoding in which the text is made of common characters, if there is just one."""
    shares = {codec: _share(content, codec) for codec in _CHINESE}
    best = max(shares, key=lambda codec: shares[codec])
    others = max([korean(content), *(share for codec, share in shares.items() if codec != best)])
    return best if shares[best] >= _SURE and others < _UNLIKE and not alphabetic(content) else None


def _share(content: bytes, encoding: str) -> float:
    """Share of common characters among all that are not ASCII; nought where bytes stand alone, as in Latin text."""
    try:
        strange = [letter for letter in content.decode(encoding) if ord(letter) > 127]
    except UnicodeDecodeError:
        return 0.0
    runs: list[bytes] = re.findall(rb"[\x80-\xff][\x40-\xff]?", content)
    paired = sum(len(run) == 2 and (run[1] >= 0x80 or encoding == "big5") for run in runs) / max(1, len(runs))
    alone = len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", content)) / max(1, len(strange))
    if not strange or paired < 0.5 or (encoding == "big5" and alone > _UNLIKE):
        return 0.0
    return sum(_common(letter, encoding) for letter in strange) / len(strange)


def _common(letter: str, encoding: str) -> bool:
    codec, last = _COMMON[encoding]
    try:
        first = letter.encode(codec)[0]
    except UnicodeEncodeError:
        return False
    return first <= last and ("\u4e00" <= letter <= "\u9fff" or letter in "，。；：、“”‘’《》（）？！…—·％「」")


def mangled(text: str) -> str | None:
    r"""Return what a text that went through a wrong encoding may have been, empty if letters are lost; else None.

    Examples
    --------
    >>> mangled("FonderÃ©e"), mangled("Fonderée"), mangled("Äþ²¨·þ×°"), mangled("a\ufffd")
    ('Fonderée', None, '宁波服装', '')
    """
    if (meant := sevenbit.in_letters(text)) is not None:
        return meant
    if text.isascii() and "????" not in text:
        return None
    for wrong in (*_READ_AS, "gb18030"):
        try:
            content = text.encode(wrong)
        except UnicodeEncodeError:
            continue
        if _is_utf8(content):
            meant = content.decode("utf-8")
            if wrong != "gb18030" or _other(text, meant):
                return meant
        if wrong in _READ_AS[:3] and len(re.findall(rb"[\x80-\xff]", content)) > 3 and _runs(content):
            likely = _likely(content)
            if likely:
                return content.decode(likely)
    return "" if _LOST.search(text) else None


def _other(text: str, meant: str) -> bool:
    """Whether a text in Chinese stands for another: one in Chinese, a long one, or accents as in gr眉nden for gründen.

    (Two Chinese letters alone, such as 茅台, may be two accented ones by chance.)
    """
    strange = [letter for letter in meant if ord(letter) > 127]
    amid = re.search("[A-Za-z][\u4e00-\u9fff]|[\u4e00-\u9fff][A-Za-z]", text) is not None
    accents = amid and all("\u00c0" <= letter < "\u0250" or letter in "¡¿«»‘’“”–—…" for letter in strange)
    return accents or sum("\u4e00" <= letter <= "\u9fff" for letter in meant) > 1 or len(strange) >= _MANY


def _runs(content: bytes) -> bool:
    """Whether bytes above ASCII come in pairs only, as those of Chinese do."""
    return all(len(run) % 2 == 0 for run in re.findall(rb"[\x80-\xff]+", content))
