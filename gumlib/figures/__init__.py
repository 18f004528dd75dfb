"""Figures of the book: `card` makes them citable, `style` gives them one look, the rest draw.

A module a section: `s2_5_lock_in` draws `fig-2-5-…`. Each function takes its parameters, computes a tidy
frame and returns a `card.Figure`. Needs the extra ``figures``.
"""

from gumlib.errors import extra

extra("matplotlib", "figures")
