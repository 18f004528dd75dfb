"""Exports and imports of a region that are written as if they were its own uses or industries."""

import re
from collections.abc import Iterator

import numpy as np

from gumlib.errors import GumError
from gumlib.gvc.table import Array
from gumlib.own.table import totals
from gumlib.own.table.cells import Sales
from gumlib.own.table.layouts import Label

_CODES = r"exp?|imp?|f0[45]0(00)?|expo|impo|p\.?[67]\d*|row|rest of (the )?world|foreign demand|net trade|trade balance"
_WORDS = (
    *("(re-?)?exports?", "import(s|ed)?", "ausfuhr(en)?", "einfuhr(en)?", "exporte?", "importe?", "exportations?"),
    *("importations?", r"exportaci[oó]n(es)?", r"importaci[oó]n(es)?", r"exporta[cç][oõ]es", r"importa[cç][oõ]es"),
    *("esportazioni", "importazioni", "экспорт", "импорт"),
)
_APART = re.compile(
    rf"(?<!\w)(excl\w*\.?|without|ohne|hors|sans|sin|senza|不含|不包括)\W*({'|'.join(_WORDS)}|[进出][口])(?!\w)",
    re.IGNORECASE,
)
"""Trade that is said to be left out."""
_TRADE = re.compile(
    rf"({_CODES})|(.*(?<!\w))?({'|'.join(_WORDS)})(?![^\W_]).*|.*(出口|进口|輸出|輸入|移出|移入|流出|流入|调出|调入|수출|수입).*",
    re.IGNORECASE,
)
_OFF = re.compile(
    r"imp?|f050(00)?|impo|p\.?7\d*|(.*(?<!\w))?(imp|einf|импорт)\w*(?![^\W_]).*|.*(进口|輸入|移入|流入|调入|수입).*"
    r"|.*\b(net|netto|nettes?|netas?|saldo|solde|balance|чистый)\b.*|.*(净|純|顺差|逆差).*",
    re.IGNORECASE,
)
"""Imports, and exports less imports."""
_COUNTED = re.compile(
    r"(total\s|number\sof\s)?(population|employment|employees|persons|jobs|workers|hours\sworked|co2|ghg|greenhouse"
    r"|(carbon\s)?emissions)(?![^\W_])|人口|就业|从业|排放|二氧化碳",
    re.IGNORECASE,
)
"""What stands beside tables and is no money."""
_CODE = 3
"""Letters up to which a name is the code of a region."""
_LEAST = 1e-3
"""Share of all sales, from which on numbers below nought are no discrepancy."""


def is_trade(name: str) -> bool:
    """Tell whether a name is that of exports or imports, and not of taxes on them or of what leaves them out.

    Examples
    --------
    >>> [is_trade(name) for name in ("Exports of goods", "Less: imports", "出口", "EXPO", "P6", "Important", "P3")]
    [True, True, True, True, True, False, False]
    >>> [is_trade(name) for name in ("Import duties", "Taxes on imports", "Households (excl. imports)")]
    [False, False, False]
    """
    said = _APART.sub("", name.replace("_", " ").strip())
    return not totals.taxes_trade(said) and _TRADE.fullmatch(said) is not None


def _taken_off(region: str, code: str) -> bool:
    """Tell whether a code, or the word for a region, is that of imports or of net exports."""
    names = [code] if len(region) <= _CODE else [region, code]
    return any(is_trade(name) and _OFF.fullmatch(_APART.sub("", name.replace("_", " ").strip())) for name in names)


def _columns(found: Sales) -> Iterator[tuple[tuple[str, Label], Array]]:
    """Yield place and label of each column, and what it buys."""
    return zip(found.columns, found.values.T, strict=True)


def refuse_trade(found: Sales) -> None:
    """Refuse exports, imports or taxes of a region that sells: they would count as its final use, or as an industry.

    Raises
    ------
    GumError : names the column or row, and says whose label it should bear
    """
    codes = {code for _, (_, code) in found.rows}
    bought = {region for (_, (region, code)), sales in _columns(found) if code in codes and np.any(sales)}
    sellers = {region for _, (region, code) in found.rows if not is_trade(code) and region in bought}
    for (place, (region, code)), sales in _columns(found):
        if region in sellers and code not in codes and is_trade(code) and np.any(sales):
            said = f"expected uses inside {region}, got its trade with others: {code} (column {place})"
            cure = f"give exports in one column of another region, such as ROW {code}"
            more = "where imports are taken off, bring the table of domestic flows"
            raise GumError(f"{said}; {cure}; {more}", "table", found.file)
        below = sales.max() <= 0 and sales.sum() < -_LEAST * found.values.sum()
        if region not in sellers and code not in codes and (below or _taken_off(region, code)) and np.any(sales):
            said = f"expected what {region} buys, got imports, or numbers below nought: {code} (column {place})"
            cure = f"where {code} is taken off, bring the table of domestic flows, with imports as rows of {region}"
            raise GumError(f"{said}; {cure}; else call it exports", "table", found.file)
        if code not in codes and _COUNTED.match(code):
            said = (
                f"expected uses of what is sold, got what is counted in other units: {region} {code} (column {place})"
            )
            raise GumError(f"{said}; delete it", "table", found.file)
        if code not in codes and totals.earned(code) and np.any(sales):
            said = f"expected uses of what is sold, got taxes or value added: {region} {code} (column {place})"
            raise GumError(f"{said}; delete it; if rows are those that buy, transpose the table", "table", found.file)
    buyers = {label for _, label in found.columns}
    for place, label in found.rows:
        if label not in buyers and is_trade(label[1]):
            said = f"expected industries in rows, got trade with others: {' '.join(label)} (row {place})"
            cure = f"give it in one row of another region, such as ROW {label[1]}, and a column of noughts of that name"
            raise GumError(f"{said}; {cure}", "table", found.file)
