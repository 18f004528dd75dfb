"""Who answered: rows without an id, alike under two ids, without consent or any answer; items that nobody answered."""

from collections.abc import Hashable

import pandas as pd

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.data.twins import normalised
from gumlib.survey import tools
from gumlib.survey.place import Content
from gumlib.survey.questionnaire import Instrument


def answered_twice(grid: Grid, where: list[Content], table: pd.DataFrame) -> list[Fault]:
    """Name rows whose id stands above in a column of ids other than the one that names the respondents.

    Parameters
    ----------
    table : answers by row of the spreadsheet, of the rows that count
    """
    faults = []
    told = set(table.index[table["respondent"].duplicated()])
    for place in where:
        heading = grid.header[place.column]
        firm = tools.FIRM.fullmatch(tidy(heading))
        if place.kind not in ("own", "unknown", "personal") or not (firm or tools.ID.fullmatch(tidy(heading))):
            continue
        if firm and 4 * len({tidy(row[place.column]) for row in grid.rows}) <= len(grid.rows):
            continue  # these are kinds of firms
        first: dict[str, int] = {}
        for number, row in zip(grid.numbers, grid.rows, strict=True):
            if number in table.index and (name := tidy(row[place.column])):
                if name in first and number not in told:
                    told.add(number)
                    remedy = again(table, first[name], number)
                    faults.append(Fault(grid.file, number, heading, said_before(name), remedy))
                first.setdefault(name, number)
    return faults


def said_before(name: str) -> str:
    """Say that an id stands above."""
    return f"the respondent {name!r} stands in an earlier row too"


def again(table: pd.DataFrame, first: Hashable, row: Hashable) -> str:
    """Say what to do with a row whose id stands above: rows with other answers may be of other firms."""
    answers = table.drop(columns=["respondent", "date"], errors="ignore")
    if answers.loc[row].equals(answers.loc[first]):
        return "delete the row sent twice"
    return (
        f"its answers are not those of row {first}: if these are two firms, as where a spreadsheet has shortened long "
        "ids, export the ids as text; if one firm was asked twice, keep the row that counts"
    )


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


def near_twins(table: pd.DataFrame, file: str) -> list[Fault]:
    """Name ids that differ in nothing a reader would mean."""
    first: dict[str, str] = {}
    faults = []
    for row, name in table["respondent"].items():
        if (other := first.setdefault(normalised(name), name)) != name:
            problem = f"the respondents {other!r} and {name!r} differ in blanks, case, signs or noughts only"
            remedy = "if one firm was asked twice, keep the row that counts"
            faults.append(Fault(file, int(str(row)), "respondent", problem, remedy, "warning"))
    return faults


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


def unasked(table: pd.DataFrame, heads: dict[str, str], file: str, instrument: Instrument) -> list[Fault]:
    """Name scale items that nobody answered, beside others of their variable that somebody did."""
    scale = instrument.scale()
    given = {name for name in scale["item"] if (table[name] != "").any()}
    whole = set(scale.loc[scale["item"].isin(given), "variable"])
    cure = "nothing to do if it was not asked; say so beside the level"
    faults = []
    for item, variable in zip(scale["item"], scale["variable"], strict=True):
        if item not in given and variable in whole:
            problem = f"nobody answered {item}: a level of {variable} without it is another level"
            faults.append(Fault(file, None, heads[item], problem, cure, "warning"))
    return faults
