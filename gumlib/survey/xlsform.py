"""XLSForm: the workbook that KoBoToolbox and ODK read, in both languages (https://xlsform.org).

No row asks the tool to record device, user, time or place; a form tool does so only on request.
"""

import hashlib
import io
import re
import zipfile
from typing import Any

import pandas as pd

from gumlib.errors import extra
from gumlib.survey.questionnaire import LANGUAGE_NAMES, Instrument

_TAGS = {code: f"{name} ({code})" for code, name in LANGUAGE_NAMES.items()}
_SURVEY = (
    *("type", "name", *(f"label::{tag}" for tag in _TAGS.values()), *(f"hint::{tag}" for tag in _TAGS.values())),
    *("required", "relevant", "constraint", *(f"constraint_message::{tag}" for tag in _TAGS.values()), "appearance"),
)
_OUT = {"en": "Write a whole number from {low} to {high}.", "zh": "请填写{low}至{high}之间的整数。"}
_LIKE = {"likert5": "select_one", "select_one": "select_one", "select_multiple": "select_multiple"}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def xlsform(form: Instrument) -> bytes:
    """Return an instrument as an XLSForm workbook; the bytes are the same on every run.

    Sections become groups ``sec_<section>``, shown only after consent where the instrument asks
    for it. The version is a checksum of the content.

    Raises
    ------
    GumError : openpyxl is not installed
    """
    book = extra("openpyxl", "survey").Workbook()
    book.remove(book.active)
    for title, table in sheets(form).items():
        sheet = book.create_sheet(title)
        sheet.append(list(table.columns))
        for row in table.itertuples(index=False):
            sheet.append([cell or None for cell in row])
            for cell in sheet[sheet.max_row]:
                if cell.data_type == "f":  # a text that begins with = is no formula
                    cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return _undated(stream.getvalue())


def sheets(form: Instrument) -> dict[str, pd.DataFrame]:
    """Return the three sheets of the workbook as frames of texts: survey, choices, settings."""
    used = form.items.loc[form.items["type"].isin(_LIKE), "choices"].unique()
    chosen = form.choices[form.choices["list"].isin(used)]
    choices = chosen.rename(
        columns={"list": "list_name", "code": "name", **{f"label_{c}": f"label::{t}" for c, t in _TAGS.items()}}
    )
    labels = [f"label::{tag}" for tag in _TAGS.values()]
    choices = choices.assign(**{label: choices[label].map(_plain) for label in labels})
    content = form.items.to_csv(index=False) + form.choices.to_csv(index=False)
    settings = {
        "form_title": f"{form.title_en} / {form.title_zh}",
        "form_id": form.name.replace("-", "_"),
        "version": hashlib.sha256(content.encode("utf-8")).hexdigest()[:8],
        "default_language": _TAGS["zh"],
        "style": "pages",
    }
    survey = pd.DataFrame(_rows(form), columns=list(_SURVEY), dtype="str").fillna("")
    return {"survey": survey, "choices": choices.reset_index(drop=True), "settings": pd.DataFrame([settings])}


def _rows(form: Instrument) -> list[dict[str, Any]]:
    """Return the rows of the sheet survey: a group for each section, its items inside."""
    rows: list[dict[str, Any]] = []
    asks = consent(form)
    for section in form.sections().to_dict("records"):
        inside = form.items[form.items["section"] == section["code"]]
        free = asks is None or asks in set(inside["item"])
        rows.append(
            {
                "type": "begin_group",
                "name": f"sec_{section['code']}",
                **{f"label::{tag}": _plain(section[f"label_{code}"]) for code, tag in _TAGS.items()},
                "relevant": "" if free else f"${{{asks}}} = 'yes'",
                "appearance": "field-list",
            }
        )
        rows += [_row(form, item) for item in inside.to_dict("records")]
        rows.append({"type": "end_group", "name": f"sec_{section['code']}"})
    return rows


def _row(form: Instrument, item: dict[str, Any]) -> dict[str, Any]:
    kind = item["type"]
    row = {"type": f"{_LIKE[kind]} {item['choices']}" if kind in _LIKE else kind, "name": item["item"]}
    for code, tag in _TAGS.items():
        row[f"label::{tag}"] = _plain(item[f"text_{code}"])
        row[f"hint::{tag}"] = _plain(item[f"hint_{code}"])
    row["required"] = "yes" if item["required"] else ""
    if kind == "likert5":
        row["appearance"] = "likert"
    if kind == "text":
        row["appearance"] = "multiline"
    if kind == "integer":
        low, high = form.options(item["choices"])["code"]
        row["constraint"] = f". >= {low} and . <= {high}"
        for code, tag in _TAGS.items():
            row[f"constraint_message::{tag}"] = _OUT[code].format(low=low, high=high)
    return row


def _plain(text: str) -> str:
    """Return a text in which ``${`` is no reference to an item: a blank without width parts the signs.

    Examples
    --------
    >>> _plain("${L1}")
    '$\u200b{L1}'
    """
    return text.replace("${", "$\u200b{")


def consent(form: Instrument) -> str | None:
    """Return the item that asks for consent with ``yes`` or ``no``, if there is one."""
    asked = form.items[(form.items["item"] == "consent") & (form.items["type"] == "select_one")]
    return "consent" if len(asked) and "yes" in set(form.options(asked["choices"].iloc[0])["code"]) else None


def _undated(content: bytes) -> bytes:
    """Return a workbook without its dates, packed without compression: one content, one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as plain:
        for name in sorted(packed.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = packed.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            plain.writestr(zipfile.ZipInfo(name, _EPOCH), part)
    return stream.getvalue()
