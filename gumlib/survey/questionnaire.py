"""An instrument: its items and answer choices in English and Chinese, loaded and checked.

A folder with items.csv and choices.csv. Three names ship with the book; all of them are ours.

items.csv has one row an item. `type` says how it is answered: likert5 (a scale item: agreement
1-5), integer, select_one, select_multiple, text, or note (read only). `choices` names a list of
choices.csv; for an integer the first and last code of that list are its bounds. Only likert5
items make up the scale of a variable; an integer with a variable is a hard indicator beside it.

choices.csv has one row a code. Two lists are not answers: `sections` titles the sections in
order, `instrument` holds name and title of the whole.
"""

from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path

import pandas as pd

from gumlib import data
from gumlib.data.faults import as_frame, refuse
from gumlib.errors import GumError, one_of
from gumlib.survey import checking
from gumlib.terms import sentence

SHIPPED = ("ningbo-firms", "yongkang-firms", "interview")
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
ANSWERED = ("likert5", "integer", "select_one", "select_multiple", "text")


@dataclass(frozen=True)
class Instrument:
    """A questionnaire or interview guide.

    Parameters
    ----------
    name : short name, as in `SHIPPED`
    title_en, title_zh : title in English and Chinese
    items : frame with one row an item, in order; `reverse` and `required` are 0 or 1
    choices : frame with list, code, label_en, label_zh
    """

    name: str
    title_en: str
    title_zh: str
    items: pd.DataFrame
    choices: pd.DataFrame

    def options(self, name: str) -> pd.DataFrame:
        """Return the codes and labels of one list, in order."""
        one_of(name, tuple(self.choices["list"].unique()), "survey", "choices")
        return self.choices[self.choices["list"] == name].drop(columns="list").reset_index(drop=True)

    def sections(self) -> pd.DataFrame:
        """Return the sections that hold items, in order: code, label_en, label_zh."""
        used = self.options("sections")
        return used[used["code"].isin(self.items["section"])].reset_index(drop=True)

    def scale(self, variable: str | None = None) -> pd.DataFrame:
        """Return the scale items (likert5) of one variable of the codebook, or of all.

        Examples
        --------
        >>> instrument("ningbo-firms").scale("G")["item"].tolist()
        ['G1', 'G2', 'G3', 'G4']
        """
        chosen = self._scale
        if variable is None:
            return chosen.copy()
        one_of(variable, tuple(chosen["variable"].unique()), "survey", "variable")
        return chosen[chosen["variable"] == variable].reset_index(drop=True)

    @cached_property
    def _scale(self) -> pd.DataFrame:
        return self.items[self.items["type"] == "likert5"].reset_index(drop=True)


def instrument(source: str | PathLike[str]) -> Instrument:
    """Load an instrument and check it.

    Parameters
    ----------
    source : a name of `SHIPPED`, or the folder of an instrument of your own

    Raises
    ------
    GumError : no such name or folder, or faults, all of which are listed
    """
    folder = _folder(source)
    tables, wrong = checking.read_instrument(folder)
    refuse(wrong, folder.name, "survey")
    items = tables["items.csv"].astype({"reverse": int, "required": int})
    choices = tables["choices.csv"]
    title = choices[choices["list"] == "instrument"].iloc[0]
    return Instrument(str(title["code"]), str(title["label_en"]), str(title["label_zh"]), items, choices)


def instrument_faults(source: str | PathLike[str]) -> pd.DataFrame:
    """List what is wrong with an instrument, without raising.

    Returns
    -------
    Frame with file, row (as a spreadsheet shows it), column, fault, remedy, severity. Empty when all is well.

    Raises
    ------
    GumError : there is no such folder
    """
    return as_frame(checking.read_instrument(_folder(source))[1])


def scale_overview(form: Instrument) -> pd.DataFrame:
    """Return what the scale of each variable consists of.

    Returns
    -------
    Frame indexed by the name of the variable: code, items, reversed (their names), constructs,
    sources (keys of the bibliography).

    Examples
    --------
    >>> scale_overview(instrument("ningbo-firms")).loc["Cluster governance", "reversed"]
    'G4'
    """
    rows = {}
    for code, part in form.scale().groupby("variable", sort=False):
        rows[sentence(str(code))] = {
            "code": code,
            "items": f"{part['item'].iloc[0]} to {part['item'].iloc[-1]}",
            "reversed": ", ".join(part.loc[part["reverse"] == 1, "item"]),
            "constructs": "; ".join(part["construct"].unique()),
            "sources": "; ".join(sorted(set(part["source_key"]) - {""})),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("variable")


def counts(form: Instrument) -> dict[str, int]:
    """Count what a questionnaire asks: questions, sentences to agree with, those turned, figures, variables."""
    questions, scale = form.items[form.items["type"] != "note"], form.scale()
    return {
        "asked": len(questions),
        "scale": len(scale),
        "turned": int(scale["reverse"].sum()),
        "hard": int((questions["type"] == "integer").sum()),
        "variables": scale["variable"].nunique(),
    }


def _folder(source: str | PathLike[str]) -> Path:
    """Return the folder of a name that ships, after checking its bytes, or of a path."""
    if source in SHIPPED:
        data.path(f"{source}-choices")
        return data.path(f"{source}-items").parent
    folder = Path(source)
    if not folder.is_dir():
        raise GumError(
            f"expected one of {', '.join(SHIPPED)} or a folder with items.csv and choices.csv; got {str(source)!r}",
            "survey",
            "instrument",
        )
    return folder
