"""How far exports are part of chains that cross more than one border, and where value is absorbed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gumlib.gvc import accounts
from gumlib.gvc.content import labelled
from gumlib.gvc.table import Floats, IOTable


def vax(table: IOTable) -> pd.Series:
    """Value added exports: value added of an industry that final users abroad absorb, in the table's currency.

    By industry of origin, so services sold inside goods count for services.

    Source: [johnson2012] equation 8

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> vax(toy()).round(6).tolist()
    [16.875, 26.75, 11.75]
    """
    abroad = accounts.output(table) - accounts.own(table, accounts.output_for(table))
    return labelled(table, accounts.value_share(table) * abroad, "vax")


def vax_ratio(table: IOTable) -> pd.Series:
    """Value added exports over gross exports; above one where an industry exports mostly inside other goods.

    Missing where there are no exports.

    Source: [johnson2012]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> vax_ratio(toy()).round(4).tolist()
    [0.3245, 0.3821, 0.1808]
    """
    return _over_exports(table, vax(table).to_numpy(), "vax_ratio")


def vs1_share(table: IOTable) -> pd.Series:
    """Own value added inside the exports of others, v_s Σ B_sr e_r over r ≠ s, over own exports; by origin.

    Missing where there are no exports.

    Source: [hummels2001] for the idea, [koopman2014] section III for the form

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> vs1_share(toy()).round(4).tolist()
    [0.7332, 0.65, 0.1673]
    """
    b, e = accounts.inverse(table), accounts.exports(table)
    home = np.concatenate([b[rows, rows] @ e[rows] for rows in accounts.blocks(table)])
    return _over_exports(table, accounts.value_share(table) * (b @ e - home), "vs1_share")


def gvc_backward(table: IOTable) -> pd.Series:
    """Share of exports that is not domestic value added: foreign content and what left home before.

    Missing where there are no exports.

    Source: [borin2019], source-based; equals `vs_share`

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> gvc_backward(toy()).tolist()
    [0.5, 0.5, 0.8]
    """
    e = accounts.exports(table)
    return _over_exports(table, (1 - accounts.domestic_value(table)) * e, "gvc_backward")


def gvc_forward(table: IOTable) -> pd.Series:
    """Share of exports that is domestic value added which the importer sends on.

    By exporting industry. Missing where there are no exports.

    Source: [borin2019], source-based

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> gvc_forward(toy()).round(4).tolist()
    [0.3365, 0.3714, 0.08]
    """
    return _over_exports(
        table, accounts.domestic_value(table) * (accounts.exports(table) - _absorbed(table)), "gvc_forward"
    )


def gvc_share(table: IOTable) -> pd.Series:
    """Share of exports that crosses more than one border: backward and forward together.

    Missing where there are no exports.

    Source: [borin2019]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> (gvc_share(toy()) - gvc_backward(toy()) - gvc_forward(toy())).abs().max().round(12)
    np.float64(0.0)
    """
    e = accounts.exports(table)
    return _over_exports(table, e - accounts.domestic_value(table) * _absorbed(table), "gvc_share")


def _absorbed(table: IOTable) -> Floats:
    """Exports that the importer absorbs: Y_sr + A_sr L_rr Y_rr over r ≠ s, (n,)."""
    use = accounts.final(table)
    home = accounts.own(table, use)
    absorbed: Floats = use.sum(axis=1) - home + accounts.sold_abroad(table, accounts.home_output(table, home))
    return absorbed


def _over_exports(table: IOTable, values: Floats, name: str) -> pd.Series:
    e = accounts.exports(table)
    return labelled(table, np.where(e > 0, accounts.ratio(values, e), np.nan), name)
