"""Every format an instrument can be had in, and the downloads a page of the book offers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gumlib.data.downloads import Downloads, Offer
from gumlib.errors import one_of
from gumlib.survey.limesurvey import limesurvey
from gumlib.survey.printed import printed
from gumlib.survey.questionnaire import Instrument
from gumlib.survey.xlsform import xlsform


@dataclass(frozen=True)
class Format:
    """A file format: its name, what it is for, the end of the file name, how it is written."""

    name: str
    use: str
    suffix: str
    write: Callable[[Instrument], bytes]


_ALL = (
    Format("xlsform", "XLSForm workbook for KoBoToolbox and ODK", ".xlsx", xlsform),
    Format(
        "limesurvey", "LimeSurvey structure: create a survey, Import, choose this file", "-limesurvey.txt", limesurvey
    ),
    Format("html", "Page to print on A4", ".html", lambda form: printed(form).page()),
    Format("html-zh", "The same in Chinese alone", "-zh.html", lambda form: printed(form).page(("zh",))),
    Format(
        "items", "Table of items, with variable, construct and source", "-items.csv", lambda form: _table(form, "items")
    ),
    Format("choices", "Table of answer choices", "-choices.csv", lambda form: _table(form, "choices")),
)
FORM_FORMATS = {kind.name: kind for kind in _ALL}


def _table(form: Instrument, name: str) -> bytes:
    """Return a table as CSV with a byte order mark, without which spreadsheets garble the Chinese."""
    frame = form.items if name == "items" else form.choices
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def export(form: Instrument, to: str) -> bytes:
    """Return an instrument in one of `FORM_FORMATS`; the bytes are the same on every run.

    Raises
    ------
    GumError : unknown format
    """
    return FORM_FORMATS[one_of(to, tuple(FORM_FORMATS), "survey", "to")].write(form)


def form_downloads(form: Instrument) -> Downloads:
    """Return links to an instrument in every format."""
    return Downloads(tuple(Offer(f"{form.name}{kind.suffix}", kind.use, partial(kind.write, form)) for kind in _ALL))
