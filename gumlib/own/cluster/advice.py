"""What each lever of policy would add, in both readings of the parameters, and the way to the policy desk."""

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from gumlib import __version__
from gumlib.cases.compare.stages import ENOUGH
from gumlib.data import sorting
from gumlib.errors import GumError
from gumlib.evidence.wording import listed
from gumlib.own.cluster import pieces
from gumlib.own.cluster.case import Own
from gumlib.policy import desk, instruments, levers, worlds
from gumlib.terms import FACTORS, name

READINGS_OF_BOOK = {"fitted": "as fitted to the four clusters of the book", "ranges": "over the ranges of the book"}
_DRAWS = 64
_PAGE = "chapters/05/policy-desk.html"


def advice(case: Own, book: str = "") -> list[pieces.Piece]:
    """Return the rank of each lever in both readings, and links to the policy desk with the levels of this cluster.

    Parameters
    ----------
    book : address of the book, or the folder it was built into; without it the page only says what to add to it
    """
    try:
        table = ranked_levers(case)
    except GumError as lacking:
        return [pieces.paragraph("No lever was tried.", pieces.reason(lacking))]
    year = start_year(case)
    return [
        pieces.ours(
            f"The model, not the sources: each lever that the ledger of the book documents is used alone in {year}, "
            f"from the levels coded then, and looked at {levers.YEARS} years on.",
            "Sizes, durations and costs of the levers are assumed; nothing is fitted to this cluster.",
            _outside(case),
            "As fitted, nothing is locked in, and a weakly governed cluster rises as well; over the ranges it may stay "
            "low.",
            "The lead of levers of governance rests on the assumption that they last.",
        ),
        pieces.paragraph(leading(table)),
        pieces.Captioned(
            table.drop(columns="place").rename(columns={"level": "level of policy", **READINGS_OF_BOOK}),
            "Median rank (5 to 95 % of draws) by gain in the upgrading index per unit of cost; 1 is best.",
            words=True,
        ),
        *_desk(case, year, book),
    ]


def start_year(case: Own) -> int:
    """Return the last year in which governance and enough factors are coded.

    Raises
    ------
    GumError : there is no such year
    """
    known = case.table["G"].notna() & (case.table[list(FACTORS)].notna().sum(axis=1) >= ENOUGH)
    if not known.any():
        said = f"expected a year in which governance and {ENOUGH} factors are coded, got none; code one"
        raise GumError(said, "cases", case.name)
    return int(case.table.index[known][-1])


@lru_cache(maxsize=1)
def ranked_levers(case: Own) -> pd.DataFrame:
    """Return the levers, those first in both readings first: lever, level, acts on, rank by reading, place.

    Raises
    ------
    GumError : there is no year to start from
    """
    year, known = start_year(case), instruments()
    table = known["title"].rename("lever").to_frame().join(known[["level"]])
    table["acts on"] = known["acts_on"].map(name)
    places = []
    for reading in READINGS_OF_BOOK:
        drawn = worlds(_DRAWS, source=reading)
        drawn = drawn if _pressed(case) else replace(drawn, theta=drawn.theta * 0)
        ranks = levers.rank_levers([case], drawn, start=year).set_index("name")
        table[reading] = [f"{r['rank']:.0f} ({r['rank_low']:.0f} to {r['rank_high']:.0f})" for _, r in ranks.iterrows()]
        places.append(ranks["rank"])
    table["place"] = sum(places) / len(places)
    kept = table if _pressed(case) else table[known["kind"] != "relief"]
    return sorting.ordered(kept.reset_index(drop=True), "place", "lever")


def leading(table: pd.DataFrame) -> str:
    """Return in words which levers come first by the mean of both readings."""
    return f"First of {len(table)} levers, by the mean of both readings: {listed(table['lever'].head(3))}."


def _pressed(case: Own) -> bool:
    """Whether the runs hold pressure from outside, which is known year by year for China alone."""
    return case.chinese and case.outside is None


def _outside(case: Own) -> str:
    """Say which pressure from outside is in the runs; that of context.csv never is."""
    if _pressed(case):
        return "Pressure from outside is that measured for China, and its mean in years not measured."
    left = "No pressure from outside is in these runs, so levers that relieve it are left out."
    if case.outside is None:
        return left
    known = case.outside
    return f"{left} The pressure that context.csv gives for {known.index[0]} to {known.index[-1]} does not act on them."


def setting(case: Own, year: int, reading: str) -> desk.Setting:
    """Return the setting of the policy desk with the levels and the governance of a coded year."""
    row, usual = case.table.loc[year], {**desk.first(), **desk.read_as(reading)}
    levels = row[list(FACTORS)].fillna(dict(zip(FACTORS, desk.numbers(usual, "x"), strict=True)))
    given = {"x": tuple(map(float, levels)), "g": (float(row["G"]), *desk.numbers(usual, "g")[1:])}
    return desk.read_setting(desk.address({**usual, **given}))


def address_of(book: str) -> str:
    """Return the address of a book, of a folder or of a site; empty if there is none.

    Raises
    ------
    GumError : it is neither a folder that is there nor an address of the web

    Examples
    --------
    >>> address_of("https://example.org/gum/"), address_of("")
    ('https://example.org/gum', '')
    """
    if book and Path(book).is_dir():
        return Path(book).resolve().as_uri()
    if book and not re.fullmatch(r"(https?|file)://[^\s\"'<>]+", book):
        said = f"expected the address of a book (https://...) or its folder, got {book!r}; correct --book"
        raise GumError(said, "cases", "book")
    return book.rstrip("/")


def _desk(case: Own, year: int, book: str) -> list[pieces.Piece]:
    """Return links to the desk in both readings, or what to put behind its address."""
    blank = [name(code) for code in FACTORS if pd.isna(case.table.loc[year, code])]
    said = [f"The policy desk of the book, set to the levels of {year}: move its sliders to try other levers."]
    said += [f"Not coded, and there as the desk opens: {listed(blank)}."] if blank else []
    behind = {
        words: f"{desk.address(setting(case, year, reading))}&v={__version__}"
        for reading, words in READINGS_OF_BOOK.items()
    }
    if at := address_of(book):
        behind = {words: f"{at}/{_PAGE}{one}" for words, one in behind.items()}
    else:
        said.append("Open its page “Policy desk” and put one of these behind the address:")
    return [pieces.paragraph(*said), pieces.listing(*(pieces.Link(words, one) for words, one in behind.items()))]
