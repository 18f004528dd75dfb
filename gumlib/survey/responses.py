"""Answers from the field as a set: read from an export, scaled, reverse items turned once.

What is read otherwise than it is written is told in `Responses.notes`.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Unpack

import pandas as pd

from gumlib.data.faults import as_found, refuse
from gumlib.errors import GumError
from gumlib.survey.answers import How, examine
from gumlib.survey.questionnaire import Instrument


@dataclass(frozen=True, eq=False)
class Responses:
    """Answers to an instrument.

    Parameters
    ----------
    instrument : what was asked
    frame : one row a respondent: respondent, date, then the items; scale items and integers as numbers, the
        rest as codes; missing where there is no answer. The index is the row of the spreadsheet.
    notes : what was read otherwise than written, or left out: file, row, column, fault, remedy, severity
    turned : reverse items that have been turned; none in answers as they were given
    simulated : whether nobody gave these answers
    """

    instrument: Instrument
    frame: pd.DataFrame
    notes: pd.DataFrame
    turned: tuple[str, ...] = ()
    simulated: bool = False

    def shares(self, variable: str | None = None) -> pd.DataFrame:
        """Return the scale items from 0 to 1, reverse items turned, of one variable or of all."""
        return self._shares[self.instrument.scale(variable)["item"].tolist()]

    @cached_property
    def _shares(self) -> pd.DataFrame:
        whole = self if self.turned else turn(self)
        low, high = _bounds(self.instrument)
        return (whole.frame[self.instrument.scale()["item"].tolist()] - low) / (high - low)


def read_export(file: str | PathLike[str], instrument: Instrument, **how: Unpack[How]) -> Responses:
    """Read the answers a survey tool exported, and refuse them with all that is wrong.

    Parameters
    ----------
    file : CSV or XLSX of KoBoToolbox, ODK Central or LimeSurvey, or any table with items as headings
    how : see `gumlib.survey.answers.How`

    Raises
    ------
    GumError : no such file, or faults; each with row, column, what came and what to do

    Examples
    --------
    >>> import tempfile
    >>> from gumlib.survey import export, instrument, simulation
    >>> form = instrument("ningbo-firms")
    >>> given = simulation.respondents(form, 3, seed=1)
    >>> file = export.write_responses(given, tempfile.mkdtemp() + "/answers.csv", "kobo")
    >>> read_export(file, form).frame["L1"].tolist() == given.frame["L1"].tolist()
    True
    """
    frame, notes = examine(Path(file), instrument, how)
    refuse(notes, Path(file).name, "survey")
    return Responses(instrument, frame, as_found(notes))


def response_faults(file: str | PathLike[str], instrument: Instrument, **how: Unpack[How]) -> pd.DataFrame:
    """List what is wrong with an export and what would be read otherwise than written; arguments as for `read_export`.

    Returns
    -------
    Frame with file, row (as a spreadsheet shows it), column (as headed there), fault, remedy, severity.
    """
    return as_found(examine(Path(file), instrument, how)[1])


def turn(responses: Responses) -> Responses:
    """Turn the reverse items, once: 1 becomes 5. What was turned is recorded in `turned`.

    Raises
    ------
    GumError : they are turned already

    Examples
    --------
    >>> from gumlib.survey import instrument, simulation
    >>> given = simulation.respondents(instrument("ningbo-firms"), 3, seed=1)
    >>> both = turn(given).frame["L4"] + given.frame["L4"]
    >>> both.tolist(), turn(given).turned[0]
    ([6.0, 6.0, 6.0], 'L4')
    """
    if responses.turned:
        already = ", ".join(responses.turned)
        raise GumError(f"expected answers as given; {already} are turned already, leave them so", "survey", "reverse")
    scale = responses.instrument.scale()
    items = scale.loc[scale["reverse"].astype(int) == 1, "item"].tolist()
    low, high = _bounds(responses.instrument)
    frame = responses.frame.copy()
    frame[items] = low + high - frame[items]
    return replace(responses, frame=frame, turned=tuple(items))


def _bounds(instrument: Instrument) -> tuple[int, int]:
    scale = instrument.scale()
    if scale.empty:
        raise GumError(f"expected scale items, {instrument.name} has none; take a questionnaire", "survey", "scale")
    codes = instrument.options(str(scale["choices"].iloc[0]))["code"].astype(int)
    return int(codes.iloc[0]), int(codes.iloc[-1])
