"""Rows of respondents: without an id, alike under two ids, without consent, without any answer."""

import pandas as pd

from gumlib.data.faults import Fault


def numbered(table: pd.DataFrame, file: str) -> list[Fault]:
    """Give a row without an id the number of the row."""
    empty = table.index[table["respondent"] == ""]
    table.loc[empty, "respondent"] = [f"row {number}" for number in empty]
    problem = "the id is empty; the number of the row stands for it"
    return [Fault(file, int(row), "respondent", problem, "write an id, if there is one", "warning") for row in empty]


def alike(table: pd.DataFrame, file: str) -> list[Fault]:
    """Name rows with the same answers under two ids."""
    answers = table.drop(columns=["respondent", "date"])
    same = answers.duplicated() & (answers != "").any(axis=1) & ~table["respondent"].duplicated(keep=False)
    first: dict[tuple[str, ...], int] = {}
    for row, *given in answers.itertuples(name=None):
        first.setdefault(tuple(given), row)
    return [
        Fault(file, int(row), None, f"all answers are those of row {first[tuple(answers.loc[row])]}, under another id",
              "if one firm was asked twice, delete one of the rows", "warning")
        for row in answers.index[same]
    ]  # fmt: skip


def consenting(table: pd.DataFrame, file: str, faults: list[Fault]) -> pd.DataFrame:
    """Leave out who did not agree to take part."""
    if "consent" not in table:
        return table
    if len(unsaid := table.index[table["consent"] == ""]):
        said = f"{len(unsaid)} row(s) without an answer about consent, kept: {', '.join(map(str, unsaid))}"
        faults.append(Fault(file, None, "consent", said, "delete the rows of those who did not agree", "warning"))
    refused, remedy = table["consent"] == "no", "nothing to do; their answers are not used"
    faults += [Fault(file, int(row), "consent", "no consent; the row is left out", remedy, "warning")
              for row in table.index[refused]]  # fmt: skip
    return table[~refused]


def answered(table: pd.DataFrame, items: list[str], file: str, faults: list[Fault]) -> pd.DataFrame:
    """Leave out rows in which no item has an answer, such as a row of sums or a form opened and left."""
    blank = (table[items] == "").all(axis=1)
    remedy = "nothing to do, or delete the row"
    faults += [Fault(file, int(row), None, "no question is answered; the row is left out", remedy, "warning")
               for row in table.index[blank]]  # fmt: skip
    return table[~blank]
