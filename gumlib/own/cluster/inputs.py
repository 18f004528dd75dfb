"""What was put in, as the tables hold it: facts, those without a year apart, and why each score was given."""

import re
from functools import partial
from html import escape

import pandas as pd

from gumlib.evidence.wording import how_many
from gumlib.own.cluster import pieces
from gumlib.own.cluster.case import Own
from gumlib.terms import VARIABLES, name, sentence

_FACT = ["year", "factor", "indicator", "value", "unit", "direction", "statement", "source_key", "conflict_with"]
_SCORE = ["year", "coder", "score", "confidence", "evidence_ids", "rationale"]


def facts(case: Own) -> list[pieces.Piece]:
    """Return all facts of the ledger, to be unfolded; those without a year stand open, for no figure shows them."""
    kept = case.ledger[_FACT].assign(direction=case.ledger["direction"].map("{:+d}".format).replace("+0", "0"))
    undated = case.ledger["first"].isna()
    tables: list[pieces.Piece] = []
    if undated.any():
        many = how_many(int(undated.sum()), "fact")
        tables.append(_table(case, kept[undated], f"{many[0].upper()}{many[1:]} without a year, in no figure."))
    if not undated.all():
        shown = _table(case, kept[~undated], "Facts with a year.")
        tables.append(pieces.folded(f"The {int((~undated).sum())} facts with a year, as a table", shown))
    return tables


def _table(case: Own, facts: pd.DataFrame, caption: str) -> pieces.Captioned:
    """Return facts as a table, without the columns that hold nothing."""
    written = {"id": partial(_named, case), "conflict_with": partial(_linked, case)}
    return pieces.Captioned(facts.dropna(axis=1, how="all"), caption, index=True, written=written)


def scores(case: Own) -> list[pieces.Piece]:
    """Return why each score was given: its evidence and its reason, by variable, to be unfolded."""
    given = case.scores[case.scores[["score", "rationale", "evidence_ids"]].notna().any(axis=1)]
    written = {"evidence_ids": partial(_linked, case)}
    shown: list[pieces.Piece] = []
    for code in VARIABLES:
        own = given[given["variable"] == code].sort_values(["year", "coder"], kind="stable")
        if len(own):
            told = pieces.Captioned(own[_SCORE], f"{sentence(code)}: scores, evidence and reasons.", written=written)
            shown.append(pieces.folded(f"{code} {name(code)}: {how_many(len(own), 'score')}", told))
    reasoned = pieces.paragraph("Each score, the facts it rests on, and the reason given for it.")
    return [reasoned, *shown] if shown else [pieces.paragraph("No score, no reason and no evidence is given.")]


def _named(case: Own, id_: str) -> str:
    """Return the id of a fact as the place that links to it lead to."""
    return f'<span id="fact-{case.ledger.index.get_loc(id_)}">{escape(id_)}</span>'


def _linked(case: Own, ids: str) -> str:
    """Return ids of facts as links to them."""

    def link(one: re.Match[str]) -> str:
        shown, known = escape(one[0]), case.ledger.index
        return f'<a href="#fact-{known.get_loc(one[0])}">{shown}</a>' if one[0] in known else shown

    return re.sub(r"[^\s;]+", link, ids)
