"""Rows and columns of a table that hold no sales: told by their words where they have no region, else by numbers."""

import re
from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gumlib.errors import GumError
from gumlib.gvc.table import Array
from gumlib.own.table import duties, rounding
from gumlib.own.table.numerals import few

if TYPE_CHECKING:
    from gumlib.own.table.cells import Sales

_SUM = (
    *(r"(grand|sub|row|column)?[\s_-]?total", r"sums?\b", r"(gross|total)\s(output|input|supply|use)"),
    r"output(?!\sfor\sown)",
    *(r"intermediate\s(use|inputs?|consumption|demand|total)", "production", "totaux", "summe", "gesamt"),
    *("produktionswert", "vorleistung", r"(valor\sde\sla\s)?producci[oó]n", "итого", "всего", "합계"),
    *("合计", "总计", "小计", "总产出", "总投入", "总使用", "总需求", "中间投入", "中间使用", "最终使用合计", "产出"),
    *("合計", "総計", "小計", "産出額"),
)
_PAID = (
    *(r"((gross|net)\s)?value[\s_-]?added(?!\stax)", r"gva\b", r"gdp\b", "compensation", "wages", "salaries"),
    *(
        "labou?r",
        r"capital\s(income|compensation|consumption|costs?|rents?|services)\b",
        r"((gross|net)\s)?operating",
        r"mixed\sincome",
        r"profits?\b",
        "depreciation",
    ),
    *(r"consumption\sof\sfixed", "(brutto)?wertsch[oö]pfung", r"valeur\sajout", "r[eé]mun[eé]ra", "exc[eé]dent"),
    *("arbeitnehmerentgelt", "abschreibung", "betriebs[uü]berschuss", r"valore\saggiunto"),
    *(
        r"valor\s(agregado|a[nñ]adido|adicionado)",
        "增加值",
        "劳动者报酬",
        "营业盈余",
        "固定资产折旧",
        "付加価値",
        "부가가치",
    ),
    *(r"surplus\b", r"(валовая\s)?добавленная", r"оплата\sтруда"),
)
_EARNED = (
    *(*_PAID, r"value[\s_-]?added", r"(net\s)?subsid", r"((other|net)\s)*tax", r"imp([oô]ts?\b|uesto|ost)"),
    *("生产税", "净税", "[关關関][税稅]"),
    *(
        r"(.*(?<!\w))?(tax(es)?|dut(y|ies)|vat|tariffs?|subsid(y|ies)|levies)(?!\w)",
        r"primary\sinputs?\b",
    ),
    *(r"(employers['’]?\s)?social\s(security\s)?contributions?", "zölle", "droits\\sde\\sdouane", "aranceles", "dazi"),
)
_CAPITAL = r"capital\b(?!\W+(formation|investment|goods|expenditure))"
"""In rows it earns; above a column it is invested."""
_WITHIN = re.compile(
    r"(of\swhich|thereof|memo(randum)?\b|davon|darunter|dont\b|de\s(los|las)\scuales|di\scui|其中|うち|в\sтом\sчисле)",
    re.IGNORECASE,
)
"""Parts of what stands beside them, which are counted there."""
_ACROSS = r"(?!.*(export|import|出口|进口|輸出|輸入|ausfuhr|einfuhr))"
"""Trade with what lies outside the table is no sum of what it holds."""
_INSIDE = re.compile(_ACROSS, re.IGNORECASE)
_EARNING = re.compile(f"{_ACROSS}({'|'.join(_EARNED)})", re.IGNORECASE)
VALUE_ADDED = re.compile(rf"VALU|VA|{_ACROSS}({'|'.join((*_PAID, _CAPITAL))}).*", re.IGNORECASE)
"""Texts beside rows of value added, of which final uses have none; taxes are due on them too."""
WHOLE = re.compile(
    r"VALU?|VA|GVA|(gross\s|total\s)?value[\s_-]?added(?!.*\b(tax|per|share)).*|增加值.*|付加価値.*|부가가치.*",
    re.IGNORECASE,
)
"""Texts beside rows of all value added."""
_WORDS = {
    "column": re.compile(f"{_ACROSS}({'|'.join(_SUM)})", re.IGNORECASE),
    "row": re.compile(f"{_ACROSS}({'|'.join((*_SUM, *_EARNED, _CAPITAL))})", re.IGNORECASE),
}
TOTAL = "total"
_MADE = (
    r"((total|gross)[ _])?outputs?(?!.*\b(per|tax(es)?|multipliers?|previous|preceding|last|index|growth)\b)"
    r"(\s*[(\[,:;].*|\s(at|in|of|by|total|value)\b.*)?"
)
OUTPUT = {
    "row": re.compile(f"{_MADE}|OUT|GO|总产出|总投入", re.IGNORECASE),
    "column": re.compile(f"{_MADE}|OUT|GO|{TOTAL}|总产出", re.IGNORECASE),
}
"""Texts beside rows or columns of sums that are output; a row called total is one of purchases."""


