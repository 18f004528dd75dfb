"""Measured pressure from outside: pay, exchange rate, rebates, processing trade, law, with sources.

Series of the resources ``china-series`` and ``china-macro``, and pay in the whole economy from the
Penn World Table. Dated events stand beside the dates the book gives.
"""

import numpy as np
import pandas as pd

from gumlib import data, evidence
from gumlib.errors import one_of
from gumlib.evidence import breaks

BOOK = {
    "pay": (2004, "C30"),
    "currency": (2005, "C31"),
    "rebates": (2006, "C32"),
    "processing trade": (2007, "C33"),
    "law": (2008, "C34"),
}
"""The year the book gives for each kind of pressure, and the claim that says so."""

REBATES = {"rebate_rate_textiles": "textiles", "rebate_rate_garments": "garments"}
PAY = {
    "cn_wage_manufacturing_urban_units": "manufacturing wage, urban units",
    "cn_wage_all_sectors_urban_units": "wage of all branches, urban units",
    "cn_real_wage_index_all_sectors": "the same, real",
    "labour_income": "labour income per worker",
    "real_labour_income": "the same, real",
}
"""Pay series by name: NBS from the registry, the last two ours from the Penn World Table."""
_ONE_RATE = 1994

_EVENTS = (
    ("pay", "2005", "ledger", "NB145", -1, "Ningbo: dearer labour"),
    ("pay", "2008-11", "cn_minimum_wage_freeze", "2008", 1, "minimum wages frozen"),
    ("pay", "2010", "cn_minimum_wage_provinces_raising", "2010", -1, "{:.0f} provinces raise minimum"),
    ("currency", "2005", "fx_rmb_per_usd_annual_avg", "2005", -1, "dollar at {:.2f} yuan"),
    ("currency", "2007-12", "ledger", "WZ148", -1, "yuan {:.0f} % up in two years"),
    ("rebates", "2003", "rebate_rate_all_goods_avg_after_2003_reform", "2003", -1, "all goods {:.1f}"),
    ("processing trade", "2007-08-23", "proc_trade_restricted_codes", "2007", -1, "{:,.0f} codes restricted"),
    ("processing trade", "2008-12-31", "proc_trade_codes_removed", "2008", 1, "{:,.0f} taken off"),
    ("law", "2008-01", "labour_contract_law_in_force", "2008", -1, "Labour Contract Law"),
    ("law", "2008-01", "company_tax_law_in_force", "2008", -1, "company tax law"),
)
"""Lane, date, resource and key of the row, direction, label; left out where the registry lacks the row."""


def series(name: str) -> pd.DataFrame:
    """Return the rows of one series with their sources, in the order of years.

    Raises
    ------
    GumError : no series of that name
    """
    table = data.read("china-series")
    one_of(name, tuple(sorted(table["series"].unique())), "evidence", "series")
    return table[table["series"] == name].sort_values("year", kind="stable").reset_index(drop=True)


def annual(name: str) -> pd.Series:
    """Return a series that has one value a year, indexed by year."""
    rows = series(name)
    return pd.Series(rows["value"].to_numpy(), index=rows["year"].astype(int).rename("year"), name=name)


def series_sources() -> pd.DataFrame:
    """Return the sources of the series by key: title, publisher, year, and how each was read."""
    return data.read("sources-china").set_index("source_key")


def _pay() -> pd.DataFrame:
    """Return pay by year for every series of `PAY`: value, unit and log growth where it is known.

    Labour income is ours: labour share times output in dollars over all employed, farmers and owners of
    shops included, in yuan at the rate of the year. The real one takes output at constant prices. Levels
    in yuan begin in 1994: before, the dollars of the source are not at the market rate, and taken back to
    yuan they would show a leap that is none.
    """
    china = data.read("penn-world-table").query("isocode == 'CHN'").set_index("year")
    income = (china["labour_income_per_worker_kusd"] * china["xr"] * 1000).loc[_ONE_RATE:]
    real = china["labsh"] * china["rgdpna"] / china["emp"]
    known = {name: (annual(name), "yuan a year") for name in list(PAY)[:2]}
    known["labour_income"] = (income, "yuan a year")
    known["real_labour_income"] = (real, "2017 dollars a year")
    parts = [_tidy(name, levels, breaks.growth(levels), unit) for name, (levels, unit) in known.items()]
    index = annual("cn_real_wage_index_all_sectors")
    parts.append(_tidy(index.name, index, np.log(index / 100), "previous year = 100"))
    return pd.concat(parts, ignore_index=True)


