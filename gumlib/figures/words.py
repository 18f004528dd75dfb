"""What a reader sees where a frame holds names of code: headings of tables, and words in their cells."""

import re
from collections.abc import Callable, Hashable

import pandas as pd

from gumlib.terms import CLUSTERS, TERMS, name

PARAMETER_NAMES = {
    "total": "weight a factor receives (ω)",
    "baseline": "growth of a factor by itself (b)",
    "decay": "decay of a factor (δ)",
    "exponent": "steepness of the response (n)",
    "half_saturation": "level of half effect (κ)",
    "governance_floor": "share left without governance (γ0)",
    "lag_rate": "speed of the ways (η)",
    "own_share": "share a mechanism's own factor carries (α)",
    "pressure": "decay under a price squeeze (θ)",
    "unseen": "start of a factor not coded (x₀)",
    "discrepancy": "what the model misses (τ)",
}
_MEASURES = {
    "dc_share": "domestic content",
    "fc_share": "foreign content",
    "dva_share": "domestic value added",
    "vs_share": "vertical specialisation",
    "gvc_share": "participation in chains",
    "gvc_backward": "backward participation",
    "gvc_forward": "forward participation",
    "gvc_income": "income from chains",
    **{f"kww_{term}": f"term {term}" for term in range(1, 10)},
    **{
        f"{way}streamness_p{tenth}": f"{way}streamness, percentile {tenth}"
        for way in ("up", "down")
        for tenth in (10, 90)
    },
}
_HEADINGS = {"pri": "PRI", "source_key": "source", "against_low": "against: low", "against_high": "against: high"}
_CHECKS = {
    "antras2018": "article of Antràs and Chor",
    "concordance": "data of Antràs and Chor",
    "replication": "article redone by Forsthuber",
}
READING_NAMES = {"fitted": "as fitted", "ranges": "our ranges"}
"""What the two readings of the model are called in tables and over panels."""
_SETTINGS = {
    "with": "with policy",
    "without": "without policy",
    "without, G held": "without policy, governance held",
}
_CODE = re.compile(r"\b[a-z\d]+(?:_[a-z\d]+)+\b")
_DATED = re.compile(r"\b([a-z]+) (?=\d{4}\b)")


def model(key: str) -> str:
    """Return the name of a model or rival by its key."""
    return "GUM model" if key == "gum" else key


def share_held(share: float) -> str:
    """Return what a band or an interval holds, as captions and axes write it: ``90 %``."""
    return f"{100 * share:.0f} %"


def spelt(codes: str) -> str:
    """Return the names of elements by their codes, and other words as they are.

    Examples
    --------
    >>> spelt("LP"), spelt("none")
    ('cluster learning, upgrading-oriented public policy', 'none')
    """
    if codes in TERMS:
        return name(codes)
    return ", ".join(map(name, codes)) if codes and set(codes) <= set(TERMS) else codes


def _measured(text: str) -> str:
    """Return a text with the names of measures in it spelt out.

    Examples
    --------
    >>> _measured("dc_share + fc_share = 1"), _measured("value_added_share")
    ('domestic content + foreign content = 1', 'value added share')
    """
    return _CODE.sub(lambda found: _MEASURES.get(found[0], found[0].replace("_", " ")), text)


def _placed(text: str) -> str:
    """Return a cluster by its name, alone or before a year."""
    dated = _DATED.sub(lambda found: f"{name(found[1]) if found[1] in CLUSTERS else found[1]} ", text)
    return name(text) if text in CLUSTERS else dated


_CELLS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("model", "rival", "truth", "forecast", "counts against it"), model),
    **dict.fromkeys(("variable", "factor", "way", "acts on", "on", "leading factor", "leading way"), spelt),
    **dict.fromkeys(("cluster", "case", "members"), _placed),
    **dict.fromkeys(("measure", "identity", "kind", "ours, by industry"), _measured),
    **dict.fromkeys(("parameter", "name"), lambda key: PARAMETER_NAMES.get(key, key)),
    "source": lambda key: READING_NAMES.get(key, key),
    "setting": lambda key: _SETTINGS.get(key, key),
    "check": lambda key: _CHECKS.get(key, key),
}


def _heading(code: Hashable) -> Hashable:
    """Return what stands over a column: an element with its code, other names of code as words.

    Examples
    --------
    >>> _heading("claim_id"), _heading("L"), _heading(2005)
    ('claim id', 'L: cluster learning', 2005)
    """
    if not isinstance(code, str):
        return code
    if code in TERMS:
        return f"{code}: {name(code)}"
    return _HEADINGS.get(code) or _MEASURES.get(code) or code.replace("_", " ")


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with headings and cells as a reader sees them; numbers stay as they are."""
    rows = frame.copy()
    for place, head in enumerate(frame.columns):
        rows.isetitem(place, _cells(frame.iloc[:, place], head))
    heads, index = frame.columns, frame.index
    if isinstance(index, pd.MultiIndex):
        levels = [_cells(index.get_level_values(at).to_series(), own) for at, own in enumerate(index.names)]
        rows.index = pd.MultiIndex.from_arrays(levels, names=list(map(_heading, index.names)))
    elif not isinstance(index, pd.RangeIndex):
        rows.index = pd.Index(_cells(index.to_series(), index.name), name=_heading(index.name))
    if isinstance(heads, pd.MultiIndex):
        rows.columns = pd.MultiIndex.from_tuples([tuple(map(_heading, head)) for head in heads], names=heads.names)
    else:
        rows.columns = pd.Index(list(map(_heading, heads)), name=_heading(heads.name))
    return rows


def _cells(column: pd.Series, head: Hashable) -> pd.Series:
    """Return a column in words: truth as yes or no, codes by name, nothing where nothing is known."""
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: "yes", False: "no"})
    if pd.api.types.is_extension_array_dtype(column) and column.isna().any():
        column = column.astype(object).where(column.notna(), "")
    say = _CELLS.get(str(head))
    return column if say is None else column.map(lambda cell: say(cell) if isinstance(cell, str) else cell)
