"""A citable figure: picture, caption, alternative text, data, provenance, downloads.

A `Figure` shows itself as a drawing in a notebook and as a card in the book. Its text output
sums up the data behind it to eight significant digits, so that a stored notebook can tell when a
figure has changed.
"""

import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

import gumlib
from gumlib import data as registry
from gumlib.data.writing import STORE, fill
from gumlib.figures import style
from gumlib.figures.chinese import in_chinese
from gumlib.figures.citable import LICENCE, check_card, described, sum_up
from gumlib.figures.svg import compact

TWO_PASSES = ("scores_a", "scores_b")
"""Sources of a figure that is drawn from the coded levels: the two passes of scores."""
_CREATOR = "The GUM compendium authors"
_LETTERS = re.compile(r"[^\W\d_]{2}|^[^\W\d_]$")
_DEED = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Figure:
    """A drawing of a tidy frame, with all that is needed to read, check and cite it.

    Parameters
    ----------
    id : stable name, such as ``fig-2-1-gum-map``
    title : what the figure is, in a few words
    caption : what to see in it
    alt : the same for a reader who cannot see it: what is drawn, and what it shows
    data : the tidy frame that is drawn; it is the CSV download
    draw : function from the frame to a matplotlib figure
    sources : names in the data registry that the frame was computed from
    seed : of the random numbers behind it, if there are any
    creator : whom its files name; none for a figure of a reader's own data

    Raises
    ------
    GumError : the id is malformed, a text is empty, or the frame has no rows

    Examples
    --------
    >>> frame = pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 3.0]})
    >>> def line(frame):
    ...     page = style.canvas(2)
    ...     page.subplots().plot(frame["x"], frame["y"])
    ...     return page
    >>> print(Figure("fig-0-0-line", "A line", "It rises.", "A line from 1 to 3.", frame, line))
    fig-0-0-line: 2 rows x 2 columns
    x  2 numbers, min 0, mean 0.5, max 1
    y  2 numbers, min 1, mean 2, max 3
    """

    id: str
    title: str
    caption: str
    alt: str
    data: pd.DataFrame
    draw: Callable[[pd.DataFrame], Canvas]
    sources: tuple[str, ...] = ()
    seed: int | None = None
    creator: str = _CREATOR

    def __post_init__(self) -> None:
        check_card(self, "fig", ("title", "caption", "alt"))

    def __str__(self) -> str:
        """Sum up the data: shape, then a line a column."""
        width = max(len(str(column)) for column in self.data)
        lines = [f"{column!s:{width}}  {sum_up(self.data[column])}" for column in self.data]
        head = f"{self.id}: {len(self.data)} rows x {self.data.shape[1]} columns"
        return "\n".join([head, *lines])

    __repr__ = __str__

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        if STORE in os.environ:
            self.save(os.environ[STORE])
            self._save_chinese(Path(os.environ[STORE]))
        return {"text/plain": str(self), "image/svg+xml": self.svg}

    @cached_property
    def _canvas(self) -> Canvas:
        return self._laid_out()

    def _laid_out(self) -> Canvas:
        with style.house():
            drawn = self.draw(self.data)
            if engine := drawn.get_layout_engine():
                for _ in range(2):  # ticks chosen in the first pass may need other margins
                    engine.execute(drawn)
            drawn.set_layout_engine(None)  # laid out for good: SVG, PNG and PDF are one drawing, and each is drawn once
        return drawn

    @cached_property
    def svg(self) -> str:
        """The drawing as SVG on a transparent ground; carries id, title and alternative text."""
        return self._titled(self._canvas)

    def _titled(self, canvas: Canvas) -> str:
        text = _rendered(canvas, "svg", metadata={"Date": None, "Creator": None}).decode("utf-8")
        title = f"<title>{escape(self.title)}</title><desc>{escape(self.alt)}</desc>"
        return re.sub(r"<svg ([^>]*)>", rf'<svg id="{self.id}" role="img" \1>{title}', compact(text), count=1)

    @property
    def lacks_letters(self) -> bool:
        """Whether our fonts lack a letter of the drawing."""
        return style.lacks("".join(text.get_text() for text in self._canvas.findobj(Text)))

    def renamed(self, title: str, alt: str, creator: str) -> "Figure":
        """Return the figure under another title, alternative text and creator, without laying it out anew."""
        other = replace(self, title=title, alt=alt, creator=creator)
        other.__dict__["_canvas"] = self._canvas
        return other

    def record(self) -> dict[str, Any]:
        """Return all there is to say of the figure except the picture and the data."""
        hashes = registry.registry()["sha256"]
        return described(self, self.data) | {
            "alt": self.alt,
            "function": self._function,
            "sources": {name: hashes[name] for name in self.sources},
            "units": list(dict.fromkeys(self._units())),
            "words": list(dict.fromkeys(self._words())),
            "seed": self.seed,
        }

    @property
    def _function(self) -> str:
        return f"{self.draw.__module__}.{self.draw.__qualname__.split('.')[0]}"

    @property
    def _source(self) -> str:
        return f"{self.id}, drawn by {self._function}, gumlib {gumlib.__version__}"

    def _units(self) -> Iterator[str]:
        """What stands at the axes and over the panels: there a drawing names its quantities and units."""
        for axes in self._canvas.axes:
            said = [axes.get_title(loc="left"), axes.get_title(), axes.get_xlabel(), axes.get_ylabel()]
            yield from (" ".join(words.split()) for words in said if words.strip())

    def _words(self) -> Iterator[str]:
        """Every word that the drawing shows, numbers at its axes aside: a picture keeps them from search and ears."""
        for text in self._canvas.findobj(Text):
            said = " ".join(text.get_text().split())
            if text.get_visible() and _LETTERS.search(said):
                yield said

    def files(self) -> Mapping[str, bytes]:
        """Return the content of every download by file name, identical on every run."""
        return {**self._texts(), **self._prints()}

    def _prints(self) -> dict[str, bytes]:
        """What is drawn anew from the canvas, and takes longest."""
        undated = {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None}
        subject = {"Subject": f"{self._source}; {LICENCE}, {_DEED}"}
        printed = _rendered(self._canvas, "pdf", facecolor="white", metadata=self._named() | subject | undated)
        return {f"{self.id}.png": self.png, f"{self.id}.pdf": printed}

    @property
    def png(self) -> bytes:
        """The drawing as PNG on white, at 200 dots an inch."""
        rights = {"Copyright": f"{LICENCE}, {_DEED}", "Source": self._source, "Software": None}
        return _rendered(self._canvas, "png", dpi=200, facecolor="white", metadata=self._named() | rights)

    @property
    def csv(self) -> bytes:
        """The rows drawn, as CSV."""
        text: str = self.data.to_csv(index=False, lineterminator="\n")
        return text.encode("utf-8")

    def _named(self) -> dict[str, Any]:
        return {"Title": self.title} | ({"Author": self.creator} if self.creator else {})

    @cached_property
    def _file(self) -> str:
        """The drawing as a file that travels alone."""
        return self._with_rights(self.svg)

    def _with_rights(self, drawing: str) -> str:
        """Return a drawing of it with title, creator, licence and source in Dublin Core."""
        said = {"title": self.title, "creator": self.creator, "source": self._source, "rights": LICENCE}
        core = "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in said.items() if text)
        spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#"'
        work = f'<cc:Work {spaces} rdf:about="">{core}<cc:license rdf:resource="{_DEED}"/></cc:Work>'
        rdf = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{work}</rdf:RDF>'
        return drawing.replace("</desc>", f"</desc><metadata>{rdf}</metadata>", 1)

    def _save_chinese(self, folder: Path) -> None:
        """Write the drawing with its words in Chinese, for light and dark pages."""
        with in_chinese():
            drawing = self._with_rights(self._titled(self._laid_out()))
        (folder / f"{self.id}.zh.svg").write_bytes(drawing.encode("utf-8"))
        (folder / f"{self.id}.zh-dark.svg").write_bytes(style.dark(drawing).encode("utf-8"))

    def _texts(self) -> dict[str, bytes]:
        """What follows from the drawing at hand and from the data."""
        record = json.dumps(self.record(), ensure_ascii=False, indent=1)
        return {
            f"{self.id}.svg": self._file.encode("utf-8"),
            f"{self.id}-dark.svg": style.dark(self._file).encode("utf-8"),
            f"{self.id}.csv": self.csv,
            f"{self.id}.json": (record + "\n").encode("utf-8"),
        }

    def save(self, folder: str | Path) -> None:
        """Write every download into `folder`, which is made if need be.

        PNG and PDF are left alone where they lie beside the same drawing: use one folder for one
        version of gumlib.
        """
        fill(folder, self._texts() if self._printed(Path(folder)) else self.files())

    def _printed(self, folder: Path) -> bool:
        """Tell whether this drawing was printed into `folder`: its SVG is written after PNG and PDF."""
        svg, *prints = (folder / f"{self.id}.{kind}" for kind in ("svg", "png", "pdf"))
        return all(file.exists() for file in (svg, *prints)) and svg.read_bytes() == self._file.encode("utf-8")


def _rendered(canvas: Canvas, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    with style.house():
        canvas.savefig(stream, format=kind, **options)
    return stream.getvalue()