def _tidy(name: object, levels: pd.Series, rates: pd.Series, unit: str) -> pd.DataFrame:
    years = levels.index.astype(int)
    return pd.DataFrame(
        {
            "series": str(name),
            "year": years,
            "value": levels.to_numpy(float),
            "unit": unit,
            "growth": rates.reindex(levels.index).to_numpy(float),
        }
    )


def pay_growth(name: str) -> pd.Series:
    """Return log growth of a pay series by year.

    Examples
    --------
    >>> round(float(pay_growth("cn_wage_manufacturing_urban_units")[2004]), 3)
    0.118
    """
    one_of(name, tuple(PAY), "evidence", "pay")
    return _pay().query("series == @name").set_index("year")["growth"].dropna()


def dollar_wage() -> pd.DataFrame:
    """Split the rise of the manufacturing wage in dollars into a yuan and a currency part.

    Returns
    -------
    Frame indexed by year: yuan, rate (yuan a dollar), usd, usd_at_2004 (at the rate of 2004), and in log
    points on the year before: wage_part, currency_part, total. The parts add up to the total exactly.

    Examples
    --------
    >>> table = dollar_wage()
    >>> round(float(table.loc[2008, "usd"]))
    3513
    """
    yuan = annual("cn_wage_manufacturing_urban_units")
    rate = annual("fx_rmb_per_usd_annual_avg").reindex(yuan.index)
    table = pd.DataFrame({"yuan": yuan, "rate": rate, "usd": yuan / rate, "usd_at_2004": yuan / rate[2004]})
    table["wage_part"] = breaks.growth(yuan)
    table["currency_part"] = -breaks.growth(rate)
    return table.assign(total=table["wage_part"] + table["currency_part"])


def rebates() -> pd.DataFrame:
    """Return the dated steps of the export rebate on textiles and garments.

    Returns
    -------
    Frame with goods, date (missing for a level whose start is unknown), rate (per cent), source_key.
    """
    rows = pd.concat([series(name) for name in REBATES], ignore_index=True)
    dates = pd.to_datetime(rows["statement"].str.extract(r"In force from (\d{4}-\d{2}-\d{2})", expand=False))
    frame = pd.DataFrame(
        {"goods": rows["series"].map(REBATES), "date": dates, "rate": rows["value"], "source_key": rows["source_key"]}
    )
    return frame.sort_values(["goods", "date"], na_position="first", kind="stable").reset_index(drop=True)


def calendar() -> pd.DataFrame:
    """Return the dated events, each with the row of the series or the ledger that it rests on.

    Returns
    -------
    Frame with lane (a key of `BOOK`), start and stop (first and last day the date allows), direction
    (-1 pressure, +1 relief), label, statement, source_key; lanes in the order of `BOOK`, then by date.
    """
    known = data.read("china-series").set_index(["series", "year"]).sort_index()
    facts = evidence.ledger()
    rows = []
    for lane, when, resource, key, direction, label in _EVENTS:
        if resource != "ledger" and (resource, int(key)) not in known.index:
            continue
        row = facts.loc[key] if resource == "ledger" else known.loc[[(resource, int(key))]].iloc[0]
        period = pd.Period(when)
        dates = (period.start_time.normalize(), period.end_time.normalize())
        rows.append((lane, *dates, direction, label.format(row["value"]), row["statement"], row["source_key"]))
    columns = ["lane", "start", "stop", "direction", "label", "statement", "source_key"]
    frame = pd.concat([pd.DataFrame(rows, columns=columns), _rebate_events()], ignore_index=True)
    return frame.sort_values(
        ["lane", "start"], key=lambda column: column.map(list(BOOK).index) if column.name == "lane" else column,
        kind="stable", ignore_index=True,
    )  # fmt: skip


def _rebate_events() -> pd.DataFrame:
    """The dated steps, one row a date: what both goods share is said once."""
    steps = rebates()
    steps = steps.assign(before=steps.groupby("goods")["rate"].shift()).dropna(subset=["date"])
    rows = []
    for date, own in steps.groupby("date"):
        who = " and ".join(sorted(own["goods"], reverse=True))
        words = f"{who}: {own['before'].iloc[0]:.0f} to {own['rate'].iloc[0]:.0f} per cent"
        direction = 1 if own["rate"].iloc[0] > own["before"].iloc[0] else -1
        label = f"{own['rate'].iloc[0]:.0f}" if len(own) > 1 else f"{who} {own['rate'].iloc[0]:.0f}"
        rows.append(("rebates", date, date, direction, label, words, own["source_key"].iloc[0]))
    columns = ["lane", "start", "stop", "direction", "label", "statement", "source_key"]
    return pd.DataFrame(rows, columns=columns)
