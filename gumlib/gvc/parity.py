"""Our numbers beside those that others printed or compute, as `python -m benchmarks.parity` stored them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gumlib import data
from gumlib.errors import one_of
from gumlib.gvc import accounts
from gumlib.gvc.table import IOTable

WWZ: Mapping[str, tuple[str, ...]] = {
    "kww_2": ("DVA_INT", "DVA_INTrexI1"),
    "kww_3": ("DVA_INTrexF", "DVA_INTrexI2"),
    "kww_4": ("RDV_FIN", "RDV_FIN2"),
    "kww_5": ("RDV_INT",),
    "kww_7": ("OVA_FIN", "MVA_FIN"),
    "kww_8": ("OVA_INT", "MVA_INT"),
    "kww_9": ("ODC", "MDC"),
    "kww_1 + kww_6": ("DVA_FIN", "DDC_FIN", "DDC_INT"),
}
"""Which of the sixteen terms of Wang, Wei and Zhu add up to each of the nine, by industry."""


def without_inventories(table: IOTable, inventories: str = "f5") -> IOTable:
    """Spread what goes into stock over all other uses of a row, in proportion; output stays.

    A row that only fills or empties stocks is left as it is.

    Raises
    ------
    GumError : the table has no such category of final use

    Source: [antras2018], the net inventory correction; [antras2012]

    Examples
    --------
    >>> table = IOTable.from_arrays([[2]], [[6, 2]], ["A"], ["goods"], ["households", "stocks"])
    >>> without_inventories(table, "stocks").final.round(3).tolist()
    [[[7.5, 0.0]]]
    """
    place = table.categories.index(one_of(inventories, table.categories, "gvc", "inventories"))
    used = table.output - table.final[:, :, place].sum(axis=1)
    spread = (used > accounts.nought(table)) & (table.output > accounts.nought(table))
    scale = accounts.ratio(table.output, used, spread, otherwise=1.0)
    final = table.final * scale[:, None, None]
    final[spread, :, place] = 0.0
    flows = table.intermediates * scale[:, None]
    return IOTable(flows, final, table.regions, table.industries, table.categories, table.homes)


def read_parity() -> pd.DataFrame:
    """Return every comparison as stored, with its verdict: agrees within the tolerance, explained, or differs.

    Returns
    -------
    Frame with check, measure, place, year, values (how many are compared), ours, theirs, difference, tolerance, source,
    version, reason (why values differ, where they do), verdict
    """
    return judge(data.read("gvc-parity"))


def judge(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the verdict: agrees when the difference is within the tolerance, else explained if there is a reason.

    Examples
    --------
    >>> frame = pd.DataFrame({"difference": [1.0, 3.0, 3.0], "tolerance": 2.0, "reason": [None, "rounding", None]})
    >>> judge(frame)["verdict"].tolist()
    ['agrees', 'explained', 'differs']
    """
    explained = np.where(frame["reason"].notna(), "explained", "differs")
    return frame.assign(verdict=np.where(frame["difference"] <= frame["tolerance"], "agrees", explained))
