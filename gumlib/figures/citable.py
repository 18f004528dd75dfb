"""What figures and tables have in common: an id, words and rows that can be cited, and a record of them."""

import hashlib
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


def sum_up(column: pd.Series) -> str:
    """One line on a column: numbers by range and mean, texts by count and checksum."""
    known = column.dropna()
    missing = f", {len(column) - len(known)} missing" if len(known) < len(column) else ""
    if known.empty:
        return f"no values{missing}"
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        low, mean, high = (f"{float(value):.8g}" for value in (known.min(), known.mean(), known.max()))
        return f"{len(known)} numbers, min {low}, mean {mean}, max {high}{missing}"
    texts = known.map(str)
    digest = hashlib.sha256("\n".join(texts).encode("utf-8")).hexdigest()[:8]
    return f"{len(texts)} texts, {texts.nunique()} distinct, checksum {digest}{missing}"
