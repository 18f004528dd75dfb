"""Answers held to the instrument by Frictionless, through the code that checks our own data."""

import re

import pandas as pd

from gumlib.data import check
from gumlib.data.faults import Fault
from gumlib.survey import cells, respondents
from gumlib.survey.cells import Asked
from gumlib.survey.questionnaire import ANSWERED, Instrument

NUMBERS = ("likert5", "integer")
"""Types whose answers are numbers."""
_FIGURES = re.compile("([+-]?[0-9]+)?")
"""A whole number as all programs read it; Python alone reads 1_0 and figures of other scripts."""
_LABELS = ("code", "label_en", "label_zh")


def asked(instrument: Instrument) -> dict[str, Asked]:
    """Return what each item takes, by name."""
    listed = {
        str(name): tuple(tuple(part[label].map(str)) for label in _LABELS)
        for name, part in instrument.choices.groupby("list", sort=False)
    }
    rows = instrument.items[instrument.items["type"].isin(ANSWERED)][["item", "type", "choices"]].fillna("")
    known = {}
    for item, kind, choices in rows.itertuples(index=False, name=None):
        known[str(item)] = Asked(item, kind, *listed[choices]) if choices else Asked(item, kind)
    return known


def against_instrument(table: pd.DataFrame, heads: dict[str, str], file: str, instrument: Instrument) -> list[Fault]:
    """Check answers and put the faults at the cells of the reader's file.

    Parameters
    ----------
    table : respondent and all items as texts; the index is the row of the spreadsheet
    heads : heading of each item in the file
    """
    known = asked(instrument)
    fields: list[dict[str, object]] = [{"name": "respondent", "type": "string", "constraints": {"required": True}}]
    fields += [_field(item) for item in known.values()]
    columns = [str(field["name"]) for field in fields]
    schema = {"fields": fields, "primaryKey": ["respondent"]}
    wrong = check.check_frames({"answers.csv": (table[columns], schema)} if len(table) else {})
    numbers = [item.item for item in known.values() if item.type in NUMBERS]
    odd = [(at + 2, name) for name in numbers for at, text in enumerate(table[name]) if not _FIGURES.fullmatch(text)]
    faults = []
    for row, column in dict.fromkeys([*zip(wrong["row"], wrong["column"], strict=True), *odd]):
        at = int(row) - 2
        number, value = int(table.index[at]), str(table[column].iloc[at])
        if column == "respondent":
            first = table.index[table["respondent"] == value][0]
            problem, remedy = respondents.said_before(value), respondents.again(table, first, number)
        else:
            problem, remedy = cells.explain(known[column], value)
        faults.append(Fault(file, number, heads.get(column, column), problem, remedy))
    return faults


def _field(item: Asked) -> dict[str, object]:
    if item.type in NUMBERS:
        low, high = item.bounds
        return {"name": item.item, "type": "integer", "constraints": {"minimum": low, "maximum": high}}
    if item.type == "select_one":
        return {"name": item.item, "type": "string", "constraints": {"enum": list(item.codes)}}
    if item.type == "select_multiple":
        one = "(" + "|".join(item.codes) + ")"
        return {"name": item.item, "type": "string", "constraints": {"pattern": f"{one}( {one})*"}}
    return {"name": item.item, "type": "string"}
