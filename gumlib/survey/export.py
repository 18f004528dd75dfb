"""Answers written the way KoBoToolbox, ODK Central and LimeSurvey export them, to try a form before the field."""

import csv
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from gumlib.errors import extra, one_of
from gumlib.survey.limesurvey import DAY
from gumlib.survey.responses import Responses
from gumlib.survey.schema import asked

FORMS = ("kobo", "odk", "limesurvey")


def write_responses(responses: Responses, file: str | PathLike[str], form: str = "kobo") -> str:
    """Write answers as a tool exports them, CSV or (by the name of the file) XLSX; return the path.

    Parameters
    ----------
    form : ``kobo`` (groups before items, semicolons, split answers), ``odk`` or ``limesurvey``

    Raises
    ------
    GumError : unknown form
    """
    one_of(form, FORMS, "survey", "form")
    table = {"kobo": _kobo, "odk": _odk, "limesurvey": _limesurvey}[form](responses)
    rows: list[list[Any]] = [list(table.columns), *table.to_numpy().tolist()]
    if str(file).endswith(".xlsx"):
        book = extra("openpyxl", "survey").Workbook()
        for row in rows:
            book.active.append([None if cell == "" else int(cell) if str(cell).isdigit() else cell for cell in row])
        book.save(file)
    else:
        mark = ";" if form == "kobo" else ","
        encoding = "utf-8" if form == "odk" else "utf-8-sig"
        with Path(file).open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=mark, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return str(file)


def _texts(responses: Responses) -> pd.DataFrame:
    """Answers as given, as texts; numbers without a point."""

    def text(value: object) -> str:
        if pd.isna(value):
            return ""
        return str(int(value)) if isinstance(value, float) else str(value)

    return responses.frame.map(text)


def _kobo(responses: Responses) -> pd.DataFrame:
    texts, items = _texts(responses), responses.instrument.items.set_index("item")
    columns: dict[str, list[str]] = {"start": texts["date"].tolist(), "end": texts["date"].tolist()}
    for name, item in asked(responses.instrument).items():
        group = f"sec_{items.loc[name, 'section']}"
        columns[f"{group}/{name}"] = texts[name].tolist()
        if item.type == "select_multiple":
            for code in item.codes:
                columns[f"{group}/{name}/{code}"] = [
                    "" if t == "" else str(int(code in t.split())) for t in texts[name]
                ]
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    blank = [""] * len(texts)
    added = {"_id": numbers, "_uuid": texts["respondent"].tolist(), "_submission_time": texts["date"].tolist()}
    added |= {
        "_validation_status": blank,
        "_submitted_by": blank,
        "__version__": ["v1"] * len(texts),
        "_index": numbers,
    }
    return pd.DataFrame(columns | added)


def _odk(responses: Responses) -> pd.DataFrame:
    texts, items = _texts(responses), responses.instrument.items.set_index("item")
    columns = {"SubmissionDate": texts["date"]}
    columns |= {f"sec_{items.loc[name, 'section']}-{name}": texts[name] for name in asked(responses.instrument)}
    added = {"meta-instanceID": "uuid:" + texts["respondent"], "KEY": "uuid:" + texts["respondent"]}
    return pd.DataFrame(columns | added | {"SubmitterName": "", "DeviceID": "", "FormVersion": "v1"})


def _limesurvey(responses: Responses) -> pd.DataFrame:
    """Codes as in `gumlib.survey.limesurvey`; several answers as Y or N/A; the day in its hidden question."""
    texts = _texts(responses)
    columns: dict[str, Any] = {"id": range(1, len(texts) + 1), "submitdate": "1980-01-01 00:00:00"}
    columns |= {"lastpage": "9", "startlanguage": "zh-Hans", "seed": "1", DAY: texts["date"].tolist()}
    for name, item in asked(responses.instrument).items():
        if item.type == "select_multiple":
            for code in item.codes:
                columns[f"{name}[{code}]"] = ["Y" if code in t.split() else "N/A" for t in texts[name]]
        else:
            columns[name] = texts[name].tolist()
    return pd.DataFrame(columns)
