"""What was put in, as the tables hold it: facts, those without a year apart, and why each score was given."""

from __future__ import annotations

import re
from functools import partial
from html import escape

from gumlib.evidence.wording import how_many
from gumlib.own.cluster import html
from gumlib.own.cluster.case import Own
from gumlib.terms import VARIABLES, name, sentence

_FACT = ["year", "factor", "indicator", "value", "unit", "direction", "statement", "source_key", "conflict_with"]
_SCORE = ["year", "coder", "score", "confidence", "evidence_ids", "rationale"]


def facts(case: Own) -> list[html.Piece]:
    """Return all facts of the ledger, to be unfolded; those without a year stand open, for no figure shows them."""
    written = {"id": partial(_named, case), "conflict_with": partial(_linked, case)}
    kept = case.ledger[[column for column in _FACT if case.ledger[column].notna().any()]]
    kept = kept.assign(direction=kept["direction"].map("{:+d}".format).replace("+0", "0"))
    undated = case.ledger["first"].isna()
    tables: list[html.Piece] = []
    if undated.any():
        many = how_many(int(undated.sum()), "fact")
        words = f"{many[0].upper()}{many[1:]} without a year, in no figure."
        tables.append(
            html.table(kept[undated].drop(columns="year", errors="ignore"), words, index=True, written=written)
        )
    if not undated.all():
        shown = html.table(kept[~undated], "Facts with a year.", index=True, written=written)
        tables.append(html.folded(f"The {int((~undated).sum())} facts with a year, as a table", shown))
    return tables


def scores(case: Own) -> list[html.Piece]:
    """Return why each score was given: its evidence and its reason, by variable, to be unfolded."""
    given = case.scores[case.scores[["score", "rationale", "evidence_ids"]].notna().any(axis=1)]
    written = {"evidence_ids": partial(_linked, case)}
    shown: list[html.Piece] = []
    for code in VARIABLES:
        own = given[given["variable"] == code].sort_values(["year", "coder"], kind="stable")
        if len(own):
            told = html.table(own[_SCORE], f"{sentence(code)}: scores, evidence and reasons.", written=written)
            shown.append(html.folded(f"{code} {name(code)}: {how_many(len(own), 'score')}", told))
    reasoned = html.paragraph("Each score, the facts it rests on, and the reason given for it.")
    return [reasoned, *shown] if shown else [html.paragraph("No score, no reason and no evidence is given.")]


def _named(case: Own, id_: str) -> str:
    """Return the id of a fact as the place that links to it lead to."""
    return f'<span id="fact-{case.ledger.index.get_loc(id_)}">{escape(id_)}</span>'


def _linked(case: Own, ids: str) -> str:
    """Return ids of facts as links to them."""

    def link(one: re.Match[str]) -> str:
        shown, known = escape(one[0]), case.ledger.index
        return f'<a href="#fact-{known.get_loc(one[0])}">{shown}</a>' if one[0] in known else shown

    return re.sub(r"[^\s;]+", link, ids)
