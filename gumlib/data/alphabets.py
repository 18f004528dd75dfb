"""Other scripts whose bytes may look like Chinese: those that have a byte for each letter, and Korean."""

import re
from contextlib import suppress

_ALPHABETS = ("tis-620", "koi8-r", "cp1251", "iso8859-5", "cp1253", "cp1255", "cp1256")
"""Single bytes of Thai, Cyrillic, Greek, Hebrew and Arabic, of which two read as a Chinese letter."""
_WORD = re.compile("[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+|[Α-Ω]?[ά-ώ]+|[Α-Ω]+|[א-ת]+|[ء-ي]+|(?:[เ-ไ]?[ก-ฮ][ัิ-ฺ็-๎]*[ะาำๅ]?|[ๆฯ๐-๙])+")
"""A word as these scripts write it: capitals first, vowels beside consonants."""
_STRANGE = re.compile(r"[A-Za-z]*[^\x00-\x7f](?:[A-Za-z]|[^\x00-\x7f])*")


def alphabetic(content: bytes) -> bool:
    """Tell whether a text is made of words of another script, if read in single bytes, as a short Chinese one may be.

    Examples
    --------
    >>> alphabetic("ไทย".encode("tis-620")), alphabetic("宁波服装企业的调查".encode("gb18030"))
    (True, False)
    """
    texts = []
    for codec in _ALPHABETS:
        with suppress(UnicodeDecodeError):
            texts.append(content.decode(codec))
    return any(all(map(_WORD.fullmatch, _STRANGE.findall(text))) for text in texts)


def korean(content: bytes) -> float:
    """Return the share of Korean syllables if the bytes are EUC-KR, which reads as common Chinese in GBK too."""
    try:
        strange = [letter for letter in content.decode("euc-kr") if ord(letter) > 127]
    except UnicodeDecodeError:
        return 0.0
    return sum("\uac00" <= letter <= "\ud7a3" for letter in strange) / max(1, len(strange))
