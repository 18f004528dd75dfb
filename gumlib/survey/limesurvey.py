"""LimeSurvey's tab-separated survey structure (.txt), in both languages.

The format is that of the LimeSurvey manual, "Tab Separated Value survey structure": a row for
each setting (S, SL), group (G), question (Q), subquestion (SQ) and answer (A), once a language,
in the same order. No id is given, so that LimeSurvey finds free ones.
"""

import csv
import io
from html import escape
from typing import Any

from gumlib.survey.questionnaire import Instrument
from gumlib.survey.xlsform import consent

_CODES = {"en": "en", "zh": "zh-Hans"}
_COLUMNS = (
    *("id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation"),
    *("mandatory", "encrypted", "other", "default", "same_default"),
    *("num_value_int_only", "min_num_value_n", "max_num_value_n", "hidden"),
)
SETTINGS = {
    "language": _CODES["en"],
    "additional_languages": _CODES["zh"],
    **{"format": "G", "anonymized": "Y"},
    **dict.fromkeys(("datestamp", "ipaddr", "refurl", "savetimings", "usecookie"), "N"),
    **{"allowprev": "Y", "allowsave": "N", "showwelcome": "Y", "shownoanswer": "Y"},
}
"""Settings that matter for privacy: anonymous answers, no time, no IP address, no referring page.

LimeSurvey dates anonymous answers 1980-01-01; the day is kept by the hidden question `DAY` instead.
"""
DAY = "date"
"""The name is one that the table of answers knows, and that no item may have."""
_TYPES = {"likert5": "L", "select_one": "L", "select_multiple": "M", "integer": "N", "text": "T", "note": "X"}


def limesurvey(form: Instrument) -> bytes:
    """Return an instrument as a LimeSurvey structure file; the bytes are the same on every run.

    UTF-8 with a byte order mark, as LimeSurvey writes it. English stands first throughout:
    LimeSurvey guesses the encoding from the first 1000 bytes, which must not end inside a letter.
    """
    stream = io.StringIO(newline="")
    table = csv.DictWriter(stream, _COLUMNS, restval="", delimiter="\t", lineterminator="\n")
    table.writeheader()
    table.writerows({"class": "S", "name": name, "text": value} for name, value in SETTINGS.items())
    for language in _CODES:
        table.writerows(_language(form, language))
    return stream.getvalue().encode("utf-8-sig")


def _language(form: Instrument, language: str) -> list[dict[str, Any]]:
    """Return all rows of one language."""
    code = _CODES[language]
    title = form.title_en if language == "en" else form.title_zh
    rows: list[dict[str, Any]] = [{"class": "SL", "name": "surveyls_title", "text": _plain(title), "language": code}]
    asks = consent(form)
    for number, section in enumerate(form.sections().to_dict("records")):
        inside = form.items[form.items["section"] == section["code"]]
        free = asks is None or asks in set(inside["item"])
        rows.append(
            {
                "class": "G",
                "type/scale": f"G{number}",
                "name": _plain(section[f"label_{language}"]),
                "relevance": "1" if free else f'{asks}.NAOK == "yes"',
                "language": code,
            }
        )
        if number == 0:
            rows.append(_day(code))
        for item in inside.to_dict("records"):
            rows += _question(form, item, language)
    return rows


def _day(code: str) -> dict[str, Any]:
    """Return a hidden question that LimeSurvey answers itself: the day, without the time."""
    asked = {"class": "Q", "type/scale": "*", "name": DAY, "relevance": "1", "text": '{date("Y-m-d")}'}
    return asked | {"language": code, "mandatory": "N", "encrypted": "N", "other": "N", "hidden": "1"}


def _plain(text: str) -> str:
    """Return a text as HTML in which braces are no expression.

    Examples
    --------
    >>> _plain("<{L1}>")
    '&lt;&#123;L1&#125;&gt;'
    """
    return escape(text).replace("{", "&#123;").replace("}", "&#125;")


def _question(form: Instrument, item: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """Return the row of a question and those of its answers."""
    kind = item["type"]
    question = {
        "class": "Q",
        "type/scale": _TYPES[kind],
        "name": item["item"],
        "relevance": "1",
        "text": _plain(item[f"text_{language}"]),
        "help": _plain(item[f"hint_{language}"]),
        "language": _CODES[language],
        "mandatory": "Y" if item["required"] else "N",
        "encrypted": "N",
        "other": "N",
        "same_default": "0",
    }
    if kind == "integer":
        low, high = form.options(item["choices"])["code"]
        question |= {"num_value_int_only": "1", "min_num_value_n": low, "max_num_value_n": high}
    if kind not in ("likert5", "select_one", "select_multiple"):
        return [question]
    answers = {"class": "SQ" if kind == "select_multiple" else "A", "type/scale": "0", "language": _CODES[language]}
    return [
        question,
        *(
            {**answers, "name": option["code"], "text": _plain(option[f"label_{language}"])}
            | ({"relevance": "1"} if kind == "select_multiple" else {})
            for option in form.options(item["choices"]).to_dict("records")
        ),
    ]