def worded(axis: str, label: tuple[str, str]) -> bool:
    """Tell whether a row or column of no region bears words of sums, or a row those of value added or taxes.

    Where it is a part of another, as "of which: wages", it is none whatever its region.

    Examples
    --------
    >>> worded("row", ("", "Gross operating surplus")), worded("column", ("合计", "")), worded("row", ("", "Imports"))
    (True, True, False)
    """
    if any(map(_WITHIN.match, label)):
        return True
    lone = not all(label) or label[0] == label[1]
    name = label[0] or label[1]
    return lone and (bool(_WORDS[axis].match(name)) or (axis == "row" and taxes_trade(name)))


def taxes_trade(name: str) -> bool:
    """Tell whether a name is that of taxes on trade, and not of trade as well.

    Examples
    --------
    >>> [taxes_trade(name) for name in ("Taxes on imported products", "Imports and import duties", "Imports", "Taxes")]
    [True, False, False, False]
    """
    rest = duties.without_duties(name)
    return rest != name and bool(_INSIDE.match(rest))


def earned(name: str) -> bool:
    """Tell whether a name is that of value added or taxes.

    Examples
    --------
    >>> earned("Compensation of employees"), earned("Import duties"), earned("Consumption of households")
    (True, True, False)
    """
    return bool(_EARNING.match(name)) or taxes_trade(name)


def without_sums(found: "Sales") -> "Sales":
    """Leave out final uses that are sums of other columns, whatever they are called."""
    codes = {code for _, (_, code) in found.rows}
    regions = np.array([region for _, (region, _) in found.columns])
    used = np.array([code not in codes for _, (_, code) in found.columns])
    bought = _Part(found.values, ~used, regions)
    kept = np.ones(len(used), bool)
    while True:
        uses = _Part(found.values, used & kept, regions)
        sums = [
            place
            for place in np.flatnonzero(used & kept).tolist()
            if _adds_up(found.values[:, place], place, bought, uses)
        ]
        if not sums or len(sums) == (used & kept).sum():
            break
        kept[sums] = False
    found = replace(found, doubts=_doubts(found, used & kept, bought))
    if kept.all():
        return found
    named = [f"{place} ({' '.join(label)})" for place, label in compress(found.columns, ~kept)]
    notes = [*found.notes, f"columns that add up others left out: {few(named[:4], len(named))}"]
    return replace(found, columns=list(compress(found.columns, kept)), values=found.values[:, kept], notes=notes)


class _Part:
    """Some columns of a table: what all of them add up to, those of each region, and how many hold anything."""

    def __init__(self, values: Array, chosen: NDArray[np.bool_], regions: NDArray[np.str_]) -> None:
        self.values, self.chosen, self.regions = values, chosen, regions
        self.step = rounding.rounding_step(values)
        held = chosen & values.any(axis=0)
        self.total, self.many = values[:, chosen].sum(axis=1), int(held.sum())
        self.by_region = {
            region: (values[:, chosen & (regions == region)].sum(axis=1), int((held & (regions == region)).sum()))
            for region in dict.fromkeys(regions.tolist())
        }

    def sums(self, place: int) -> list[tuple[Array, int]]:
        """Return the sums of the other columns, all and those of the same region, and how many hold anything."""
        both = [(self.total, self.many), self.by_region[self.regions[place]]]
        if not self.chosen[place]:
            return both
        return [(total - self.values[:, place], many - 1) for total, many in both]


def _doubts(found: "Sales", used: NDArray[np.bool_], bought: _Part) -> list[str]:
    """Name final uses that equal a sum in so few rows that this may be chance.

    Raises
    ------
    GumError : the region of such a use sells nothing
    """
    sellers = {region for _, (region, _) in found.rows}
    uses = _Part(found.values, used, bought.regions)
    doubts = []
    for place in np.flatnonzero(used).tolist():
        where, label = found.columns[place]
        if _adds_up(found.values[:, place], place, bought, uses, few=True):
            named = f"column {where} ({' '.join(label).strip()})"
            if label[0] not in sellers:
                said = f"expected final uses, but {named} holds what other columns add up to"
                raise GumError(f"{said}; delete it, or write Total above it and no region", "table", found.file)
            doubts.append(f"{named} holds what other columns add up to: is it a sum of them?")
    return doubts


def _adds_up(column: Array, place: int, bought: _Part, uses: _Part, few: bool = False) -> bool:
    """Tell whether a column is what industries, other final uses, or both buy: of all regions or of its own."""
    pairs = zip(bought.sums(place), uses.sums(place), strict=True)
    parts = [part for one, two in pairs for part in (one, two, (one[0] + two[0], one[1] + two[1]))]
    return any(many > 1 and rounding.adds_up(column, total, many, bought.step, few) for total, many in parts)
