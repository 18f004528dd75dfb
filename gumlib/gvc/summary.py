"""All measures of a table at once, with totals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gumlib.gvc import accounts, advantage, content, income, koopman, participation, position
from gumlib.gvc.codes import MANUFACTURES
from gumlib.gvc.table import Floats, IOTable

TOTALS: Mapping[str, tuple[str, ...] | None] = {"TOTAL": None, "MANUF": MANUFACTURES}

BY_OUTPUT = (content.va_go, position.upstreamness, position.downstreamness)
BY_EXPORTS = (
    content.vs_share,
    content.dva_share,
    content.dc_share,
    content.fc_share,
    participation.gvc_share,
    participation.gvc_backward,
    participation.gvc_forward,
)


def indicators(table: IOTable, totals: Mapping[str, tuple[str, ...] | None] = TOTALS) -> pd.DataFrame:
    """Return every measure of every industry and of groups of industries, tidy.

    Parameters
    ----------
    totals : name of each group and its industries, None for all. Shares of exports are averages by exports,
        `va_go`, `upstreamness` and `downstreamness` by output, `fvas` by final output. Flows add up;
        `vax_ratio`, `vs1_share` and the two `rca` are computed from the added flows.

    Returns
    -------
    Frame with the columns region, industry, indicator, value: million of the table's currency for `exports`,
    `vax`, `gvc_income` (industry: of the final product) and ``kww_1`` to ``kww_9``; shares; averages of steps.
    A measure without meaning, such as a share of exports where there are none, is missing.

    Source: each measure's own docstring

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> indicators(toy(), {"TOTAL": None}).query("indicator == 'va_go' and industry == 'TOTAL'")["value"].tolist()
    [0.5, 0.4, 0.2]
    """
    return wide_indicators(table, totals).melt(ignore_index=False, var_name="indicator").reset_index()


def wide_indicators(table: IOTable, totals: Mapping[str, tuple[str, ...] | None] = TOTALS) -> pd.DataFrame:
    """Return the measures with one column each, indexed by region and industry.

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> wide_indicators(toy(), {"TOTAL": None}).loc["Parts", "exports"].tolist()
    [70.0, 70.0]
    """
    single = _by_industry(table)
    groups = [_group(table, single, name, industries) for name, industries in totals.items()]
    order = pd.MultiIndex.from_product([table.regions, [*table.industries, *totals]], names=table.index.names)
    return pd.concat([single, *groups]).reindex(order)


def _by_industry(table: IOTable) -> pd.DataFrame:
    measures = [content.exports, participation.vax, participation.vax_ratio, participation.vs1_share]
    measures += [*BY_OUTPUT, *BY_EXPORTS, content.fvas, advantage.rca_gross, advantage.rca_va]
    columns = {measure.__name__: measure(table) for measure in measures}
    earned = income.gvc_income(table).stack().rename_axis(table.index.names)
    return pd.DataFrame(columns).assign(gvc_income=earned).join(koopman.nine_terms(table))


def _group(table: IOTable, single: pd.DataFrame, name: str, industries: tuple[str, ...] | None) -> pd.DataFrame:
    """Return the measures of a group of industries, one row a region."""
    chosen = np.isin(table.industries, table.industries if industries is None else industries)
    mask = np.tile(chosen, len(table.regions))

    def add(values: Floats) -> Floats:
        total: Floats = np.where(mask, np.nan_to_num(values), 0.0).reshape(len(table.regions), -1).sum(axis=1)
        return total

    def average(measure: str, weights: Floats) -> Floats:
        return accounts.ratio(add(single[measure].to_numpy() * weights), add(weights))

    e, x, made = accounts.exports(table), accounts.output(table), accounts.final(table).sum(axis=1)
    columns = {measure: add(single[measure].to_numpy()) for measure in ("exports", "vax", "gvc_income", *koopman.TERMS)}
    columns |= {measure.__name__: average(measure.__name__, x) for measure in BY_OUTPUT}
    columns |= {measure.__name__: average(measure.__name__, e) for measure in BY_EXPORTS}
    columns["fvas"] = average("fvas", np.maximum(made, 0.0))
    columns["vax_ratio"] = accounts.ratio(columns["vax"], columns["exports"])
    columns["vs1_share"] = average("vs1_share", e)
    for rca, flow in (("rca_gross", "exports"), ("rca_va", "vax")):
        columns[rca] = _group_advantage(single[flow], columns[flow], len(table.regions))
    rows = pd.MultiIndex.from_product([table.regions, [name]], names=table.index.names)
    return pd.DataFrame(columns, index=rows)


def _group_advantage(flows: pd.Series, of_group: Floats, regions: int) -> Floats:
    """Balassa index of a group of industries taken as one."""
    by_region = flows.to_numpy().reshape(regions, -1).sum(axis=1)
    return accounts.ratio(accounts.ratio(of_group, by_region), np.full(regions, of_group.sum() / flows.sum()))
