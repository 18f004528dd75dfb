"""Figures of the book: `card` makes them citable, `style` gives them one look, the rest draw.

Each function of `front`, `introduction`, `mechanism` and `cases` takes its parameters, computes
a tidy frame and returns a `card.Figure`. Needs the extra ``figures``.
"""

from gumlib.errors import extra

extra("matplotlib", "figures")
