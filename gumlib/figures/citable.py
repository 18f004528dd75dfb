"""What figures and tables have in common: an id, words and rows that can be cited, and a record of them."""

import re
from typing import Any, Protocol

import pandas as pd

import gumlib
from gumlib.data.units import units
from gumlib.errors import GumError

LICENCE = "CC BY 4.0"


class Card(Protocol):
    """What figures and tables have in common."""

    @property
    def id(self) -> str:
        """Stable name."""

    @property
    def title(self) -> str:
        """What it is, in a few words."""

    @property
    def caption(self) -> str:
        """What to see in it."""

    @property
    def data(self) -> pd.DataFrame:
        """The frame that it shows."""


def check_card(card: Card, kind: str, texts: tuple[str, ...]) -> None:
    """Refuse a card that nobody could cite or read.

    Raises
    ------
    GumError : its id is not `kind` and words after hyphens, one of its texts is empty, or its frame has no rows
    """
    if not re.fullmatch(rf"{kind}(-[a-z0-9]+)+", card.id):
        raise GumError(f"expected an id like {kind}-2-1-gum-map, got {card.id!r}", "figures", "id")
    for text in texts:
        if not getattr(card, text).strip():
            raise GumError(f"expected a {text}, got none; say what the reader sees", "figures", text)
    if card.data.empty:
        raise GumError("expected a frame with rows, got none; check the selection", "figures", "data")


def described(card: Card, frame: pd.DataFrame) -> dict[str, Any]:
    """Return what the record of any card says; `frame` is what its CSV holds."""
    return {
        "id": card.id,
        "title": card.title,
        "caption": card.caption,
        "rows": len(frame),
        "columns": list(map(str, frame.columns)),
        "column_units": units(card.id, frame),
        "licence": LICENCE,
        "version": gumlib.__version__,
    }
