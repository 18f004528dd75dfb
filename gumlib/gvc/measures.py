"""Measures of each industry in a region: whose value a unit holds, how far it travels, how far off its users are."""

import numpy as np
import pandas as pd

from gumlib.gvc import accounts, flows
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
    return labelled(table, flows.absorbed_abroad(table), "vax")


def vax_ratio(table: IOTable) -> pd.Series:
    """Value added exports over gross exports; above one where an industry exports mostly inside other goods.

    Missing where there are no exports.

    Source: [johnson2012]
    """
    return share(table, "vax_ratio")


def vs1_share(table: IOTable) -> pd.Series:
    """Own value added inside the exports of others, v_s Σ B_sr e_r over r ≠ s, over own exports; by origin.

    Missing where there are no exports.

    Source: [hummels2001] for the idea, [koopman2014] section III for the form
    """
    return share(table, "vs1_share")


def gvc_backward(table: IOTable) -> pd.Series:
    """Share of exports that is not domestic value added: foreign content and what left home before.

    Missing where there are no exports.

    Source: [borin2019], source-based; equals `vs_share`
    """
    return share(table, "gvc_backward")


def gvc_forward(table: IOTable) -> pd.Series:
    """Share of exports that is domestic value added which the importer sends on.

    By exporting industry. Missing where there are no exports.

    Source: [borin2019], source-based
    """
    return share(table, "gvc_forward")


def gvc_share(table: IOTable) -> pd.Series:
    """Share of exports that crosses more than one border: backward and forward together.

    Missing where there are no exports.

    Source: [borin2019]
    """
    return share(table, "gvc_share")


def upstreamness(table: IOTable) -> pd.Series:
    """Average number of sales until output reaches a final user, at least 1: (B x)_i / x_i.

    Final use includes inventories as the table has them; [antras2018] corrects for them.
    Missing where nothing is made.

    Source: [antras2012] equation 2; [antras2013]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> upstreamness(toy()).round(4).tolist()
    [2.9167, 2.875, 2.1667]
    """
    return share(table, "upstreamness")


def downstreamness(table: IOTable) -> pd.Series:
    """Average number of purchases since value was added, at least 1: column sums of B.

    Missing where nothing is made.

    Source: [antras2018] equation 5; the total backward linkage of input-output analysis
    """
    return share(table, "downstreamness")


def leontief(table: IOTable) -> pd.DataFrame:
    """B = (I - A)^-1: output of each row that one unit of final use of each column calls forth.

    Source: [leontief1936]; [antras2012]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> leontief(toy()).to_numpy().tolist()
    [[1.25, 0.625, 0.5], [0.625, 1.5625, 1.25], [0.625, 0.3125, 1.25]]
    """
    return pd.DataFrame(accounts.inverse(table), index=table.index, columns=table.index, copy=False)


def value_added_multipliers(table: IOTable) -> pd.DataFrame:
    """V B: value added of each region in one unit of final use of each column; columns sum to one."""
    return pd.DataFrame(
        accounts.embodied(table), index=pd.Index(table.reporters, name="region"), columns=table.index, copy=False
    )


def gvc_income(table: IOTable) -> pd.DataFrame:
    """Value added of each region in the world's final products of each industry, in the table's currency.

    Returns
    -------
    Frame indexed by region that earns; columns: industry of the final product, completed in any region.
    A column sums to the world's final output of that product.

    Source: [timmer2014]; [timmer2015]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> gvc_income(toy())["goods"].tolist()
    [30.0, 40.0, 15.0]
    """
    earned = accounts.embodied(table) * accounts.made(table)
    flows = earned.reshape(len(earned), len(table.regions), -1).sum(axis=1)
    return pd.DataFrame(flows, index=pd.Index(table.reporters, name="region"), columns=np.array(table.industries))
