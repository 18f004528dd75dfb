"""Whose value is in a unit of output: domestic, foreign, imported."""

import pandas as pd

from gumlib.gvc import accounts
from gumlib.gvc.flows import labelled, share
from gumlib.gvc.table import IOTable


def va_go(table: IOTable) -> pd.Series:
    """Value added over gross output, by industry; missing where nothing is made.

    Source: C26; [antras2018] table 1, VA/GO

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> va_go(toy()).tolist()
    [0.5, 0.4, 0.2]
    """
    return share(table, "va_go")


def exports(table: IOTable) -> pd.Series:
    """Gross exports of each industry, in the table's currency: sales to all other regions."""
    return labelled(table, accounts.exports(table), "exports")


def dc_share(table: IOTable) -> pd.Series:
    """Domestic content of exports, v_s B_ss: own value added, counted each time it leaves.

    Terms 1 to 6 of the nine, over exports. Missing where there are no exports.

    Source: [koopman2014] equation 36
    """
    return share(table, "dc_share")


def fc_share(table: IOTable) -> pd.Series:
    """Foreign content of exports, Σ v_r B_rs over r ≠ s: one less the domestic content.

    Terms 7 to 9 of the nine, over exports. Missing where there are no exports.

    Source: [koopman2014] equation 36
    """
    return share(table, "fc_share")


def dva_share(table: IOTable) -> pd.Series:
    """Domestic value added in exports, v_s L_ss: each unit counted once.

    Terms 1 to 5 of the nine, over exports. What would be lost if nothing were exported. Missing where
    there are no exports.

    Source: [koopman2014]; [los2016]
    """
    return share(table, "dva_share")


def vs_share(table: IOTable) -> pd.Series:
    """Vertical specialisation: imported inputs, direct and indirect, in a unit of exports, u A_M L_ss.

    Computed from imports, not as one less `dva_share`, which it equals. Missing where there are no exports.

    Source: [hummels2001] equation 3
    """
    return share(table, "vs_share")


def fvas(table: IOTable) -> pd.Series:
    """Foreign value added in final products, by region and industry that complete them.

    The share is that of `fc_share`, for it depends on the product alone; where final output, not exports,
    is positive. Totals divide by final output.

    Source: [los2015] equation 4
    """
    return share(table, "fvas")
