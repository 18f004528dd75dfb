"""Gross exports in nine terms, after Koopman, Wang and Wei."""

import numpy as np
import pandas as pd

from gumlib.gvc import accounts
from gumlib.gvc.flows import added
from gumlib.gvc.table import Array, IOTable

NINE_TERMS = {
    "kww_1": "domestic value added in final goods the importer absorbs",
    "kww_2": "domestic value added in inputs the importer's own final goods absorb",
    "kww_3": "domestic value added in inputs sent on to third regions",
    "kww_4": "domestic value added that returns in final goods",
    "kww_5": "domestic value added that returns in inputs",
    "kww_6": "domestic content counted twice",
    "kww_7": "foreign value added in final exports",
    "kww_8": "foreign value added in intermediate exports",
    "kww_9": "foreign content counted twice",
}
BY_COUNTRY = ("kww_1", "kww_6")
"""Terms whose border lies elsewhere in other software by industry, but not by country."""


def nine_terms(table: IOTable) -> pd.DataFrame:
    """Split the exports of each industry into nine terms, in the table's currency; rows sum to exports.

    Sums over a region's industries are the nine terms of the article. By industry, the article gives none:
    we follow value through the industry that exports it, so that the rows sum to its exports, terms 1 to 5 to
    its domestic value added and 7 to 9 to its foreign content. So terms 2 to 5 and 7 to 9 have a meaning by
    industry and equal what others print. Terms 1 and 6 (`BY_COUNTRY`) do not: R packages such as decompr and
    exvatools put value that leaves again in final goods into 6 where it stands in 1 here. Compare their sum by
    industry, and each of them only summed over a region, ``nine_terms(table).groupby("region").sum()``.

    Returns
    -------
    Frame indexed by region and industry; columns ``kww_1`` to ``kww_9``

    Source: [koopman2014] equation 36

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> nine_terms(toy()).loc[("Parts", "goods")].round(4).tolist()
    [6.25, 7.0, 13.5, 7.0, 1.25, 8.75, 3.75, 3.0, 19.5]
    """
    values = np.stack([added(table, term).ravel() for term in (*_domestic(table), *_foreign(table))], axis=1)
    return pd.DataFrame(values, index=table.reporting_index, columns=list(NINE_TERMS))


def _domestic(table: IOTable) -> list[Array]:
    """Terms 1 to 6, by what becomes of the output that the exports call forth abroad."""
    final = accounts.final(table)
    home = accounts.own(table, final)
    own_goods = accounts.output_for_own_goods(table)
    b = accounts.inverse(table)
    own_exports = np.stack(
        [b[:, rows] @ (accounts.made(table)[rows] - home[rows]) for rows in accounts.blocks(table)], axis=1
    )
    elsewhere = own_goods.sum(axis=1, keepdims=True) - own_goods
    back = accounts.output_for(table) - own_goods
    third = accounts.output(table)[:, None] - own_goods - own_exports - elsewhere - back
    sold = [accounts.sold_abroad(table, z) for z in (own_exports, elsewhere, third, back, own_goods)]
    once = accounts.domestic_value(table)
    first = once * (accounts.made(table) - home + sold[0])
    double = (accounts.domestic_content(table) - once) * accounts.exports(table)
    return [first, *(once * z for z in sold[1:]), double]


def _foreign(table: IOTable) -> list[Array]:
    """Terms 7 to 9: the foreign content of final exports, of inputs absorbed by the importer, of inputs sent on."""
    home = accounts.own(table, accounts.final(table))
    absorbed = accounts.sold_abroad(table, accounts.home_output(table, home))
    sent_on = accounts.sold_abroad(table, accounts.home_output(table, accounts.exports(table)))
    share = accounts.foreign_content(table)
    return [share * (accounts.made(table) - home), share * absorbed, share * sent_on]
