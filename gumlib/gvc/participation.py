"""How far exports are part of chains that cross more than one border, and where value is absorbed."""

import pandas as pd

from gumlib.gvc import flows
from gumlib.gvc.flows import labelled, share
from gumlib.gvc.table import IOTable


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
