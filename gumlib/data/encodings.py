"""In which encoding a file was saved, and how to save it in the one we read."""

from __future__ import annotations

import re
import unicodedata

from gumlib.data.faults import SAVE, Fault

_EXCEL = {b"PK\x03\x04": "a workbook (.xlsx or .ods)", b"\xd0\xcf\x11\xe0": "an old workbook (.xls)"}


def decode(content: bytes, name: str) -> tuple[str | None, list[Fault]]:
    """Return the text of a file, or None and what its encoding seems to be.

    Examples
    --------
    >>> decode("id,单位".encode("gbk"), "a.csv")[1][0].fault
    'the text is in GBK (GB 18030), as Chinese Excel saves plain CSV, not in UTF-8'
    """
    start = content[:4]
    if start in _EXCEL:
        return None, [Fault(name, None, None, f"this is {_EXCEL[start]}, not a CSV file", SAVE)]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:200]:
        return None, [Fault(name, None, None, "the text is in UTF-16 (Unicode text), not in UTF-8", SAVE)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        row = before.count(b"\n") + 1
        said = f"the text is in {_guess(content)}, not in UTF-8"
        return None, [Fault(name, row, None, said, f"{SAVE}; the first letter at fault is in this row")]
    if not text.strip():
        return None, [
            Fault(name, None, None, "the file is empty", "write the column names in row 1 and the data below")
        ]
    return text, _mistaken(content, text, name)


def _mistaken(content: bytes, text: str, name: str) -> list[Fault]:
    """Find Chinese that happens to be UTF-8 too: pairs of bytes that then read as letters of several scripts.

    (Short words only, such as 双窑; a longer text in GBK is no UTF-8.)
    """
    strange = sorted(letter for letter in set(text) if ord(letter) > 127)
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in strange if letter >= "\u0250"}
    if len(scripts) < 2 or strange[-1] > "\u07ff" or not _guess(content).startswith("GBK"):
        return []
    row = next(n for n, line in enumerate(text.splitlines(), start=1) if any(ord(letter) > 127 for letter in line))
    said = f"the letters {' '.join(strange[:4])} look like Chinese saved in GBK, as Chinese Excel saves plain CSV"
    return [Fault(name, row, None, said, f"if they should be Chinese, {SAVE}; else nothing to do", "warning")]


def _guess(content: bytes) -> str:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return "Windows-1252, as Western Excel saves plain CSV"
    strange = [letter for letter in text if ord(letter) > 127]
    common = sum("\u4e00" <= letter <= "\u9fa5" or letter in "，。；：、“”《》（）" for letter in strange)
    if common >= 0.9 * len(strange) and _pairs(content) > 0.5:
        return "GBK (GB 18030), as Chinese Excel saves plain CSV"
    return "Windows-1252, as Western Excel saves plain CSV"


def _pairs(content: bytes) -> float:
    """Share of the high bytes that follow or precede another: near one in Chinese, near nought in Latin text."""
    runs: list[bytes] = re.findall(rb"[\x80-\xff][\x40-\xff]?", content)
    return sum(len(run) == 2 and run[1] >= 0x80 for run in runs) / max(1, len(runs))
