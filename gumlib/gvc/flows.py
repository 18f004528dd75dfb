"""Every measure as flows over flows: what is added up, over industries or parts of a region, before it is divided.

A mean of shares is no share of means: an industry that exports nothing may put much value into others' exports, and
one whose stocks are drawn down has negative flows. So a total adds up signed flows above and below, and divides once.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from gumlib.gvc import accounts
from gumlib.gvc.table import Array, IOTable

Flow: TypeAlias = Callable[[IOTable], Array]


def value_added(table: IOTable) -> Array:
    """Value added of each row, (n,)."""
    return accounts.value_share(table) * accounts.output(table)


def imported_inputs(table: IOTable) -> Array:
    """Imported inputs, direct and indirect, in the exports of each row, u A_M L e, (n,)."""
    a, parts = accounts.coefficients(table), []
    for rows, home in zip(accounts.blocks(table), accounts.domestic_inverse(table), strict=True):
        imports = a[: rows.start, rows].sum(axis=0) + a[rows.stop :, rows].sum(axis=0)
        parts.append(imports @ home)
    return np.concatenate(parts) * accounts.exports(table)


def domestic_value(table: IOTable) -> Array:
    """Domestic value added in the exports of each row, each unit once, (n,)."""
    return accounts.domestic_value(table) * accounts.exports(table)


def domestic_content(table: IOTable) -> Array:
    """Domestic content of the exports of each row, counted each time it leaves, (n,)."""
    return accounts.domestic_content(table) * accounts.exports(table)


def foreign_content(table: IOTable) -> Array:
    """Foreign content of the exports of each row, (n,)."""
    return accounts.foreign_content(table) * accounts.exports(table)


def foreign_in_final(table: IOTable) -> Array:
    """Foreign value added in the final products of each row, (n,)."""
    return accounts.foreign_content(table) * accounts.made(table)


def backward(table: IOTable) -> Array:
    """Exports of each row that are not domestic value added, (n,)."""
    return (1 - accounts.domestic_value(table)) * accounts.exports(table)


def forward_participation(table: IOTable) -> Array:
    """Domestic value added in the exports of each row that the importer sends on, (n,)."""
    return accounts.domestic_value(table) * (accounts.exports(table) - accounts.absorbed(table))


def across(table: IOTable) -> Array:
    """Exports of each row that cross more than one border, (n,)."""
    return accounts.exports(table) - accounts.domestic_value(table) * accounts.absorbed(table)


def absorbed_abroad(table: IOTable) -> Array:
    """Value added of each row that final users abroad absorb, (n,)."""
    abroad = accounts.output(table) - accounts.own(table, accounts.output_for(table))
    return accounts.value_share(table) * np.where(np.abs(abroad) > accounts.nought(table), abroad, 0.0)


def inside_exports(table: IOTable) -> Array:
    """Value added of each row inside the exports of other regions, (n,)."""
    b, e = accounts.inverse(table), accounts.exports(table)
    home = np.concatenate([b[rows, rows] @ e[rows] for rows in accounts.blocks(table)])
    inside: Array = accounts.value_share(table) * (b @ e - home)
    return inside


def sales_ahead(table: IOTable) -> Array:
    """B x: output of each row times the sales until a final user, (n,)."""
    ahead: Array = accounts.inverse(table) @ accounts.output(table)
    return ahead


def purchases_behind(table: IOTable) -> Array:
    """Output of each row times the purchases since value was added, u B x, (n,)."""
    behind: Array = accounts.inverse(table).sum(axis=0) * accounts.output(table)
    return behind


SHARES: Mapping[str, tuple[Flow, Flow]] = {
    "vax_ratio": (absorbed_abroad, accounts.exports),
    "vs1_share": (inside_exports, accounts.exports),
    "va_go": (value_added, accounts.output),
    "upstreamness": (sales_ahead, accounts.output),
    "downstreamness": (purchases_behind, accounts.output),
    "vs_share": (imported_inputs, accounts.exports),
    "dva_share": (domestic_value, accounts.exports),
    "dc_share": (domestic_content, accounts.exports),
    "fc_share": (foreign_content, accounts.exports),
    "gvc_share": (across, accounts.exports),
    "gvc_backward": (backward, accounts.exports),
    "gvc_forward": (forward_participation, accounts.exports),
    "fvas": (foreign_in_final, accounts.made),
}
"""The flow above and the flow below each share."""


def added(table: IOTable, values: Array) -> Array:
    """Add up an array (n,) over the parts of each reporting region, (R, industries)."""
    by_part = values.reshape(len(table.regions), -1)
    starts = [table.homes.index(home) for home in table.reporters]
    whole: Array = np.add.reduceat(by_part, starts, axis=0)
    return whole


def divided(table: IOTable, over: Array, under: Array) -> Array:
    """Divide flows where the flow below is more than nought; elsewhere a share has no meaning and is missing."""
    return accounts.ratio(over, under, under > accounts.nought(table))


def labelled(table: IOTable, values: Array, name: str) -> pd.Series:
    """Return flows (n,) as a series over reporting region and industry."""
    return pd.Series(added(table, values).ravel(), index=table.reporting_index, name=name)


def share(table: IOTable, name: str) -> pd.Series:
    """Return a share by its name in `SHARES`, over reporting region and industry."""
    over, under = (added(table, flow(table)).ravel() for flow in SHARES[name])
    return pd.Series(divided(table, over, under), index=table.reporting_index, name=name)
