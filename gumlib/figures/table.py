"""A citable table: rows, number format, caption, data as CSV.

A `Table` shows itself with its caption in a notebook and as a card in the book, which numbers it and names the files
that its cell reads.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from gumlib.data.writing import STORE, fill
from gumlib.figures import words
from gumlib.figures.citable import check_card, described

_BETWEEN = re.compile(r">\s+<(?!tr)")


@dataclass(frozen=True, repr=False)
class Table:
    """A frame as a reader sees it, with all that is needed to read, check and cite it.

    Parameters
    ----------
    id : stable name, such as ``tab-4-1-firsts``
    title : what the table holds, in a few words
    caption : what to see in it
    data : the frame; it is the CSV download, with its index unless that only counts rows; names of code in it
        are shown in words (`gumlib.figures.words`)
    form : how numbers with a fraction are written, such as ``".2f"``; by column, if a mapping
    coded : whether names of code are shown as they are, since the table shows what a file holds

    Raises
    ------
    GumError : the id is malformed, a text is empty, or the frame has no rows

    Examples
    --------
    >>> frame = pd.DataFrame({"share": [0.25, None]}, pd.Index(["cut", "sewn"], name="step"))
    >>> print(Table("tab-0-0-steps", "Two steps", "Cutting earns a quarter.", frame, ".0%"))
    tab-0-0-steps: 2 rows
    step share
     cut   25%
    sewn
    """

    id: str
    title: str
    caption: str
    data: pd.DataFrame
    form: str | Mapping[str, str] = field(default_factory=dict)
    coded: bool = False

    def __post_init__(self) -> None:
        check_card(self, "tab", ("title", "caption"))

    def __str__(self) -> str:
        """Return id, number of rows, and the rows."""
        rows = self._whole(self._written).to_string(index=False, na_rep="", max_rows=20, max_colwidth=50)
        lines = (line.rstrip() for line in rows.split("\n"))
        return "\n".join([f"{self.id}: {len(self.data)} rows", *lines])

    __repr__ = __str__

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        if STORE in os.environ:
            self.save(os.environ[STORE])
        return {"text/plain": str(self), "text/html": self.html}

    @property
    def html(self) -> str:
        """The table as HTML: caption, one row of headings where one can say all, every text in full."""
        shown = self._written
        if shown.columns.nlevels == shown.index.nlevels == 1 and not shown.columns.name:
            shown = shown.rename_axis(index=None, columns=shown.index.name)  # in the corner, not in a row of its own
        with pd.option_context("display.max_colwidth", None):
            rows = shown.to_html(index=self._named, na_rep="", border=0)
        caption = f"<caption><strong>{escape(self._closed)}</strong> {escape(self.caption)}</caption>"
        opened = f'<table class="dataframe" id="{self.id}">{caption}'
        plain = rows.replace(' style="text-align: right;"', "").replace("\n    ", "\n").replace("\n  ", "\n")
        return _BETWEEN.sub("><", plain).replace('<table class="dataframe">', opened, 1)

    @property
    def _closed(self) -> str:
        return self.title if self.title.endswith(("?", "!")) else f"{self.title}."

    @property
    def _named(self) -> bool:
        """Whether the index says more than which row this is."""
        return not isinstance(self.data.index, pd.RangeIndex) or self.data.index.name is not None

    @cached_property
    def _written(self) -> pd.DataFrame:
        """The frame with its numbers as they are printed, and with words for names of code."""
        forms = self.form if isinstance(self.form, Mapping) else dict.fromkeys(self.data.columns, self.form)
        shown = self.data.copy()
        for column, form in forms.items():
            if pd.api.types.is_float_dtype(shown[column]):
                shown[column] = shown[column].map(f"{{:{form}}}".format, na_action="ignore").astype(object)
        return shown if self.coded else words.shown(shown)

    def _whole(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a frame with its index as columns, and each column under one heading."""
        rows = frame.reset_index() if self._named else frame.copy()
        rows.columns = [
            " ".join(filter(None, map(str, head))) if isinstance(head, tuple) else str(head) for head in rows
        ]
        return rows

    def record(self) -> dict[str, Any]:
        """Return all there is to say of the table except its rows."""
        return described(self, self._whole(self.data))

    def files(self) -> Mapping[str, bytes]:
        """Return the content of every download by file name, identical on every run."""
        rows = self._whole(self.data)
        record = json.dumps(self.record(), ensure_ascii=False, indent=1)
        return {
            f"{self.id}.csv": rows.to_csv(index=False, lineterminator="\n").encode("utf-8"),
            f"{self.id}.json": f"{record}\n".encode(),
        }

    def save(self, folder: str | Path) -> None:
        """Write every download into `folder`, which is made if need be."""
        fill(folder, self.files())
