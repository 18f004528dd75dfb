"""Verdicts on the industries' place in the chain, from input-output tables and prices: C10, C19, C26, C27, C39.

National industries stand for clusters here, so no claim on clusters is decided by them alone. The rules were
written before any measure of the tables was looked at. The prices in the ledger were known by then, so the
parts that rest on them could not fail: the findings say where a verdict hangs on such a part.
"""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from gumlib import evidence
from gumlib.cases.compare import parts_of_upgrading
from gumlib.claims.verdict import LEVEL, Verdict
from gumlib.evidence.wording import how_many, of_all
from gumlib.gvc import comparators, export_share
from gumlib.terms import name

MOST_YEARS = 9
"""Most of the 17 years."""
_MANY = 3
"""Most of the four industries."""
_HALF = 0.5
PRICES = {"NB057": 0.01, "WZ030": 0.01, "WZ042": None, "WZ053": 0.01}
"""Facts of the ledger that set the price of a cluster's good beside a foreign one's, and how to read them: the value
times this is the ratio; none: one over the value. Left out: parts (WZ013, WZ016), a fact without a ratio (SX051)."""

_SIGNS = {"va_go": "value added over output", "dva_share": "domestic value in exports", "upstreamness": "upstreamness"}


def price_ratios() -> pd.DataFrame:
    """Return what the ledger tells of prices as shares of foreign prices for like goods.

    Returns
    -------
    Frame indexed by fact id: cluster, first, ratio, statement, source_key
    """
    facts = evidence.ledger().loc[list(PRICES)]
    factor = pd.Series(PRICES, dtype="float64")
    ratio = (facts["value"] * factor).fillna(1 / facts["value"])
    return facts.assign(ratio=ratio)[["cluster", "first", "ratio", "statement", "source_key"]]


def upgrading_is_three_rises() -> Verdict:
    """C10. Partly if capability, autonomy and value capture rise together in three clusters of four.

    A definition is neither true nor false; tested is whether its three parts go together, so that one word
    fits them. Capability and autonomy of the coded levels, from the first epoch since 1995 that has all ways
    coded to the last. Value capture rises if over those years China keeps more of each unit of exports and of
    each final product of the industry. Not supported if the three rise together in fewer clusters; never
    supported, for what a cluster captures is not measured: a national industry stands for it. A first run
    compared 1995 with 2010 and 2011, where levels are missing; the years were then set alike for all parts.
    """
    rose = parts_of_upgrading.together()
    many, all_three = len(rose), int(rose.all(axis=1).sum())
    finding = ", ".join(f"{part} rises in {of_all(int(count), many, 'cluster')}" for part, count in rose.sum().items())
    verdict = "partly" if all_three >= _MANY else "not supported"
    return Verdict(
        verdict, f"{finding}, all three in {of_all(all_three, many, 'cluster')}; value by the national industry"
    )


def clusters_sit_at_the_low_end() -> Verdict:
    """C19. Partly if at least two of four signs point to the low end; not supported if fewer do.

    Signs: in three of the four industries China lies below the median of the others in most years by value added
    over output, by domestic value added in exports, by upstreamness (nearer the final buyer); and in two
    clusters a price of the ledger is half the foreign one or less. Never supported: national industries
    cannot tell of most clusters. Each report of a price is left out in turn; where that gives another verdict, this one
    is on the edge. The trial was added when the data were known.
    """
    prices = price_ratios()
    found = _low_end(prices)
    fewer = {str(fact): _low_end(prices.drop(index=fact)).verdict for fact in prices.index}
    turned = [f"{fact} it would be {verdict}" for fact, verdict in fewer.items() if verdict != found.verdict]
    return replace(found, without="; ".join(turned))


def _low_end(prices: pd.DataFrame) -> Verdict:
    """Apply the rule of C19 to a frame such as `price_ratios` returns."""
    below = {words: _low(comparators.years_below(indicator)) for indicator, words in _SIGNS.items()}
    signs = [count >= _MANY for count in below.values()]
    cheap = prices[prices["ratio"] <= _HALF]["cluster"].nunique()
    signs.append(cheap >= 2)
    told = ", ".join(f"{words} in {_of_four(count)}" for words, count in below.items())
    finding = (
        f"{of_all(sum(signs), 4, 'sign')}; below the median in most years: {told}; half the foreign price or less in "
        f"{how_many(cheap, 'cluster')}, in Ningbo by one report on one firm's cloth"
    )
    counts = {f"industries low, {words}": count for words, count in below.items()}
    return Verdict("partly" if sum(signs) >= 2 else "not supported", finding, counts=counts)


