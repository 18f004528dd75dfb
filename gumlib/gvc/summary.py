"""All measures of a table at once, with totals."""

import pandas as pd

from gumlib.gvc import accounts, advantage, flows, koopman, measures
from gumlib.gvc.groups import Groups, groups_of, selection
from gumlib.gvc.table import Array, IOTable


def indicators(table: IOTable, totals: Groups | None = None) -> pd.DataFrame:
    """Return every measure of every industry and of groups of industries, tidy.

    Parameters
    ----------
    totals : name of each group and its industries, None for all; `groups_of` the table when left out. Each measure
        of a group is flows over flows: signed flows of its industries are added up above and below, and divided
        once (`flows.SHARES` names both). An industry whose own share is missing still adds its flows.

    Returns
    -------
    Frame with the columns region, industry, indicator, value: million of the table's currency for `exports`,
    `vax`, `gvc_income` (industry: of the final product) and ``kww_1`` to ``kww_9``; shares; averages of steps.
    A measure without meaning, such as a share of exports where they add up to nought or less, is missing.

    Raises
    ------
    GumError : a group is empty, has the name of an industry, or holds an industry that the table does not have

    Source: each measure's own docstring
    """
    return wide_indicators(table, totals).melt(ignore_index=False, var_name="indicator").reset_index()


def wide_indicators(table: IOTable, totals: Groups | None = None) -> pd.DataFrame:
    """Return the measures with one column each, indexed by region and industry.

    Raises
    ------
    GumError : as `indicators`
    """
    groups = groups_of(table) if totals is None else totals
    chosen = selection(table, groups)

    def add(flow: flows.Flow) -> Array:
        whole: Array = flows.added(table, flow(table)) @ chosen
        return whole

    columns = {"exports": add(accounts.exports), "vax": add(flows.absorbed_abroad)}
    columns |= {name: flows.divided(table, add(over), add(under)) for name, (over, under) in flows.SHARES.items()}
    for name, flow in (("rca_gross", "exports"), ("rca_va", "vax")):
        columns[name] = _advantage(columns[flow], len(table.industries))
    columns["gvc_income"] = measures.gvc_income(table).to_numpy() @ chosen
    terms = koopman.nine_terms(table)
    columns |= {name: terms[name].to_numpy().reshape(-1, len(table.industries)) @ chosen for name in koopman.NINE_TERMS}
    rows = pd.MultiIndex.from_product([table.reporters, [*table.industries, *groups]], names=table.index.names)
    return pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index=rows)


def _advantage(flow: Array, industries: int) -> Array:
    """Balassa index of industries and of groups taken as one, (R, both)."""
    by_region = flow[:, :industries].sum(axis=1, keepdims=True)
    return advantage.relative(flow, by_region, flow.sum(axis=0, keepdims=True), float(by_region.sum()))
