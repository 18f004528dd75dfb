"""Every format an instrument can be had in, and the downloads a page of the book offers."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gumlib.errors import one_of
from gumlib.survey.limesurvey import limesurvey
from gumlib.survey.printed import printed
from gumlib.survey.questionnaire import Instrument
from gumlib.survey.xlsform import xlsform

STORE = "GUM_FIGURES"
"""Environment variable: the folder where a page that is built leaves its files; forms lie in `forms/`."""
FOLDER = "forms"


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
FORMATS = {kind.name: kind for kind in _ALL}


def _table(form: Instrument, name: str) -> bytes:
    """Return a table as CSV with a byte order mark, without which spreadsheets garble the Chinese."""
    frame = form.items if name == "items" else form.choices
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def export(form: Instrument, to: str) -> bytes:
    """Return an instrument in one of `FORMATS`; the bytes are the same on every run.

    Raises
    ------
    GumError : unknown format

    Examples
    --------
    >>> from gumlib.survey import instrument
    >>> export(instrument("interview"), "choices").decode("utf-8-sig").splitlines()[0]
    'list,code,label_en,label_zh'
    """
    return FORMATS[one_of(to, tuple(FORMATS), "survey", "to")].write(form)


@dataclass(frozen=True)
class Downloads:
    """Links to an instrument in every format; shown on a page of the book, it also leaves the files.

    Examples
    --------
    >>> from gumlib.survey import instrument
    >>> print(Downloads(instrument("interview")))
    interview.xlsx
    interview-limesurvey.txt
    interview.html
    interview-zh.html
    interview-items.csv
    interview-choices.csv
    """

    form: Instrument

    def __str__(self) -> str:
        """List the files."""
        return "\n".join(f"{self.form.name}{kind.suffix}" for kind in _ALL)

    __repr__ = __str__

    def files(self) -> dict[str, bytes]:
        """Return the content of every file by its name."""
        return {f"{self.form.name}{kind.suffix}": kind.write(self.form) for kind in _ALL}

    def save(self, folder: str | Path) -> None:
        """Write every file into `folder`, which is made if need be."""
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name, content in self.files().items():
            (target / name).write_bytes(content)

    def _repr_html_(self) -> str:
        if STORE in os.environ:
            self.save(Path(os.environ[STORE]) / FOLDER)
        rows = "".join(
            f'<li><a href="../../{FOLDER}/{self.form.name}{kind.suffix}" download>'
            f"<code>{self.form.name}{kind.suffix}</code></a>: {kind.use}</li>"
            for kind in _ALL
        )
        return f'<ul class="gum-downloads">{rows}</ul>'


def downloads(form: Instrument) -> Downloads:
    """Return links to an instrument in every format."""
    return Downloads(form)