def value_added_is_low() -> Verdict:
    """C26. Partly if value added over output lies below the median of the others in most years in three industries.

    The others are the countries large enough for the tables. Not supported if in fewer than three. Never
    supported: the tables hold no labour, so that the industries are labour-intensive is not tested.
    """
    years = comparators.years_below("va_go")
    low = _low(years)
    emerging = _low(comparators.years_below("va_go", comparators.EMERGING))
    told = ", ".join(
        f"{comparators.INDUSTRIES[code].lower()} in {of_all(int(count), 17, 'year')}" for code, count in years.items()
    )
    ranks = ", ".join(
        f"{str(industry).lower()} {row['rank 1995']:.0f} and {row['rank 2011']:.0f}"
        for industry, row in comparators.first_and_last("va_go").iterrows()
    )
    finding = (
        f"low in {_of_four(low)} (below the median: {told}); rank from "
        f"the top in 1995 and 2011 of at most {len(comparators.COUNTRIES)} countries: {ranks}; beside "
        f"{len(comparators.EMERGING)} emerging economies low in {_of_four(emerging)}; no labour accounts"
    )
    return Verdict("partly" if low >= _MANY else "not supported", finding)


def large_shares_go_with_a_low_place() -> Verdict:
    """C27. Partly if China is large and low in three industries of four; not testable here otherwise.

    Large and low in 2011: among the three largest exporters, and below the median of domestic value in exports. A
    failure refutes nothing: the tables do not part processing trade from the rest and so overstate what China keeps.
    Never supported: shares are of value, and neither quantities nor research and brands are in the tables. Reported
    beside it, and deciding nothing: whether countries with larger shares keep less (Spearman), which is a statement on
    countries; and whether a cluster with half the world's supply sells at half the foreign price, which the ledger held
    when the rule was written. An earlier rule counted both as parts; it was changed when the data were known.
    """
    prices, found = price_ratios(), export_share.relation("dva_share")
    negative, positive = (int(((sign * found["rho"] > 0) & (found["p"] <= LEVEL)).sum()) for sign in (-1, 1))
    largest = (
        comparators.indicator_panel("exports").xs(2011, level="year").rank(axis=1, ascending=False)[comparators.CHINA]
    )
    below = comparators.against("dva_share").xs(2011, level="year")["below"]
    both = int(((largest <= 3) & below).sum())
    cheap = set(prices[prices["ratio"] <= _HALF]["cluster"])
    facts = evidence.ledger()
    half = facts["indicator"].str.startswith("world_share") & (facts["value"] >= 50) & (facts["unit"] == "percent")
    pairs = sorted(cheap & set(facts[half]["cluster"]))
    given = _of_four(_given_size(found))
    finding = (
        f"China a large exporter below the median in {_of_four(both)} in 2011; beside it, rank correlation of export "
        f"share and domestic value over countries {found['rho'].min():.2f} to {found['rho'].max():.2f}, at p up to "
        f"{LEVEL:g} negative in {_of_four(negative)} and positive in {_of_four(positive)} (negative with the size of "
        f"economies held constant in {given}); half the world at half the price: "
        f"{', '.join(name(code) for code in pairs) or 'no cluster'}, by press reports"
    )
    return Verdict("partly" if both >= _MANY else "not testable here", finding)


def insertion_brings_low_value_and_energy_use() -> Verdict:
    """C39. Partly if value is low by both measures; not supported if by neither; else not testable here.

    Low: value added over output, or domestic value added in exports, below the median of the others in most
    years in three industries of four. Where the two disagree the answer hangs on the measure. Never supported:
    the tables hold neither energy nor what firms outside the chain earn.
    """
    counts = {measure: _low(comparators.years_below(measure)) for measure in ("va_go", "dva_share")}
    low = sum(count >= _MANY for count in counts.values())
    finding = (
        f"value added over output low in {_of_four(counts['va_go'])}, domestic value in exports in "
        f"{_of_four(counts['dva_share'])}; no energy accounts, no split of firms inside and outside the chain"
    )
    return Verdict(("not supported", "not testable here", "partly")[low], finding)


def _given_size(found: pd.DataFrame) -> int:
    """Count the industries where the relation is negative among economies of like size."""
    return int(((found["given_size"] < 0) & (found["p_given_size"] <= LEVEL)).sum())


def _of_four(count: int) -> str:
    return of_all(count, 4, "industry", "industries")


def _low(years: pd.Series) -> int:
    """Count the industries that lie low in most years."""
    return int((years >= MOST_YEARS).sum())


TESTS: dict[str, Callable[[], Verdict]] = {
    "C10": upgrading_is_three_rises,
    "C19": clusters_sit_at_the_low_end,
    "C26": value_added_is_low,
    "C27": large_shares_go_with_a_low_place,
    "C39": insertion_brings_low_value_and_energy_use,
}
