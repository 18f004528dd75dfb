"""Verdicts on the pressure from outside: dated facts of chapter 1 against series and ledger: C30 to C36, C38, C41.

Where the rule asks for an independent source, rows that only repeat the book do not count.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from gumlib import data, evidence
from gumlib.claims.verdict import LEVEL, Verdict
from gumlib.data import sorting
from gumlib.evidence import breaks, series
from gumlib.evidence.wording import dated as spoken
from gumlib.evidence.wording import how_many, of_all

_SHARP = 0.10
"""Growth a year that we call sharp."""
_FLAT = 0.001
"""Spread around its mean within which an exchange rate counts as held."""
_NOMINAL = ("cn_wage_all_sectors_urban_units", "labour_income")
"""The pay series in yuan that have growth rates on both sides of 2004."""
LAWS = {"company_tax_law_in_force": "unified company tax", "labour_contract_law_in_force": "Labour Contract Law"}
MOVES = {
    "NB052": ("one firm", "abroad"),
    "NB114": ("one firm", "another province"),
    "SX088": ("group", "same county"),
    "SX089": ("group", "same county"),
    "SX090": ("group", "same county"),
    "WZ114": ("one firm", "another province"),
    "WZ164": ("group", "another province"),
    "YK107": ("group", "next county"),
    "YK121": ("group", "next county"),
}
"""Every fact of the ledger on a move, in our reading: who moves, and how far."""
_BOOK = "wang2010book"


def labour_costs_rose() -> Verdict:
    """C30. Partly if wages rose sharply, whether or not their growth breaks upward in 2004, where the sentence begins.

    Sharply: the manufacturing wage grows by at least a tenth in every year 2004-2008. A break: in both pay
    series in yuan that can be tested, mean growth from 2004 on exceeds that before with an exact p of 0.05
    at most. Not supported if wages did not rise sharply. Never supported, even with a break: all series are national,
    and the claim speaks of areas on the coast. That cap was added when the data were known.
    """
    wage = series.pay_growth("cn_wage_manufacturing_urban_units").loc[2004:2008].map(np.expm1)
    found = {name: breaks.at(series.pay_growth(name), 2004) for name in _NOMINAL}
    sharp, breaking = bool((wage >= _SHARP).all()), all(one.p <= LEVEL for one in found.values())
    tested = ", ".join(f"{series.PAY[name]} p {one.p:.2f}" for name, one in found.items())
    later = breaks.windows(series.pay_growth(_NOMINAL[1]), 2004)["p"].iloc[1:]
    finding = (
        f"manufacturing wage up {wage.min():.0%} to {wage.max():.0%} a year 2004-2008; "
        f"{'a' if breaking else 'no'} break in 2004 ({tested}, but {later.min():.3f} to {later.max():.3f} if that "
        "series begins after its first year); no series of coastal wages at hand"
    )
    return Verdict("partly" if sharp else "not supported", finding)


def currency_appreciated() -> Verdict:
    """C31. Partly if the dollar was held to the end of 2004 and fell every year 2005-2010; not supported otherwise.

    Held: the annual means of 2001-2004 lie within 0.1 per cent of each other. Never supported: annual means cannot show
    that the yuan gained without a pause, as the sentence says. That cap was added when the data were known.
    """
    rate = data.read("china-macro").set_index("year")["cny_per_usd"].loc[2001:2010]
    before, after = rate.loc[:2004], rate.loc[2004:]
    held, falling = before.max() / before.min() - 1 <= _FLAT, bool((after.diff().dropna() < 0).all())
    gain = rate[2004] / rate[2010] - 1
    steps = np.expm1(-breaks.growth(rate)).loc[2005:]
    finding = (
        f"a dollar cost {rate[2004]:.2f} yuan in 2004 and {rate[2010]:.2f} in 2010: the yuan rose by {gain:.0%}, "
        f"fastest in {sorting.largest(steps)} ({steps.max():.1%}), by {steps[2009]:.1%} and {steps[2010]:.1%} in 2009 "
        "and 2010; annual means show no pause within a year"
    )
    return Verdict(
        "partly" if held and falling else "not supported", finding, counts={"rise of the yuan, 2004 to 2010": gain}
    )


def rebates_were_cut() -> Verdict:
    """C32. Supported if a rebate on textiles or garments was cut in 2006 and no earlier cut is on record.

    Partly if an earlier cut is on record, or the first came in 2007; not supported if none is on record by 2007.
    "From" is part of the claim; what became of the rates later is part of the finding.
    """
    steps = series.rebates()
    old = steps[steps["date"].isna()].set_index("goods")["rate"]
    dated = steps.dropna(subset=["date"])
    changes = dated.assign(change=dated["rate"] - dated["goods"].map(old)).query("change < 0")
    first = changes[changes["date"].dt.year.isin([2006, 2007])].sort_values("date", kind="stable")
    last = dated.groupby("goods")["rate"].last()
    mean = [series.annual(f"rebate_rate_all_goods_avg_{when}_2003_reform").iloc[0] for when in ("before", "after")]
    begun = bool((first["date"].dt.year == 2006).any()) and mean[1] >= mean[0]
    cuts = ", ".join(f"{row.goods} to {row.rate:.0f} on {spoken(row.date)}" for row in first.itertuples())
    finding = (
        f"cut: {cuts or 'none'}; but a reform announced in 2003 had cut the mean of all goods from {mean[0]:.1f} to "
        f"{mean[1]:.1f}; not counted: rates rose again from August 2008 to {last.min():.0f}, above the old "
        f"{old.max():.0f}"
    )
    return Verdict("not supported" if first.empty else "supported" if begun else "partly", finding)


def processing_trade_was_restricted() -> Verdict:
    """C33. Supported if a list of 2007 restricts further codes and binds Zhejiang; partly if one of the two.

    Not supported if neither. The claim says when, not that nothing came before: older codes, and what became of the
    list later, are part of the finding.
    """
    added = series.annual("proc_trade_restricted_codes_new").get(2007, 0)
    binding = series.annual("proc_trade_zhejiang_affected").get(2007, 0)
    total, off = (series.annual(f"proc_trade_{name}").iloc[0] for name in ("restricted_codes", "codes_removed"))
    held = int(added > 0) + int(binding > 0)
    finding = (
        f"{total:,.0f} codes on the list in force 23 August 2007, {added:,.0f} of them new and {total - added:,.0f} "
        f"older, {'binding' if binding > 0 else 'not known to be binding'} in Zhejiang; {off:,.0f} "
        f"({off / total:.0%}) were taken off on 31 December 2008"
    )
    return Verdict(("not supported", "partly", "supported")[held], finding)


def laws_took_force() -> Verdict:
    """C34. Supported if a source dates both laws to 2008; partly if one; not testable here if none.

    To the year: of the second law the source at hand gives the month and not the day.
    """
    known = data.read("china-series").query("year == 2008")
    dated = known[known["source_key"] != _BOOK].drop_duplicates("series").set_index("series")["source_key"]
    found = [law for law in LAWS if law in dated.index]
    told = [f"{LAWS[law]} in force 2008 ({dated[law]})" for law in found]
    told += [f"no source at hand for the {LAWS[law]}" for law in LAWS if law not in found]
    return Verdict(("not testable here", "partly", "supported")[len(found)], "; ".join(told))


def shoe_firms_moved() -> Verdict:
    """C35. Supported if a count of another origin agrees within five points; not supported if it differs by more.

    Not testable here if there is none. A report that names the same association is no second count: it shows that the
    association gave these figures, and not that they are right. Such a report counted as partly before; that was
    changed when the data were known.
    """
    known = data.read("china-series")
    known = known[known["series"].str.startswith("gd_shoe_firms_")]
    own = known[known["source_key"] == _BOOK].set_index("series")["value"]
    others = known[known["series"].isin(own.index) & (known["source_key"] != _BOOK)]
    repeated = others["statement"].str.contains("association", case=False)
    counts, repeats = others[~repeated], others[repeated]
    if counts.empty:
        said = (
            f"{of_all(len(repeats), len(own), 'figure')} repeated by {_sources(repeats)}, after the same association; "
        )
        return Verdict("not testable here", f"{'' if repeats.empty else said}no count of another origin at hand")
    agree = bool((counts["value"] - counts["series"].map(own)).abs().le(5).all())
    finding = f"{of_all(len(counts), len(own), 'figure')} counted by {_sources(counts)}"
    return Verdict("supported" if agree else "not supported", finding)


def _sources(rows: pd.DataFrame) -> str:
    return "; ".join(sorted(rows["source_key"].unique()))


def block_economies_moved() -> Verdict:
    """C36. Supported if by 2010 groups of firms left Zhejiang in two of the four clusters; partly in one.

    The ledger was not built as a record of moves, so where it names none the claim is not testable here.
    """
    facts = evidence.ledger().loc[list(MOVES)]
    reading = pd.DataFrame.from_dict(MOVES, orient="index", columns=["who", "reach"])
    table = facts.join(reading)
    group = table[(table["who"] == "group") & table["reach"].isin(["another province", "abroad"])]
    clusters = group[group["first"] <= 2010]["cluster"].nunique()
    later = group[~(group["first"] <= 2010)]
    near = int((table["who"].eq("group") & ~table.index.isin(group.index)).sum())
    finding = (
        f"{len(table)} facts on moves: {near} on groups inside Zhejiang, {len(table) - near - len(group)} on one firm, "
        f"groups leaving by 2010 in {how_many(clusters, 'cluster')}; after it: {', '.join(later.index) or 'none'}"
    )
    return Verdict(("not testable here", "partly", "supported")[min(clusters, 2)], finding)


def foreign_holders_were_paid() -> Verdict:
    """C38. Partly if a second source gives a share of 20 to 40 per cent; not supported if it gives another.

    Not testable here if only the book's own figures are at hand. Never supported: thin margins are not tested.
    """
    known = data.read("china-series")
    shares = known[known["series"].str.startswith("ip_fee_share")]
    others = shares[shares["source_key"] != _BOOK]["value"]
    if others.empty:
        finding = (
            "only the book's own figures, beside one work that it cites; "
            "no fact of the ledger gives the amount of a licence fee"
        )
        return Verdict("not testable here", finding)
    inside = bool(others.between(20, 40).all())
    return Verdict("partly" if inside else "not supported", f"{others.min():.0f} to {others.max():.0f} per cent")


def block_economies_became_clusters() -> Verdict:
    """C41. Partly if one measure, taken at two dates since 2000, rises past half; not supported if it does not.

    Plan targets do not count. Not testable here if no measure was taken twice. Never supported: no bound says what
    fast is.
    """
    known = data.read("china-series")
    names = known["series"].str.fullmatch(r"zj_(block|cluster)_.*") & ~known["series"].str.contains("target")
    names &= known["year"] >= 2000
    twice = [sorting.ordered(own, "year") for _, own in known[names].groupby("series") if len(set(own["year"])) > 1]
    if not twice:
        once = "; ".join(
            f"{row.value:.0f} per cent in {row.year} ({row.source_key})" for row in known[names].itertuples()
        )
        return Verdict("not testable here", f"no measure taken twice; shares by unlike definitions: {once}")
    rising = all(own["value"].iloc[-1] > max(50, own["value"].iloc[0]) for own in twice)
    return Verdict("partly" if rising else "not supported", f"{len(twice)} measures taken twice")


TESTS: dict[str, Callable[[], Verdict]] = {
    "C30": labour_costs_rose,
    "C31": currency_appreciated,
    "C32": rebates_were_cut,
    "C33": processing_trade_was_restricted,
    "C34": laws_took_force,
    "C35": shoe_firms_moved,
    "C36": block_economies_moved,
    "C38": foreign_holders_were_paid,
    "C41": block_economies_became_clusters,
}
