"""Whose value is in a unit of output: domestic, foreign, imported."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gumlib.gvc import accounts
from gumlib.gvc.table import Floats, IOTable


def labelled(table: IOTable, values: Floats, name: str) -> pd.Series:
    """Return an array (n,) as a series over region and industry."""
    return pd.Series(values, index=table.index, name=name)


def _where(condition: Floats, values: Floats) -> Floats:
    """Keep values where a flow exists; elsewhere a share has no meaning and is missing."""
    return np.where(condition > 0, values, np.nan)


def va_go(table: IOTable) -> pd.Series:
    """Value added over gross output, by industry; missing where nothing is made.

    Source: C26; [antras2018] table 1, VA/GO

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> va_go(toy()).tolist()
    [0.5, 0.4, 0.2]
    """
    return labelled(table, _where(accounts.output(table), accounts.value_share(table)), "va_go")


def exports(table: IOTable) -> pd.Series:
    """Gross exports of each industry, in the table's currency: sales to all other regions.

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> exports(toy()).tolist()
    [52.0, 70.0, 65.0]
    """
    return labelled(table, accounts.exports(table), "exports")


def dc_share(table: IOTable) -> pd.Series:
    """Domestic content of exports, v_s B_ss: own value added, counted each time it leaves.

    Terms 1 to 6 of the nine, over exports. Missing where there are no exports.

    Source: [koopman2014] equation 36

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> dc_share(toy()).tolist()
    [0.625, 0.625, 0.25]
    """
    return labelled(table, _where(accounts.exports(table), accounts.domestic_content(table)), "dc_share")


def fc_share(table: IOTable) -> pd.Series:
    """Foreign content of exports, Σ v_r B_rs over r ≠ s: one less the domestic content.

    Terms 7 to 9 of the nine, over exports. Missing where there are no exports.

    Source: [koopman2014] equation 36

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> fc_share(toy()).tolist()
    [0.375, 0.375, 0.75]
    """
    return labelled(table, _where(accounts.exports(table), accounts.foreign_content(table)), "fc_share")


def dva_share(table: IOTable) -> pd.Series:
    """Domestic value added in exports, v_s L_ss: each unit counted once.

    Terms 1 to 5 of the nine, over exports. What would be lost if nothing were exported. Missing where
    there are no exports.

    Source: [koopman2014]; [los2016]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> dva_share(toy()).tolist()
    [0.5, 0.5, 0.2]
    """
    return labelled(table, _where(accounts.exports(table), accounts.domestic_value(table)), "dva_share")


def vs_share(table: IOTable) -> pd.Series:
    """Vertical specialisation: imported inputs, direct and indirect, in a unit of exports, u A_M L_ss.

    Computed from imports, not as one less `dva_share`, which it equals. Missing where there are no exports.

    Source: [hummels2001] equation 3

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> vs_share(toy()).round(12).tolist()
    [0.5, 0.5, 0.8]
    """
    a = accounts.coefficients(table)
    imports = np.concatenate([a[:, rows].sum(axis=0) - a[rows, rows].sum(axis=0) for rows in accounts.blocks(table)])
    by_region = imports.reshape(len(table.regions), 1, -1)
    share = (by_region @ accounts.domestic_inverse(table)).ravel()
    return labelled(table, _where(accounts.exports(table), share), "vs_share")


def fvas(table: IOTable) -> pd.Series:
    """Foreign value added in final products, by region and industry that complete them.

    The share is that of `fc_share`, for it depends on the product alone; where final output, not exports,
    is positive. Averages over industries weigh by final output.

    Source: [los2015] equation 4

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> fvas(toy()).tolist()
    [0.375, 0.375, 0.75]
    """
    made = accounts.final(table).sum(axis=1)
    return labelled(table, _where(made, accounts.foreign_content(table)), "fvas")
